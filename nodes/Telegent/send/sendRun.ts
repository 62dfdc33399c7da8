import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../transport/retry';
import { readSwitch } from '../engine/parameters';
import { payloadOf, type Item } from '../engine/operation';
import { asSent } from '../../shared/values';
import { DeliveryReport, deliveryOptions } from './delivery';
import { EarlierExecution } from './earlierExecution';
import { claimMessageId, lookupTime } from './reconcile';
import { checkMedia, loadMedia } from './media';
import { FrequencyCap } from './frequencyCap';
import { excluding, recipients, type ExcludedRecipient } from './recipients';
import { addressees, Redirect, redirectedTo } from './redirect';
import { Safeguards, type SafeguardDecision } from './safeguards';
import { SendOnce } from './sendOnce';
import { TakeoverSafeguard } from './takeover';
import { SendCount } from './summary';
import { strangeEntries } from './suppression';
import { segment, type Segmentation } from './segments';
import { prepareText } from './messageText';
import { WordsCheck } from './wordsCheck';

/** What the hooks of Send keep during one run of the node. */
export class SendRun {
	readonly safeguards: Safeguards;

	readonly earlier = new EarlierExecution();

	readonly once: SendOnce;

	readonly takeover: TakeoverSafeguard;

	private readonly words: WordsCheck;

	private readonly cap: FrequencyCap;

	private readonly redirect = new Redirect();

	readonly delivery: DeliveryReport;

	readonly forSecondOutput = new WeakSet<IDataObject>();

	/** Numbers that got a message in this run, or may have, with the sentence that says so. */
	private readonly reached = new Map<string, string>();

	private readonly leftOut = new Map<number, ExcludedRecipient[]>();

	/** The size of each item's text, which is measured once. */
	private readonly sizes = new WeakMap<Item, Segmentation>();

	private readonly count = new SendCount();

	constructor(clock: () => number, textParameter: string) {
		this.words = new WordsCheck(textParameter);
		this.cap = new FrequencyCap(clock);
		this.safeguards = new Safeguards(clock);
		this.once = new SendOnce(this.earlier, clock);
		this.takeover = new TakeoverSafeguard(clock);
		this.delivery = new DeliveryReport(this.safeguards, prepareText, (item, records) =>
			this.takeover.remember(item, records),
		);
	}

	checkItem(item: Item): IDataObject | undefined {
		const given = String(payloadOf(item).Body);
		this.sizes.set(item, prepareText(item));
		lookupTime(item.options);
		deliveryOptions(item);
		readSwitch('Skip Duplicates', item.options.skipDuplicates);
		checkMedia(item);
		this.once.check(item);
		this.takeover.ruleFor(item);
		this.cap.check(item);
		const [text, to] = [String(payloadOf(item).Body), recipients(item)];
		return this.apply(item, this.safeguards.check(item, to)) ?? this.words.check(item, given, text, to);
	}

	async checkBeforeRequest(item: Item): Promise<IDataObject | undefined> {
		const all = addressees(item);
		const skips = readSwitch('Skip Duplicates', item.options.skipDuplicates);
		const leftOut = skips ? this.repeated(all) : [];
		leftOut.push(...(await this.takeover.silenced(item, excluding(all, leftOut))));
		const to = excluding(all, leftOut);
		if (to.length === 0) return { status: 'skipped', reason: leftOut[0].reason, To: asSent(all) };
		const stopped = this.apply(item, this.safeguards.byClock(item, to, leftOut)) ?? (await this.limit(item));
		if (stopped) return stopped;
		const refused = this.safeguards.beforeSending(item);
		if (refused) return refused.status === 'dryRun' ? { ...refused, ...this.sizes.get(item) } : refused;
		const claimed = await this.claim(item);
		if (claimed) return claimed;
		this.delivery.keepPayload(item);
		return await loadMedia(item);
	}

	/** "Max Messages per Recipient". @returns the output item if every recipient got as many as allowed */
	private async limit(item: Item): Promise<IDataObject | undefined> {
		return this.leaveOut(item, await this.cap.reached(item, addressees(item)));
	}

	/** "Send Once Per". @returns the output item if every recipient already has the message */
	private async claim(item: Item): Promise<IDataObject | undefined> {
		const decision = await this.once.claim(item);
		if ('sent' in decision) return this.addSize(item, decision.sent);
		return this.leaveOut(item, decision.excluded);
	}

	/** Sends to the others. @returns the output item if there are none */
	private leaveOut(item: Item, leftOut: ExcludedRecipient[]): IDataObject | undefined {
		const all = addressees(item);
		const to = excluding(all, leftOut);
		if (to.length === 0) return { status: 'skipped', reason: leftOut[0].reason, To: asSent(all) };
		return leftOut.length > 0 ? this.apply(item, { to, leftOut }) : undefined;
	}

	/** The output item: the response, the size of the text, and who was left out. */
	addSize(item: Item, response: IDataObject): IDataObject {
		const skipped = (this.leftOut.get(item.index) ?? []) as unknown as IDataObject[];
		return {
			...response,
			...this.sizes.get(item),
			...(redirectedTo(item) && { intendedFor: asSent(addressees(item)) }),
			...(skipped.length > 0 && { skipped }),
		};
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
		this.takeover.remember(item, records);
		if (outcome === 'notDone') return;
		this.cap.add(item, records);
		this.redirect.count(item);
		if (!item.options.skipDuplicates) return;
		const got = outcome === 'unsure' ? 'may already have received' : 'already received';
		for (const number of addressees(item))
			this.reached.set(number, `${number} ${got} a message from item ${item.index}`);
	}

	summary(failed: number): string | undefined {
		const { hoursUnderstood } = this.safeguards;
		const parts = [this.count.summary(failed), this.delivery.summary(), ...hoursUnderstood];
		return parts.filter(Boolean).join('. ') || undefined;
	}

	warnings(): string[] {
		const strange = strangeEntries(this.safeguards.strange);
		return [
			...(strange ? [strange] : []),
			...this.safeguards.nightWarnings,
			...this.words.warnings,
			...this.redirect.warnings,
			...this.delivery.warnings(),
		];
	}

	/** Index of an item's output: Sent, then Held and Not Delivered, where the node has them (description/outputs.ts). */
	output(response: IDataObject): number {
		if (this.forSecondOutput.has(response)) return 1;
		return this.delivery.notDelivered.get(response) ?? 0;
	}

	/** Does what the safeguards decide. @returns the output item of an item that is not sent */
	private apply(item: Item, decision: SafeguardDecision): IDataObject | undefined {
		if ('output' in decision) {
			if (decision.second) this.forSecondOutput.add(decision.output);
			return decision.output;
		}
		this.redirect.address(item, decision.to);
		if (redirectedTo(item)) this.sizes.set(item, segment(String(payloadOf(item).Body)));
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
