import { isResourceLocatorValue, type IDataObject } from 'n8n-workflow';
import { idempotencyKey } from '../engine/runRecord';
import { checkAdded, toGivenBoolean } from '../engine/addedOptions';
import { payloadOf, type Item } from '../engine/operation';
import { consumeQuota } from './messageQuota';
import { isTool } from '../engine/caller';
import { asSent, wholeNumber } from '../../shared/values';
import {
	formatLocalTime,
	allowNight,
	parseHours,
	hoursInWords,
	isAllowed,
	nextAllowed,
	parseTimeZone,
	type Hours,
	type LocalHours,
} from './quietHours';
import { some } from './reasons';
import { excluding, type ExcludedRecipient } from './recipients';
import { CollectionReader } from './collectionReader';
import { evaluationReason } from './evaluation';
import { addressees } from './redirect';
import { refusingSafeguards } from './refusingSafeguards';
import { hoursFields } from './safeguardFields';
import { SuppressionList } from './suppression';
import { zonesOf } from './timeZones';

/** What happens to an item: it is not sent, with `output` as its output item, or it is sent to `to`. */
export type SafeguardDecision =
	| { output: IDataObject; second?: true }
	| { to: string[]; leftOut: ExcludedRecipient[] };

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Most kinds of Sending Hours that are described. */
const MAX_NAMED_HOURS = 10;

interface QuietHours {
	allowed: Hours;
	everyone: boolean;
	zone: string[];
	otherwise: string;
}

/** Message → Send's safeguards for one run of the node. */
export class Safeguards {
	private readonly settings = new CollectionReader('safeguards');

	private readonly next = new Map<string, number | undefined>();

	/** The Sending Hours of this run by their description. */
	private readonly understood = new Map<string, QuietHours>();

	/** @param clock milliseconds since 1970 */
	constructor(private readonly clock: () => number = Date.now) {}

	/**
	 * Applies Allowed Recipients, the Suppression List and Sending Hours to the recipients. Also reads all other
	 * safeguards, so that an invalid one is found before the first message.
	 * @throws ParameterError where one of the safeguards cannot be read
	 */
	check(item: Item, to: string[]): SafeguardDecision {
		this.hoursOf(item);
		this.most(item);
		this.isTrial(item);
		evaluationReason(item, this.settings);
		const refused = this.refused(item, to);
		if (refused) return { output: refused };
		const leftOut = this.suppressed(item, to);
		const left = excluding(to, leftOut);
		if (left.length === 0) return { output: skipped(leftOut, to) };
		return this.byClock(item, left, leftOut);
	}

	/** Just before the request: Max Messages per Execution and Dry Run. */
	beforeSending(item: Item): IDataObject | undefined {
		const { context, index } = item;
		const payload = payloadOf(item);
		const count = (payload.To as IDataObject[]).length;
		const most = this.most(item);
		const before =
			most === undefined ? undefined : consumeQuota(context, idempotencyKey(index, payload), count, most);
		if (before !== undefined) {
			const reason = `'Max Messages per Execution' allows ${most}: ${before} ${before === 1 ? 'was' : 'were'} already sent, and this would be ${count} more. Nothing was sent.`;
			return { status: 'refused', reason, To: asSent(addressees(item)) };
		}
		const evaluation = evaluationReason(item, this.settings);
		const reason = this.isTrial(item) ? "'Dry Run' is on. Nothing was sent." : evaluation;
		return reason === undefined ? undefined : { status: 'dryRun', reason, request: { ...payload } };
	}

	private most(item: Item): number | undefined {
		if (!this.settings.has(item, 'mostMessages')) return undefined;
		return this.settings.read(item, 'mostMessages', 'Max Messages per Execution', wholeNumber);
	}

	private isTrial(item: Item): boolean {
		return this.settings.has(item, 'dryRun') && this.settings.read(item, 'dryRun', 'Dry Run', toGivenBoolean);
	}

	/** Recipients who are on the Suppression List. */
	suppressed(item: Item, to: string[]): ExcludedRecipient[] {
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
			.map((number) => ({ number, reason: `${number} is on the suppression list` }));
	}

	/** Entries of the Suppression List that are ignored, because they are not phone numbers. */
	strange: string[] = [];

	private refused(item: Item, to: string[]): IDataObject | undefined {
		for (const { check } of refusingSafeguards) {
			const reason = check(item, to, this.settings);
			if (reason !== undefined) return { status: 'refused', reason, To: asSent(to) };
		}
		return undefined;
	}

	/** Applies Sending Hours. Also called just before the request, because a long list can run past the allowed hours. */
	byClock(item: Item, to: string[], leftOut: ExcludedRecipient[] = []): SafeguardDecision {
		const quiet = this.hoursOf(item);
		if (!quiet) return { to, leftOut };
		const now = this.clock();
		const outside = to.flatMap((number) => this.outside(number, quiet, now));
		if (outside.length === 0) return { to, leftOut };
		const unknown = outside.some(({ number }) => zonesFor(number, quiet).length === 0);
		if (quiet.otherwise !== 'skip' && !unknown) return this.held(item, to, quiet, outside, now);
		const left = excluding(to, outside);
		const all = [...leftOut, ...outside];
		return left.length > 0 ? { to: left, leftOut: all } : { output: skipped(all, to) };
	}

