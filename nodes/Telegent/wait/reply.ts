import { sleep, type IDataObject, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { runExclusive } from '../../shared/mutex';
import { readRequest, type Incoming } from '../../shared/inbound/payload';
import { releaseIfRefused, respond } from '../../shared/inbound/respond';
import { bearerOf } from '../../shared/secrets';
import { rememberSent } from '../../shared/sentRecord';
import { settle } from '../../../transport/result';
import { parseReply, type Parsed } from './expected';
import { connectedTo } from './accountClient';
import { cancelRemoval, scheduleRemoval, scheduleSweeps, type QuestionClient } from './scheduledRemoval';
import { loadQuestion, type PendingQuestion } from './question';
import { forward } from './forward';
import { remindIfDue } from './reminder';
import { replyItem } from './replyItem';
import { ANSWERED_VISIBLE_MS, NOT_AUTHORIZED } from './staleWebhooks';
import { freshList } from '../../shared/questions/freshList';
import { rebalance, shareable } from '../../shared/questions/sharing';
import {
	isSameResume,
	readQuestion,
	tokenOfCall,
	removeWebhook,
	removeAllWebhooks,
	updateState,
	type QuestionWebhook,
} from '../../shared/questions/webhook';
import { removeQuestion } from '../../shared/questions/openQuestions';
import { claimReply, messageFingerprint, releaseReply } from '../../shared/questions/claims';
import { awaitedReplyIn, type Reply } from './matchReply';
import { resumeUndelivered } from './undelivered';

/** Time limit for marking the webhook before responding to Telegent. */
const MAX_CLOSING_MS = 5_000;
/** How long a dispatcher that was answered still receives messages of others, and forwards them. */
const HANDOVER_MS = 5_000;
/** Longer than other processes take from reading the state of a question to writing it. */
const SETTLING_MS = 500;
const MAX_RESUMED = 10_000;
/** Until Telegent lists a question that was just answered as answered. */
const AFTER_MARKING_MS = 1_000;

/** One webhook request of Telegent that has a reply to the question. */
interface ReplyCall {
	context: IWebhookFunctions;
	telegent: TelegentClient;
	client: QuestionClient;
	account: string;
	question: PendingQuestion;
	secret: string;
	/** Telegent does not call all other questions: this one forwards what is theirs. */
	forwards: boolean;
	payloads: IDataObject[];
	/** The resume URL of this execution and node, without signature. */
	url: string;
	reply: Reply;
}

/**
 * Handles one webhook request of Telegent: resumes the execution for the awaited reply, and leaves it waiting otherwise.
 * Never throws: n8n would resume with an empty item.
 */
export async function receiveReply(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const undelivered = resumeUndelivered(context);
		if (undelivered) return undelivered;
		const reminded = await remindIfDue(context);
		if (reminded) return reminded;

		const question = loadQuestion(context);
		const token = bearerOf(context.getHeaderData().authorization);
		const caller = question && tokenOfCall(token, question.secretDigest);
		if (!caller) return respond(context, 401, NOT_AUTHORIZED);
		const parsed = readRequest(context.getRequestObject() as unknown as Incoming);
		if ('status' in parsed) return respond(context, parsed.status, parsed.message);
		const { payloads } = parsed;
		const reply = awaitedReplyIn(payloads, question, new Date());
		const url = ownUrl(context);
		const received = { ...caller, context, question, url, payloads };
		if (!reply)
			return caller.forwards ? await forward(received) : respond(context, 200, 'Not the awaited reply');
		// One at a time: two messages in a row must not both count as the first that does not match.
		return await runExclusive(`wait ${url}`, async () => await handleReply({ ...received, reply }));
	} catch (error) {
		context.logger.error(`Telegent: a reply couldn't be handled: ${(error as Error).message}`);
		return respond(context, 500, "The execution couldn't be resumed");
	}
}

async function handleReply(
	received: Omit<ReplyCall, 'account' | 'client' | 'telegent'>,
): Promise<IWebhookResponseData> {
	const { reply, context, url } = received;
	const { account, client } = await connectedTo(context, received.question);
	const call = { ...received, account, client, telegent: client.telegent };
	scheduleSweeps({ url, accountId: call.question.accountId }, account, client);
	const questions = await readOpenQuestions(call);
	if (questions?.some((one) => isMoreRecent(one, call)))
		return call.forwards
			? await forward(call)
			: respond(context, 200, 'A more recent question gets this reply');
	if (questions?.some((one) => isTakenElsewhere(one, call)))
		return respond(context, 200, RESPONSES.elsewhere);
	const claim = claimReply(call.account, reply, url, Date.now());
	if (claim === 'other') return respond(context, 200, 'Another question has this reply');
	if (claim === 'again') return respond(context, 200, 'Received before');
	releaseIfRefused(context, () => releaseReply(call.account, reply));
	if (questions && !questions.some((one) => isOwnOpen(one, call)))
		await removeAllWebhooks(call.telegent, url, call.question.accountId);
	return await resolveReply(call, questions);
}

