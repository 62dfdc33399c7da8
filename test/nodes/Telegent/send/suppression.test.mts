import { AllowedRecipients } from '../../../../nodes/Telegent/send/allowedRecipients.ts';
import { dependsOnItem } from '../../../../nodes/Telegent/send/collectionReader.ts';
import { SuppressionList } from '../../../../nodes/Telegent/send/suppression.ts';

const US = { countryCode: '1' };
const NONE = { countryCode: '' };
const NUMBER = '+18015550123';

describe('a Suppression List holds a number', () => {
	test.each([
		['text', '+18015550123'],
		['text with commas', '+18015550100, (801) 555-0123'],
		['text with lines', '+18015550100\n801.555.0123\n'],
		['numbers', ['+18015550100', '8015550123']],
		['a plain number', 18015550123],
		['decimals of a data frame', '8015550123.0'],
		['decimals with the country', ['18015550123.0']],
		['decimals with +', '+18015550123.00\n+18015550100.0'],
		['JSON', '["801-555-0123"]'],
		['rows of a table', [{ id: 1, number: '801-555-0123', createdAt: 'x' }]],
		['n8n items', [{ json: { Phone_Number: '1 801 555 0123' } }]],
		['events of the trigger', [{ from: '+18015550123', body: 'STOP' }]],
		['objects of the API', [{ Number: '+18015550123' }]],
	])('given as %s', (_name, given) => {
		const list = new SuppressionList(given, US);
		expect(list.has(NUMBER)).toBe(true);
		expect(list.has('+18015550199')).toBe(false);
	});

	test('without a country code anywhere, a number that ends so', () => {
		const list = new SuppressionList(['801 555 0123', '07700 900123'], NONE);
		expect(list.has(NUMBER)).toBe(true);
		expect(list.has('+447700900123')).toBe(true);
		expect(list.has('+18015550124')).toBe(false);
	});

	test('that another country’s people dialled', () => {
		expect(new SuppressionList('011 44 7700 900123', NONE).has('+447700900123')).toBe(true);
		expect(new SuppressionList('447700900123', US).has('+447700900123')).toBe(true);
		expect(new SuppressionList('8 912 345 67 89', NONE).has('+79123456789')).toBe(true);
		expect(new SuppressionList('06 20 123 4567', NONE).has('+36201234567')).toBe(true);
		expect(new SuppressionList('06 20 123 4567', NONE).has('+36201234568')).toBe(false);
	});

	test('that can be read in two ways: both', () => {
		const list = new SuppressionList('4915112345678', { countryCode: '49' });
		expect(list.has('+4915112345678')).toBe(true);
		expect(list.has('+494915112345678')).toBe(true);
	});

	test('with the 0 of calls inside the country behind the code', () => {
		expect(new SuppressionList('+49 0151 12345678', US).has('+4915112345678')).toBe(true);
	});

	test('that no numbering plan has, as it is', () => {
		const list = new SuppressionList(['+15551234567', '+2222222222'], US);
		expect(list.has('+15551234567')).toBe(true);
		expect(list.has('+2222222222')).toBe(true);
	});
});

describe('what is no number', () => {
	test('is left aside and told', () => {
		const list = new SuppressionList(['n/a', '', 'none', null, { number: '' }, {}, NUMBER], US);
		expect(list.strange).toEqual(['n/a', 'none']);
		expect(list.has(NUMBER)).toBe(true);
	});

	test.each([
		[undefined, /returned no value/],
		[null, /returned no value/],
		['Ana, Ben', /no entry is a phone number, for example "Ana"/],
		['[object Object]', /no entry is a phone number/],
		[[{ name: 'Ana', city: 'Ogden' }], /no field named number or phone, only name, city/],
	])('%j is refused', (given, message) => {
		expect(() => new SuppressionList(given, US)).toThrow(message);
	});

	test.each([
		'12',
		'+1 801 555 010',
		'001 801 555 010',
		'++1 801 555 0123',
		'8.01555E+09',
		'801-555-0123 ext 5',
		'801 555 0123 / 801 555 0124',
		'020 7946 0958/59',
		'801 555 012³',
		'٨٠١٥٥٥٠١٢٣',
		{ phone: { number: '8015550123' } },
		{ phone: ['8015550123', '8015550124'] },
	])('%j among numbers is refused by name: it may be somebody who opted out', (entry) => {
		expect(() => new SuppressionList([NUMBER, entry, 'n/a'], US)).toThrow(
			/".*" isn't a valid phone number.*remove the entry/,
		);
	});

	test.each([[''], [[]], [[{}]]])('%j is a list without entries', (given) => {
		expect(new SuppressionList(given, US).has(NUMBER)).toBe(false);
	});
});

describe('Allowed Recipients', () => {
	test.each([
		['+18015550123', true],
		['(801) 555-0123', true],
		['+1801*', true],
		['+1 (801) *', true],
		['*', true],
		['+1385*, +18015550123', true],
		[['+1385*', { Number: NUMBER }], true],
		['+1385*', false],
		['', false],
		[[], false],
	])('%j: %s', (given, allowed) => {
		expect(new AllowedRecipients(given, US).has(NUMBER)).toBe(allowed);
	});

	test.each(['801*', '+1801**', 'Ana', '+*'])('%s is refused', (given) => {
		expect(() => new AllowedRecipients(given, US)).toThrow();
	});
});

test.each([
	['+1801', false],
	["={{ $('Opt-Outs').all().map(item => item.json.number) }}", false],
	['={{ $("A").first().json.list }}', false],
	['={{ $input.all().map(i => i.json.n) }}', false],
	['={{ $vars.blocked }}', false],
	["={{ ['+1801'] }}", false],
	['={{ $json.list }}', true],
	["={{ $('Opt-Outs').item.json.list }}", true],
	["={{ $('Opt-Outs').all().filter(i => i.json.brand === $json.brand) }}", true],
	["={{ $node['A'].json.list }}", true],
	['={{ $input.item.json.list }}', true],
	["={{ $('A').all()[$itemIndex].json }}", true],
])('%s may differ from item to item: %s', (raw, expected) => {
	expect(dependsOnItem(raw)).toBe(expected);
});