	/** The recipients for whom it is outside Sending Hours now. */
	outsideHours(item: Item, to: string[]): ExcludedRecipient[] {
		const quiet = this.hoursOf(item);
		return quiet ? to.flatMap((number) => this.outside(number, quiet, this.clock())) : [];
	}

	/** The item's Sending Hours as they hold for a number; undefined without them. */
	hoursFor(item: Item, number: string): LocalHours | undefined {
		const quiet = this.hoursOf(item);
		return quiet && { allowed: quiet.allowed, zones: zonesFor(number, quiet) };
	}

	/** A description of each kind of Sending Hours of this run. */
	get hoursUnderstood(): string[] {
		return [...this.understood.keys()].map((words) => `Sending Hours: ${words}`);
	}

	/** A warning for each kind of Sending Hours that sends at night: mostly, the two times are swapped. */
	get nightWarnings(): string[] {
		return [...this.understood].flatMap(([words, { allowed }]) => {
			if (!allowNight(allowed)) return [];
			const reversed = allowed.latest < allowed.earliest;
			const hint = reversed
				? "To send during the day, swap 'Send From' and 'Send Until'."
				: "To send during the day only, change 'Send From' and 'Send Until'.";
			return [`Sending is allowed ${words}, that is, ${reversed ? '' : 'also '}at night. ${hint}`];
		});
	}

	private hoursOf(item: Item): QuietHours | undefined {
		if (!this.settings.has(item, 'quietHours')) return undefined;
		const quiet = this.settings.read(item, 'quietHours', 'Sending Hours', readSendingHours);
		if (this.understood.size < MAX_NAMED_HOURS) this.understood.set(inWords(quiet), quiet);
		return quiet;
	}

	private outside(number: string, quiet: QuietHours, now: number): ExcludedRecipient[] {
		const zones = zonesFor(number, quiet);
		if (zones.length === 0) {
			const reason = `the time zone of ${number} isn't known. Select one in 'Sending Hours' → 'Time Zone'`;
			return [{ number, reason }];
		}
		const late = zones.find((zone) => !isAllowed(quiet.allowed, [zone], now));
		return late
			? [
					{
						number,
						reason: `it's ${formatLocalTime(late, now)} for ${number}, which is outside the sending hours`,
					},
				]
			: [];
	}

	/**
	 * Holds the whole item for all of its recipients: sent in part, it would come back as one item, and the first part
	 * would be sent twice.
	 */
	private held(
		item: Item,
		to: string[],
		quiet: QuietHours,
		outside: ExcludedRecipient[],
		now: number,
	): SafeguardDecision {
		const zones = [...new Set(to.flatMap((number) => zonesFor(number, quiet)))].sort();
		const next = this.nextFor(quiet.allowed, zones, now);
		if (next === undefined) {
			const reason =
				'no time of the week is allowed for all recipients of this item. Use one item per recipient';
			return { output: skipped([{ number: to[0], reason }], to) };
		}
		const [{ reason }] = outside;
		const input = item.context.getInputData()[item.index]?.json ?? {};
		const response = { ...input, status: 'held', reason, sendAfter: new Date(next).toISOString() };
		// A tool has one output, and the model must see the result.
		const second = quiet.otherwise === 'secondOutput' && !isTool(item.context);
		return { output: response, ...(second && { second }) };
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

function readSendingHours(given: unknown): QuietHours {
	const group = (given as IDataObject | undefined)?.hours as IDataObject | undefined;
	// Nothing was set, or the whole collection is one expression, which n8n drops.
	if (!group) throw new Error("no hours are set. Fill in the fields, or remove 'Sending Hours'");
	checkAdded(hoursFields, group, group);
	const { days = EVERY_DAY, earliest = '09:00', latest = '20:00', otherwise = 'hold', zoneBy } = group;
	const { timeZone: locator } = group;
	const named = isResourceLocatorValue(locator) ? locator.value : locator;
	const zone = named ? [parseTimeZone(named)] : [];
	if (zoneBy === 'given' && zone.length === 0) throw new Error("'Time Zone' is empty. Select a time zone");
	return {
		allowed: parseHours(earliest, latest, days),
		everyone: zoneBy === 'given',
		zone,
		otherwise: String(otherwise),
	};
}

/** Describes the hours, so that a user sees a window whose times are swapped. */
function inWords({ allowed, everyone, zone }: QuietHours): string {
	return `${hoursInWords(allowed)} ${everyone ? `in ${zone.join()}` : "in the recipient's local time"}`;
}

function skipped(leftOut: ExcludedRecipient[], to: string[]): IDataObject {
	const reasons = leftOut.map(({ reason }) => reason);
	return { status: 'skipped', reason: some(reasons, '; '), To: asSent(to) };
}
