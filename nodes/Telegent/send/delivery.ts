import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isRecord } from '../../shared/json';
import { locatorText } from '../../shared/form/locator';
import { amountOf, phone } from '../../shared/values';
import { isTool } from '../engine/caller';
import { mapConcurrent } from '../engine/concurrency';
import { payloadOf, type FinishedItems, type Item } from '../engine/operation';
import { ParameterError, rawCollection, readConcurrency, withFieldLabel } from '../engine/parameters';
import { counted } from '../engine/progress';
import { DEFAULT_DELIVERY_SECONDS, MAX_DELIVERY_SECONDS } from './deliveryFields';
import { failedRecipients, type Delivery } from './deliveryStatus';
import { DeliveryWait, type AwaitedMessage } from './deliveryWait';
import { fallbackHooks, sendFallback, type Fallback, type SettlingHooks } from './fallback';
import { recipients } from './recipients';
import type { Safeguards } from './safeguards';

/** Largest difference between Telegent's clock and ours, with the time that a request takes. */
const TOLERANCE_MS = 5 * 60_000;
/** How far back the message of an earlier execution is looked for: as far as "Send Once Per" does. */
const FOUND_BEFORE_MS = 30 * 24 * 3_600_000;

interface DeliveryOptions {
	limitMs: number;
	/** In E.164; undefined where the item is only reported. */
	fallbackFrom?: string;
}

/** An item whose message was sent. */
interface SentItem {
	item: Item;
	options: DeliveryOptions;
	message: AwaitedMessage;
	output?: INodeExecutionData;
	fallback?: Fallback;
	/** The wait for the message from the fallback number. */
	second?: AwaitedMessage;
}

/** The option Wait for Delivery of an item. @throws ParameterError where it cannot be used */
export function deliveryOptions({ options, request, telegent }: Item): DeliveryOptions | undefined {
	if (!options.waitForDelivery) return undefined;
	const { delivery } = options.waitForDelivery as IDataObject;
	const group = isRecord(delivery) ? (delivery as IDataObject) : {};
	const seconds = withFieldLabel('Max Wait (Seconds)', () => {
		const given = amountOf(group.seconds ?? DEFAULT_DELIVERY_SECONDS, 'seconds');
		if (given >= 1 && given <= MAX_DELIVERY_SECONDS) return given;
		throw new Error(`is ${given}. Enter 1 to ${MAX_DELIVERY_SECONDS} seconds`);
	});
	const limitMs = seconds * 1000;
	if (group.ifNotDelivered !== 'fallback') return { limitMs };
	const label = 'Fallback From';
	const fallbackFrom = withFieldLabel(label, () => phone(locatorText(group.fallbackFrom), telegent));
	if (!fallbackFrom) throw new ParameterError(label, "is required, but it's empty");
	if (fallbackFrom === payloadOf({ request }).From)
		throw new ParameterError(label, `is the number in 'From', ${fallbackFrom}. Select another number`);
	return { limitMs, fallbackFrom };
}

/** "Wait for Delivery" and "If Not Delivered" in one run of the node. */
export class DeliveryReport {
	/** Output items that were not delivered, with the index of their output. */
	readonly notDelivered = new WeakMap<IDataObject, number>();

	private readonly sent = new Map<IDataObject, SentItem>();

	/** What items send, before their media are loaded: those of a whole list would take too much memory. */
	private readonly payloads = new WeakMap<Item, IDataObject>();

	private items: SentItem[] = [];

	private requests = 0;

	/**
	 * @param prepareText puts the text into the request as it is sent
	 * @param remember keeps that this workflow sent the message of a record
	 */
	constructor(
		private readonly safeguards: Safeguards,
		private readonly prepareText: (item: Item) => unknown,
		private readonly remember: (item: Item, records: IDataObject[]) => void,
	) {}

	/** Before the item's media are loaded. */
	keepPayload(item: Item): void {
		if (item.options.waitForDelivery) this.payloads.set(item, { ...payloadOf(item) });
	}

	/** The item's message was sent, by this execution or an earlier one. */
	add(item: Item, record: IDataObject): void {
		if (!item.options.waitForDelivery) return;
		const body = this.payloads.get(item) ?? { ...payloadOf(item) };
		const light = { ...item, request: { ...item.request, body } };
		const message = awaited(light, record);
		this.sent.set(record, { item: light, message, options: optionsAfterwards(light) });
	}

	/** Waits, sends from the fallback number what was not delivered, and completes the output items. */
	async run({ outputs, sendFurther, tellIfStopped }: FinishedItems, settling: SettlingHooks): Promise<void> {
		this.items = outputs.flatMap((output) => {
			const one = this.sent.get(output.json);
			return one ? [{ ...one, output }] : [];
		});
		if (this.items.length === 0) return;
		tellIfStopped(() => `${this.summary() ?? ''}.`);
		await this.waitFor(this.items.map(({ message }) => message));
		const again = this.items.filter((one) => this.fallbackOf(one).to.length > 0);
		const hooks = fallbackHooks(this.safeguards, this.prepareText, settling);
		await mapConcurrent(again.length, readConcurrency(this.items[0].item.read), (index) => {
			const one = again[index];
			const plan = this.fallbackOf(one);
			const work = async () => {
				one.fallback = await sendFallback(one.item, one.message, plan, hooks, sendFurther);
				if (one.fallback.outcome !== 'done') return;
				one.second = awaitedFallback(one.fallback);
				this.remember(one.item, [{ MessageId: one.second.id }]);
			};
			return { keys: plan.to, work };
		});
		await this.waitFor(again.flatMap(({ second }) => second ?? []));
		const output = outputOfNotDelivered(this.items[0].item.context);
		for (const one of this.items) this.complete(one, output);
	}

