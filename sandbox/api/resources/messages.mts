import { badField } from '../errors.mts';
import { isE164, isoLocal, isoOffset, isoSeconds, mountainTime } from '../format.mts';
import type { Message, Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { named, page, text } from './helpers.mts';

const COST = 0.0045;
const PAGE_SIZE = 25;

const numbersOf = (message: Message): Row[] => message.recipients.map(({ number }) => ({ Number: number }));
/** Details and filter write `To` as one text (notes of the two operations). */
const toText = (message: Message): string => message.recipients.map(({ number }) => number).join(',');
const isMms = (message: Message): boolean => message.media.length + message.base64.length > 0;
const media = (message: Message): Row => ({
	MmsMedia: message.media.map((url) => ({ MediaUrl: url })),
	MmsBase64: message.base64,
});

const sendAnswer = (message: Message): Row => ({
	MessageId: message.id,
	Direction: 'Outbound',
	Type: message.type,
	CampaignId: message.campaignId,
	Cost: COST,
	Status: message.status,
	To: numbersOf(message),
	From: message.from,
	Owner: message.owner,
	Body: message.body,
	CreatedOn: mountainTime(message.createdAt),
	MessageType: isMms(message) ? 'mms' : 'sms',
	...(isMms(message) && media(message)),
});

const detailsAnswer = (message: Message): Row => ({
	MessageId: message.id,
	Direction: message.direction.toUpperCase(),
	Type: message.type,
	CampaignId: message.campaignId,
	Cost: message.direction === 'Outbound' ? COST : 0,
	To: toText(message),
	From: message.from,
	Body: message.body,
	Region: 'United States',
	CreatedOn: isoLocal(message.createdAt),
	MessageType: isMms(message) ? 'mms' : 'sms',
	Status: message.status,
});

/** Search spells MessageID and CampaignID, and writes the cost with a dollar sign (its notes). */
const searchAnswer = (message: Message): Row => ({
	MessageID: message.id,
	Direction: message.direction,
	Type: message.type,
	CampaignID: message.campaignId,
	Cost: `$${message.direction === 'Outbound' ? COST : 0}`,
	Status: message.status,
	To: numbersOf(message),
	From: message.from,
	Owner: message.owner,
	Body: message.body,
	...media(message),
});

/** Filter writes direction and status in small letters (its notes). */
const filterAnswer = (message: Message): Row => ({
	MessageId: message.id,
	From: message.from,
	To: toText(message),
	Body: message.body,
	Direction: message.direction.toLowerCase(),
	Status: message.status.toLowerCase(),
	CreatedAt: isoSeconds(message.createdAt),
});

/** Newest first. */
const messagesOf = (world: World, phone: string | undefined): Message[] =>
	[...world.state.messages.values()]
		.filter(
			({ from, recipients }) =>
				!phone || from === phone || recipients.some((recipient) => recipient.number === phone),
		)
		.reverse()
		.sort((one, other) => other.createdAt - one.createdAt);

function recipients(to: Row[]): string[] {
	if (!to.length) throw badField('To', 'The To field is required.');
	return to.map((recipient, index) => {
		if (isE164(recipient.Number)) return recipient.Number;
		const field = `To[${index}].Number`;
		throw badField(field, `${field} is not an E.164 phone number: ${String(recipient.Number ?? 'missing')}`);
	});
}

export const messageHandlers: Handlers = {
	'POST /v1.0/message/outbound': ({ body, world }) => {
		const base64 = (body.MmsBase64 ?? []) as Row[];
		const urls = ((body.MmsMedia ?? []) as Row[]).map(({ MediaUrl }) => String(MediaUrl));
		if (body.Body === '' && !base64.length && !urls.length)
			throw badField('Body', 'The Body field is required.');
		return sendAnswer(
			world.messaging.send({
				to: recipients(body.To as Row[]),
				from: body.From as string,
				owner: text(body.Owner),
				body: body.Body as string,
				media: urls,
				base64,
				campaignId: text(body.CampaignId) ?? null,
			}),
		);
	},

	'GET /v1.0/message/details': ({ query, world }) =>
		detailsAnswer(named(world.state.messages, 'MessageId', query.MessageId)),

	'GET /v1.0/message/search': ({ query, world }) => {
		const phone = text(query.PhoneNumber) ?? text(query.phoneNumber);
		const found = messagesOf(world, phone);
		const size = Number(query.Results) || PAGE_SIZE;
		return {
			PhoneNumber: phone ?? null,
			ResultsTotalRecords: found.length,
			ResultsPages: Math.ceil(found.length / size),
			Results: page(found, query.Page, size, PAGE_SIZE).map(searchAnswer),
		};
	},

	'GET /v1.0/message/filter': ({ query, world }) => {
		const found = messagesOf(world, text(query.PhoneNumber));
		return {
			Messages: page(found, query.Page, query.Results, PAGE_SIZE).map(filterAnswer),
			Page: query.Page ?? 1,
			Results: query.Results ?? PAGE_SIZE,
			Total: found.length,
		};
	},

	'POST /v1.0/message/device-delivery': ({ body, world }) => {
		const message = named(world.state.messages, 'MessageId', body.MessageId);
		if (message.direction === 'Inbound')
			throw badField('MessageId', `MessageId ${message.id} is not an outbound message`);
		message.deviceDelivery ??= {
			DeviceDeliveryStatus: 'Delivered',
			DeliveredOn: isoOffset(world.clock.now()),
			DeviceType: 'mobile',
		};
		return { MessageId: message.id, ...message.deviceDelivery };
	},
};
