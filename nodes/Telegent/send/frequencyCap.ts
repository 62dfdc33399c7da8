import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { messagesSince, type LoggedMessage } from '../../shared/messageLog';
import { amountOf, wholeNumber } from '../../shared/values';
import { payloadOf, type Item } from '../engine/operation';
import { counted } from '../engine/progress';
import { CollectionReader } from './collectionReader';
import type { ExcludedRecipient } from './recipients';
import { addressees } from './redirect';

const CAP_LABEL = 'Max Messages per Recipient';
const CAP_HOUR_MS = 3_600_000;

/** At most so many messages per person in so many hours. */
interface Cap {
	most: number;
	hours: number;
}

/** When each message to a person was sent, by its ID: what this run sent can be in the list, too. */
type Sent = Map<string, number>;

/**
 * The safeguard *Max Messages per Recipient* for one run of the node. Counts in the sender's message list at Telegent, so
 * that what other workflows and people sent counts. Reads it once per sender and run, and adds what the run sends.
 */
export class FrequencyCap {
	private readonly settings = new CollectionReader('safeguards');

	/** Messages per person by sender and period. */
	private readonly lists = new Map<string, Promise<Map<string, Sent>>>();

	/** Messages of this run per sender and person. */
	private readonly own = new Map<string, Sent>();

	private unknown = 0;

	/** @param clock milliseconds since 1970 */
	constructor(private readonly clock: () => number) {}

	/** @throws ParameterError where the safeguard is not filled in */
	check(item: Item): void {
		this.capOf(item);
	}

	/**
	 * Those who already got as many messages as allowed.
	 * @throws NodeOperationError where the list does not surely tell: then nothing is sent
	 */
	async reached(item: Item, to: string[]): Promise<ExcludedRecipient[]> {
		const cap = this.capOf(item);
		if (!cap) return [];
		const from = senderOf(item);
		const list = await this.listFor(item, from, cap);
		const since = this.clock() - cap.hours * CAP_HOUR_MS;
		return to.flatMap((number) => {
			const all = new Map([...(list.get(number) ?? []), ...(this.own.get(`${from} ${number}`) ?? [])]);
			const count = [...all.values()].filter((at) => at >= since).length;
			return count < cap.most ? [] : [{ number, reason: capReason(number, count, from, cap) }];
		});
	}

	/** Keeps that the item was sent, or may have been. `records` are its results. */
	add(item: Item, records: IDataObject[]): void {
		if (!this.settings.has(item, 'frequencyCap')) return;
		const id = String(records[0]?.MessageId ?? `unknown ${this.unknown++}`);
		for (const number of addressees(item)) {
			const key = `${senderOf(item)} ${number}`;
			const sent = this.own.get(key) ?? new Map<string, number>();
			this.own.set(key, sent.set(id, this.clock()));
		}
	}

	private capOf(item: Item): Cap | undefined {
		if (!this.settings.has(item, 'frequencyCap')) return undefined;
		return this.settings.read(item, 'frequencyCap', CAP_LABEL, parseCap);
	}

	private async listFor(item: Item, from: string, { hours }: Cap): Promise<Map<string, Sent>> {
		const key = `${from} ${hours}`;
		const list = this.lists.get(key) ?? this.read(item, from, hours);
		this.lists.set(key, list);
		return await list.catch((error: Error) => {
			throw unreadable(item, from, error.message);
		});
	}

	private async read({ telegent }: Item, from: string, hours: number): Promise<Map<string, Sent>> {
		const { complete, messages } = await messagesSince(telegent, from, this.clock() - hours * CAP_HOUR_MS);
		if (!complete) throw new Error("Telegent's message list couldn't be read completely");
		const byPerson = new Map<string, Sent>();
		for (const message of messages.filter((one) => counts(one, from))) {
			if (Number.isNaN(message.at)) throw new Error(`message ${message.id} in Telegent's list has no time`);
			for (const number of message.to) {
				const sent = byPerson.get(number) ?? new Map<string, number>();
				byPerson.set(number, sent.set(message.id, message.at));
			}
		}
		return byPerson;
	}
}

/** A message that did not arrive is none that the person got. */
function counts({ from, outbound, status }: LoggedMessage, sender: string): boolean {
	return outbound && from === sender && !/^(failed|undelivered)$/i.test(status);
}

function senderOf(item: Item): string {
	return String(payloadOf(item).From);
}

function parseCap(given: unknown): Cap {
	const { hours = 24, most = 1 } = ((given as IDataObject | undefined)?.cap ?? {}) as IDataObject;
	const period = amountOf(hours, 'hours');
	if (period > 0) return { most: wholeNumber(most), hours: period };
	throw new Error("'Period (Hours)' must be more than 0");
}

function capReason(number: string, count: number, from: string, { hours, most }: Cap): string {
	const got = `${number} got ${counted(count, 'message')} from ${from} in the last ${counted(hours, 'hour')}`;
	return `${got}, and '${CAP_LABEL}' is ${most}`;
}

function unreadable(item: Item, from: string, why: string): NodeOperationError {
	const message = `The messages that ${from} sent can't be counted: ${why}`;
	const description = `Nothing was sent. Run it again later, or remove '${CAP_LABEL}' to send anyway.`;
	return new NodeOperationError(item.context.getNode(), message, { itemIndex: item.index, description });
}
