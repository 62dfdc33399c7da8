import { isResourceLocatorValue, type IDataObject } from 'n8n-workflow';
import { contentKey } from '../engine/memory';
import type { Item } from '../engine/operation';
import { take } from '../guard/allowance';
import { AllowedRecipients } from '../guard/recipients';
import { isTool } from '../guard/caller';
import { asSent, toBoolean, wholeNumber } from '../values';
import { clockIn, hours, isAllowed, nextAllowed, timeZone, type Hours } from './quietHours';
import { without, type LeftOut } from './recipients';
import { Settings } from './settings';
import { SuppressionList } from './suppression';
import { zonesOf } from './zones';

/** What becomes of an item: nothing is sent for it, but this answer; or it is sent to these. */
export type Verdict = { answer: IDataObject; second?: true } | { to: string[]; leftOut: LeftOut[] };

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

interface QuietHours {
	allowed: Hours;
	everyone: boolean;
	zone: string[];
	otherwise: string;
}

/** Message → Send's safeguards for one run of the node. */
export class Safeguards {
	private readonly settings = new Settings('safeguards');

	private readonly next = new Map<string, number | undefined>();

	/** @param clock milliseconds since 1970 */
	constructor(private readonly clock: () => number = Date.now) {}

	/** Who of the recipients gets the message, as far as rules about people go. */
	check(item: Item, to: string[]): Verdict {
		const refused = this.refused(item, to);
		if (refused) return { answer: refused };
		const leftOut = this.suppressed(item, to);
		const left = without(to, leftOut);
		if (left.length === 0) return { answer: skipped(leftOut, to) };
		return this.byClock(item, left, leftOut);
	}

	/** The last look before the request: what was sent before in this execution, and whether it is only a trial. */
	beforeSending(item: Item): IDataObject | undefined {
		const { context, index, sent } = item;
		const count = (sent.To as IDataObject[]).length;
		if (this.settings.has(item, 'mostMessages')) {
			const most = this.settings.read(item, 'mostMessages', 'Most Messages a Run', wholeNumber);
			const before = take(context, contentKey(index, sent), count, most);
			if (before !== undefined) {
				const reason = `Most Messages a Run allows ${most}, ${before} went before, and this would be ${count} more. Nothing was sent.`;
				return { status: 'refused', reason, To: sent.To };
			}
		}
		const trial =
			this.settings.has(item, 'dryRun') && this.settings.read(item, 'dryRun', 'Dry Run', toBoolean);
		return trial
			? { status: 'dryRun', reason: 'Dry Run is on. Nothing was sent.', request: { ...sent } }
			: undefined;
	}

	/** Recipients who are on the Suppression List. */
	suppressed(item: Item, to: string[]): LeftOut[] {
		if (!this.settings.has(item, 'suppressionList')) return [];
		const list = this.settings.read(
			item,
			'suppressionList',
			'Suppression List',
			(given) => new SuppressionList(given, item.telegent),
		);
		this.strange = list.strange;
		return to
			.filter((number) => list.has(number))
			.map((number) => ({ number, reason: `${number} is on the Suppression List` }));
	}

	/** Entries of the Suppression List that are left aside, because they can be nobody's number. */
	strange: string[] = [];

	private refused(item: Item, to: string[]): IDataObject | undefined {
		if (!this.settings.has(item, 'allowedRecipients')) return undefined;
		const allowed = this.settings.read(
			item,
			'allowedRecipients',
			'Allowed Recipients',
			(given) => new AllowedRecipients(given, item.telegent),
		);
		const foreign = to.filter((number) => !allowed.has(number));
		if (foreign.length === 0) return undefined;
		const reason = `${foreign.join(', ')} is not among the Allowed Recipients. Nothing was sent.`;
		return { status: 'refused', reason, To: asSent(to) };
	}

	private byClock(item: Item, to: string[], leftOut: LeftOut[]): Verdict {
		if (!this.settings.has(item, 'quietHours')) return { to, leftOut };
		const quiet = this.settings.read(item, 'quietHours', 'Quiet Hours', quietHours);
		const now = this.clock();
		const outside = to.flatMap((number) => this.outside(number, quiet, now));
		if (outside.length === 0) return { to, leftOut };
		const unknown = outside.some(({ number }) => zonesFor(number, quiet).length === 0);
		if (quiet.otherwise !== 'skip' && !unknown) return this.held(item, to, quiet, outside, now);
		const left = without(to, outside);
		const all = [...leftOut, ...outside];
		return left.length > 0 ? { to: left, leftOut: all } : { answer: skipped(all, to) };
	}

	private outside(number: string, quiet: QuietHours, now: number): LeftOut[] {
		const zones = zonesFor(number, quiet);
		if (zones.length === 0) {
			const reason = `the time zone of ${number} is not known; choose one under Quiet Hours → Time Zone`;
			return [{ number, reason }];
		}
		const late = zones.find((zone) => !isAllowed(quiet.allowed, [zone], now));
		return late ? [{ number, reason: `it is ${clockIn(late, now)} for ${number}, outside the hours` }] : [];
	}

	/**
	 * The whole item waits for all of its recipients: a part of it now and a part later would come back as one item,
	 * and the first part would be sent twice.
	 */
	private held(item: Item, to: string[], quiet: QuietHours, outside: LeftOut[], now: number): Verdict {
		const zones = [...new Set(to.flatMap((number) => zonesFor(number, quiet)))].sort();
		const next = this.nextFor(quiet.allowed, zones, now);
		if (next === undefined) {
			const reason = 'no time of the week suits all recipients of this item; give each an item of its own';
			return { answer: skipped([{ number: to[0], reason }], to) };
		}
		const [{ reason }] = outside;
		const input = item.context.getInputData()[item.index]?.json ?? {};
		const answer = { ...input, status: 'held', reason, sendAfter: new Date(next).toISOString() };
		// A tool has one output, and the model must hear of it.
		const second = quiet.otherwise === 'secondOutput' && !isTool(item.context);
		return { answer, ...(second && { second }) };
	}

	private nextFor(allowed: Hours, zones: string[], now: number): number | undefined {
		const key = JSON.stringify([allowed, zones, Math.floor(now / 60_000)]);
		if (!this.next.has(key)) this.next.set(key, nextAllowed(allowed, zones, now));
		return this.next.get(key);
	}
}

function zonesFor(number: string, { everyone, zone }: QuietHours): string[] {
	if (everyone) return zone;
	const own = zonesOf(number);
	return own.length > 0 ? own : zone;
}

function quietHours(given: unknown): QuietHours {
	const group = (given as IDataObject | null)?.hours as IDataObject | undefined;
	// Nothing was set, or an expression stands for all of it: n8n drops that before the node sees it.
	if (!group) throw new Error('no hours are set. Set each of its fields, or remove Quiet Hours');
	const { days = EVERY_DAY, earliest = '09:00', latest = '20:00', otherwise = 'hold', zoneBy } = group;
	const { timeZone: locator } = group;
	const named = isResourceLocatorValue(locator) ? locator.value : locator;
	const zone = named ? [timeZone(named)] : [];
	if (zoneBy === 'given' && zone.length === 0) throw new Error('Time Zone is empty. Choose one');
	return {
		allowed: hours(earliest, latest, days),
		everyone: zoneBy === 'given',
		zone,
		otherwise: String(otherwise),
	};
}

function skipped(leftOut: LeftOut[], to: string[]): IDataObject {
	return { status: 'skipped', reason: leftOut.map(({ reason }) => reason).join('; '), To: asSent(to) };
}
