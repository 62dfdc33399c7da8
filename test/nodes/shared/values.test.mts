import fc from 'fast-check';
import type { Operation, Resource } from '../../../nodes/Telegent/engine/operation.ts';
import { resources } from '../../../nodes/Telegent/resources/index.ts';
import {
	amountOf,
	byType,
	existingPhones,
	isoDate,
	numberObjects,
	toBoolean,
	urls,
	usDate,
	wholeNumber,
} from '../../../nodes/shared/values.ts';

const NEW_YORK = { timeZone: 'America/New_York' };

describe('a switch', () => {
	test.each([true, 'true', 'TRUE', ' yes ', 'on', 1, '1'])('%j is on', (given) => {
		expect(toBoolean(given)).toBe(true);
	});

	test.each([false, '', ' ', null, undefined, 'false', 'No', 'off', 0, '0'])('%j is off', (given) => {
		expect(toBoolean(given)).toBe(false);
	});

	test.each(['maybe', 'ja', 2, 'null', {}, NaN])('%j is neither on nor off', (given) => {
		expect(() => toBoolean(given)).toThrow(/is neither true nor false/);
	});
});

describe('numbers', () => {
	test.each([
		[3, 3],
		['3', 3],
		[' 0 ', 0],
	])('%j is a whole number', (given, expected) => expect(wholeNumber(given)).toBe(expected));

	test.each(['abc', '', ' ', null, undefined, 2.5, NaN, Infinity, [], true, '1,000'])(
		'%j is not a whole number',
		(given) => expect(() => wholeNumber(given)).toThrow(/isn't a whole number/),
	);

	test.each([
		[undefined, /^An empty value isn't/],
		[null, /^An empty value isn't/],
		[NaN, /^A calculation without a result isn't/],
		[Infinity, /^"Infinity" isn't/],
	])('a message about %j uses no word of JavaScript for what is missing', (given, message) => {
		const field = { name: 'x', displayName: 'X', default: '', options: [] };
		for (const read of [
			() => wholeNumber(given),
			() => amountOf(given, 'minutes'),
			() => byType(given, { ...field, type: 'number' }),
			() => byType(given, { ...field, type: 'options' }),
		])
			expect(read).toThrow(message);
	});

	test('negative numbers are refused', () => {
		expect(() => wholeNumber(-1)).toThrow('"-1" is less than 0');
	});

	test.each([
		[30, 30],
		['0.5', 0.5],
		[0, 0],
	])('%j seconds', (given, expected) => expect(amountOf(given, 'seconds')).toBe(expected));

	test.each(['30 s', 'ten', '', null, -1, NaN, Infinity])('%j is no number of seconds', (given) => {
		expect(() => amountOf(given, 'seconds')).toThrow(
			/isn't a number of seconds\. Enter it without the unit, for example 30/,
		);
	});

	test('values that JSON cannot represent are not numbers', () => {
		const field = { displayName: 'Price', name: 'price', type: 'number', default: 0 } as const;
		expect(() => byType(Infinity, field)).toThrow(/isn't a number/);
		expect(() => byType([], field)).toThrow(/isn't a number/);
	});
});

describe('dates', () => {
	test.each(['2026-13-45', '2026-02-31', '02/30/2026', '2026-00-10', '2025-02-29'])(
		'%s is not a day of the calendar',
		(given) => {
			expect(() => usDate(given)).toThrow(/isn't a valid date/);
			expect(() => isoDate(given)).toThrow(/isn't a valid date/);
		},
	);

	test('the last of February of a leap year is one', () => {
		expect(isoDate('2028-02-29')).toBe('2028-02-29');
	});

	test('a time becomes the date in the workflow’s time zone', () => {
		const lateInNewYork = new Date('2027-01-01T03:30:00Z');
		expect(usDate(lateInNewYork, NEW_YORK)).toBe('12/31/2026');
		expect(isoDate(lateInNewYork, NEW_YORK)).toBe('2026-12-31');
		expect(isoDate(lateInNewYork, { timeZone: 'Asia/Tokyo' })).toBe('2027-01-01');
		// n8n's own, where nobody tells another.
		expect(isoDate(lateInNewYork)).toBe('2026-12-31');
	});

	test('an invalid time is not a date', () => {
		expect(() => isoDate(new Date('nonsense'), NEW_YORK)).toThrow(/isn't a date/);
	});
});

describe('web addresses', () => {
	const CLOUD = 'https://res.cloudinary.com/x/w_200,h_100,c_fill/x.jpg';
	const MAP = 'http://example.com/map;size=200?at=40.5,-111.4';

	test.each([
		[CLOUD, [CLOUD]],
		[`${CLOUD}, ${MAP}`, [CLOUD, MAP]],
		[`${CLOUD};${MAP},`, [CLOUD, MAP]],
		[`${CLOUD}\r\n${MAP}\n`, [CLOUD, MAP]],
		[`${CLOUD},\n ${MAP}`, [CLOUD, MAP]],
		[`${CLOUD}, , ${MAP}`, [CLOUD, MAP]],
		['HTTPS://a.example/1,HTTPS://a.example/2', ['HTTPS://a.example/1', 'HTTPS://a.example/2']],
		[
			[CLOUD, MAP],
			[CLOUD, MAP],
		],
		['', []],
		[undefined, []],
	])('%j', (given, expected) => expect(urls(given)).toEqual(expected));

	test('the linear parser gives the same results as the former regular expression', () => {
		const before = (text: string) =>
			text
				.split(/[,;](?=[\s,;]*(?:https?:\/\/|[\r\n]|$))|[\r\n]+/i)
				.map((piece) => piece.trim())
				.filter((piece) => piece !== '');
		const pieces = fc.constantFrom(',', ';', ' ', '\n', '\r', 'http://', 'https://', 'a', 'HTTP', '://');
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
				const text = parts.join('');
				expect(urls(text)).toEqual(before(text));
			}),
			{ numRuns: 2000 },
		);
	});

	// Quadratic, each of these takes minutes.
	test.each([',', ';', ', ', ' ', ',x', 'http:/,'])('200,000 times %j are read in linear time', (piece) => {
		expect(urls(`${CLOUD}${piece.repeat(200_000)}x`)).toHaveLength(1);
	});
});

describe('Phone numbers of lists that Telegent keeps', () => {
	const US = { countryCode: '1' };

	test.each([
		['+1234567890', ['+1234567890']],
		['+1111111111, (801) 555-0123', ['+1111111111', '+18015550123']],
		[[{ Number: '+2222222222' }], ['+2222222222']],
		['+44 020 7946 0958', ['+442079460958']],
	])('%j: unassigned numbers are accepted', (given, expected) => {
		expect(existingPhones(given, US)).toEqual(expected);
	});

	test.each(['+1 801 555 010', '1234567890', 'call me', '+44 20 7946 0958/59'])('%j is refused', (given) => {
		expect(() => existingPhones(given, US)).toThrow(/^"/);
	});

	test.each([
		['callFilter', 'removeBlockedNumbers', 'numbers'],
		['messageFilter', 'removeBlockedContacts', 'contacts'],
		['messageFilter', 'update', 'blockedContacts'],
		['workgroup', 'updateMember', 'phoneNumber'],
		['subscriber', 'update', 'phoneNumbers'],
	])('%s.%s: %s accepts unassigned numbers', (resource, operation, field) => {
		const { operations } = resources.find(({ value }) => value === resource) as Resource;
		const { send } = operations.find(({ value }) => value === operation) as Operation;
		const convert = send?.[field] as (value: unknown, context: object) => unknown;
		expect([convert('+1234567890', US)].flat()).toEqual(['+1234567890']);
	});

	test('Send refuses unassigned numbers', () => {
		expect(() => numberObjects('+1234567890', US)).toThrow(/must be followed by 10 digits/);
	});
});
