import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../transport/retry';
import { readSwitch, withFieldLabel } from '../engine/parameters';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { counted } from '../engine/progress';
import { asSent, list, wholeNumber } from '../../shared/values';
import { DeliveryReport, deliveryOptions } from './delivery';
import { EarlierExecution } from './earlierExecution';
import type { SettlingHooks } from './fallback';
import { claimMessageId, lookupTime, reconcileSend } from './reconcile';
import { checkMedia, inWordsOfTheForm, loadMedia } from './media';
import { recipients, excluding, type ExcludedRecipient } from './recipients';
import { Safeguards, type SafeguardDecision } from './safeguards';
import { SendOnce } from './sendOnce';
import { SendCount } from './summary';
import { charactersOutsideGsm, measureText, type Segmentation } from './segments';

/** Most recipients in a failed item, and their length: an item can have thousands, of any length. */
const MAX_NAMED_RECIPIENTS = 100;
const MAX_RECIPIENT_LENGTH = 60;

/**
 * The hooks of Message → Send: text, safeguards, duplicates, media, sends with an unknown outcome, the summary.
 * @param clock milliseconds since 1970
 */
export function sendHooks(clock: () => number = Date.now): OperationHooks {
	const run = new SendRun(clock);
	const settling: SettlingHooks = {
		lookUp: async (item, earlier) => await run.earlier.find(item, earlier),
		async recover(item, startedAt) {
			if (item.options.whenUnsure !== 'checkFirst') return undefined;
			return await reconcileSend(item, startedAt, lookupTime(item.options));
		},
		async onFailure(_item, error) {
			if (error instanceof NodeApiError) inWordsOfTheForm(error);
		},
	};
	return {
		beforeQueue: (item) => run.checkItem(item),
		order: recipients,
		lookUp: settling.lookUp,
		beforeRequest: async (item) => await run.checkBeforeRequest(item),
		afterResponse: (item, response) => run.addSize(item, response),
		recover: settling.recover,
		onFailure: settling.onFailure,
		onSettled: (item, outcome, records) => run.remember(item, outcome, records),
		recipients: (read, item) => (item ? (payloadOf(item).To as IDataObject[]) : asSent(given(read('to')))),
		afterAllItems: async (finished) => await run.delivery.run(finished, settling),
		output: (response) => run.output(response),
		summary: (failed) => run.summary(failed),
		warnings: () => run.warnings(),
		finish: async () => await run.once.finish(),
	};
}

/** What the hooks of Send keep during one run of the node. */
class SendRun {
	readonly safeguards: Safeguards;

	readonly earlier = new EarlierExecution();

	readonly once: SendOnce;

	readonly delivery: DeliveryReport;

	readonly forSecondOutput = new WeakSet<IDataObject>();

	/** Numbers that got a message in this run, or may have, with the sentence that says so. */
	private readonly reached = new Map<string, string>();

	private readonly leftOut = new Map<number, ExcludedRecipient[]>();

	/** The size of each item's text, which is measured once. */
	private readonly sizes = new WeakMap<Item, Segmentation>();

	private readonly count = new SendCount();

	constructor(clock: () => number) {
		this.safeguards = new Safeguards(clock);
		this.once = new SendOnce(this.earlier, clock);
		this.delivery = new DeliveryReport(this.safeguards, prepareText);
	}

	checkItem(item: Item): IDataObject | undefined {
		this.sizes.set(item, prepareText(item));
		lookupTime(item.options);
		deliveryOptions(item);
		readSwitch('Skip Duplicates', item.options.skipDuplicates);
		checkMedia(item);
		this.once.check(item);
		return this.apply(item, this.safeguards.check(item, recipients(item)));
	}

	async checkBeforeRequest(item: Item): Promise<IDataObject | undefined> {
		const all = recipients(item);
		const skips = readSwitch('Skip Duplicates', item.options.skipDuplicates);
		const repeated = skips ? this.repeated(all) : [];
		const to = excluding(all, repeated);
		if (to.length === 0) return { status: 'skipped', reason: repeated[0].reason, To: payloadOf(item).To };
		const stopped = this.apply(item, this.safeguards.byClock(item, to, repeated));
		if (stopped) return stopped;
		const refused = this.safeguards.beforeSending(item);
		if (refused) return refused.status === 'dryRun' ? { ...refused, ...this.sizes.get(item) } : refused;
		const claimed = await this.claim(item);
		if (claimed) return claimed;
		this.delivery.keepPayload(item);
		return await loadMedia(item);
	}

	/** "Send Once Per". @returns the output item if every recipient already has the message */
	private async claim(item: Item): Promise<IDataObject | undefined> {
		const decision = await this.once.claim(item);
		if ('sent' in decision) return this.addSize(item, decision.sent);
		const { excluded } = decision;
		const to = excluding(recipients(item), excluded);
		if (to.length === 0) return { status: 'skipped', reason: excluded[0].reason, To: payloadOf(item).To };
		return this.apply(item, { to, leftOut: excluded });
	}

