/** The API writes dates in many ways; each has its function here. Times are milliseconds, shown in UTC. */
const iso = (time: number): string => new Date(time).toISOString();
const two = (value: number): string => String(value).padStart(2, '0');

/** 2025-05-14T18:37:18.240Z */
export const isoTime = iso;

/** 2025-05-01T12:00:00Z */
export const isoSeconds = (time: number): string => `${iso(time).slice(0, 19)}Z`;

/** 2025-05-15T20:15:37.157, no zone */
export const isoLocal = (time: number): string => iso(time).slice(0, -1);

/** 2025-10-29T12:36:19.3384380+00:00 */
export const isoOffset = (time: number): string => `${iso(time).slice(0, -1)}0000+00:00`;

/** 05/02/2025 */
export function usDate(time: number): string {
	const [year, month, day] = iso(time).slice(0, 10).split('-');
	return `${month}/${day}/${year}`;
}

/** 05/02/2025 06:36:13 PM: no time zone (FACTS.md, "Tokens"). */
export function tokenExpiry(time: number): string {
	const date = new Date(time);
	const hours = date.getUTCHours();
	const clock = `${two(hours % 12 || 12)}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
	return `${usDate(time)} ${clock} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** 16:45:59 MST 2025-01-23: only in the response to a send. */
export function mountainTime(time: number): string {
	const [date, clock] = iso(time - 7 * 3_600_000).split('T') as [string, string];
	return `${clock.slice(0, 8)} MST ${date}`;
}

/** A date as MM/DD/YYYY to milliseconds (UTC midnight); undefined when it is not one. */
export function parseUsDate(text: string): number | undefined {
	const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text) ?? [];
	const time = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
	return Number.isNaN(time) || usDate(time) !== text ? undefined : time;
}

export const isE164 = (text: unknown): text is string =>
	typeof text === 'string' && /^\+[1-9]\d{6,14}$/.test(text);
