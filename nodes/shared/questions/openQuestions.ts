import { processState } from '../../../transport/processState';
import { isBetween, type Message } from '../phone/compare';

/* What this process knows of open questions. Telegent and the stored executions hold the truth: all of this may be
   lost, and is, when n8n restarts. */
export interface OpenQuestion {
	/** The resume URL that the reply is delivered to: one per execution and node. */
	url: string;
	/** The Telegent account, without a secret. */
	account: string;
	from: string;
	to: string;
}

/** By URL, without its signature. Not bounded: an entry is removed when its waiting execution ends. */
const open = processState(new Map<string, OpenQuestion>());
const keyOf = (url: string) => url.split('?')[0];

export function addQuestion(wait: OpenQuestion): void {
	open.set(keyOf(wait.url), wait);
}

export function removeQuestion(url: string): void {
	open.delete(keyOf(url));
}

export function hasQuestion(url: string): boolean {
	return open.has(keyOf(url));
}

/** Whether an open question of this process waits for this message. */
export function isAwaitedInProcess(account: string, message: Message): boolean {
	return [...open.values()].some(
		(wait) => wait.account === account && isBetween(message, wait.from, wait.to),
	);
}