function ownUrl(context: IWebhookFunctions): string {
	return context.getSignedResumeUrl().split('?')[0];
}

/** Open questions as listed at Telegent; undefined if listing fails. Then only the claims of this process count. */
async function readOpenQuestions({
	account,
	context,
	question,
	telegent,
}: ReplyCall): Promise<QuestionWebhook[] | undefined> {
	const result = await settle(freshList(telegent, account, question.accountId));
	if ('value' in result) return result.value;
	context.logger.warn(
		`Telegent: the webhooks of open questions couldn't be listed: ${(result.error as Error).message}`,
	);
	return undefined;
}

const isOwn = (one: QuestionWebhook, { url }: ReplyCall) => isSameResume(one.url, url);
/** In a loop, the question of the round before has the same address, and is listed until it is removed. */
const isOwnOpen = (one: QuestionWebhook, call: ReplyCall) => isOwn(one, call) && !one.state.answered;
/** Another reply has been marked as the one to this round of the question: by another process, or n8n refused it. */
const isTakenElsewhere = (one: QuestionWebhook, call: ReplyCall) =>
	isOwn(one, call) &&
	one.state.answered &&
	one.state.askedAt === call.question.askedAt &&
	one.state.lastFingerprint !== messageFingerprint(call.reply);
const isOfPair = ({ state }: QuestionWebhook, { question }: ReplyCall) =>
	state.from === question.from && state.to === question.to;

/** Replies belong to the latest question. Answered questions are ignored, except for redeliveries of their reply. */
function isMoreRecent(one: QuestionWebhook, call: ReplyCall): boolean {
	const { answered, askedAt, deadline, lastFingerprint: last } = one.state;
	if (isOwn(one, call) || !isOfPair(one, call) || deadline < Date.now()) return false;
	if (answered) return last === messageFingerprint(call.reply);
	return askedAt > call.question.askedAt || (askedAt === call.question.askedAt && one.url > call.url);
}

const needsReAsk = ({ question, reply }: ReplyCall, parsed: Parsed | undefined, reAsks: number) =>
	parsed === undefined && reply.intent !== 'optOut' && reAsks < question.mostReAsks;

const RESPONSES = {
	asked: 'Asked again',
	elsewhere: 'Another process handles a reply to this question',
};

async function resolveReply(
	call: ReplyCall,
	questions: QuestionWebhook[] = [],
): Promise<IWebhookResponseData> {
	const { reply, context, question } = call;
	const own = questions.find((one) => isOwnOpen(one, call));
	if (own?.state.lastFingerprint === messageFingerprint(reply))
		return respond(context, 200, 'Received before');
	if (isResumed(call)) return respond(context, 200, 'A reply was received already');
	const parsed = parseReply(reply.body, question.expected);
	const reAsks = own?.state.reAsks ?? 0;
	const again = own && needsReAsk(call, parsed, reAsks) ? await askAgain(call, own) : 'notSent';
	if (again !== 'notSent') return respond(context, 200, RESPONSES[again]);
	const closed = own ? await closeQuestion(call, own, questions) : 'closed';
	removeQuestion(call.url);
	if (closed !== 'closed') return respond(context, 200, RESPONSES[closed]);
	markResumed(call);
	const item = { json: replyItem(call, parsed, reAsks), pairedItem: { item: 0 } };
	return { webhookResponse: { message: 'Reply received' }, workflowData: [[item]] };
}

/** Questions that this process has resumed: n8n 1.x resumes an execution twice for two calls at the same moment. */
const resumed = processState(new BoundedMap<string, true>(MAX_RESUMED));
/** The next round of a loop has the same address. */
const resumedKey = ({ question, url }: ReplyCall) => `${url} ${question.askedAt}`;
const isResumed = (call: ReplyCall) => resumed.has(resumedKey(call));

function markResumed(call: ReplyCall): void {
	resumed.set(resumedKey(call), true);
	releaseIfRefused(call.context, () => resumed.delete(resumedKey(call)));
}

/**
 * Re-asks at most once per reply: the state at Telegent is updated before the message is sent. First the reply is
 * claimed there. Where another process handles another reply at the same moment, only the last one to have claimed its
 * own asks again. It counts the re-ask only then, or the other process would take its reply for the last one allowed.
 * @returns `notSent` if the message was certainly not sent
 */
