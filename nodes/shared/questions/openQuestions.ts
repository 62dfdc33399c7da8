import { processState } from '../../../transport/processState';
import { isBetween, type Message } from '../phone/compare';

/* What this process knows of open questions. Telegent and the stored executions hold the truth: all of this may be
   lost, and is, when n8n restarts. */
export interface OpenQuestion {
	/** The address that the answer comes to: one for each execution and node. */
	url: string;
	/** The Telegent account, without a secret. */
	account: string;
	from: string;
	to: string;
}

/** By URL, without its signature. Not bounded: each entry belongs to an execution that waits, and leaves with it. */
const open = processState(new Map<string, OpenQuestion>());
const keyOf = (url: string) => url.split('?')[0];

/** Remembers that somebody's answer is awaited. */
export function addQuestion(wait: OpenQuestion): void {
	open.set(keyOf(wait.url), wait);
}

export function removeQuestion(url: string): void {
	open.delete(keyOf(url));
}

export function hasQuestion(url: string): boolean {
	return open.has(keyOf(url));
}

/** Whether this process awaits this message. */
export function isAwaitedInProcess(account: string, message: Message): boolean {
	return [...open.values()].some(
		(wait) => wait.account === account && isBetween(message, wait.from, wait.to),
	);
}
