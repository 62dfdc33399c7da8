import { instant } from '../../../nodes/shared/instant.ts';

const iso = (value: unknown, timeZone = 'America/Denver') =>
	new Date(instant(value, { timeZone })).toISOString();

test.each([
	['of the date picker, in the time zone of the workflow', '2026-11-26T09:30:00', '2026-11-26T16:30:00.000Z'],
	['in summer', '2026-07-01T09:30', '2026-07-01T15:30:00.000Z'],
	['after the change to summer time', '2026-03-08T03:30:00', '2026-03-08T09:30:00.000Z'],
	['before the change to winter time', '2026-11-01T00:30:00', '2026-11-01T06:30:00.000Z'],
	['that is a day', '2026-11-26', '2026-11-26T07:00:00.000Z'],
	['in UTC', '2026-11-26T09:30:00.250Z', '2026-11-26T09:30:00.250Z'],
	['with another time zone', '2026-11-26 09:30:00+05:30', '2026-11-26T04:00:00.000Z'],
	['with a short time zone', '2026-11-26T09:30:00-07', '2026-11-26T16:30:00.000Z'],
	['of JavaScript', new Date(0), '1970-01-01T00:00:00.000Z'],
	['of Luxon', { toJSON: () => '2026-11-26T09:30:00.000-07:00' }, '2026-11-26T16:30:00.000Z'],
	['in milliseconds', 1_000, '1970-01-01T00:00:01.000Z'],
])('understands a time %s', (_how, value, expected) => {
	expect(iso(value)).toBe(expected);
});

test.each([
	'yesterday',
	'11/26/2026',
	'2026-02-31',
	'2026-13-01',
	'',
	NaN,
	{},
	['2026-11-26'],
	new Date(NaN),
])('%j is not a time', (value) => {
	expect(() => instant(value)).toThrow(/isn't a valid date and time\. Pick one, or use the format/);
});

test('without a time zone of the workflow, that of n8n counts', () => {
	expect(instant('2026-11-26T09:30:00Z')).toBe(Date.UTC(2026, 10, 26, 9, 30));
	expect(new Date(instant('2026-11-26')).toISOString()).toBe('2026-11-26T05:00:00.000Z');
});
