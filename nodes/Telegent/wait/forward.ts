import {
	sleep,
	type IDataObject,
	type IHttpRequestOptions,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { eventOf } from '../../shared/inbound/events';
import { respond } from '../../shared/inbound/respond';
import type { InboundMessage } from '../../shared/inbound/shapes';
import { runExclusive } from '../../shared/mutex';
import { isBetween } from '../../shared/phone/compare';
import { questionsOf } from '../../shared/questions/awaited';
import { messageFingerprint } from '../../shared/questions/claims';
import { dispatchersOf, shareable } from '../../shared/questions/sharing';
import { changeCalled, isSameResume, type QuestionWebhook } from '../../shared/questions/webhook';
import { connectedTo } from './accountClient';
import { questionCall } from './questionCall';
import type { PendingQuestion } from './question';
import { scheduleSweeps, type QuestionClient } from './scheduledRemoval';
import { reportsEnded } from './staleWebhooks';

/* With many open questions, Telegent calls two of them for all (sharing.ts). They forward a message to the question that
   it belongs to, as Telegent would deliver it; that question then decides by itself. */

/** The second dispatcher looks so long after the first whether the message was forwarded. */
const SECOND_LOOK_MS = 4_000;
/** Telegent gets its response after this time, even if the message is still being forwarded. */
const MAX_RESPONSE_MS = 8_000;
/** Messages that are forwarded at a time: n8n has two database connections by default. */
const LANES = 2;
const DELIVERY_ATTEMPTS = 4;
const PAUSE_MS = 2_000;
const REQUEST_TIMEOUT_MS = 60_000;
const FORWARDED_MS = 5 * 60_000;
const MAX_FORWARDED = 20_000;

/** By account and message: whether it was forwarded, or will have been. */
const forwarded = processState(new BoundedMap<string, Promise<boolean>>(MAX_FORWARDED, FORWARDED_MS));

interface Received {
	context: IWebhookFunctions;
	/** Of the question that Telegent called, and its resume URL without signature. */
	question: PendingQuestion;
	url: string;
	payloads: IDataObject[];
}

/** A message that may belong to another question. */
interface ForwardedMessage extends Received {
	account: string;
	client: QuestionClient;
	payload: IDataObject;
	shape: InboundMessage;
	messageKey: string;
}

/** Forwards what belongs to questions that Telegent does not call. @throws Error if the credential can't be read */
export async function forward(received: Received): Promise<IWebhookResponseData> {
	const { context, question, url } = received;
	const { account, client } = await connectedTo(context, question);
	scheduleSweeps({ url, accountId: question.accountId }, account, client);
	let passed = true;
	for (const payload of received.payloads) {
		const shape = eventOf('newSms').read(payload, new Date()) as InboundMessage | undefined;
		if (!shape) continue;
		const messageKey = `${account} ${messageFingerprint(shape)}`;
		passed = (await forwardOne({ ...received, account, client, payload, shape, messageKey })) && passed;
	}
	return passed
		? respond(context, 200, 'Not the awaited reply')
		: respond(context, 503, "The message couldn't be forwarded");
}

async function forwardOne(message: ForwardedMessage): Promise<boolean> {
	const already = forwarded.get(message.messageKey);
	if (already) return await already;
	const listed = await listedNow(message);
	if (!listed) return false;
	const targets = targetsOf(listed, message);
	if (targets.length === 0) return true;
	const { url } = message;
	const first = dispatchersOf(shareable(listed, url, Date.now()))[0];
	if (first && isSameResume(first.url, url)) return await forwardNow(message, targets);
	void settle(forwardLater(message));
	return true;
}

const listedNow = async ({ account, client, question }: ForwardedMessage) =>
	await questionsOf(async () => await Promise.resolve(client.telegent), account, question.accountId);

/** Each open question between the two numbers decides by itself, as if Telegent had called it. */
function targetsOf(listed: QuestionWebhook[], { shape, url }: ForwardedMessage): QuestionWebhook[] {
	return shareable(listed, url, Date.now()).filter(
		({ called, state }) => called === 'never' && isBetween(shape, state.from, state.to),
	);
}

async function forwardNow(message: ForwardedMessage, targets: QuestionWebhook[]): Promise<boolean> {
	const { messageKey } = message;
	const already = forwarded.get(messageKey);
	if (already) return await already;
	const delivery = deliverAll(message, targets);
	forwarded.set(messageKey, delivery);
	let waiting = true;
	const timeout = async () => {
		for (const start = Date.now(); waiting && Date.now() - start < MAX_RESPONSE_MS; ) await sleep(100);
		return true;
	};
	const passed = await Promise.race([delivery, timeout()]);
	waiting = false;
	return passed;
}

/** What the first dispatcher should have done: it may have been stopped, or its process may have ended. */
async function forwardLater(message: ForwardedMessage): Promise<void> {
	await sleep(SECOND_LOOK_MS);
	if (forwarded.has(message.messageKey)) return;
	const { account, client, question, shape, url } = message;
	const listed = (await listedNow(message)) ?? [];
	const fingerprint = messageFingerprint(shape);
	if (listed.some(({ state }) => state.lastFingerprint === fingerprint)) return;
	const targets = targetsOf(listed, message);
	if (targets.length === 0) return;
	scheduleSweeps({ url, accountId: question.accountId }, account, client, 0);
	await forwardNow(message, targets);
}

let lane = 0;

async function deliverAll(message: ForwardedMessage, targets: QuestionWebhook[]): Promise<boolean> {
	let passed = true;
	for (const target of targets) {
		lane = (lane + 1) % LANES;
		const delivered = await runExclusive(`forward ${lane}`, async () => await deliver(message, target));
		passed = delivered && passed;
	}
	if (!passed) forwarded.delete(message.messageKey);
	return passed;
}

/** Delivers the message as Telegent would. A question that it does not reach is called by Telegent from then on. */
async function deliver({ client, payload }: ForwardedMessage, target: QuestionWebhook): Promise<boolean> {
	for (let attempt = 1; ; attempt++) {
		const response = await settle(client.request(callOf(target, payload)));
		if ('value' in response) {
			const { body, statusCode } = response.value as { body: unknown; statusCode: number };
			if (statusCode < 300 || reportsEnded(statusCode, body, target.state.execution)) return true;
		}
		if (attempt === DELIVERY_ATTEMPTS) break;
		await sleep(PAUSE_MS);
	}
	client.logger.warn(`Telegent: a reply couldn't be forwarded to execution ${target.state.execution}`);
	await settle(changeCalled(client.telegent, { ...target, called: 'itself' }));
	return false;
}

const callOf = ({ secret, url }: QuestionWebhook, payload: IDataObject): IHttpRequestOptions => ({
	...questionCall(url, String(secret), payload),
	ignoreHttpStatusErrors: true,
	returnFullResponse: true,
	timeout: REQUEST_TIMEOUT_MS,
});
