import type { Attempt, Subject } from './deliveries.mts';
import { badField, required } from './errors.mts';
import { isE164, isoTime } from './format.mts';
import { intentOf } from './optOuts.mts';
import { inboundPayload, type InboundStyle } from './payloads.mts';
import { guardianBlocks } from './guardian.mts';
import type { Message, MessageRoute, PhoneNumber, Recipient, Row } from './state.mts';
import type { World } from './world.mts';

export interface OutboxEntry {
	messageId: string;
	from: string;
	to: string;
	body: string;
	media: string[];
	time: string;
	status: string;
}

export interface Outbound {
	from: string;
	to: string[];
	owner?: string;
	body: string;
	media: string[];
	base64: Row[];
	campaignId: string | null;
}

export interface Inbound {
	from: string;
	to: string;
	body?: string;
	media?: string[];
	messageId?: string;
	style?: InboundStyle;
	/** how often the same message is delivered */
	repeat?: number;
}

const UNDELIVERED = new Set(['Failed', 'Undelivered']);

/** The status of a message with several recipients: a failure shows, otherwise the slowest one counts. */
function overallStatus(recipients: Recipient[]): string {
	const statuses = recipients.map(({ status }) => status);
	return (
		['Queued', 'Sent'].find((status) => statuses.includes(status)) ??
		statuses.find((status) => UNDELIVERED.has(status)) ??
		'Delivered'
	);
}

/** Carries messages both ways between the account's numbers and the people with phones. */
export class Messaging {
	#sent: Message[] = [];

	constructor(private readonly world: World) {}

	/** Takes a message on its way, or refuses it. */
	send(outbound: Outbound): Message {
		const { state, random, clock } = this.world;
		const sender = this.#sender(outbound.from);
		const message: Message = {
			id: random.id('TMID-'),
			direction: 'Outbound',
			type: sender.MessageType,
			campaignId: outbound.campaignId,
			from: sender.Number,
			owner: outbound.owner ?? sender.Number,
			recipients: outbound.to.map((number) => ({
				number,
				status: 'Queued',
				errorCode: null,
				errorMessage: null,
			})),
			body: outbound.body,
			media: outbound.media,
			base64: outbound.base64,
			createdAt: clock.now(),
			status: 'Queued',
			deviceDelivery: null,
		};
		state.messages.set(message.id, message);
		this.#sent.push(message);
		this.world.events.emit('message', message);
		this.#schedule(message);
		return message;
	}

	/** Someone texts one of the account's numbers. Never called for messages that the account sends itself. */
	async receive(inbound: Inbound): Promise<{ messageId: string; attempts: Attempt[] }> {
		const { state, random, clock, events } = this.world;
		const number = state.numbers.get(inbound.to);
		if (!number || number.Status === 'Cancelled')
			throw badField('to', `${inbound.to} is not one of the account's numbers`);
		if (!isE164(inbound.from)) throw badField('from', `${inbound.from} is not an E.164 phone number`);
		const message: Message = {
			id: inbound.messageId ?? random.id('TMID-'),
			direction: 'Inbound',
			type: number.MessageType,
			campaignId: null,
			from: inbound.from,
			owner: number.Number,
			recipients: [{ number: number.Number, status: 'Received', errorCode: null, errorMessage: null }],
			body: inbound.body ?? '',
			media: inbound.media ?? [],
			base64: [],
			createdAt: clock.now(),
			status: 'Received',
			deviceDelivery: null,
			intent: intentOf(inbound.body ?? ''),
		};
		state.messages.set(message.id, message);
		events.emit('message', message);
		const deliver = () => this.#deliver(message, number, inbound.style ?? this.world.settings.inboundStyle);
		const attempts = await Promise.all(Array.from({ length: inbound.repeat ?? 1 }, deliver));
		return { messageId: message.id, attempts: attempts.flat() };
	}

