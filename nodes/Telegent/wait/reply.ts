import { sleep, type IDataObject, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { connect, CREDENTIAL, type Telegent } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { exclusively } from '../../shared/mutex';
import { readRequest, type Incoming } from '../../shared/inbound/payload';
import { bearerOf, isSecretOf } from '../../shared/secrets';
import { endOf } from '../../../transport/result';
import { parse, type Parsed } from './expected';
import { drop, keep } from './scheduledRemoval';
import { readPlan, type Plan } from './question';
import {
	isSameResume,
	listQuestions,
	remove,
	removeAll,
	rewriteNote,
	type Registered,
} from '../../shared/questions/webhook';
import { closed } from '../../shared/questions/openQuestions';
import { giveBack } from '../../shared/questions/claims';
import { take } from '../../shared/questions/claims';
import { markOf } from '../../shared/questions/claims';
import { Answer, awaitedIn } from './matchReply';

/** Telegent is not kept waiting longer for its webhook to be removed. */
const LONGEST_REMOVAL_MS = 5_000;

/** How long an answered question stays marked at Telegent, for others of the same two numbers to see. */
const MARKED_MS = 15_000;

/** One call of Telegent, for one open question. */
interface Call {
	context: IWebhookFunctions;
	telegent: Telegent;
	account: string;
	plan: Plan;
	secret: string;
	/** The resume address of this execution and node, without its signature. */
	url: string;
	answer: Answer;
}

/**
 * Answers one call of Telegent: goes on with the workflow when it is the awaited answer, and leaves it waiting for
 * everything else. Never throws: n8n would go on with an empty item.
 */
export async function receiveReply(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const plan = readPlan(context);
		const secret = bearerOf(context.getHeaderData().authorization);
		if (!plan || secret === undefined || !isSecretOf(secret, plan.secretDigest))
			return respond(context, 401, 'Not authorized');
		const reading = readRequest(context.getRequestObject() as unknown as Incoming);
		if ('status' in reading) return respond(context, reading.status, reading.message);
		const answer = awaitedIn(reading.payloads, plan, new Date());
		if (!answer) return respond(context, 200, 'Not the awaited answer');
		const url = ownUrl(context);
		// One after the other: two texts in a row must not both be the first that is not understood.
		return await exclusively(
			`wait ${url}`,
			async () => await receiveAnswer({ context, plan, secret, url, answer }),
		);
	} catch (error) {
		context.logger.error(`An answer from Telegent could not be handled: ${(error as Error).message}`);
		return respond(context, 500, 'The execution could not go on');
	}
}

async function receiveAnswer(received: Omit<Call, 'account' | 'telegent'>): Promise<IWebhookResponseData> {
	const { answer, context, url } = received;
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const call = { ...received, telegent: await connect(context), account: accountDigest(credential) };
	const questions = await openQuestions(call);
	if (questions?.some((one) => isMoreRecent(one, call)))
		return respond(context, 200, 'A more recent question gets this answer');
	const whose = take(call.account, answer, url, Date.now());
	if (whose === 'other') return respond(context, 200, 'Another question has this answer');
	if (whose === 'again') return respond(context, 200, 'Received before');
	giveBackIfRefused(call);
	if (questions && !questions.some((one) => isOwn(one, call)))
		await removeAll(call.telegent, url, call.plan.accountId);
	return await decide(call, questions);
}

