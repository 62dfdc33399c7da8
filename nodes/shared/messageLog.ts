import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../transport/client';
import { zonedTime } from './instant';
import { isRecord } from './json';
import { asE164 } from './phone/compare';

/* Telegent's own list of messages: the only record that all processes share and that survives a crash. */

/** A message in Telegent's list. */
export interface LoggedMessage {
	id: string;
	/** In E.164, like `to`, even if the list omits the +. */
	from: string;
	to: string[];
	body: string;
	/** Whether it was sent, or the list does not say that it was received. */
	outbound: boolean;
	status: string;
	/** When Telegent created it, milliseconds since 1970; NaN where the list does not say, or not in which time zone. */
	at: number;
	/** As Telegent returned it. */
	record: IDataObject;
}

export interface LogExcerpt {
	/** The messages that were asked for, newest first; those without a readable time have passed each limit of time. */
	messages: LoggedMessage[];
	/** Whether these are surely all of them. */
	complete: boolean;
	/** Where to continue, if `maxPages` ended the reading. */
	rest?: LogPosition;
}

/** The next page to read. New messages can move those already read to it, but none past it. */
export interface LogPosition {
	page: number;
	backwards: boolean;
}

/** Which messages of a number are wanted. */
export interface LogQuery {
	/** Milliseconds since 1970, like `until`; both included. */
	since?: number;
	until?: number;
	/** All, where it is left out. */
	isWanted?: (message: LoggedMessage) => boolean;
	/** How many of the newest wanted ones are enough. */
	most?: number;
	/** Asked after each page with the wanted ones so far: reading ends where it returns true, incomplete. */
	isEnough?: (messages: LoggedMessage[]) => boolean;
	/** Pages of 100 messages to read at most. */
	maxPages?: number;
	/** Where an earlier reading ended. */
	from?: LogPosition;
}

/** What the list needs of the API client. */
export type LogClient = Pick<TelegentClient, 'call'>;

export const MESSAGES_PER_PAGE = 100;
const DEFAULT_MAX_PAGES = 100;
/** An order that holds for this many messages is taken for that of the whole list. */
const TELLING = 20;
/** New messages can move all of a page to the next one, but not again and again: such a list never ends. */
const MAX_REPEATED = 5;
const FIRST_PAGE: LogPosition = { page: 1, backwards: false };

/**
 * Reads the messages of a number, sent and received, since a time: one request per 100 messages, and no more than
 * `findMessages` needs.
 * @param number in E.164
 * @param since milliseconds since 1970
 * @throws NodeApiError where Telegent does not return the list
 */
export async function messagesSince(
	client: LogClient,
	number: string,
	since: number,
	maxPages = DEFAULT_MAX_PAGES,
): Promise<LogExcerpt> {
	return await findMessages(client, number, { since, maxPages });
}

/**
 * Finds messages of a number, with one request per 100 messages of the list, and no more than its order demands. The
 * order is not documented, so it is seen from the pages themselves: where the newest come first, reading ends behind
 * `since`, or with the last message that is needed; where they come last, it begins at the last page; else all pages
 * are read. A message that moves to another page meanwhile is counted once.
 * @param number in E.164
 * @throws NodeApiError where Telegent does not return the list
 */
export async function findMessages(client: LogClient, number: string, query: LogQuery): Promise<LogExcerpt> {
	const reader = new LogReader(client, number, query);
	const { backwards, page } = query.from ?? FIRST_PAGE;
	const complete = backwards ? await reader.readBackwards(0, page) : await reader.read(page);
	return { messages: reader.wanted(), complete, ...(reader.rest && { rest: reader.rest }) };
}

/** A client that asks for each page once: for several searches in the same list, such as those of one run. */
export function onceForEachPage(client: LogClient): LogClient {
	const pages = new Map<string, ReturnType<LogClient['call']>>();
	return {
		async call(request, ...rest) {
			const key = JSON.stringify(request);
			const page = pages.get(key) ?? client.call(request, ...rest);
			pages.set(key, page);
			return await page.catch((error: unknown) => {
				pages.delete(key);
				throw error;
			});
		},
	};
}

interface LogPage {
	messages: LoggedMessage[];
	/** How many of them are wanted and were not on another page. */
	fresh: number;
	total: number;
}

/** How the times of a list run. `flat`: nothing but equal times so far. */
type Order = 'flat' | 'newestFirst' | 'newestLast' | 'none';

class LogReader {
	/** The entries that were read, with their places in the list, from 0. */
	private readonly found = new Map<string, { message: LoggedMessage; place: number }>();

	private readonly since: number;

	private readonly most: number;

	private order: Order = 'flat';

	/** The time of the last message so far, in the order of the list. */
	private last = NaN;

	private pagesLeft: number;

	/** Pages in a row without a message that was not on an earlier one. */
	private repeated = 0;

	/** The page that `maxPages` left out. */
	rest?: LogPosition;

