import type { IExecuteFunctions } from 'n8n-workflow';
import { connect, type TelegentClient } from '../../../transport/client';
import { messagesSince, type LogExcerpt } from '../../shared/messageLog';
import { MAX_RECENT_PAGES, LIST_SKEW_MS } from '../../shared/takeover';

/** Telegent's message lists of the account's numbers, as an execution of the trigger reads them. */
export class MessageLists {
	private client?: Promise<TelegentClient>;

	private readonly latest = new Map<string, { since: number; excerpt: LogExcerpt }>();

	/** @param minutes that one list must cover in any case, so that it is read once for all that is asked of it */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly minutes: number,
	) {}

	async connect(): Promise<TelegentClient> {
		this.client ??= connect(this.context);
		return await this.client;
	}

	/** The list as it is now. @throws Error where it cannot be read */
	async read(number: string, since: number, maxPages = MAX_RECENT_PAGES): Promise<LogExcerpt> {
		const from = Math.min(since, Date.now() - this.minutes * 60_000) - LIST_SKEW_MS;
		const excerpt = await messagesSince(await this.connect(), number, from, maxPages);
		this.latest.set(number, { since: from, excerpt });
		return excerpt;
	}

	/** The list as this execution read it last, where that is enough. @throws Error where it cannot be read */
	async recent(number: string, since: number): Promise<LogExcerpt> {
		const known = this.latest.get(number);
		return known && known.since <= since && known.excerpt.complete
			? known.excerpt
			: await this.read(number, since);
	}
}
