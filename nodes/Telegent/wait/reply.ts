import { sleep, type IDataObject, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { connect, CREDENTIAL, type TelegentClient } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { runExclusive } from '../../shared/mutex';
import { readRequest, type Incoming } from '../../shared/inbound/payload';
import { releaseIfRefused, respond } from '../../shared/inbound/respond';
import { bearerOf, isSecretOf } from '../../shared/secrets';
import { settle } from '../../../transport/result';
import { parseReply, type Parsed } from './expected';
import { cancelRemoval, scheduleRemoval } from './scheduledRemoval';
import { loadQuestion, type PendingQuestion } from './question';
import {
	isSameResume,
	listQuestionWebhooks,
	removeWebhook,
	removeAllWebhooks,
	updateState,
	type QuestionWebhook,
} from '../../shared/questions/webhook';
import { removeQuestion } from '../../shared/questions/openQuestions';
import { claimReply, messageFingerprint, releaseReply } from '../../shared/questions/claims';
import { awaitedReplyIn, type Reply } from './matchReply';

/** Telegent is not kept waiting longer for its webhook to be removed. */
const MAX_REMOVAL_MS = 5_000;

/** How long an answered question stays marked at Telegent, for others of the same two numbers to see. */
const MARKED_MS = 15_000;

/** One call of Telegent, for one open question. */
interface ReplyCall {
	context: IWebhookFunctions;
	telegent: TelegentClient;
	account: string;
	question: PendingQuestion;
	secret: string;
	/** The resume address of this execution and node, without its signature. */
	url: string;
	reply: Reply;
}

/**
 * Answers one call of Telegent: goes on with the workflow when it is the awaited answer, and leaves it waiting for
 * everything else. Never throws: n8n would go on with an empty item.
 */
export async function receiveReply(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const question = loadQuestion(context);
		const secret = bearerOf(context.getHeaderData().authorization);
		if (!question || secret === undefined || !isSecretOf(secret, question.secretDigest))
			return respond(context, 401, 'Not authorized');
		const reading = readRequest(context.getRequestObject() as unknown as Incoming);
		if ('status' in reading) return respond(context, reading.status, reading.message);
		const reply = awaitedReplyIn(reading.payloads, question, new Date());
		if (!reply) return respond(context, 200, 'Not the awaited answer');
		const url = ownUrl(context);
		// One after the other: two texts in a row must not both be the first that is not understood.
		return await runExclusive(
			`wait ${url}`,
			async () => await handleReply({ context, question, secret, url, reply }),
		);
	} catch (error) {
		context.logger.error(`An answer from Telegent could not be handled: ${(error as Error).message}`);
		return respond(context, 500, 'The execution could not go on');
	}
}

async function handleReply(received: Omit<ReplyCall, 'account' | 'telegent'>): Promise<IWebhookResponseData> {
	const { reply, context, url } = received;
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const call = { ...received, telegent: await connect(context), account: accountDigest(credential) };
	const questions = await readOpenQuestions(call);
	if (questions?.some((one) => isMoreRecent(one, call)))
		return respond(context, 200, 'A more recent question gets this answer');
	const whose = claimReply(call.account, reply, url, Date.now());
	if (whose === 'other') return respond(context, 200, 'Another question has this answer');
	if (whose === 'again') return respond(context, 200, 'Received before');
	releaseIfRefused(context, () => releaseReply(call.account, reply));
	if (questions && !questions.some((one) => isOwn(one, call)))
		await removeAllWebhooks(call.telegent, url, call.question.accountId);
	return await resolveReply(call, questions);
}

function ownUrl(context: IWebhookFunctions): string {
	return context.getSignedResumeUrl().split('?')[0];
}

/** What Telegent shows of open questions; undefined where it does not say. Then this process's own memory must do. */
async function readOpenQuestions({
	context,
	question,
	telegent,
}: ReplyCall): Promise<QuestionWebhook[] | undefined> {
	const result = await settle(listQuestionWebhooks(telegent, question.accountId));
	if ('value' in result) return result.value;
	context.logger.warn(`Telegent: its webhooks could not be listed: ${(result.error as Error).message}`);
	return undefined;
}

const isOwn = (one: QuestionWebhook, { url }: ReplyCall) => isSameResume(one.url, url);
const isOfPair = ({ state }: QuestionWebhook, { question }: ReplyCall) =>
	state.from === question.from && state.to === question.to;