async function askAgain(
	{ reply, context, question, secret, telegent }: ReplyCall,
	own: QuestionWebhook,
): Promise<'asked' | 'elsewhere' | 'notSent'> {
	if (await hasChanged(telegent, own)) return 'elsewhere';
	const claimed = { ...own, state: { ...own.state, lastFingerprint: messageFingerprint(reply) } };
	if ('error' in (await settle(updateState(telegent, claimed, secret)))) return 'notSent';
	await sleep(SETTLING_MS);
	if (await hasChanged(telegent, claimed)) return 'elsewhere';
	const counted = { ...claimed, state: { ...claimed.state, reAsks: own.state.reAsks + 1 } };
	if ('error' in (await settle(updateState(telegent, counted, secret)))) return 'notSent';
	const body = {
		From: question.from,
		To: [{ Number: question.to }],
		Body: question.reAsk,
		...(question.owner && { Owner: question.owner }),
	};
	const sent = await settle(telegent.call({ route: 'POST /v1.0/message/outbound', body, safety: 'once' }));
	if ('value' in sent) {
		rememberSent(context, (sent.value as IDataObject).MessageId);
		return 'asked';
	}
	const { message } = sent.error as Error;
	context.logger.warn(`Telegent: the question couldn't be asked again: ${message}`);
	return (sent.error as { context?: IDataObject }).context?.outcome === 'unsure' ? 'asked' : 'notSent';
}

/** Whether another process has handled a reply since the question was in this state. False where Telegent does not say. */
async function hasChanged(telegent: TelegentClient, own: QuestionWebhook): Promise<boolean> {
	const current = await currentState(telegent, own);
	if (!current) return false;
	return current.lastFingerprint !== own.state.lastFingerprint || current.reAsks !== own.state.reAsks;
}

/** The state of a question at Telegent. Undefined where the question is gone, or Telegent does not say. */
async function currentState(
	telegent: TelegentClient,
	own: QuestionWebhook,
): Promise<QuestionWebhook['state'] | undefined> {
	const current = await settle(readQuestion(telegent, own));
	return 'value' in current ? current.value?.state : undefined;
}

/**
 * Marks the webhook of an answered question, and removes it a little later: until then other processes see that the
 * reply is taken, and give it neither to an older question nor to a trigger that ignores awaited replies.
 * @returns `elsewhere` if another process has marked it later, with another reply: n8n 1.x would resume for both
 */
async function closeQuestion(
	call: ReplyCall,
	own: QuestionWebhook,
	questions: QuestionWebhook[],
): Promise<'closed' | 'elsewhere'> {
	const { account, reply, secret, telegent } = call;
	const answered = {
		...own,
		state: { ...own.state, lastFingerprint: messageFingerprint(reply), answered: true },
	};
	scheduleRemoval(answered, account, Date.now() + ANSWERED_VISIBLE_MS, call.client);
	let finished = false;
	let closed: 'closed' | 'elsewhere' = 'closed';
	const marking = async () => {
		const [marked] = await Promise.all([
			settle(updateState(telegent, answered, secret)),
			own.called === 'dispatcher' && replaceDispatcher(call, own, questions),
		]);
		const removed = 'error' in marked ? await settle(removeWebhook(telegent, own)) : undefined;
		if (removed && 'value' in removed) cancelRemoval(own.webhookId);
		if (!removed && (await isAnsweredElsewhere(telegent, answered))) closed = 'elsewhere';
		finished = true;
	};
	const timeout = async () => {
		for (const start = Date.now(); !finished && Date.now() - start < MAX_CLOSING_MS; ) await sleep(100);
	};
	await Promise.race([marking(), timeout()]);
	// n8n refuses the calls that Telegent made before another question took over, once this execution runs.
	if (own.called === 'dispatcher') await sleep(HANDOVER_MS);
	return closed;
}

/** Whether another process marked the question after this one, which has just done so. */
async function isAnsweredElsewhere(telegent: TelegentClient, own: QuestionWebhook): Promise<boolean> {
	await sleep(SETTLING_MS);
	const current = await currentState(telegent, own);
	return current !== undefined && current.answered && current.lastFingerprint !== own.state.lastFingerprint;
}

/** Other questions relied on this one: another one is called for them from now on. */
async function replaceDispatcher(
	call: ReplyCall,
	own: QuestionWebhook,
	questions: QuestionWebhook[],
): Promise<void> {
	// Replies to both dispatchers at the same moment would choose the same one, and the sweep makes good for that.
	scheduleSweeps(own, call.account, call.client, AFTER_MARKING_MS);
	const others = questions.filter((one) => one.webhookId !== own.webhookId);
	await rebalance(call.telegent, shareable(others, call.url, Date.now()));
}