	/** `Delivery: 38 delivered, 1 not delivered, 1 unknown (4 requests)`. */
	summary(): string | undefined {
		if (this.items.length === 0) return undefined;
		const count = { delivered: 0, failed: 0, unknown: 0 };
		for (const one of this.items) count[finalStatus(one).delivery]++;
		const fallback = this.items.filter((one) => one.fallback?.outcome === 'done').length;
		const parts = [
			`${count.delivered} delivered`,
			`${count.failed} not delivered`,
			`${count.unknown} unknown`,
			...(fallback > 0 ? [`${fallback} sent from the fallback number`] : []),
		];
		return `Delivery: ${parts.join(', ')} (${counted(this.requests, 'request')})`;
	}

	warnings(): string[] {
		const unsure = this.items.filter(({ fallback }) => fallback?.outcome === 'unsure');
		if (unsure.length === 0) return [];
		const named = unsure.slice(0, 10).map(({ item }) => item.index);
		const more = unsure.length > 10 ? ` and ${unsure.length - 10} more` : '';
		return [
			`${unsure.length === 1 ? 'Item' : 'Items'} ${named.join(', ')}${more} may have been sent from the fallback number. Check in Telegent before you send again.`,
		];
	}

	private async waitFor(messages: AwaitedMessage[]): Promise<void> {
		const [first] = this.items;
		if (messages.length === 0) return;
		const { context, telegent } = first.item;
		const wait = new DeliveryWait(context, telegent, messages);
		try {
			await wait.run(this.items.reduce((most, { options }) => Math.max(most, options.limitMs), 0));
		} finally {
			this.requests += wait.requests;
		}
	}

	/** From which number a message is sent again, and to whom; to no one where nothing is sent. */
	private fallbackOf({ message, options }: SentItem): { from: string; to: string[] } {
		const from = options.fallbackFrom;
		if (!from || message.status.delivery !== 'failed') return { from: '', to: [] };
		return { from, to: failedRecipients(message.status, message.to) };
	}

	private complete(one: SentItem, notDelivered: number): void {
		const { fallback, message, output, second } = one;
		if (!output) return;
		const { delivery, reason } = finalStatus(one);
		const { byRecipient } = message.status;
		const json: IDataObject = {
			...output.json,
			delivery,
			deliveryReason: reason,
			deliverySeconds: (message.seconds ?? 0) + (second?.seconds ?? 0),
			...(byRecipient && { deliveryByRecipient: byRecipient as unknown as IDataObject[] }),
			...(fallback && { fallback: { ...fallback, firstReason: message.status.reason } }),
		};
		output.json = json;
		if (delivery === 'failed') this.notDelivered.set(json, notDelivered);
	}
}

/** Index of the output Not Delivered: the last one (description/outputs.ts). */
function outputOfNotDelivered(context: IExecuteFunctions): number {
	// A tool has one output, and the model must see the result.
	if (isTool(context)) return 0;
	const { quietHours } = rawCollection(context, 'safeguards') as { quietHours?: { hours?: IDataObject } };
	return quietHours?.hours?.otherwise === 'secondOutput' ? 2 : 1;
}

/** An item that was sent is not refused any more: where the option cannot be used, its delivery is only reported. */
function optionsAfterwards(item: Item): DeliveryOptions {
	try {
		return deliveryOptions(item) ?? { limitMs: 0 };
	} catch {
		return { limitMs: DEFAULT_DELIVERY_SECONDS * 1000 };
	}
}

/** Whether an item's recipients have its message, from either number. */
function finalStatus({ fallback, message, second }: SentItem): { delivery: Delivery; reason: string | null } {
	const { status } = message;
	if (!fallback || fallback.outcome === 'notDone') return status;
	if (fallback.outcome === 'unsure') {
		return { delivery: 'unknown', reason: `Whether it was sent from ${fallback.from} is unknown` };
	}
	const failed = failedRecipients(status, message.to);
	// Safeguards left out some of them.
	const partly = second?.status.delivery === 'delivered' && fallback.to.length < failed.length;
	return partly ? status : (second?.status ?? status);
}

function awaited(item: Item, record: IDataObject): AwaitedMessage {
	const now = Date.now();
	const earlier = record.confirmedBy !== undefined && record.confirmedBy !== 'sending again';
	const since = earlier ? (item.earlier?.since ?? now - FOUND_BEFORE_MS) : now;
	return {
		id: String(record.MessageId ?? ''),
		from: String(record.From ?? payloadOf(item).From),
		to: Array.isArray(record.To)
			? recipients({ request: { ...item.request, body: record } })
			: recipients(item),
		since: since - TOLERANCE_MS,
		...(!earlier && { sentAt: now }),
		status: { delivery: 'unknown', reason: null },
	};
}

function awaitedFallback({ from, messageId, to }: Fallback): AwaitedMessage {
	const now = Date.now();
	return {
		id: messageId ?? '',
		from,
		to,
		since: now - TOLERANCE_MS,
		sentAt: now,
		status: { delivery: 'unknown', reason: null },
	};
}
