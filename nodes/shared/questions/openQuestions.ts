import { createHash } from 'crypto';
import { REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../dedupe';
import { isBetween, type Message } from '../phone/compare';

/* What this process knows of open questions. Telegent and the stored executions hold the truth: all of this may be
   lost, and is, when n8n restarts. */

export interface OpenWait {
	/** The address that the answer comes to: one for each execution and node. */
	url: string;
	/** The Telegent account, without a secret. */
	account: string;
	from: string;
	to: string;
}

/** By address, without its signature. */
const open = new Map<string, OpenWait>();
const keyOf = (url: string) => url.split('?')[0];
let changes = 0;

/** Counts what was opened and closed: what Telegent said before is out of date after. */
export function changesSoFar(): number {
	return changes;
}

/** Remembers that somebody's answer is awaited. */
export function opened(wait: OpenWait): void {
	open.set(keyOf(wait.url), wait);
	changes++;
}

export function closed(url: string): void {
	open.delete(keyOf(url));
	changes++;
}

export function isOpen(url: string): boolean {
	return open.has(keyOf(url));
}

/** Whether this process awaits this message. */
export function isAwaitedHere(account: string, message: Message): boolean {
	return [...open.values()].some(
		(wait) => wait.account === account && isBetween(message, wait.from, wait.to),
	);
}

const MOST_REMEMBERED = 50_000;

interface Identified extends Message {
	messageId?: unknown;
	body?: unknown;
}

/** In one account: nobody says that ids are unique beyond it. */
const inAccount = (account: string, message: Identified) => `${account} ${markOf(message)}`;

/** Short name of a message, the same for each of its deliveries, whichever webhook they come to. */
export function markOf({ body, from, messageId }: Identified): string {
	const identity = messageId ? `id ${String(messageId)}` : `text ${String(from)} ${String(body)}`;
	return createHash('sha256').update(identity).digest('base64url').slice(0, 12);
}

const taken = new Map<string, { url: string; until: number }>();

/**
 * Takes a message for the question with this address.
 * @returns `first`, or `again` where it has it already, or `other` where another question has it
 */
export function take(
	account: string,
	message: Identified,
	url: string,
	now: number,
): 'first' | 'again' | 'other' {
	const mark = inAccount(account, message);
	const holder = taken.get(mark);
	if (holder && holder.until > now) return holder.url === url ? 'again' : 'other';
	taken.delete(mark);
	taken.set(mark, { url, until: now + (message.messageId ? REMEMBERED_MS : REMEMBERED_WITHOUT_ID_MS) });
	for (const [oldest, { until }] of taken) {
		if (until > now && taken.size <= MOST_REMEMBERED) break;
		taken.delete(oldest);
	}
	return 'first';
}

/** Whether a question has this message. */
export function isTaken(account: string, message: Identified, now: number): boolean {
	return (taken.get(inAccount(account, message))?.until ?? 0) > now;
}

/** The question could not be answered with it after all: its next delivery counts. */
export function giveBack(account: string, message: Identified): void {
	taken.delete(inAccount(account, message));
}

/** Forgets everything, as a restart of n8n does. */
export function clearWaits(): void {
	open.clear();
	taken.clear();
}
