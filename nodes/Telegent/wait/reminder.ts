import { randomBytes } from 'crypto';
import { sleep, type IDataObject, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { settle } from '../../../transport/result';
import { respond } from '../../shared/inbound/respond';
import { messagesSince } from '../../shared/messageLog';
import { runExclusive } from '../../shared/mutex';
import { isBetween } from '../../shared/phone/compare';
import { readQuestion, tokenOfCall, updateState, type QuestionWebhook } from '../../shared/questions/webhook';
import { bearerOf } from '../../shared/secrets';
import { rememberSent } from '../../shared/sentRecord';
import { connectedTo } from './accountClient';
import { loadQuestion, type PendingQuestion } from './question';
import { REMINDER_EVENT } from './reminderCalls';
import { firstAllowed } from './reminderHours';

/* The one reminder of a question: what its execution does when a process says that it is due. */

/** Longer than other processes take from reading the state of a question to writing it. */
const REMINDER_SETTLING_MS = 500;
/** Largest difference between Telegent's clock and ours. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
const MAX_PAGES_READ = 3;
/** In the note instead of a mark, where the person has written already. */
const NOT_NEEDED = 'unneeded';
/** The same, where the sending hours allow none before the time limit. */
const NOT_ALLOWED = 'outsideHours';

/** Sends the reminder where a call says that it is due, and leaves the execution waiting. Undefined for other calls. */
export async function remindIfDue(context: IWebhookFunctions): Promise<IWebhookResponseData | undefined> {
	const { Event, WebhookId } = (context.getBodyData() ?? {}) as IDataObject;
	if (Event !== REMINDER_EVENT) return undefined;
	const question = loadQuestion(context);
	const caller =
		question && tokenOfCall(bearerOf(context.getHeaderData().authorization), question.secretDigest);
	if (!caller || question.reminder === undefined) return undefined;
	const own = { webhookId: String(WebhookId), accountId: question.accountId };
	// The same lock as for replies: what arrives meanwhile is handled after the reminder.
	const url = context.getSignedResumeUrl().split('?')[0];
	const outcome = await runExclusive(
		`wait ${url}`,
		async () => await remind(context, question, own, caller.secret),
	);
	return respond(context, 200, outcome);
}

/**
 * The note at Telegent is changed before the message is sent, so a crash in between loses the reminder and never repeats
 * it. Where several processes do this at the same moment, only the last one to have written sends.
 * @throws NodeApiError if Telegent doesn't say whether a reply came; then a later sweep tries again
 */
async function remind(
	context: IWebhookFunctions,
	question: PendingQuestion,
	own: Pick<QuestionWebhook, 'accountId' | 'webhookId'>,
	secret: string,
): Promise<string> {
	const { telegent } = (await connectedTo(context, question)).client;
	const hasReply = await hasWritten(telegent, question);
	const current = await readQuestion(telegent, own);
	if (!current || !mayRemind(current, question)) return 'No reminder is due';
	const allowedAt = firstAllowed(question.reminderHours, Date.now());
	if (!hasReply && (allowedAt ?? Infinity) > Date.now())
		return await postpone(telegent, current, secret, allowedAt);
	const mark = hasReply || current.state.lastFingerprint ? NOT_NEEDED : randomBytes(9).toString('base64url');
	const state = { ...current.state, remindAt: undefined, reminded: mark };
	await updateState(telegent, { ...current, state }, secret);
	if (mark === NOT_NEEDED) return 'The person has written already';
	await sleep(REMINDER_SETTLING_MS);
	const settled = await readQuestion(telegent, own);
	if (!settled || settled.state.answered || settled.state.reminded !== mark)
		return 'Another process reminds the person, or a reply came';
	return await send(context, telegent, question);
}

/** A reminder that is late, because n8n was down, is no reason to send it at night. Any process's next sweep calls again. */
async function postpone(
	telegent: TelegentClient,
	current: QuestionWebhook,
	secret: string,
	time = Infinity,
): Promise<string> {
	const remindAt = time < current.state.deadline ? time : undefined;
	const reminded = remindAt === undefined ? NOT_ALLOWED : undefined;
	await updateState(telegent, { ...current, state: { ...current.state, remindAt, reminded } }, secret);
	return "It's outside the sending hours";
}

/** Whether the note is of this question, and still has its reminder. In a loop, the address is that of other rounds too. */
function mayRemind({ state }: QuestionWebhook, { askedAt }: PendingQuestion): boolean {
	const now = Date.now();
	return (
		state.askedAt === askedAt &&
		!state.answered &&
		state.remindAt !== undefined &&
		state.remindAt <= now &&
		now < state.deadline
	);
}

/** Whether Telegent lists a message of the person since the question, whoever received it. */
async function hasWritten(telegent: TelegentClient, question: PendingQuestion): Promise<boolean> {
	const { askedAt, from, messageId, to } = question;
	const since = askedAt - CLOCK_TOLERANCE_MS;
	const { messages } = await messagesSince(telegent, to, since, MAX_PAGES_READ);
	const asked = messages.find(({ id }) => id === messageId)?.at ?? askedAt;
	return messages.some(
		(one) =>
			!one.outbound && !(one.at < asked) && isBetween({ from: one.from, to: one.to.join(',') }, from, to),
	);
}

async function send(
	context: IWebhookFunctions,
	telegent: TelegentClient,
	{ from, owner, reminder, to }: PendingQuestion,
): Promise<string> {
	const body = { From: from, To: [{ Number: to }], Body: reminder, ...(owner && { Owner: owner }) };
	const sent = await settle(telegent.call({ route: 'POST /v1.0/message/outbound', body, safety: 'once' }));
	if ('value' in sent) {
		rememberSent(context, (sent.value as IDataObject).MessageId);
		return 'Reminded';
	}
	context.logger.warn(`Telegent: the reminder couldn't be sent: ${(sent.error as Error).message}`);
	return "The reminder couldn't be sent";
}
