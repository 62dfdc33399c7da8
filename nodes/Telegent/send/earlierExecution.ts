import type { IDataObject, NodeOperationError } from 'n8n-workflow';
import { messagesSince, type LoggedMessage, type LogExcerpt } from '../../shared/messageLog';
import { unsureError } from '../engine/itemErrors';
import type { Item } from '../engine/operation';
import type { EarlierRun } from '../engine/runRecord';
import { CLOCK_SKEW_MS, claimMessageId, confirmedByLookup, lookupTime, sentMessage } from './reconcile';
import { findMessage, type SentMessage } from './sentMessages';

/** A sender's messages since the earlier execution, by recipient: a list can have thousands of either. */
interface SenderLog {
	complete: boolean;
	byRecipient: Map<string, Map<string, LoggedMessage>>;
}

interface SenderLogReading {
	/** Milliseconds since 1970, like `readAt`: when the reading begins, or began. */
	since: number;
	readAt: number;
	log: Promise<SenderLog>;
}

/** Look-ups share a reading of the list if they are due within the same one of so many parts of Lookup Time. */
const READINGS_PER_LOOKUP_TIME = 6;
/** A later reading begins this long before the last one: Telegent's clock may be behind. */
const LIST_OVERLAP_MS = 120_000;

/**
 * What an earlier execution sent, as far as Telegent's message list tells: for items of a retried execution that n8n
 * kept no outcome of. The list of a sender is read once per run, 100 messages per request. Its newer messages are read
 * again for a claim that was found later: another execution may be sending at the same time.
 */
export class EarlierExecution {
	private readonly readings = new Map<string, SenderLogReading>();

	/** IDs of messages that this run has found for other items. */
	private readonly taken = new Set<string>();

	/**
	 * Finds the item's message.
	 * @returns undefined where the earlier execution surely did not send it, or where the user chose to send again
	 * @throws NodeOperationError with outcome `unsure` where that cannot be told
	 */
	async find(item: Item, earlier: EarlierRun): Promise<IDataObject | undefined> {
		const { onRetry = 'lookUp' } = item.options;
		if (onRetry === 'send') return undefined;
		if (onRetry === 'report') throw unknownOutcome(item, 'The earlier execution may have sent this message');
		const sent = sentMessage(item);
		const log = await this.logFor(item, earlier);
		const messages = [
			...new Set(sent.to.flatMap((number) => [...(log.byRecipient.get(number)?.values() ?? [])])),
		];
		return this.judge(item, sent, { complete: log.complete, messages }, earlier);
	}

	private judge(item: Item, sent: SentMessage, excerpt: LogExcerpt, { exact, messageIds }: EarlierRun) {
		const isTaken = (id: string) => this.taken.has(id) || messageIds.has(id);
		const finding = findMessage(sent, excerpt, isTaken);
		if (finding === 'incomplete')
			throw unknownOutcome(item, "Telegent's message list couldn't be read completely");
		if (finding === 'other')
			throw unknownOutcome(item, 'A message with this text went to some of these recipients');
		if (finding !== 'absent') {
			this.taken.add(finding.id);
			claimMessageId(finding.id);
			return confirmedByLookup(item, finding.record);
		}
		const other = exact && excerpt.messages.find(({ id, outbound }) => outbound && !isTaken(id));
		if (other)
			throw unknownOutcome(
				item,
				`A message with a different text (${other.id}) was sent to this recipient in the meantime`,
			);
		return undefined;
	}

	private async logFor(item: Item, earlier: EarlierRun): Promise<SenderLog> {
		const { from } = sentMessage(item);
		const { since } = earlier;
		const dueAt = firstReadingAt(item, earlier);
		const before = this.readings.get(from);
		const covers = before !== undefined && before.since <= since;
		const reading =
			covers && before.readAt >= dueAt
				? before
				: this.startReading(item, from, { dueAt, since, before: covers ? before : undefined });
		return await reading.log.catch((error: Error) => {
			this.readings.delete(from);
			throw unknownOutcome(item, `Telegent's message list couldn't be read (${error.message})`);
		});
	}

	/** @param before what was read earlier, which the new reading completes */
	private startReading(
		item: Item,
		from: string,
		{ before, dueAt, since }: { before?: SenderLogReading; dueAt: number; since: number },
	): SenderLogReading {
		const readAt = Math.max(dueAt, Date.now());
		const log = readLog(
			item,
			from,
			{ readAt, since: before ? before.readAt - LIST_OVERLAP_MS : since },
			before?.log,
		);
		const reading = { since: before ? before.since : since, readAt, log };
		this.readings.set(from, reading);
		return reading;
	}
}

/** When the list surely shows what may have been sent, in milliseconds since 1970. */
function firstReadingAt({ options }: Item, { unknownAt }: EarlierRun): number {
	if (unknownAt === undefined) return -Infinity;
	const lookup = lookupTime(options);
	const step = Math.max(lookup / READINGS_PER_LOOKUP_TIME, 1);
	return Math.ceil((unknownAt + lookup) / step) * step;
}

async function readLog(
	item: Item,
	number: string,
	{ readAt, since }: { readAt: number; since: number },
	earlier?: Promise<SenderLog>,
): Promise<SenderLog> {
	await item.telegent.wait(readAt - Date.now());
	const { complete, messages } = await messagesSince(item.telegent, number, since - CLOCK_SKEW_MS);
	const { byRecipient, complete: completeBefore } = (await earlier) ?? {
		byRecipient: new Map<string, Map<string, LoggedMessage>>(),
		complete: true,
	};
	for (const message of messages) {
		for (const to of message.to) {
			const own = byRecipient.get(to) ?? new Map<string, LoggedMessage>();
			byRecipient.set(to, own.set(message.id, message));
		}
	}
	return { complete: complete && completeBefore, byRecipient };
}

function unknownOutcome(item: Item, reason: string): NodeOperationError {
	return unsureError(
		item,
		`${reason}, so it's unknown whether it was sent`,
		"An earlier execution may have sent it. It wasn't sent again. Check it with Message → Get Many; to send it anyway, set the option 'If Execution Is Retried' to \"Send Again\".",
	);
}