	/** The output item: the response, the size of the text, and who was left out. */
	addSize(item: Item, response: IDataObject): IDataObject {
		const skipped = (this.leftOut.get(item.index) ?? []) as unknown as IDataObject[];
		return { ...response, ...this.sizes.get(item), ...(skipped.length > 0 && { skipped }) };
	}

	/** Counts the item, and keeps its recipients where something was sent or may have been. */
	remember(item: Item, outcome: Outcome, records: IDataObject[]): void {
		for (const { segments, status = 'sent' } of records)
			this.count.add(String(status), Number(segments ?? 0) * recipients(item).length);
		// Records with a status come from hooks: nothing was sent for them.
		const sent = !records.some(({ status = 'sent' }) => status !== 'sent');
		this.once.settle(item, sent ? outcome : 'notDone');
		if (!sent) return;
		for (const record of records) {
			claimMessageId(record.MessageId);
			this.delivery.add(item, record);
		}
		if (outcome === 'notDone' || !item.options.skipDuplicates) return;
		const got = outcome === 'unsure' ? 'may already have received' : 'already received';
		for (const number of recipients(item))
			this.reached.set(number, `${number} ${got} a message from item ${item.index}`);
	}

	summary(failed: number): string | undefined {
		const { hoursUnderstood } = this.safeguards;
		const parts = [this.count.summary(failed), this.delivery.summary(), ...hoursUnderstood];
		return parts.filter(Boolean).join('. ') || undefined;
	}

	warnings(): string[] {
		const strange = strangeEntries(this.safeguards);
		return [...(strange ? [strange] : []), ...this.safeguards.nightWarnings, ...this.delivery.warnings()];
	}

	/** Index of an item's output: Sent, then Held and Not Delivered, where the node has them (description/outputs.ts). */
	output(response: IDataObject): number {
		if (this.forSecondOutput.has(response)) return 1;
		return this.delivery.notDelivered.get(response) ?? 0;
	}

	/** Does what the safeguards decide. @returns the output item of an item that is not sent */
	private apply(item: Item, decision: SafeguardDecision): IDataObject | undefined {
		if ('answer' in decision) {
			if (decision.second) this.forSecondOutput.add(decision.answer);
			return decision.answer;
		}
		payloadOf(item).To = asSent(decision.to);
		if (decision.leftOut.length > 0)
			this.leftOut.set(item.index, [...(this.leftOut.get(item.index) ?? []), ...decision.leftOut]);
		return undefined;
	}

	private repeated(to: string[]): ExcludedRecipient[] {
		return to.flatMap((number) => {
			const reason = this.reached.get(number);
			return reason ? [{ number, reason }] : [];
		});
	}
}

/** Recipients as they were entered, for items whose recipients cannot be parsed. */
function given(to: unknown): string[] {
	const text = (entry: unknown) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry));
	return list(to)
		.slice(0, MAX_NAMED_RECIPIENTS)
		.map((entry) => text(entry).slice(0, MAX_RECIPIENT_LENGTH));
}

function strangeEntries({ strange }: Safeguards): string | undefined {
	if (strange.length === 0) return undefined;
	const some = strange.slice(0, 3).map((entry) => `"${entry.slice(0, 30)}"`);
	const [noun, verb] =
		strange.length === 1 ? ['entry', "isn't a phone number"] : ['entries', "aren't phone numbers"];
	return `${strange.length} ${noun} in 'Suppression List' ${verb}, for example ${some.join(', ')}`;
}

/**
 * Puts the text into the request as it will be sent.
 * @throws NodeOperationError where it takes more than Max Segments
 */
function prepareText(item: Item): Segmentation {
	const { context, index: itemIndex, options } = item;
	const payload = payloadOf(item);
	const replaces = readSwitch('Replace Special Characters', options.replaceSpecialCharacters);
	const { size, text } = measureText(String(payload.Body), replaces);
	payload.Body = text;
	const most = withFieldLabel('Max Segments', () => wholeNumber(options.maxSegments ?? 0));
	if (most === 0 || size.segments <= most) return size;
	const message = `The message needs ${counted(size.segments, 'segment')} (${size.encoding}), but 'Max Segments' is ${most}`;
	const description = `Nothing was sent. ${howToShorten(text, size, replaces)}`;
	throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
}

/** How to get fewer segments: only advice that helps this text. */
function howToShorten(text: string, { encoding, segments }: Segmentation, replaces: boolean): string {
	if (encoding === 'GSM-7') return "Shorten the message, or raise 'Max Segments'.";
	const why = `A segment holds fewer than half the characters because of: ${charactersOutsideGsm(text).join(' ')}.`;
	const helps = !replaces && measureText(text, true).size.segments < segments;
	return helps
		? `${why} Add the option 'Replace Special Characters' to replace them, or shorten the message.`
		: `${why} Remove them, or shorten the message.`;
}
