import {
	formatLocalTime,
	allowNight,
	parseHours,
	hoursInWords,
	isAllowed,
	nextAllowed,
	parseTimeZone,
} from '../../../../nodes/Telegent/send/quietHours.ts';
import { zonesOf } from '../../../../nodes/Telegent/send/timeZones.ts';

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const at = (iso: string) => Date.parse(iso);
const office = parseHours('09:00', '20:00', EVERY_DAY);

describe('whether a message may go out', () => {
	test.each([
		// zone, UTC, local
		['America/New_York', '2026-01-15T14:00:00Z', '09:00', true],
		['America/New_York', '2026-01-15T13:59:59Z', '08:59', false],
		['America/New_York', '2026-01-16T00:59:59Z', '19:59', true],
		['America/New_York', '2026-01-16T01:00:00Z', '20:00', false],
		// Daylight saving time: the same UTC is an hour later.
		['America/New_York', '2026-07-15T13:00:00Z', '09:00', true],
		['America/New_York', '2026-07-16T00:00:00Z', '20:00', false],
		// Arizona has none: in summer it goes with Los Angeles, in winter with Denver.
		['America/Phoenix', '2026-07-15T16:00:00Z', '09:00', true],
		['America/Phoenix', '2026-07-15T15:59:00Z', '08:59', false],
		['America/Denver', '2026-07-15T15:00:00Z', '09:00', true],
		['America/Phoenix', '2026-01-15T16:00:00Z', '09:00', true],
		['Pacific/Honolulu', '2026-07-15T19:00:00Z', '09:00', true],
		['Pacific/Honolulu', '2026-07-15T18:59:00Z', '08:59', false],
		// Half an hour apart from the rest.
		['America/St_Johns', '2026-01-15T12:30:00Z', '09:00', true],
		['America/St_Johns', '2026-01-15T12:29:00Z', '08:59', false],
		['Asia/Kathmandu', '2026-01-15T03:15:00Z', '09:00', true],
	])('%s at %s (%s): %s', (zone, utc, local, allowed) => {
		expect(formatLocalTime(zone, at(utc))).toContain(` ${local} in ${zone}`);
		expect(isAllowed(office, [zone], at(utc))).toBe(allowed);
	});

	test('midnight is hour 0, not 24', () => {
		expect(formatLocalTime('America/Denver', at('2026-01-15T07:00:00Z'))).toBe('Thu 00:00 in America/Denver');
		expect(isAllowed(parseHours('00:00', '01:00', EVERY_DAY), ['UTC'], at('2026-01-15T00:30:00Z'))).toBe(
			true,
		);
	});

	test.each([
		['2026-01-15T21:59:00Z', false],
		['2026-01-15T22:00:00Z', true],
		['2026-01-15T23:59:00Z', true],
		['2026-01-16T00:00:00Z', true],
		['2026-01-16T05:59:00Z', true],
		['2026-01-16T06:00:00Z', false],
	])('a night from 22:00 to 06:00, %s: %s', (utc, allowed) => {
		expect(isAllowed(parseHours('22:00', '06:00', EVERY_DAY), ['UTC'], at(utc))).toBe(allowed);
	});

	test('a night belongs to the day on which it begins', () => {
		// 15 January 2026 is a Thursday.
		const thursdays = parseHours('22:00', '06:00', [4]);
		expect(isAllowed(thursdays, ['UTC'], at('2026-01-15T23:00:00Z'))).toBe(true);
		expect(isAllowed(thursdays, ['UTC'], at('2026-01-16T05:00:00Z'))).toBe(true);
		expect(isAllowed(thursdays, ['UTC'], at('2026-01-15T05:00:00Z'))).toBe(false);
		expect(isAllowed(thursdays, ['UTC'], at('2026-01-16T23:00:00Z'))).toBe(false);
	});

	test('the day is the local one', () => {
		const mondays = parseHours('00:00', '24:00', [1]);
		// Sunday 19:00 in Denver is Monday in UTC.
		expect(isAllowed(mondays, ['America/Denver'], at('2026-01-19T02:00:00Z'))).toBe(false);
		expect(isAllowed(mondays, ['UTC'], at('2026-01-19T02:00:00Z'))).toBe(true);
	});

	test('with several zones, in all of them', () => {
		const florida = zonesOf('+18505550100');
		expect(florida).toEqual(['America/New_York', 'America/Chicago']);
		expect(isAllowed(office, florida, at('2026-01-15T14:30:00Z'))).toBe(false);
		expect(isAllowed(office, florida, at('2026-01-15T15:00:00Z'))).toBe(true);
		expect(isAllowed(office, florida, at('2026-01-16T00:59:00Z'))).toBe(true);
		expect(isAllowed(office, florida, at('2026-01-16T01:30:00Z'))).toBe(false);
	});
});

