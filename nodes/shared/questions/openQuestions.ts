import { isBetween, type Message } from '../phone/compare';
import { taken } from './claims';

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

/** Forgets everything, as a restart of n8n does. */
export function clearWaits(): void {
	open.clear();
	taken.clear();
}
