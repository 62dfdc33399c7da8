import { sleep, type Logger } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { lookIfDue, lookSoon, type Lookup } from './lostReplies';
import { maintainQuestions, type Request } from './staleWebhooks';
import { removeWebhook, type QuestionWebhook } from '../../shared/questions/webhook';
import { removeQuestion } from '../../shared/questions/openQuestions';

/* Removes webhooks at a scheduled time, in this process, and looks every few minutes for what other processes should
   have removed. Any that both miss are found by removeStaleWebhooks, with the next question. */

interface PendingRemoval {
	registered: Pick<QuestionWebhook, 'accountId' | 'url' | 'webhookId'> &
		Partial<Pick<QuestionWebhook, 'called' | 'state'>>;
	account: string;
	due: number;
	attempts: number;
}

/** What removals and sweeps work with. */
export interface QuestionClient {
	telegent: TelegentClient;
	logger: Logger;
	request: Request;
}

/** Where a question of this n8n was asked, in this process. */
interface Sweep {
	account: string;
	accountId?: string;
	/** A resume URL of this n8n. */
	url: string;
	due: number;
	lookup: Lookup;
}

const REMOVAL_POLL_MS = 500;
const OVERDUE_INTERVAL_MS = 5 * 60_000;
const REMOVAL_RETRY_MS = 60_000;
const MAX_ATTEMPTS = 5;

/** Not bounded: an entry that was evicted would leave its webhook at Telegent. */
const pendingRemovals = processState(new Map<string, PendingRemoval>());
/** By account. An entry leaves when no question of this n8n is open there, in any process. */
const sweeps = processState(new Map<string, Sweep>());
/** Latest client per account, so that pending removals do not keep one client each. Needed until the last of them. */
const clientByAccount = processState(new Map<string, QuestionClient>());
/** Has one entry while `watch` runs. */
const watchers = processState(new Set<symbol>());

/** Schedules the removal of a webhook at `due` (milliseconds since 1970). */
export function scheduleRemoval(
	registered: PendingRemoval['registered'],
	account: string,
	due: number,
	client: QuestionClient,
): void {
	pendingRemovals.set(registered.webhookId, { registered, account, due, attempts: 0 });
	clientByAccount.set(account, client);
	if (watchers.size === 0) void watch();
}

/**
 * Looks for webhooks that other processes left, as long as any process of this n8n has a question open.
 * @param inMs when next, at the latest
 */
export function scheduleSweeps(
	{ accountId, url }: Pick<QuestionWebhook, 'accountId' | 'url'>,
	account: string,
	client: QuestionClient,
	inMs = OVERDUE_INTERVAL_MS,
): void {
	const key = `${account} ${accountId ?? ''}`;
	const known = sweeps.get(key);
	const due = Math.min(known?.due ?? Infinity, Date.now() + inMs);
	const lookup = Object.assign(known?.lookup ?? {}, lookSoon(known?.lookup, Date.now()));
	sweeps.set(key, { account, accountId, url, due, lookup });
	clientByAccount.set(account, client);
	if (watchers.size === 0) void watch();
}

/** Cancels a removal: the webhook is removed already. */
export function cancelRemoval(webhookId: string): void {
	pendingRemovals.delete(webhookId);
}

async function watch(): Promise<void> {
	const watcher = Symbol('watch');
	watchers.add(watcher);
	while (watchers.has(watcher) && pendingRemovals.size + sweeps.size > 0) {
		await sleep(REMOVAL_POLL_MS);
		const due = [...pendingRemovals.values()].filter((one) => one.due <= Date.now());
		for (const one of due) await settle(removeDue(one));
		for (const [key, sweep] of sweeps) {
			if (sweep.due <= Date.now()) await settle(sweepDue(key, sweep));
			const client = clientByAccount.get(sweep.account);
			if (client) void settle(lookIfDue(sweep.lookup, client, sweep));
		}
	}
	watchers.delete(watcher);
}

async function sweepDue(key: string, sweep: Sweep): Promise<void> {
	sweep.due = Date.now() + OVERDUE_INTERVAL_MS;
	const client = clientByAccount.get(sweep.account);
	if (!client) return;
	const left = await maintainQuestions(client, sweep.url, sweep.accountId);
	if (left === 0) sweeps.delete(key);
}

async function removeDue(one: PendingRemoval): Promise<void> {
	const client = clientByAccount.get(one.account);
	if (!client) return;
	// In a loop, the next question has the address of the one that was answered.
	if (!one.registered.state?.answered) removeQuestion(one.registered.url);
	// Other questions relied on it.
	if (one.registered.called === 'dispatcher') scheduleSweeps(one.registered, one.account, client, 0);
	const removal = await settle(removeWebhook(client.telegent, one.registered));
	if ('value' in removal) return void pendingRemovals.delete(one.registered.webhookId);
	one.attempts++;
	one.due = Date.now() + REMOVAL_RETRY_MS;
	if (one.attempts >= MAX_ATTEMPTS) pendingRemovals.delete(one.registered.webhookId);
	client.logger.warn(`Telegent: webhook ${one.registered.webhookId} couldn't be removed yet`);
}