describe('when the next message may go out', () => {
	const next = (allowed: ReturnType<typeof parseHours>, zones: string[], utc: string) => {
		const found = nextAllowed(allowed, zones, at(utc));
		return found === undefined ? undefined : new Date(found).toISOString();
	};

	test.each([
		['now', office, ['UTC'], '2026-01-15T12:00:00Z', '2026-01-15T12:00:00.000Z'],
		['from the next full minute', office, ['UTC'], '2026-01-15T12:00:01Z', '2026-01-15T12:01:00.000Z'],
		['this morning', office, ['America/Denver'], '2026-01-15T07:07:00Z', '2026-01-15T16:00:00.000Z'],
		['tomorrow', office, ['America/Denver'], '2026-01-16T03:03:00Z', '2026-01-16T16:00:00.000Z'],
		[
			'odd minutes',
			parseHours('09:07', '20:00', EVERY_DAY),
			['UTC'],
			'2026-01-15T02:00:00Z',
			'2026-01-15T09:07:00.000Z',
		],
		[
			'the zone that wakes last',
			office,
			['America/New_York', 'America/Chicago'],
			'2026-01-15T09:00:00Z',
			'2026-01-15T15:00:00.000Z',
		],
		[
			'after the week-end',
			parseHours('09:00', '17:00', [1, 2, 3, 4, 5]),
			['UTC'],
			'2026-01-16T17:00:00Z',
			'2026-01-19T09:00:00.000Z',
		],
		// The night of 8 March 2026: 02:00 becomes 03:00 in New York.
		[
			'over the hour that is left out',
			office,
			['America/New_York'],
			'2026-03-08T01:30:00Z',
			'2026-03-08T13:00:00.000Z',
		],
		[
			'02:30 on the day that has none',
			parseHours('02:30', '04:00', EVERY_DAY),
			['America/New_York'],
			'2026-03-08T05:00:00Z',
			'2026-03-08T07:00:00.000Z',
		],
		// 1 November 2026: 01:30 comes twice; the first counts.
		[
			'01:30 on the day that has two',
			parseHours('01:30', '04:00', EVERY_DAY),
			['America/New_York'],
			'2026-11-01T04:00:00Z',
			'2026-11-01T05:30:00.000Z',
		],
		[
			'over the hour that comes twice',
			office,
			['America/New_York'],
			'2026-11-01T00:30:00Z',
			'2026-11-01T14:00:00.000Z',
		],
	])('%s', (_name, allowed, zones, now, expected) => {
		expect(next(allowed, zones, now)).toBe(expected);
	});

	test('never, where the zones have no time in common', () => {
		expect(next(office, ['America/New_York', 'Asia/Hong_Kong'], '2026-01-15T12:00:00Z')).toBeUndefined();
		expect(next(office, ['America/New_York', 'Europe/London'], '2026-01-15T04:00:00Z')).toBe(
			'2026-01-15T14:00:00.000Z',
		);
	});
});

describe('what is written wrong is said', () => {
	test.each([
		['9', '20:00', EVERY_DAY, /'Send From' is "9"\. Use the format 09:00/],
		['09:00', '25:00', EVERY_DAY, /'Send Until' is "25:00"/],
		['09:60', '20:00', EVERY_DAY, /'Send From'/],
		['09:00', '09:00', EVERY_DAY, /at least 15 minutes apart/],
		['09:00', '09:10', EVERY_DAY, /at least 15 minutes apart/],
		['09:00', '20:00', [], /no day is selected/],
		['09:00', '20:00', undefined, /no day is selected/],
	])('%s to %s on %j', (earliest, latest, days, message) => {
		expect(() => parseHours(earliest, latest, days)).toThrow(message);
	});

	test('the whole day', () => {
		expect(parseHours('00:00', '24:00', EVERY_DAY)).toEqual({ earliest: 0, latest: 1440, days: EVERY_DAY });
	});

	test('a zone that does not exist', () => {
		expect(parseTimeZone(' America/Denver ')).toBe('America/Denver');
		expect(() => parseTimeZone('Mountain')).toThrow('"Mountain" isn\'t a time zone');
	});
});

test.each([
	['09:00', '20:00', EVERY_DAY, '09:00–20:00', false],
	['05:00', '24:00', EVERY_DAY, '05:00–24:00', false],
	['20:00', '00:00', EVERY_DAY, '20:00–00:00', false],
	['04:59', '20:00', EVERY_DAY, '04:59–20:00', true],
	['00:00', '24:00', [0], '00:00–24:00 on Sun', true],
	['20:00', '09:00', [6, 0, 5], '20:00–09:00 on Fri, Sat, Sun', true],
	['21:00', '20:00', EVERY_DAY, '21:00–20:00', true],
])('%s to %s on %j: %s, at night: %s', (earliest, latest, days, words, night) => {
	expect(hoursInWords(parseHours(earliest, latest, days))).toBe(words);
	expect(allowNight(parseHours(earliest, latest, days))).toBe(night);
});