/** People answer what they were asked last. A question that was answered counts no more, except for its own answer. */
function isMoreRecent(one: QuestionWebhook, call: ReplyCall): boolean {
	const { answered, askedAt, deadline, lastFingerprint: last } = one.state;
	if (isOwn(one, call) || !isOfPair(one, call) || deadline < Date.now()) return false;
	if (answered) return last === messageFingerprint(call.reply);
	return askedAt > call.question.askedAt || (askedAt === call.question.askedAt && one.url > call.url);
}

async function resolveReply(
	call: ReplyCall,
	questions: QuestionWebhook[] = [],
): Promise<IWebhookResponseData> {
	const { reply, context, question } = call;
	const own = questions.find((one) => isOwn(one, call));
	if (own?.state.lastFingerprint === messageFingerprint(reply))
		return respond(context, 200, 'Received before');
	const parsed = parseReply(reply.body, question.expected);
	const reAsks = own?.state.reAsks ?? 0;
	const again = parsed === undefined && reply.intent !== 'optOut' && reAsks < question.mostReAsks;
	if (again && own && (await askAgain(call, own))) return respond(context, 200, 'Asked again');
	if (own) await closeQuestion(call, own, questions);
	removeQuestion(call.url);
	const item = { json: result(call, parsed, reAsks), pairedItem: { item: 0 } };
	return { webhookResponse: { message: 'Answer received' }, workflowData: [[item]] };
}

/**
 * Asks again, once for this answer whatever happens: that it was asked again stands at Telegent before the message
 * goes out. @returns false where it surely did not go out
 */
async function askAgain(
	{ reply, context, question, secret, telegent }: ReplyCall,
	own: QuestionWebhook,
): Promise<boolean> {
	const state = { ...own.state, reAsks: own.state.reAsks + 1, lastFingerprint: messageFingerprint(reply) };
	const written = await settle(updateState(telegent, { ...own, state }, secret));
	if ('error' in written) return false;
	const body = {
		From: question.from,
		To: [{ Number: question.to }],
		Body: question.reAsk,
		...(question.owner && { Owner: question.owner }),
	};
	const sent = await settle(telegent.call({ route: 'POST /v1.0/message/outbound', body, safety: 'once' }));
	if ('value' in sent) return true;
	const { message } = sent.error as Error;
	context.logger.warn(`Telegent: the question could not be repeated: ${message}`);
	return (sent.error as { context?: IDataObject }).context?.outcome === 'unsure';
}

/** The question is answered: its webhook goes. Where an older one is open, it stays a moment with a mark for it. */
async function closeQuestion(
	call: ReplyCall,
	own: QuestionWebhook,
	questions: QuestionWebhook[],
): Promise<void> {
	const { account, reply, context, secret, telegent } = call;
	const client = { telegent, logger: context.logger };
	const others = questions.some((one) => !isOwn(one, call) && isOfPair(one, call) && !one.state.answered);
	if (others) {
		const state = { ...own.state, lastFingerprint: messageFingerprint(reply), answered: true };
		const marked = await settle(updateState(telegent, { ...own, state }, secret));
		if ('value' in marked) return scheduleRemoval(own, account, Date.now() + MARKED_MS, client);
	}
	// Kept until it is surely gone; what this process cannot remove, a later run finds.
	scheduleRemoval(own, account, Date.now() + MAX_REMOVAL_MS, client);
	let ended = false;
	const removal = settle(removeWebhook(telegent, own)).then((result) => {
		if ('value' in result) cancelRemoval(own.webhookId);
		ended = true;
	});
	const tooLong = async () => {
		for (const start = Date.now(); !ended && Date.now() - start < MAX_REMOVAL_MS; ) await sleep(100);
	};
	await Promise.race([removal, tooLong()]);
}

/** The item that goes on. */
function result({ reply, question }: ReplyCall, parsed: Parsed, reAsks: number): IDataObject {
	return {
		replied: true,
		matched: parsed !== undefined,
		answer: parsed ?? null,
		intent: reply.intent,
		body: reply.body,
		from: question.to,
		to: question.from,
		media: reply.media,
		segments: reply.segments,
		messageId: reply.messageId,
		receivedAt: reply.receivedAt,
		askedAt: new Date(question.askedAt).toISOString(),
		sentMessageId: question.messageId || null,
		secondsWaited: Math.max(0, Math.round((Date.now() - question.askedAt) / 1000)),
		reAsks,
		raw: reply.raw,
		...(question.review && reviewFields(parsed, reply.body)),
	};
}

/** As n8n reads a review: other words than yes or no reach the agent as what the person thinks of it. */
function reviewFields(parsed: Parsed, body: string): IDataObject {
	return { approved: parsed === true, ...(parsed === undefined && { chatInput: body }) };
}
