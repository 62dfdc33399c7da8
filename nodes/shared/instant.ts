import { getGlobalState } from 'n8n-workflow';
import { isRecord, textOf } from './json';
import { quoted, told, type SendContext } from './values';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;

/**
 * A moment from a date picker or an expression, in milliseconds since 1970. A day is its beginning. What has no time
 * zone of its own is meant in that of the workflow.
 * @throws Error where it is none
 */
export function instant(value: unknown, { timeZone }: Pick<SendContext, 'timeZone'> = {}): number {
	const given = plainOf(value);
	if (typeof given === 'number') return given;
	const [, day, time = '00:00', zone] = ISO.exec(given) ?? [];
	const asUtc = Date.parse(`${day}T${time}Z`);
	if (Number.isNaN(asUtc) || new Date(asUtc).toISOString().slice(0, 10) !== day)
		throw new Error(
			`${quoted(value)} isn't a valid date and time. Pick one, or use the format 2026-12-31T09:00`,
		);
	if (zone) return Date.parse(`${day}T${time}${zone.replace(/^([+-]\d\d):?(\d\d)?$/, withMinutes)}`);
	return inZone(asUtc, timeZone ?? getGlobalState().defaultTimezone);
}

/** A time of day and the zone behind it: `…T20:15:37Z`, `… 20:15 +02:00`, `… 20:15:37 GMT`. */
const ZONED =
	/\d:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?\s*(?:Z|[+-](?:0\d|1[0-4]):?[0-5]\d|(?:GMT|UTC)(?:[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?)$/i;

/**
 * A time of Telegent's in milliseconds since 1970. NaN where there is none, or one without a time zone: some of
 * Telegent's times have none (`2025-05-15T20:15:37.157`), and reading it in the zone of this server would be a guess.
 */
export function zonedTime(value: unknown): number {
	const text = textOf(value).slice(0, 100).trim();
	return ZONED.test(text) ? Date.parse(text) : NaN;
}

const withMinutes = (_all: string, hours: string, minutes = '00') => `${hours}:${minutes}`;

/** Dates of JavaScript, Luxon and other libraries as their text, which has a time zone. */
function plainOf(value: unknown): number | string {
	if (typeof value === 'number' && Number.isFinite(value)) return value;
	const { toJSON } = (isRecord(value) || value instanceof Date ? value : {}) as { toJSON?: () => unknown };
	return told(typeof toJSON === 'function' ? toJSON.call(value) : value).trim();
}

/** The moment at which clocks in the zone show this time of UTC. The second look is for days with a change of time. */
function inZone(asUtc: number, timeZone: string): number {
	const first = asUtc - offsetAt(asUtc, timeZone);
	return asUtc - offsetAt(first, timeZone);
}

/** How far clocks in the zone are ahead of UTC, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
	const two = '2-digit';
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: two,
		day: two,
		hour: two,
		minute: two,
		second: two,
	}).formatToParts(at);
	const part = (name: string) => Number(parts.find(({ type }) => type === name)?.value);
	const shown = Date.UTC(
		part('year'),
		part('month') - 1,
		part('day'),
		part('hour'),
		part('minute'),
		part('second'),
	);
	return shown - Math.floor(at / 1000) * 1000;
}
