import type { IHttpRequestOptions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { baseOf, rebalance, shareable } from '../../shared/questions/sharing';
import { listQuestionWebhooks, removeWebhook, type QuestionWebhook } from '../../shared/questions/webhook';
import { callOverdue } from './reminderCalls';
import { hasQuestion } from '../../shared/questions/openQuestions';

/* Webhooks that another process, a crash or a canceled execution left at Telegent. */

/** n8n may resume an execution late; a reply counts until then. */
const RESUME_GRACE_MS = 2 * 60_000;
/** How long an answered question stays at Telegent: a trigger in another process may take a few seconds to ask. */
export const ANSWERED_VISIBLE_MS = 15_000;
/** The execution of a newer question may not be stored as waiting yet. */
const MIN_AGE_MS = 5 * 60_000;
/** The response of a question to a call without its secret. */
export const NOT_AUTHORIZED = 'Not authorized';
const SWEEP_INTERVAL_MS = 60_000;
const MAX_PROBES = 10;

const MAX_SWEPT_ACCOUNTS = 1_000;
/** Accounts that were swept within the last minute. */
const recentlySwept = processState(new BoundedMap<string, true>(MAX_SWEPT_ACCOUNTS, SWEEP_INTERVAL_MS));

/** Sends a request to n8n, as `helpers.httpRequest` does. */
export type Request = (options: IHttpRequestOptions) => Promise<unknown>;

/** Open questions of this n8n in an account, as counted at most a minute ago, and those that this process asked since. */
const openCounts = processState(new BoundedMap<string, number>(MAX_SWEPT_ACCOUNTS, SWEEP_INTERVAL_MS));

/** Undefined where this process has not counted them lately. */
export const countOfOpen = (account: string, accountId?: string): number | undefined =>
	openCounts.get(`${account} ${accountId ?? ''}`);

/** Adds a question to the count. */
export function countQuestion(account: string, accountId?: string): void {
	const key = `${account} ${accountId ?? ''}`;
	const count = openCounts.get(key);
	if (count !== undefined) openCounts.set(key, count + 1);
}

/**
 * Removes question webhooks of this n8n whose deadline is over or whose execution has ended. At most once a minute per
 * account. Never throws, and never removes other webhooks.
 * @param url the resume URL of the current execution; identifies this n8n
 */
export async function removeStaleWebhooks(
	request: Request,
	telegent: TelegentClient,
	account: string,
	url: string,
	accountId?: string,
): Promise<void> {
	const key = `${account} ${accountId ?? ''}`;
	if (recentlySwept.has(key)) return;
	recentlySwept.set(key, true);
	const tended = await settle(maintainQuestions({ request, telegent }, url, accountId));
	if ('value' in tended) openCounts.set(key, tended.value);
}

/**
 * Removes question webhooks of this n8n whose deadline is over, which were answered a while ago, or whose execution has
 * ended, and has Telegent call those that no other question forwards messages to.
 * @param url a resume URL of this n8n
 * @returns how many question webhooks of this n8n are left
 * @throws NodeApiError if Telegent does not list them
 */
export async function maintainQuestions(
	{ request, telegent }: { request: Request; telegent: TelegentClient },
	url: string,
	accountId?: string,
): Promise<number> {
	const own = (await listQuestionWebhooks(telegent, accountId)).filter(
		(one) => baseOf(one.url) === baseOf(url),
	);
	const left: QuestionWebhook[] = [];
	let probes = 0;
	for (const one of own) {
		let stale = isOver(one, Date.now());
		if (!stale && shouldProbe(one) && (one.called === 'dispatcher' || probes++ < MAX_PROBES))
			stale = (await executionOf(request, one)) === 'ended';
		if (!stale || 'error' in (await settle(removeWebhook(telegent, one)))) left.push(one);
	}
	void callOverdue({ request }, left);
	await rebalance(telegent, shareable(left, url, Date.now()));
	return left.length;
}

const isOld = ({ state }: QuestionWebhook) => state.askedAt + MIN_AGE_MS < Date.now();

const MAX_ANSWERED = 10_000;
/** When this process saw first that a question was answered, by webhook: the note does not say when it was. */
const answeredSince = processState(new BoundedMap<string, number>(MAX_ANSWERED));

function isOver({ state, webhookId }: QuestionWebhook, now: number): boolean {
	if (state.deadline + RESUME_GRACE_MS < now) return true;
	if (!state.answered) return false;
	const since = answeredSince.get(webhookId) ?? now;
	answeredSince.set(webhookId, since);
	return since + ANSWERED_VISIBLE_MS < now;
}

/** Whether no question of this process is open there, so that its execution may have ended. */
const mayBeAbandoned = (webhook: QuestionWebhook) => !hasQuestion(webhook.url) && isOld(webhook);

/** A question that others rely on is asked about more often. */
const shouldProbe = (one: QuestionWebhook) =>
	one.called === 'dispatcher' ? !isKnownToWait(one) : mayBeAbandoned(one) && !waitedLately.has(one.webhookId);

const MAX_WAITING = 10_000;
const WAITS_FOR_MS = 60_000;
const ASKED_AGAIN_MS = 60 * 60_000;
/** Questions of which n8n said that their execution waits, by webhook: in the last minute, and in the last hour. */
const waitsNow = processState(new BoundedMap<string, true>(MAX_WAITING, WAITS_FOR_MS));
const waitedLately = processState(new BoundedMap<string, true>(MAX_WAITING, ASKED_AGAIN_MS));
const isKnownToWait = ({ webhookId }: QuestionWebhook) => waitsNow.has(webhookId);

/** Whether the execution of a question waits, as n8n said within the last minute. */
export async function isWaiting(request: Request, one: QuestionWebhook): Promise<boolean> {
	return isKnownToWait(one) || (await executionOf(request, one)) === 'waiting';
}

/** Asks this n8n about the execution. Other responses, from a proxy for instance, count as unknown. */
async function executionOf(
	request: Request,
	question: QuestionWebhook,
): Promise<'ended' | 'waiting' | 'unknown'> {
	const { state, url, webhookId } = question;
	const call = {
		method: 'POST' as const,
		url,
		body: {},
		json: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: 10_000,
	};
	const result = await settle(request(call) as Promise<{ statusCode: number; body: unknown }>);
	if ('error' in result) return 'unknown';
	const { body, statusCode } = result.value;
	if (reportsEnded(statusCode, body, state.execution)) return 'ended';
	if (isOld(question) && reportsNeverWaited(statusCode, body)) return 'ended';
	if (!reportsWaiting(statusCode, body)) return 'unknown';
	waitsNow.set(webhookId, true);
	waitedLately.set(webhookId, true);
	return 'waiting';
}

const bodyText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body ?? ''));

/** Whether this is our own refusal of a call without the secret, or n8n's for an execution that is about to wait. Pure. */
export function reportsWaiting(status: number, body: unknown): boolean {
	if (status === 401) return bodyText(body).includes(NOT_AUTHORIZED);
	return status === 409 && bodyText(body).includes('is running already');
}

/** Whether this is n8n's response for an execution that crashed before it waited. Pure. */
export function reportsNeverWaited(status: number, body: unknown): boolean {
	return status === 404 && /Could not find node to process webhook/.test(bodyText(body));
}

/** Whether this is n8n's response for an execution that has ended or does not exist. Pure. */
export function reportsEnded(status: number, body: unknown, execution: string): boolean {
	const text = bodyText(body);
	const namesExecution =
		text.includes(`The execution \\"${execution}`) || text.includes(`The execution "${execution}`);
	if (status === 404) return namesExecution && text.includes('does not exist');
	if (status === 409) return namesExecution && text.includes('has finished');
	return status === 200 && /no action required/i.test(text);
}
