import type { IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { listQuestionWebhooks, removeWebhook, type QuestionWebhook } from '../../shared/questions/webhook';
import { hasQuestion } from '../../shared/questions/openQuestions';

/* Webhooks that another process, a crash or a canceled execution left at Telegent. */

/** n8n may resume an execution late; a reply counts until then. */
const RESUME_GRACE_MS = 2 * 60_000;
/** How long an answered question stays at Telegent: a trigger in another process may take a few seconds to ask. */
export const ANSWERED_VISIBLE_MS = 15_000;
/** The execution of a newer question may not be stored as waiting yet. */
const MIN_AGE_MS = 5 * 60_000;
const SWEEP_INTERVAL_MS = 60_000;
const MAX_PROBES = 10;

const MAX_SWEPT_ACCOUNTS = 1_000;
/** Accounts that were swept within the last minute. */
const recentlySwept = processState(new BoundedMap<string, true>(MAX_SWEPT_ACCOUNTS, SWEEP_INTERVAL_MS));

/**
 * Removes question webhooks of this n8n whose deadline is over or whose execution has ended. At most once a minute per
 * account. Never throws, and never removes other webhooks.
 * @param url the resume URL of the current execution; identifies this n8n
 */
export async function removeStaleWebhooks(
	context: IExecuteFunctions,
	telegent: TelegentClient,
	account: string,
	url: string,
	accountId?: string,
): Promise<void> {
	const key = `${account} ${accountId ?? ''}`;
	if (recentlySwept.has(key)) return;
	recentlySwept.set(key, true);
	const result = await settle(listQuestionWebhooks(telegent, accountId));
	if ('error' in result) return;
	const own = result.value.filter((one) => baseOf(one.url) === baseOf(url));
	let probes = 0;
	for (const one of own) {
		let stale = isOver(one, Date.now());
		if (!stale && mayBeAbandoned(one) && probes < MAX_PROBES) {
			probes++;
			stale = await executionEnded(context, one);
		}
		if (stale) await settle(removeWebhook(telegent, one));
	}
}

/**
 * Removes question webhooks of this n8n whose deadline is over, or which were answered a while ago. Asks no execution.
 * @param url a resume URL of this n8n
 * @returns how many question webhooks of this n8n are left
 * @throws NodeApiError if Telegent does not list them
 */
export async function removeOverdueWebhooks(
	telegent: TelegentClient,
	url: string,
	accountId?: string,
): Promise<number> {
	const own = (await listQuestionWebhooks(telegent, accountId)).filter(
		(one) => baseOf(one.url) === baseOf(url),
	);
	const over = own.filter((one) => isOver(one, Date.now()));
	const removals = [];
	for (const one of over) removals.push(await settle(removeWebhook(telegent, one)));
	return own.length - removals.filter((removal) => 'value' in removal).length;
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

/** The part of a resume URL that all executions of an n8n share; empty if it is no URL. Pure. */
export function baseOf(url: string): string {
	if (!URL.canParse(url)) return '';
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname.split('/').slice(0, -2).join('/')}`;
}

/** Asks this n8n whether the execution has ended. Other responses, from a proxy for instance, count as no. */
async function executionEnded(
	{ helpers }: IExecuteFunctions,
	{ state, url }: QuestionWebhook,
): Promise<boolean> {
	const request = {
		method: 'POST' as const,
		url,
		body: {},
		json: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		timeout: 10_000,
	};
	const result = await settle(helpers.httpRequest(request) as Promise<{ statusCode: number; body: unknown }>);
	return 'value' in result && reportsEnded(result.value.statusCode, result.value.body, state.execution);
}

/** Whether this is n8n's response for an execution that has ended or does not exist. Pure. */
export function reportsEnded(status: number, body: unknown, execution: string): boolean {
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
	const namesExecution =
		text.includes(`The execution \\"${execution}`) || text.includes(`The execution "${execution}`);
	if (status === 404) return namesExecution && text.includes('does not exist');
	if (status === 409) return namesExecution && text.includes('has finished');
	return status === 200 && /no action required/i.test(text);
}
