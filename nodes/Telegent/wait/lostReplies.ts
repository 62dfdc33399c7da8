import { sleep, type IDataObject, type IHttpRequestOptions, type Logger } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { MESSAGES_PER_PAGE, messagesSince, type LoggedMessage } from '../../shared/messageLog';
import { isBetween } from '../../shared/phone/compare';
import { isClaimed, messageFingerprint } from '../../shared/questions/claims';
import { freshList } from '../../shared/questions/freshList';
import { baseOf } from '../../shared/questions/sharing';
import type { QuestionWebhook } from '../../shared/questions/webhook';
import { awaitedReplyIn, type Reply } from './matchReply';
import { questionCall } from './questionCall';

/* n8n may refuse Telegent's calls, be stopped, or be restarted while a reply comes. Telegent's message list has the
   reply all the same. It is looked at again and again while a question is open, and what is found is delivered to the
   question as Telegent would; the question decides by itself whether it was received before. */

const FIRST_SEARCH_MS = 15_000;
const LOOK_INTERVAL_MS = 60_000;
/** After this time without a question or a reply, looks are rarer. */
const BUSY_MS = 10 * 60_000;
const QUIET_INTERVAL_MS = 5 * 60_000;
/** Processes that were called for the same burst do not look at the same moment. */
const JITTER_MS = 5_000;
const MAX_PAGES = 20;
/** Largest difference between Telegent's clock and ours, with the time that sending takes. */
const LISTED_TOLERANCE_MS = 5 * 60_000;
/** n8n has two database connections by default. */
const DELIVERED_TOGETHER = 2;
/** Another process may deliver the same replies: what is still open is listed again after so many. */
const LISTED_AFTER = 10;
const LOST_REPLY_ATTEMPTS = 3;
const RETRY_MS = 2_000;
const DELIVERY_TIMEOUT_MS = 60_000;
const MAX_SECRETS = 50_000;

/** When a process looks for lost replies in an account. */
export interface Lookup {
	due: number;
	/** When a question was asked, or a reply came, in this process. */
	activeAt: number;
	lastAt: number;
	looking: boolean;
}

interface LookupClient {
	telegent: TelegentClient;
	logger: Logger;
	request: (options: IHttpRequestOptions) => Promise<unknown>;
}

/** Which questions are looked after: those of this n8n in an account. */
interface LookedAfter {
	account: string;
	accountId?: string;
	/** A resume URL of this n8n. */
	url: string;
}

interface LostReply {
	question: QuestionWebhook;
	secret: string;
	reply: Reply;
}

/** What was sent to the person of a question, or came from there. */
interface ListedMessage {
	message: LoggedMessage;
	reply?: Reply;
}

/** Secrets of the questions that this process asked, by webhook: Telegent may not list them. */
const secrets = processState(new BoundedMap<string, string>(MAX_SECRETS));

/** Keeps the secret of a question that this process asked. */
export function rememberSecret({ state, webhookId }: QuestionWebhook, secret: string): void {
	secrets.set(webhookId, secret, Date.now(), Math.max(0, state.deadline - Date.now()));
}

/** The next look after a question was asked or a reply came: soon, but at most one a minute. Pure. */
export function lookSoon(lookup: Lookup | undefined, now: number): Lookup {
	const { due, lastAt, looking } = lookup ?? { due: Infinity, lastAt: -Infinity, looking: false };
	const soon = Math.max(now + FIRST_SEARCH_MS, lastAt + LOOK_INTERVAL_MS);
	return { due: Math.min(due, soon), activeAt: now, lastAt, looking };
}

/** The pause until the next look. Each page of a list is a request. Pure. */
export function pauseAfter({ activeAt }: Lookup, pages: number, now: number): number {
	return Math.max(now - activeAt < BUSY_MS ? LOOK_INTERVAL_MS : QUIET_INTERVAL_MS, pages * LOOK_INTERVAL_MS);
}

/** Looks for lost replies if it is time, and delivers them. Never throws. */
export async function lookIfDue(lookup: Lookup, client: LookupClient, after: LookedAfter): Promise<void> {
	if (lookup.looking || lookup.due > Date.now()) return;
	lookup.looking = true;
	lookup.lastAt = Date.now();
	const looked = await settle(deliverLost(client, after));
	lookup.looking = false;
	const pages = 'value' in looked ? looked.value : 1;
	lookup.due = lookup.lastAt + pauseAfter(lookup, pages, Date.now()) + Math.random() * JITTER_MS;
	if ('error' in looked)
		client.logger.warn(
			`Telegent: the message list couldn't be searched for replies: ${(looked.error as Error).message}`,
		);
}

