import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../transport/client';
import { isRecord } from './json';

/* Telegent's own list of messages: the only record that all processes share and that survives a crash. */

/** A message in Telegent's list. */
export interface LoggedMessage {
	id: string;
	from: string;
	to: string[];
	body: string;
	/** Whether it was sent, or the list does not say that it was received. */
	outbound: boolean;
	status: string;
	/** When Telegent created it, milliseconds since 1970; NaN where the list does not say. */
	at: number;
	/** As Telegent returned it. */
	record: IDataObject;
}

export interface LogExcerpt {
	/** Messages of the number that were created at or after the time, and those without a readable time. */
	messages: LoggedMessage[];
	/** Whether these are surely all of them. */
	complete: boolean;
}

/** What the list needs of the API client. */
export type LogClient = Pick<TelegentClient, 'call'>;

export const MESSAGES_PER_PAGE = 100;
const DEFAULT_MAX_PAGES = 100;
/** An order that holds for this many messages is taken for that of the whole list. */
const TELLING = 20;

/**
 * Reads the messages of a number, sent and received, since a time: one request per 100 messages, and no more than the
 * order of the list demands. The order is not documented, so it is seen from the pages themselves: where the newest come
 * first, reading ends behind `since`; where they come last, it begins at the last page; else all pages are read. A
 * message that moves to another page meanwhile is counted once.
 * @param number in E.164
 * @param since milliseconds since 1970
 * @param isEnough asked after each page with all messages so far; reading ends where it returns true
 * @throws NodeApiError where Telegent does not return the list
 */
export async function messagesSince(
	client: LogClient,
	number: string,
	since: number,
	maxPages = DEFAULT_MAX_PAGES,
	isEnough?: (messages: LoggedMessage[]) => boolean,
): Promise<LogExcerpt> {
	const reader = new LogReader(client, number, since, maxPages, isEnough);
	const complete = await reader.read();
	return { messages: reader.recent(), complete };
}

interface LogPage {
	messages: LoggedMessage[];
	total: number;
}

/** How the times of a list run. `flat`: nothing but equal times so far. */
type Order = 'flat' | 'newestFirst' | 'newestLast' | 'none';

class LogReader {
	private readonly found = new Map<string, LoggedMessage>();

	private order: Order = 'flat';

	/** The time of the last message so far, in the order of the list. */
	private last = NaN;

	private pagesLeft: number;

	constructor(
		private readonly client: LogClient,
		private readonly number: string,
		private readonly since: number,
		maxPages: number,
		private readonly isEnough: (messages: LoggedMessage[]) => boolean = () => false,
	) {
		this.pagesLeft = maxPages;
	}

	recent(): LoggedMessage[] {
		return [...this.found.values()].filter(({ at }) => !(at < this.since));
	}

	/** @returns whether all messages since the time were found */
	async read(): Promise<boolean> {
		let size = 0;
		for (let page = 1; ; page++) {
			const read = await this.page(page);
			if (!read) return false;
			const { messages, total } = read;
			size ||= messages.length;
			this.observe(messages);
			if (this.found.size >= total) return true;
			if (messages.length === 0 || this.isEnough(this.recent())) return false;
			if (this.found.size < TELLING) continue;
			if (this.order === 'newestFirst' && this.last < this.since) return true;
			if (this.order === 'newestLast') return await this.readBackwards(page, Math.ceil(total / size));
		}
	}

	/** Reads a list whose newest messages come last from its end, as far as `since` or the pages already read. */
	private async readBackwards(firstPages: number, lastPage: number): Promise<boolean> {
		let following = Infinity;
		for (let page = lastPage; page > firstPages; page--) {
			const read = await this.page(page);
			if (!read) return false;
			const times = [...read.messages.map(({ at }) => at), following];
			if (!times.every((time, index) => index === 0 || time >= times[index - 1])) return false;
			[following] = times;
			if (following < this.since) return true;
			if (this.isEnough(this.recent())) return false;
		}
		return true;
	}

	private async page(page: number): Promise<LogPage | undefined> {
		if (this.pagesLeft-- <= 0) return undefined;
		const query = { PhoneNumber: this.number, Page: page, Results: MESSAGES_PER_PAGE };
		const response = await this.client.call({ route: 'GET /v1.0/message/filter', query, safety: 'read' });
		const { Messages, Total } = response as { Messages?: unknown[]; Total?: unknown };
		const total = Number(Total ?? NaN);
		if (!Array.isArray(Messages) || Number.isNaN(total)) return undefined;
		const messages = Messages.filter(isRecord).map((one) => toLoggedMessage(one as IDataObject));
		// A list may have one entry per recipient of a message.
		for (const message of messages) this.found.set(`${message.id} ${message.to.join()}`, message);
		return { messages, total };
	}

	private observe(messages: LoggedMessage[]): void {
		for (const { at } of messages) {
			this.order = orderWith(this.order, this.last, at);
			this.last = at;
		}
	}
}

/** The order of a list as far as its next message tells. */
function orderWith(order: Order, last: number, next: number): Order {
	if (Number.isNaN(next)) return 'none';
	if (Number.isNaN(last) || last === next) return order;
	const step = next < last ? 'newestFirst' : 'newestLast';
	return order === 'flat' || order === step ? step : 'none';
}

function toLoggedMessage(record: IDataObject): LoggedMessage {
	const { Body, CreatedAt, Direction, From, MessageId, Status } = record;
	return {
		id: String(MessageId),
		from: String(From ?? ''),
		to: recipientsIn(record.To),
		body: String(Body ?? ''),
		outbound: !/^in/i.test(String(Direction)),
		status: String(Status ?? ''),
		at: Date.parse(String(CreatedAt)),
		record,
	};
}

/** `To` is one text here (example of the operation), a list of `{Number}` in other responses. */
function recipientsIn(to: unknown): string[] {
	if (typeof to === 'string') return to.split(/[\s,;]+/).filter(Boolean);
	return [to].flat().flatMap((one) => (isRecord(one) ? recipientsIn(one.Number) : one ? [String(one)] : []));
}