	/** What really went out, one entry a recipient. */
	outbox(): OutboxEntry[] {
		return this.#sent.flatMap((message) =>
			message.recipients.map((recipient) => ({
				messageId: message.id,
				from: message.from,
				to: recipient.number,
				body: message.body,
				media: message.media,
				time: isoTime(message.createdAt),
				status: recipient.status,
			})),
		);
	}

	reset(): void {
		this.#sent = [];
	}

	/** The number that a message leaves from, if it may. */
	#sender(from: string): PhoneNumber {
		if (!isE164(from)) throw badField('From', `From is not an E.164 phone number: ${from}`);
		const number = this.world.state.numbers.get(from);
		if (!number) throw badField('From', `From number ${from} is not provisioned in your account`);
		if (number.Status !== 'Active')
			throw badField('From', `From number ${from} is not active: ${number.Status}`);
		if (!number.MessageEnabled)
			throw badField('From', `From number ${from} is not enabled for messaging: MessageEnabled is false`);
		if (!number.MessageRouteId) throw required('MessageRouteId');
		return number;
	}

	#schedule(message: Message): void {
		const { clock, settings } = this.world;
		const { sentMs, deliveredMs } = settings.messageTimings;
		clock.after(sentMs, () => this.#progress(message, 'Sent'));
		clock.after(deliveredMs, () => this.#progress(message, 'Delivered'));
	}

	#progress(message: Message, status: 'Sent' | 'Delivered'): void {
		for (const recipient of message.recipients) {
			const { failingRecipients } = this.world.state;
			const failure =
				failingRecipients.get(recipient.number) ??
				failingRecipients.get(`${message.from} ${recipient.number}`);
			if (status === 'Delivered' && failure) Object.assign(recipient, failure);
			else recipient.status = status;
		}
		message.status = overallStatus(message.recipients);
		this.world.events.emit('status', message);
		this.#sendReceipt(message);
	}

	/** Delivery receipts go to the route's callback address (FACTS.md, "Routes and inbound delivery"). */
	#sendReceipt(message: Message): void {
		const { state, clock, deliveries } = this.world;
		const route = state.messageRoutes.get(state.numbers.get(message.from)?.MessageRouteId ?? '');
		if (!route?.CallbackMessageUrl) return;
		const failed = message.recipients.find(({ status }) => UNDELIVERED.has(status));
		const payload = {
			MessageId: message.id,
			Status: message.status,
			Timestamp: isoTime(clock.now()),
			ErrorCode: failed?.errorCode ?? null,
			ErrorMessage: failed?.errorMessage ?? null,
		};
		void deliveries.call(
			{
				url: route.CallbackMessageUrl,
				method: route.CallbackMessageUrlMethod ?? 'POST',
				authentication: route.CallbackMessageAuthenticationType,
				username: route.CallbackMessageUsername,
				secret: route.CallbackMessagePasswordToken,
			},
			{ kind: 'receipt', messageId: message.id, number: message.from, payload },
		);
	}

	async #deliver(message: Message, number: PhoneNumber, style: InboundStyle): Promise<Attempt[]> {
		const payload = inboundPayload(style, {
			messageId: message.id,
			owner: number.Number,
			from: message.from,
			to: number.Number,
			body: message.body,
			media: message.media,
			time: isoTime(message.createdAt),
			type: message.type,
		});
		const subject = { kind: 'inbound', messageId: message.id, number: number.Number, payload } as const;
		const blocked = guardianBlocks(this.world.state, message);
		if (blocked) return [this.world.deliveries.skip(subject, blocked)];
		this.#announce(number, payload, message.id);
		return await this.#callRoute(number, subject);
	}

	async #callRoute(number: PhoneNumber, subject: Subject): Promise<Attempt[]> {
		const { state, deliveries, settings } = this.world;
		const route = state.messageRoutes.get(number.MessageRouteId ?? '');
		const obstacle = undeliverable(number, route);
		if (!route || obstacle) return [deliveries.skip(subject, obstacle ?? '', route?.MessageUrl)];
		const attempts: Attempt[] = [];
		do {
			attempts.push(
				await deliveries.call(
					{
						url: route.MessageUrl,
						method: route.MessageUrlMethod,
						authentication: route.MessageAuthenticationType,
						username: route.MessageUsername,
						secret: route.MessagePasswordToken,
					},
					subject,
				),
			);
		} while (attempts.at(-1)?.error && attempts.length <= settings.inboundRedeliveries);
		return attempts;
	}

	#announce(number: PhoneNumber, payload: Row, messageId: string): void {
		void notifyWebhooks(this.world, number.AccountId, 'New_Sms', payload, messageId);
	}
}

function undeliverable(number: PhoneNumber, route: MessageRoute | undefined): string | undefined {
	if (!route) return 'not delivered: the number has no message route';
	if (!number.MessageEnabled) return 'not delivered: the number isn’t enabled for messaging';
	if (!route.MessageRouteEnabled) return `not delivered: the message route "${route.RouteName}" is disabled`;
	return undefined;
}

/**
 * Calls the account's webhooks for an event. The payload of events is not documented; `Event` names it.
 * @returns the calls that are on their way, one a webhook
 */
export function notifyWebhooks(
	world: World,
	accountId: string,
	event: string,
	payload: Row,
	messageId?: string,
): Promise<Attempt>[] {
	const wanted = ({ AccountId, Active, SubscribedEvents }: Row) =>
		AccountId === accountId &&
		Active !== false &&
		String(SubscribedEvents ?? '')
			.split(',')
			.some((name) => name.trim().toLowerCase() === event.toLowerCase());
	return [...world.state.webhooks.values()].filter(wanted).map((webhook) =>
		world.deliveries.call(
			{
				url: String(webhook.WebhookUrl),
				method: String(webhook.Method ?? 'POST'),
				authentication: webhook.AuthenticationType as string | null,
				username: webhook.AuthenticationUsername as string | null,
				secret: (webhook.AuthenticationType === 'Basic'
					? webhook.AuthenticationPassword
					: webhook.AuthenticationToken) as string | null,
			},
			{ kind: 'event', messageId, payload: { Event: event, AccountId: accountId, ...payload } },
		),
	);
}