/** @returns how many pages the longest list had */
async function deliverLost(client: LookupClient, after: LookedAfter): Promise<number> {
	const byNumber = new Map<string, QuestionWebhook[]>();
	for (const one of await openOf(client, after))
		byNumber.set(one.state.from, [...(byNumber.get(one.state.from) ?? []), one]);
	let pages = 1;
	const lost: LostReply[] = [];
	for (const [number, questions] of byNumber) {
		const since = Math.min(...questions.map(({ state }) => state.askedAt)) - LISTED_TOLERANCE_MS;
		const { messages } = await messagesSince(client.telegent, number, since, MAX_PAGES);
		pages = Math.max(pages, Math.ceil(messages.length / MESSAGES_PER_PAGE));
		lost.push(...questions.flatMap((question) => lostReplyTo(question, messages, after.account) ?? []));
	}
	await deliverLostReplies(client, after, lost);
	return pages;
}

/** The open questions of this n8n, as Telegent lists them now. */
async function openOf({ telegent }: LookupClient, after: LookedAfter): Promise<QuestionWebhook[]> {
	const listed = await freshList(telegent, after.account, after.accountId);
	return listed.filter(
		({ state, url }) => baseOf(url) === baseOf(after.url) && !state.answered && state.deadline > Date.now(),
	);
}

function lostReplyTo(
	question: QuestionWebhook,
	messages: LoggedMessage[],
	account: string,
): LostReply | undefined {
	const secret = secrets.get(question.webhookId) ?? question.secret;
	const reply = secret === undefined ? undefined : unseenReply(question.state, messages);
	if (!reply || secret === undefined) return undefined;
	// Inside this process it is known who has it.
	return isClaimed(account, reply, Date.now()) ? undefined : { question, secret, reply };
}

/**
 * The first reply that the question has not seen. Undefined if it is not certain that it belongs to this question: the
 * question is not listed, or something else was sent to the person before the reply, such as another question. Pure.
 * @param messages of the number, newest first
 */
export function unseenReply(
	{ askedAt, from, lastFingerprint, reAsks, reminded, to }: QuestionWebhook['state'],
	messages: LoggedMessage[],
): Reply | undefined {
	const now = new Date();
	const between = [...messages].reverse().flatMap((message): ListedMessage[] => {
		const sent = { from: message.from, to: message.to.join(',') };
		if (message.outbound) return isBetween(sent, to, from) ? [{ message }] : [];
		const reply = awaitedReplyIn([message.record], { askedAt, from, to }, now);
		return reply ? [{ message, reply }] : [];
	});
	const distance = ({ message }: ListedMessage) => Math.abs(message.at - askedAt);
	const [own] = between
		.filter((one) => one.message.outbound && distance(one) < LISTED_TOLERANCE_MS)
		.sort((a, b) => distance(a) - distance(b));
	if (own === undefined) return undefined;
	const after = between.filter((one) => one !== own && one.message.at >= own.message.at);
	const isLast = ({ reply }: ListedMessage) =>
		reply !== undefined && messageFingerprint(reply) === lastFingerprint;
	const seen = after.findIndex(isLast);
	if (lastFingerprint !== undefined && seen < 0) return undefined;
	const next = after.findIndex(({ reply }, index) => index > seen && reply !== undefined);
	const sentBefore = after.slice(0, Math.max(0, next)).filter(({ message }) => message.outbound).length;
	const ownMessages = reAsks + (reminded === undefined ? 0 : 1);
	return next < 0 || sentBefore > ownMessages ? undefined : after[next].reply;
}

async function deliverLostReplies(
	client: LookupClient,
	after: LookedAfter,
	lost: LostReply[],
): Promise<void> {
	for (let first = 0; first < lost.length; first += LISTED_AFTER) {
		const open = first === 0 ? undefined : await openOf(client, after);
		const some = lost
			.slice(first, first + LISTED_AFTER)
			.filter(({ question }) => !open || open.some(({ webhookId }) => webhookId === question.webhookId));
		for (let index = 0; index < some.length; index += DELIVERED_TOGETHER)
			await Promise.all(
				some.slice(index, index + DELIVERED_TOGETHER).map(async (one) => await deliverLostReply(client, one)),
			);
	}
}

/** Delivers a reply as Telegent would. One that n8n refuses is found again by the next look. */
async function deliverLostReply(
	{ logger, request }: LookupClient,
	{ question: { state, url }, reply, secret }: LostReply,
): Promise<void> {
	const body = { Event: 'New_Sms', ...(reply.raw as IDataObject) };
	const call = { ...questionCall(url, secret, body), timeout: DELIVERY_TIMEOUT_MS };
	for (let attempt = 1; attempt <= LOST_REPLY_ATTEMPTS; attempt++) {
		if ('value' in (await settle(request(call)))) return;
		if (attempt < LOST_REPLY_ATTEMPTS) await sleep(RETRY_MS);
	}
	logger.warn(`Telegent: a reply couldn't be delivered to execution ${state.execution} yet`);
}