function respond(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Where n8n then answers that it could not go on, Telegent's next attempt must count. */
function giveBackIfRefused({ account, answer, context }: Call): void {
	const response = context.getResponseObject();
	response.once?.('finish', () => {
		if (response.statusCode >= 400) giveBack(account, answer);
	});
}

function ownUrl(context: IWebhookFunctions): string {
	return context.getSignedResumeUrl().split('?')[0];
}

/** What Telegent shows of open questions; undefined where it does not say. Then this process's own memory must do. */
async function openQuestions({ context, plan, telegent }: Call): Promise<Registered[] | undefined> {
	const end = await endOf(listQuestions(telegent, plan.accountId));
	if ('answer' in end) return end.answer;
	context.logger.warn(`Telegent: its webhooks could not be listed: ${(end.error as Error).message}`);
	return undefined;
}

const isOwn = (one: Registered, { url }: Call) => isSameResume(one.url, url);
const isOfPair = ({ note }: Registered, { plan }: Call) => note.from === plan.from && note.to === plan.to;

/** People answer what they were asked last. A question that was answered counts no more, except for its own answer. */
function isMoreRecent(one: Registered, call: Call): boolean {
	const { answered, askedAt, deadline, last } = one.note;
	if (isOwn(one, call) || !isOfPair(one, call) || deadline < Date.now()) return false;
	if (answered) return last === markOf(call.answer);
	return askedAt > call.plan.askedAt || (askedAt === call.plan.askedAt && one.url > call.url);
}

async function decide(call: Call, questions: Registered[] = []): Promise<IWebhookResponseData> {
	const { answer, context, plan } = call;
	const own = questions.find((one) => isOwn(one, call));
	if (own?.note.last === markOf(answer)) return respond(context, 200, 'Received before');
	const parsed = parse(answer.body, plan.expected);
	const reAsks = own?.note.reAsks ?? 0;
	const again = parsed === undefined && answer.intent !== 'optOut' && reAsks < plan.mostReAsks;
	if (again && own && (await askAgain(call, own))) return respond(context, 200, 'Asked again');
	if (own) await settle(call, own, questions);
	closed(call.url);
	const item = { json: result(call, parsed, reAsks), pairedItem: { item: 0 } };
	return { webhookResponse: { message: 'Answer received' }, workflowData: [[item]] };
}

/**
 * Asks again, once for this answer whatever happens: that it was asked again stands at Telegent before the message
 * goes out. @returns false where it surely did not go out
 */
async function askAgain(
	{ answer, context, plan, secret, telegent }: Call,
	own: Registered,
): Promise<boolean> {
	const note = { ...own.note, reAsks: own.note.reAsks + 1, last: markOf(answer) };
	const written = await endOf(rewriteNote(telegent, { ...own, note }, secret));
	if ('error' in written) return false;
	const body = {
		From: plan.from,
		To: [{ Number: plan.to }],
		Body: plan.reAsk,
		...(plan.owner && { Owner: plan.owner }),
	};
	const sent = await endOf(telegent.call({ route: 'POST /v1.0/message/outbound', body, safety: 'once' }));
	if ('answer' in sent) return true;
	const { message } = sent.error as Error;
	context.logger.warn(`Telegent: the question could not be repeated: ${message}`);
	return (sent.error as { context?: IDataObject }).context?.outcome === 'unsure';
}

/** The question is answered: its webhook goes. Where an older one is open, it stays a moment with a mark for it. */
async function settle(call: Call, own: Registered, questions: Registered[]): Promise<void> {
	const { account, answer, context, secret, telegent } = call;
	const way = { telegent, logger: context.logger };
	const others = questions.some((one) => !isOwn(one, call) && isOfPair(one, call) && !one.note.answered);
	if (others) {
		const note = { ...own.note, last: markOf(answer), answered: true };
		const marked = await endOf(rewriteNote(telegent, { ...own, note }, secret));
		if ('answer' in marked) return keep(own, account, Date.now() + MARKED_MS, way);
	}
	// Kept until it is surely gone; what this process cannot remove, a later run finds.
	keep(own, account, Date.now() + LONGEST_REMOVAL_MS, way);
	let ended = false;
	const removal = endOf(remove(telegent, own)).then((end) => {
		if ('answer' in end) drop(own.webhookId);
		ended = true;
	});
	const tooLong = async () => {
		for (const start = Date.now(); !ended && Date.now() - start < LONGEST_REMOVAL_MS; ) await sleep(100);
	};
	await Promise.race([removal, tooLong()]);
}

/** The item that goes on. */
function result({ answer, plan }: Call, parsed: Parsed, reAsks: number): IDataObject {
	return {
		replied: true,
		matched: parsed !== undefined,
		answer: parsed ?? null,
		intent: answer.intent,
		body: answer.body,
		from: plan.to,
		to: plan.from,
		media: answer.media,
		segments: answer.segments,
		messageId: answer.messageId,
		receivedAt: answer.receivedAt,
		askedAt: new Date(plan.askedAt).toISOString(),
		sentMessageId: plan.messageId || null,
		secondsWaited: Math.max(0, Math.round((Date.now() - plan.askedAt) / 1000)),
		reAsks,
		raw: answer.raw,
		...(plan.review && permission(parsed, answer.body)),
	};
}

/** As n8n reads a review: other words than yes or no reach the agent as what the person thinks of it. */
function permission(parsed: Parsed, body: string): IDataObject {
	return { approved: parsed === true, ...(parsed === undefined && { chatInput: body }) };
}
