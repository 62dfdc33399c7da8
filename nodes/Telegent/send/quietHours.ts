import { BoundedMap } from '../../../transport/boundedMap';
import { told } from '../../shared/values';

/** When messages may go out, by the local time of who gets them. */
export interface Hours {
	/** Minutes after midnight. Allowed from the first on, until just before the second; the second may be the earlier. */
	earliest: number;
	latest: number;
	/** 0 is Sunday. A night that crosses midnight belongs to the day on which it begins. */
	days: number[];
}

/** Hours, and the time zones in which they hold for a person. */
export interface LocalHours {
	allowed: Hours;
	zones: string[];
}

const DAY = 24 * 60;
const DAYS = 7;
const MINUTE_MS = 60_000;
const MIN_MINUTES = 15;
/** A week and a day: every hour of every weekday comes within it. */
const LOOK_AHEAD = 8 * DAY;

/**
 * @throws Error that says what to write
 */
export function parseHours(earliest: unknown, latest: unknown, days: unknown): Hours {
	const [from, until] = [parseTime(earliest, 'Send From'), parseTime(latest, 'Send Until')];
	const length = (until - from + DAY) % DAY || (until === from ? 0 : DAY);
	if (length < MIN_MINUTES) {
		throw new Error(
			"'Send From' and 'Send Until' must be at least 15 minutes apart. For the whole day, enter 00:00 and 24:00",
		);
	}
	const chosen = (Array.isArray(days) ? days : []).map(Number);
	if (chosen.length === 0)
		throw new Error('no day is selected. Select the days on which messages can be sent');
	if (!chosen.every((day) => Number.isInteger(day) && day >= 0 && day < DAYS))
		throw new Error(`'Days' is "${told(days)}". Use the numbers 0 (Sunday) to 6 (Saturday)`);
	return { earliest: from, latest: until, days: chosen };
}

function parseTime(given: unknown, label: string): number {
	const [, hour, minute] = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(String(given)) ?? [];
	const total = Number(hour) * 60 + Number(minute);
	if (hour !== undefined && Number(minute) < 60 && total <= DAY) return total;
	throw new Error(`'${label}' is "${told(given)}". Use the format 09:00 or 20:30`);
}

/** Until then everyone counts it as night: minutes after midnight. */
const NIGHT_ENDS = 5 * 60;

/** Whether the hours allow a message between midnight and 05:00. Pure. */
export function allowNight({ earliest, latest }: Hours): boolean {
	return earliest < NIGHT_ENDS || (latest < earliest && latest > 0);
}

/** Formats the hours: `09:00–20:00`, with the days unless all are allowed. Pure. */
export function hoursInWords({ days, earliest, latest }: Hours): string {
	const week = [1, 2, 3, 4, 5, 6, 0].filter((day) => days.includes(day));
	const some = week.length < DAYS ? ` on ${week.map((day) => WEEKDAYS[day]).join(', ')}` : '';
	return `${timeInWords(earliest)}–${timeInWords(latest)}${some}`;
}

function timeInWords(minute: number): string {
	const two = (part: number) => String(part).padStart(2, '0');
	return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Whether the hours allow it in each of the zones. Pure, like all here: `now` is milliseconds since 1970. */
export function isAllowed(allowed: Hours, zones: string[], now: number): boolean {
	return zones.every((zone) => allows(allowed, localTime(zone, now)));
}

function allows({ days, earliest, latest }: Hours, { day, minute }: LocalTime): boolean {
	if (earliest < latest) return days.includes(day) && minute >= earliest && minute < latest;
	return (
		(minute >= earliest && days.includes(day)) || (minute < latest && days.includes((day + DAYS - 1) % DAYS))
	);
}

/**
 * The first full minute from `now` on at which the hours allow it in each of the zones; undefined where none comes
 * within a week. Looks at local times only, so that it is right on days that are an hour shorter or longer.
 */
export function nextAllowed(allowed: Hours, zones: string[], now: number): number | undefined {
	const start = Math.ceil(now / MINUTE_MS);
	for (let ahead = 0; ahead <= LOOK_AHEAD; ahead += MIN_MINUTES) {
		if (!isAllowed(allowed, zones, (start + ahead) * MINUTE_MS)) continue;
		let first = start + ahead;
		const before = Math.max(start, first - MIN_MINUTES);
		while (first > before && isAllowed(allowed, zones, (first - 1) * MINUTE_MS)) first--;
		return first * MINUTE_MS;
	}
	return undefined;
}

/** Formats a time: `Sat 21:34 in America/Denver`. */
export function formatLocalTime(zone: string, now: number): string {
	const { day, minute } = localTime(zone, now);
	return `${WEEKDAYS[day]} ${timeInWords(minute)} in ${zone}`;
}

interface LocalTime {
	day: number;
	minute: number;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** By time zone, as it was written: in any case, so there are more than time zones. */
const formats = new BoundedMap<string, Intl.DateTimeFormat>(1_000);

function localTime(zone: string, now: number): LocalTime {
	const parts = formatOf(zone).formatToParts(now);
	const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
	return {
		day: WEEKDAYS.indexOf(part('weekday')),
		minute: Number(part('hour')) * 60 + Number(part('minute')),
	};
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
	formats.set(timeZone, format);
	return format;
}

/** The time zone as it was written, where there is one of that name. */
export function parseTimeZone(given: unknown): string {
	if (typeof given !== 'string') return unknown(told(given));
	const zone = given.trim();
	try {
		formatOf(zone);
	} catch {
		return unknown(zone);
	}
	return zone;
}

function unknown(zone: string): never {
	throw new Error(
		`"${zone.slice(0, 60)}" isn't a time zone. Select one from the list, or use the format America/Denver`,
	);
}