	constructor(
		private readonly client: LogClient,
		private readonly number: string,
		private readonly query: LogQuery,
	) {
		({
			maxPages: this.pagesLeft = DEFAULT_MAX_PAGES,
			most: this.most = Infinity,
			since: this.since = -Infinity,
		} = query);
	}

	/** Newest first. Where times are equal, or not all of them can be read, the order of the list tells. */
	wanted(): LoggedMessage[] {
		const wanted = [...this.found.values()].filter(({ message }) => this.isWanted(message));
		const timed = wanted.every(({ message }) => !Number.isNaN(message.at));
		const direction = this.order === 'newestLast' ? -1 : 1;
		wanted.sort(
			(one, other) =>
				(timed ? other.message.at - one.message.at : 0) || direction * (one.place - other.place),
		);
		return wanted.slice(0, this.most).map(({ message }) => message);
	}

	private isWanted(message: LoggedMessage): boolean {
		const { isWanted = () => true, until = Infinity } = this.query;
		return !(message.at < this.since) && !(message.at > until) && isWanted(message);
	}

	private isEnough(): boolean {
		return this.query.isEnough?.(this.wanted()) ?? false;
	}

	/** @returns whether all messages that are wanted were found */
	async read(firstPage: number): Promise<boolean> {
		let size = 0;
		let count = 0;
		for (let page = firstPage; ; page++) {
			const read = await this.page(page);
			if (!read) return false;
			const { fresh, messages, total } = read;
			count += fresh;
			size ||= messages.length;
			this.observe(messages);
			if (this.found.size >= total) return true;
			if (messages.length === 0) return firstPage > 1;
			if (this.isEnough()) return false;
			if (this.found.size < TELLING) continue;
			if (this.order === 'newestFirst' && (this.last < this.since || count >= this.most)) return true;
			if (this.order === 'newestLast') return await this.readBackwards(page, Math.ceil(total / size));
		}
	}

	/** Reads a list whose newest messages come last from its end, as far as is needed or to the pages already read. */
	async readBackwards(firstPages: number, lastPage: number): Promise<boolean> {
		let following = Infinity;
		let count = 0;
		for (let page = lastPage; page > firstPages; page--) {
			const read = await this.page(page, true);
			if (!read) return false;
			const times = [...read.messages.map(({ at }) => at), following];
			if (!times.every((time, index) => index === 0 || time >= times[index - 1])) return false;
			[following] = times;
			count += read.fresh;
			if (following < this.since || count >= this.most) return true;
			if (this.isEnough()) return false;
		}
		return true;
	}

	private async page(page: number, backwards = false): Promise<LogPage | undefined> {
		if (this.pagesLeft-- <= 0) {
			this.rest = { page, backwards };
			return undefined;
		}
		const query = { PhoneNumber: this.number, Page: page, Results: MESSAGES_PER_PAGE };
		const response = await this.client.call({ route: 'GET /v1.0/message/filter', query, safety: 'read' });
		const { Messages, Total } = response as { Messages?: unknown[]; Total?: unknown };
		const total = Number(Total ?? NaN);
		if (!Array.isArray(Messages) || Number.isNaN(total)) return undefined;
		const messages = Messages.filter(isRecord).map((one) => toLoggedMessage(one as IDataObject));
		let fresh = 0;
		const before = this.found.size;
		for (const [index, message] of messages.entries()) {
			// A list may have one entry per recipient of a message.
			const key = `${message.id} ${message.to.join()}`;
			const known = this.found.get(key);
			this.found.set(key, { message, place: known?.place ?? page * MESSAGES_PER_PAGE + index });
			if (!known && this.isWanted(message)) fresh++;
		}
		return this.isEndless(before) ? undefined : { messages, fresh, total };
	}

	/** @param before how many entries were read before the latest page */
	private isEndless(before: number): boolean {
		this.repeated = this.found.size > before ? 0 : this.repeated + 1;
		return this.repeated >= MAX_REPEATED;
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

/** A record of this list, or of `GET /v1.0/message/search`, which spells its ID otherwise and documents no time. */
export function toLoggedMessage(record: IDataObject): LoggedMessage {
	const { Body, CreatedAt, Direction, From, MessageID, MessageId = MessageID, Status } = record;
	return {
		id: String(MessageId),
		from: asE164(String(From ?? '')),
		to: recipientsIn(record.To).map(asE164),
		body: String(Body ?? ''),
		outbound: !/^in/i.test(String(Direction)),
		status: String(Status ?? ''),
		at: zonedTime(CreatedAt),
		record,
	};
}

/** `To` is one text here (example of the operation), a list of `{Number}` in other responses. */
function recipientsIn(to: unknown): string[] {
	if (typeof to === 'string') return to.split(/[\s,;]+/).filter(Boolean);
	return [to].flat().flatMap((one) => (isRecord(one) ? recipientsIn(one.Number) : one ? [String(one)] : []));
}
