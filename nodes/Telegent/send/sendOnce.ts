import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../transport/retry';
import { textOf } from '../../shared/json';
import { ClaimTable } from '../engine/claimTable';
import { payloadOf, type Item } from '../engine/operation';
import { ParameterError } from '../engine/parameters';
import type { EarlierExecution } from './earlierExecution';
import { lookupTime } from './reconcile';
import type { ExcludedRecipient } from './recipients';
import { addressees, redirectedTo } from './redirect';

/** How far back the message of an open claim is looked for: n8n or its machine died between the claim and the send. */
const INTERRUPTED_MS = 30 * 24 * 3_600_000;

/** `sent`: the record of the item's message where another execution sent it; else the recipients who are left out. */
export type OnceDecision = { sent: IDataObject } | { excluded: ExcludedRecipient[] };

/**
 * "Send Once Per": claims each message before it is sent in n8n's deduplication table, so that no later execution sends
 * it again. What was claimed and may have been sent is looked up in Telegent's message list.
 */
export class SendOnce {
	private table?: ClaimTable;

	/** Keys that each item claimed. */
	private readonly claimed = new Map<number, string[]>();

	/** @param clock milliseconds since 1970 */
	constructor(
		private readonly earlier: EarlierExecution,
		private readonly clock: () => number,
	) {}

	/** @throws ParameterError where the option is not filled in */
	check({ options }: Item): void {
		if (options.sendOnce === 'key') ownKey(options);
	}

	/**
	 * Claims the item's message, for each recipient or as a whole.
	 * @throws NodeOperationError where claims cannot be stored, or where it cannot be told whether it was sent
	 */
	async claim(item: Item): Promise<OnceDecision> {
		const to = addressees(item);
		const keys = keysOf(item, to, this.clock());
		if (keys.length === 0) return { excluded: [] };
		const table = (this.table ??= new ClaimTable(item.context));
		const claimAll = async () => await Promise.all(keys.map(async (key) => await table.claim(key)));
		let states = await claimAll();
		if (states.includes('open')) {
			const sent = await this.interrupted(item);
			if (sent) return { sent };
			// Another execution, which was about to send it, may have done so or given it up.
			states = await claimAll();
		}
		const own = keys.filter((_, index) => states[index] !== 'done');
		this.claimed.set(item.index, own);
		const excluded = to.filter((_, index) => states[keys.length === 1 ? 0 : index] === 'done');
		return { excluded: excluded.map((number) => ({ number, reason: reasonFor(item, number) })) };
	}

	/** Keeps or takes back what the item claimed. What an earlier execution sent counts as claimed, too. */
	settle(item: Item, outcome: Outcome): void {
		const claimed = this.claimed.get(item.index);
		this.claimed.delete(item.index);
		if (outcome === 'notDone') for (const key of claimed ?? []) this.table?.release(key);
		if (outcome !== 'done') return;
		const done = claimed ?? keysOf(item, addressees(item), this.clock());
		if (done.length === 0) return;
		const table = (this.table ??= new ClaimTable(item.context));
		for (const key of done) table.markDone(key);
	}

	async finish(): Promise<void> {
		await this.table?.flush();
	}

	/** The message of a claim that nothing says the end of, or undefined where it surely was not sent. */
	private async interrupted(item: Item): Promise<IDataObject | undefined> {
		const now = this.clock();
		// Only where the text belongs to the key is a message with another text surely another message.
		const exact = item.options.sendOnce !== 'recipientAndText';
		// A claim may be older than the execution that is retried: another one may have made it.
		const since = now - INTERRUPTED_MS;
		const messageIds = item.earlier?.messageIds ?? new Set<string>();
		return await this.earlier.find(item, { since, exact, unknownAt: now, messageIds });
	}
}

/**
 * How many messages may be claimed at the same time. A claimed message waits for the rate limit, and another process
 * looks for it once Lookup Time is over. This many are sent within a quarter of that time.
 * @param options those of the first item
 * @param perMinute the account's rate limit; 0 for none
 */
export function mostClaims(options: IDataObject, perMinute: number): number {
	if (options.sendOnce === undefined || perMinute === 0) return Infinity;
	try {
		return Math.max(1, Math.floor((perMinute * lookupTime(options)) / 60_000 / 4));
	} catch {
		// The item is refused for its Lookup Time, and the others are sent.
		return 1;
	}
}

function reasonFor(item: Item, number: string): string {
	if (item.options.sendOnce === 'key') return `A message with this 'Send Once Key' was sent before`;
	const what = item.options.sendOnce === 'recipient' ? 'a message' : 'this message';
	return `${number} already got ${what} ('Send Once Per')`;
}

/** The keys of an item: one for each recipient, or one where the user chose it; none without the option. */
function keysOf(item: Item, to: string[], now: number): string[] {
	const { sendOnce, sendOncePeriod } = item.options;
	if (sendOnce === undefined) return [];
	// What went to another phone was not sent to the recipients.
	const redirected = redirectedTo(item) ?? [];
	const when = period(String(sendOncePeriod ?? 'ever'), now, item.telegent.timeZone);
	const key = (...parts: unknown[]) =>
		createHash('sha256')
			.update(JSON.stringify([...parts, when].concat(redirected)))
			.digest('base64');
	if (sendOnce === 'key') return [key('key', ownKey(item.options))];
	const { Body, From } = payloadOf(item);
	const text = sendOnce === 'recipient' ? [] : [Body];
	return to.map((number) => key(sendOnce, From, number, ...text));
}

/** @throws ParameterError where it is empty */
function ownKey({ sendOnceKey }: IDataObject): string {
	const own = textOf(sendOnceKey).trim();
	if (own !== '') return own;
	throw new ParameterError('Send Once Key', 'is empty. Enter a value that identifies the message');
}

/** The day, week or month of a time, as text; empty for `ever`. Weeks begin on Monday. */
export function period(kind: string, now: number, timeZone: string): string {
	const date = (time: number) =>
		new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(time);
	if (kind === 'day') return date(now);
	if (kind === 'month') return date(now).slice(0, 7);
	if (kind !== 'week') return '';
	const day = new Date(`${date(now)}T00:00:00Z`);
	day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7));
	return `week of ${day.toISOString().slice(0, 10)}`;
}
