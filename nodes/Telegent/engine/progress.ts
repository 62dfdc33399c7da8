import { NodeError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { isTool } from './caller';
import type { Outcome } from '../../../transport/retry';

const REPORT_MS = 15_000;
const MINUTE_S = 60;
/** Recipients that an error keeps: n8n stores it with the execution, and shows it. */
const MAX_KEPT = 100;
/** Items that a sentence names. */
const MAX_NAMED_ITEMS = 10;
/** n8n's name for a value that it keeps with a stopped execution, too: letters, digits and underscores. */
const CUSTOM_DATA = 'telegent_stopped';
const MAX_CUSTOM_DATA = 255;

/** An item that was sent, or may have been, and its recipients. */
interface Handled {
	item: number;
	to: string[];
}

/**
 * Progress of a run and the recipients it reached: for n8n's log while it runs, and for the user when it was stopped or
 * failed half-way, who must know who got a message before running it again.
 */
export class Progress {
	/** Items that ended without an error, whether something was sent for them or not. */
	private succeeded = 0;

	private failed = 0;

	private sent = 0;

	/** The first recipients that were reached. */
	private readonly reached: string[] = [];

	private last: string | undefined;

	private readonly unsure: Handled[] = [];

	private underWay = 0;

	/** What else is known of the items, in sentences, while the run waits for something. */
	known?: () => string;

	private readonly startedAt = Date.now();

	private reportedAt = Date.now();

	/**
	 * @param count items of the run
	 * @param perMinute requests that the account may make; 0 where that is not limited
	 * @param verb what was done to an item, such as `sent`
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly count: number,
		private readonly perMinute: number,
		readonly verb: string,
	) {}

	begins(): void {
		this.underWay++;
	}

	/** The item ended without an error. `sent`: a request was made for it, to these. */
	ends(sent: boolean, to: string[]): void {
		this.underWay--;
		this.succeeded++;
		if (sent) {
			this.sent++;
			this.reached.push(...to.slice(0, MAX_KEPT - this.reached.length));
			this.last = to.at(-1) ?? this.last;
		}
		this.report();
	}

	fails(item: number, outcome: Outcome, to: string[]): void {
		this.underWay--;
		this.failed++;
		if (outcome === 'unsure') this.unsure.push({ item, to });
	}

	get failures(): number {
		return this.failed;
	}

	/** A warning for a run that ended although the outcome of some items is unknown. */
	unsureItems(): string | undefined {
		if (this.unsure.length === 0) return undefined;
		return `${itemList(this.unsure.map(namedItem))} may have been ${this.verb}. Check in Telegent before you run this node again.`;
	}

	/** Reports the progress of a long list in n8n's log and in the console of an open editor. */
	private report(): void {
		const now = Date.now();
		const through = this.succeeded + this.failed;
		if (now - this.reportedAt < REPORT_MS || through === this.count) return;
		this.reportedAt = now;
		const elapsed = (now - this.startedAt) / 1000;
		const left = secondsLeft(through, this.count, elapsed, this.perMinute);
		this.tell(`Telegent: ${through} of ${this.count} items processed, about ${duration(left)} left`);
	}

	private tell(text: string): void {
		this.context.logger.info(text);
		this.context.sendMessageToUI(text);
	}

	/**
	 * Called when the execution is stopped. n8n stores it at that moment, before the node can end, and without the node's
	 * error (n8n 2.40, `setupCancellation`): only custom data and the log are kept.
	 */
	stopped(): void {
		if (this.sent === 0 && this.underWay === 0) return;
		const more = this.underWay > 0 ? ` Up to ${this.underWay} more may have been ${this.verb}.` : '';
		const text = [`${this.summary()}${more}`, this.known?.()].filter(Boolean).join(' ');
		this.context.logger.warn(`Telegent: the execution was stopped. ${text}`, { recipients: this.reached });
		this.context.sendMessageToUI(`Telegent: the execution was stopped. ${text}`);
		const { $execution } = this.context.getWorkflowDataProxy(0) as { $execution?: IDataObject };
		const customData = $execution?.customData as { set?: (key: string, value: string) => void } | undefined;
		customData?.set?.(CUSTOM_DATA, text.slice(0, MAX_CUSTOM_DATA));
	}

	/** Adds to the error that ends the run what was done for other items. */
	explain(error: NodeError): void {
		const item = error.context.itemIndex as number | undefined;
		const others = this.unsure.filter((one) => one.item !== item);
		const also = others.length > 0 && `${itemList(others.map(namedItem))} may also have been ${this.verb}.`;
		if (this.count > 1)
			error.description = [error.description, this.summary(), also, this.retryAdvice()]
				.filter(Boolean)
				.join(' ');
		const recipients = this.reached.slice(0, MAX_KEPT);
		const unsure = this.unsure.slice(0, MAX_KEPT);
		error.context.sent = { items: this.sent, of: this.count, last: this.last, recipients, unsure };
		if (!this.context.getExecutionCancelSignal()?.aborted) return;
		const all =
			this.unsure.length > 0 && `${itemList(this.unsure.map(namedItem))} may have been ${this.verb}.`;
		const text = ['Telegent: the stopped execution has ended.', this.summary(), all, this.known?.()]
			.filter(Boolean)
			.join(' ');
		this.context.logger.warn(text, { recipients, unsure });
	}

	/** What "Retry execution" does, where n8n stores the execution and not an agent calls the node. */
	private retryAdvice(): string | undefined {
		if (this.sent + this.unsure.length === 0 || isTool(this.context)) return undefined;
		return `Retry this execution to continue: what was ${this.verb} isn't ${this.verb} again.`;
	}

	/** `40 of 60 items were sent, the last to +18015550139.` */
	private summary(): string {
		const last = this.last === undefined ? '' : `, the last to ${this.last}`;
		const sure = this.unsure.length > 0 ? 'confirmed as ' : '';
		return `${this.sent} of ${this.count} items ${this.sent === 1 ? 'was' : 'were'} ${sure}${this.verb}${last}.`;
	}
}

function namedItem({ item, to }: Handled): string {
	const [first, ...more] = to;
	if (first === undefined) return String(item);
	return `${item} (${first}${more.length > 0 ? ` and ${more.length} more` : ''})`;
}

function itemList(items: string[]): string {
	const more = items.length - MAX_NAMED_ITEMS;
	const all = [...items.slice(0, MAX_NAMED_ITEMS), ...(more > 0 ? [`${more} more`] : [])].join(', ');
	return `${items.length === 1 ? 'Item' : 'Items'} ${all}`;
}

/**
 * How long `count` requests take, in seconds. The first minute's leave at once; what is beyond leaves evenly, so that
 * the whole list takes as long as the limit says. Pure.
 * @param perMinute 0 where there is no limit
 */
export function secondsAtLimit(count: number, perMinute: number): number {
	return perMinute > 0 && count > perMinute ? (count / perMinute) * MINUTE_S : 0;
}

/**
 * How long the rest of a list takes, in seconds: as fast as it went until now, but not faster than the account's limit
 * lets the whole list go. Pure.
 */
export function secondsLeft(through: number, count: number, elapsed: number, perMinute: number): number {
	const asBefore = (elapsed / Math.max(through, 1)) * (count - through);
	return Math.max(asBefore, secondsAtLimit(count, perMinute) - elapsed);
}

/** Formats a duration: `72 seconds`, `20 minutes`, `3.5 hours`. Pure. */
export function duration(seconds: number): string {
	if (seconds < 2 * MINUTE_S) return counted(Math.ceil(seconds), 'second');
	const minutes = Math.ceil(seconds / MINUTE_S);
	if (minutes < 2 * MINUTE_S) return counted(minutes, 'minute');
	return counted(Math.ceil(minutes / 6) / 10, 'hour');
}

/** `1 segment`, `2 segments`. Pure. */
export function counted(count: number, thing: string): string {
	return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
