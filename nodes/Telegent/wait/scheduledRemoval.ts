import { sleep, type Logger } from 'n8n-workflow';
import type { Telegent } from '../../../transport/client';
import { endOf } from '../../../transport/result';
import { remove, type Registered } from '../../shared/questions/webhook';
import { closed } from '../../shared/questions/openQuestions';

/* Ends registrations whose time has come, in this process. What it misses, the next run's sweep finds. */

interface Kept {
	registered: Pick<Registered, 'accountId' | 'url' | 'webhookId'>;
	account: string;
	due: number;
	attempts: number;
}

const SLICE_MS = 500;
const AGAIN_MS = 60_000;
const MOST_ATTEMPTS = 5;

const kept = new Map<string, Kept>();
/** One way to Telegent an account, the latest: not one for each question, for days. */
const ways = new Map<string, { telegent: Telegent; logger: Logger }>();
let watching = false;

/** Has the registration removed at `due`, unless it is dropped before. */
export function keep(
	registered: Kept['registered'],
	account: string,
	due: number,
	way: { telegent: Telegent; logger: Logger },
): void {
	kept.set(registered.webhookId, { registered, account, due, attempts: 0 });
	ways.set(account, way);
	if (!watching) void watch();
}

/** It is removed already. */
export function drop(webhookId: string): void {
	kept.delete(webhookId);
}

/** Forgets everything, as a restart of n8n does. */
export function clearKept(): void {
	kept.clear();
	ways.clear();
}

async function watch(): Promise<void> {
	watching = true;
	while (kept.size > 0) {
		await sleep(SLICE_MS);
		const due = [...kept.values()].filter((one) => one.due <= Date.now());
		for (const one of due) await endOf(end(one));
	}
	watching = false;
}

async function end(one: Kept): Promise<void> {
	const way = ways.get(one.account);
	if (!way) return;
	closed(one.registered.url);
	const removal = await endOf(remove(way.telegent, one.registered));
	if ('answer' in removal) return void kept.delete(one.registered.webhookId);
	one.attempts++;
	one.due = Date.now() + AGAIN_MS;
	if (one.attempts >= MOST_ATTEMPTS) kept.delete(one.registered.webhookId);
	way.logger.warn(`Telegent: webhook ${one.registered.webhookId} could not be removed yet`);
}
