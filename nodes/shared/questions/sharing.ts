import type { TelegentClient } from '../../../transport/client';
import { settle } from '../../../transport/result';
import { changeCalled, type QuestionWebhook } from './webhook';

/* Who is called by Telegent where many questions are open. Up to a few questions, Telegent calls each of them for each
   message. With more, it calls few of them, the dispatchers, which forward a message to the question that it belongs to.
   The webhook of every other question subscribes to an event that hardly ever comes. */

/** From so many open questions on, new ones rely on dispatchers. */
export const SHARED_FROM = 5;
/** One of them forwards messages. The other one does where the first does not, and has it replaced. */
export const DISPATCHERS = 2;
/** A question may outlive its dispatchers by this part of its wait, so that not every new question becomes one. */
const SLACK = 0.05;
const MAX_SLACK_MS = 60 * 60_000;

export type Called = QuestionWebhook['called'];

/** Questions between which messages can be forwarded: of one n8n, open, and their secret is listed. Latest first. */
export function shareable(listed: QuestionWebhook[], url: string, now: number): QuestionWebhook[] {
	return listed
		.filter(
			(one) =>
				baseOf(one.url) === baseOf(url) && !one.state.answered && one.state.deadline > now && one.secret,
		)
		.sort((a, b) => b.state.deadline - a.state.deadline || (a.url < b.url ? -1 : 1));
}

/** The questions that forward messages, the one that does it first in front. */
export const dispatchersOf = (open: QuestionWebhook[]) => open.filter((one) => one.called === 'dispatcher');

type AskedUntil = Pick<QuestionWebhook['state'], 'askedAt' | 'deadline'>;

/** The dispatchers that are open about as long as this question, or longer. Pure. */
function covering({ askedAt, deadline }: AskedUntil, dispatchers: QuestionWebhook[]): QuestionWebhook[] {
	const slack = Math.min((deadline - askedAt) * SLACK, MAX_SLACK_MS);
	return dispatchers.filter(({ state }) => state.deadline >= deadline - slack);
}

const isCovered = (asked: AskedUntil, dispatchers: QuestionWebhook[]) =>
	covering(asked, dispatchers).length >= DISPATCHERS;

/** How a new question is called, among those that are open. Pure. */
export function callFor(asked: AskedUntil, open: QuestionWebhook[]): Called {
	if (open.length < SHARED_FROM) return 'itself';
	return isCovered(asked, dispatchersOf(open)) ? 'never' : 'dispatcher';
}

/**
 * What must change so that each question is called, or has dispatchers, and few are called: promotions in front. Pure.
 * @param open as `shareable` returns it
 */
export function rebalanced(open: QuestionWebhook[]): QuestionWebhook[] {
	const dispatchers = dispatchersOf(open);
	const quiet = open.find((one) => one.called === 'never');
	const missing = quiet ? DISPATCHERS - covering(quiet.state, dispatchers).length : 0;
	if (missing > 0) {
		const latest = open.filter((one) => one.called !== 'dispatcher').slice(0, missing);
		return latest.map((one) => ({ ...one, called: 'dispatcher' as const }));
	}
	if (open.length <= SHARED_FROM) return [];
	// Each of the others would cost a call for each message.
	const kept = dispatchers.slice(0, DISPATCHERS);
	return open
		.filter((one) => one.called !== 'never' && !kept.includes(one) && isCovered(one.state, kept))
		.map((one) => ({ ...one, called: 'never' as const }));
}

const ROUNDS = 3;

/**
 * Changes at Telegent what `rebalanced` says. A question that was answered meanwhile no longer counts. Never throws.
 * @param open as `shareable` returns it
 */
export async function rebalance(telegent: TelegentClient, open: QuestionWebhook[]): Promise<void> {
	let left = open;
	for (let round = 0; round < ROUNDS; round++) {
		const changes = rebalanced(left);
		if (changes.length === 0) return;
		for (const change of changes) {
			const result = await settle(changeCalled(telegent, change));
			const gone = 'value' in result && !result.value;
			left = left.flatMap((one) => {
				if (one.webhookId !== change.webhookId) return [one];
				return gone ? [] : [change];
			});
		}
	}
}

/**
 * The part of a resume URL that all executions of an n8n share; empty if it is no such URL. Pure. Proxies decode slashes
 * and dots, which would lead to another place of n8n.
 */
export function baseOf(url: string): string {
	if (!URL.canParse(url)) return '';
	const { origin, pathname } = new URL(url);
	if (/%(?:2f|2e|5c|25|00)/i.test(pathname)) return '';
	return `${origin}${pathname.split('/').slice(0, -2).join('/')}`;
}
