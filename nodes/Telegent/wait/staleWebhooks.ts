import type { IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { listQuestionWebhooks, removeWebhook, type QuestionWebhook } from '../../shared/questions/webhook';
import { hasQuestion } from '../../shared/questions/openQuestions';

/* What a crash, or an execution that somebody stopped, has left at Telegent. */

/** n8n may resume an execution a little late, and an answer counts until then. */
const RESUME_GRACE_MS = 2 * 60_000;
/** A question younger than this may still be on its way to its execution. */
const YOUNG_MS = 5 * 60_000;
const SWEEP_INTERVAL_MS = 60_000;
const MAX_PROBES = 10;

const MAX_SWEPT_ACCOUNTS = 1_000;
/** Accounts that were swept within the last minute. */
const recentlySwept = processState(new BoundedMap<string, true>(MAX_SWEPT_ACCOUNTS, SWEEP_INTERVAL_MS));

/**
 * Removes registrations of this n8n that nobody waits for any more: their time is over, or their execution has ended.
 * At most once a minute for each account. Never throws, and never touches a webhook that is not ours.
 * @param url the resume address of the present execution, which tells which n8n this is
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
		const { answered, askedAt, deadline } = one.state;
		const over = deadline + RESUME_GRACE_MS < Date.now() || (answered && askedAt + YOUNG_MS < Date.now());
		const probe = !over && !hasQuestion(one.url) && askedAt + YOUNG_MS < Date.now() && probes++ < MAX_PROBES;
		if (over || (probe && (await executionEnded(context, one)))) await settle(removeWebhook(telegent, one));
	}
}

/** The part of a resume address that all executions of an n8n share; empty for what is none. Pure. */
export function baseOf(url: string): string {
	if (!URL.canParse(url)) return '';
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname.split('/').slice(0, -2).join('/')}`;
}

/** Asks this n8n itself. Only its own words count: any other answer could come from something in between. */
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

/** Whether this is how n8n answers for an execution that has ended or is not there. Pure. */
export function reportsEnded(status: number, body: unknown, execution: string): boolean {
	const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
	const about =
		text.includes(`The execution \\"${execution}`) || text.includes(`The execution "${execution}`);
	if (status === 404) return about && text.includes('does not exist');
	if (status === 409) return about && text.includes('has finished');
	return status === 200 && /no action required/i.test(text);
}
