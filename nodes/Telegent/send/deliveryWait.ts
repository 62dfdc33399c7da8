import type { IExecuteFunctions } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { settle } from '../../../transport/result';
import { MESSAGES_PER_PAGE, findMessages, type LogClient, type LoggedMessage } from '../../shared/messageLog';
import { deliveryIn, withoutWaiting, type MessageDelivery } from './deliveryStatus';

/** A message whose delivery is waited for. */
export interface AwaitedMessage {
	id: string;
	from: string;
	/** In E.164. */
	to: string[];
	/** When Telegent's list says that it was sent, or a time before that, milliseconds since 1970. */
	since: number;
	/** When this run sent it; undefined where an earlier execution did. */
	sentAt?: number;
	status: MessageDelivery;
	/** Seconds from sending it until the list was seen to tell its outcome, or until the end of the wait. */
	seconds?: number;
}

const FIRST_LOOK_MS = 2_000;
const GROWTH = 1.5;
/** More requests than an hour of growing pauses takes, for a list of one page. */
const FEWEST_REQUESTS = 20;
const REQUESTS_PER_PAGE = 3.5;
export const REQUESTS_PER_SENDER = 3;

/** The most requests that a wait makes, of which most need a few only: 35 for 1,000 messages of one sender. Pure. */
export function mostRequests(messages: number, senders: number): number {
	const pages = Math.ceil(messages / MESSAGES_PER_PAGE);
	return Math.max(FEWEST_REQUESTS, REQUESTS_PER_PAGE * pages, REQUESTS_PER_SENDER * senders);
}

/** Looks at the lists of the senders until the outcome of all messages is known, or the time or the requests are up. */
export class DeliveryWait {
	/** Requests that were made. */
	requests = 0;

	private left: number;

	private readonly client: LogClient;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly telegent: TelegentClient,
		private readonly messages: AwaitedMessage[],
	) {
		this.left = mostRequests(messages.length, this.senders(messages).length);
		this.client = {
			call: async (request) => {
				this.requests++;
				this.left--;
				return await telegent.call(request);
			},
		};
	}

	/** @throws NodeOperationError when the execution is stopped */
	async run(limitMs: number): Promise<void> {
		const until = Date.now() + limitMs;
		let pages = this.senders(this.messages).length;
		for (let pause = FIRST_LOOK_MS; this.pending().length > 0; pause *= GROWTH) {
			const time = until - Date.now();
			const looks = Math.floor(this.left / pages);
			if (time <= 0 || looks < 1) break;
			pause = Math.max(pause, firstPause(time, looks));
			await this.telegent.wait(Math.min(time, pause));
			pages = 0;
			for (const sender of this.senders(this.pending())) pages += await this.look(sender);
		}
		for (const message of this.pending()) this.giveUp(message);
	}

	private pending(): AwaitedMessage[] {
		return this.messages.filter(({ seconds }) => seconds === undefined);
	}

	private senders(messages: AwaitedMessage[]): string[] {
		return [...new Set(messages.map(({ from }) => from))];
	}

	/**
	 * Reads a sender's list back to the earliest message whose outcome is unknown.
	 * @returns how many pages the next look takes
	 */
	private async look(sender: string): Promise<number> {
		if (this.left < 1) return 1;
		const pending = this.pending().filter(({ from }) => from === sender);
		const since = Math.min(...pending.map((message) => message.since));
		const isEnough = (listed: LoggedMessage[]) => {
			const byId = entriesById(listed);
			return pending.every(({ id, to }) => {
				const shown = new Set(byId.get(id)?.flatMap((entry) => entry.to));
				return shown.size >= new Set(to).size;
			});
		};
		const before = this.left;
		const read = await settle(findMessages(this.client, sender, { since, maxPages: this.left, isEnough }));
		if ('error' in read) {
			if (this.context.getExecutionCancelSignal()?.aborted) throw read.error;
			const reason = `Telegent's message list couldn't be read (${(read.error as Error).message})`;
			for (const message of pending) message.status = { delivery: 'unknown', reason };
			return before - this.left;
		}
		const { messages } = read.value;
		const byId = entriesById(messages);
		for (const message of pending) judge(message, byId.get(message.id) ?? []);
		const left = pending.filter(({ seconds }) => seconds === undefined);
		if (left.some(({ id }) => !byId.has(id))) return before - this.left;
		const earliest = Math.min(...left.map((message) => message.since));
		return Math.ceil(messages.filter(({ at }) => !(at < earliest)).length / MESSAGES_PER_PAGE);
	}

	private giveUp(message: AwaitedMessage): void {
		message.status = withoutWaiting(message.status);
		message.seconds = secondsSince(message);
	}
}

/** The first of so many pauses, each longer than the one before, that together last for the whole time. */
function firstPause(time: number, pauses: number): number {
	return (time * (GROWTH - 1)) / (GROWTH ** pauses - 1);
}

function judge(message: AwaitedMessage, entries: LoggedMessage[]): void {
	const times = entries.map(({ at }) => at).filter((at) => !Number.isNaN(at));
	if (times.length > 0) message.since = Math.min(...times);
	message.status = deliveryIn(entries, message.to);
	if (message.status.delivery !== 'unknown') message.seconds = secondsSince(message);
}

/** By Telegent's clock where an earlier execution sent it. */
function secondsSince({ sentAt, since }: AwaitedMessage): number {
	return Math.max(0, Math.round((Date.now() - (sentAt ?? since)) / 1000));
}

function entriesById(messages: LoggedMessage[]): Map<string, LoggedMessage[]> {
	const byId = new Map<string, LoggedMessage[]>();
	for (const message of messages) {
		const own = byId.get(message.id) ?? [];
		own.push(message);
		byId.set(message.id, own);
	}
	return byId;
}
