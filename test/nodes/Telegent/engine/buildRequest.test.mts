import type { INodeProperties } from 'n8n-workflow';
import { buildRequest } from '../../../../nodes/Telegent/engine/buildRequest.ts';
import { ParameterError } from '../../../../nodes/Telegent/engine/parameters.ts';
import type { Operation } from '../../../../nodes/Telegent/engine/operation.ts';
import {
	existingPhone,
	existingPhones,
	jsonText,
	list,
	numberObjects,
	objects,
	phones,
	usDate,
} from '../../../../nodes/shared/values.ts';

const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties =>
	({ displayName: `Label of ${name}`, name, type: 'string', default: '', ...more }) as INodeProperties;

const operation = (more: Partial<Operation>): Operation => ({
	value: 'create',
	name: 'Create',
	action: '',
	description: '',
	route: 'POST /v1.0/things',
	safety: 'once',
	fields: [],
	...more,
});

const build = (entry: Partial<Operation>, values: Record<string, unknown>) =>
	buildRequest(operation(entry), (name) => values[name], { countryCode: '1' });

test('a POST sends parameters under their names in PascalCase, in the body', () => {
	expect(
		build({ fields: [field('routeName'), field('accountId')] }, { routeName: 'Main', accountId: 'AID-1' }),
	).toMatchObject({
		route: 'POST /v1.0/things',
		safety: 'once',
		body: { RouteName: 'Main', AccountId: 'AID-1' },
	});
});

test('a GET sends them in the query, and so does a POST that says so', () => {
	const given = { fields: [field('id')] };
	expect(build({ ...given, route: 'GET /v1.0/things' }, { id: '1' })).toMatchObject({ query: { Id: '1' } });
	const posted = build({ ...given, inQuery: true }, { id: '1' });
	expect(posted).toMatchObject({ query: { Id: '1' } });
	expect(posted).not.toHaveProperty('body');
});

test('odd spellings and conversions come from the table', () => {
	const send = {
		iccid: 'ICCID',
		trunk1Priority: 'Trunk1Priortiy',
		to: numberObjects,
		media: ['MmsMedia', objects('MediaUrl')],
	} as Operation['send'];
	const fields = [field('iccid'), field('trunk1Priority', { type: 'number' }), field('to'), field('media')];
	const values = { iccid: '89', trunk1Priority: '10', to: '801-555-0100', media: 'https://a/1, https://a/2' };
	expect(build({ fields, send }, values).body).toEqual({
		ICCID: '89',
		Trunk1Priortiy: 10,
		To: [{ Number: '+18015550100' }],
		MmsMedia: [{ MediaUrl: 'https://a/1' }, { MediaUrl: 'https://a/2' }],
	});
});

test('blank optional fields and the node’s own settings are not sent; false and 0 are', () => {
	const fields = [
		field('a'),
		field('b'),
		field('on', { type: 'boolean' }),
		field('n', { type: 'number' }),
		field('returnAll'),
		field('limit'),
		field('simplify'),
		field('options'),
	];
	const values = {
		a: '',
		b: undefined,
		on: false,
		n: 0,
		returnAll: true,
		limit: 5,
		simplify: true,
		options: { showSecrets: true },
	};
	expect(build({ fields }, values).body).toEqual({ On: false, N: 0 });
});

test('what was added to a collection is sent as it is, null and empty text included', () => {
	const options = [field('a'), field('b'), field('c'), field('d')];
	const fields = [field('updateFields', { type: 'collection', options })];
	expect(build({ fields }, { updateFields: { a: '', b: null, c: 'x' } }).body).toEqual({
		A: '',
		B: null,
		C: 'x',
	});
});

test('an empty locator in a collection is not sent, a chosen one is its value', () => {
	const options = [
		field('routeId', { type: 'resourceLocator' }),
		field('otherId', { type: 'resourceLocator' }),
	];
	const fields = [field('filters', { type: 'collection', options })];
	const locator = (value: string) => ({ __rl: true, mode: 'id', value });
	expect(build({ fields }, { filters: { routeId: locator(''), otherId: locator('MRID-1') } }).body).toEqual({
		OtherId: 'MRID-1',
	});
});

test('one group is an object, several are a list, both without blank fields: what is left out stays as it is', () => {
	const values = [field('street1'), field('zip')];
	const address = field('billingAddress', {
		type: 'fixedCollection',
		options: [{ displayName: 'Address', name: 'address', values }],
	});
	const lines = field('lines', {
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		options: [{ displayName: 'Line', name: 'line', values }],
	});
	const given = {
		billingAddress: { address: { street1: 'Main St', zip: '' } },
		lines: {
			line: [
				{ street1: 'A', zip: '' },
				{ street1: '', zip: '1' },
			],
		},
	};
	expect(build({ fields: [address, lines] }, given).body).toEqual({
		BillingAddress: { Street1: 'Main St' },
		Lines: [{ Street1: 'A' }, { Zip: '1' }],
	});
});

describe('nothing in a field that was added', () => {
	const options = [{ name: 'A', value: 'a' }];
	const kinds = [
		field('on', { type: 'boolean' }),
		field('count', { type: 'number' }),
		field('choice', { type: 'options', options }),
		field('day', { type: 'dateTime' }),
		field('text'),
	];
	const fields = [field('additionalFields', { type: 'collection', options: kinds })];
	const all = (value: unknown) => Object.fromEntries(kinds.map(({ name }) => [name, value]));

	test.each(['', '  '])('%j is sent as text only', (blank) => {
		expect(build({ fields, send: { day: usDate } }, { additionalFields: all(blank) }).body).toEqual({
			Text: '',
		});
	});

	test('null is sent for all, on purpose', () => {
		expect(build({ fields }, { additionalFields: all(null) }).body).toEqual({
			On: null,
			Count: null,
			Choice: null,
			Day: null,
			Text: null,
		});
	});

	test('no and 0 are something', () => {
		expect(build({ fields }, { additionalFields: { on: false, count: 0 } }).body).toEqual({
			On: false,
			Count: 0,
		});
	});

	test('a group without a filled line is not sent', () => {
		const address = field('address', {
			type: 'fixedCollection',
			options: [{ displayName: 'Address', name: 'address', values: [field('street'), field('zip')] }],
		});
		const entry = { fields: [field('additionalFields', { type: 'collection', options: [address] })] };
		const given = (lines: object) => ({ additionalFields: { address: lines } });
		for (const lines of [{}, { address: {} }, { address: { street: ' ', zip: '' } }])
			expect(build(entry, given(lines)).body).toEqual({});
		expect(build(entry, given({ address: { street: null, zip: ' ' } })).body).toEqual({
			Address: { Street: null },
		});
		expect(() => build(entry, given({ address: 'Main St' }))).toThrow(
			"'Label of address' must be an object with the fields of this group",
		);
	});
});

describe('an update', () => {
	const id = field('routeId', { type: 'resourceLocator', required: true });
	const options = [field('name'), field('on', { type: 'boolean' })];
	const updateFields = field('updateFields', { type: 'collection', options });
	const chosen = { __rl: true, mode: 'id', value: 'MRID-1' };

	test.each([undefined, {}, { on: '' }])('of nothing is refused: %j', (given) => {
		const fields = [id, updateFields, field('options')];
		expect(() => build({ fields }, { routeId: chosen, updateFields: given })).toThrow(
			/^There is nothing to update\. Add a field with a value in 'Update Fields'/,
		);
		expect(() => build({ fields: [updateFields] }, { updateFields: given })).toThrow(
			/^There is nothing to update/,
		);
	});

	test.each([{ name: '' }, { on: false }, { name: null }])('of something is sent: %j', (given) => {
		expect(
			build({ fields: [id, updateFields] }, { routeId: chosen, updateFields: given }).body,
		).toMatchObject({
			RouteId: 'MRID-1',
		});
	});

	test('that has its change above the collection needs nothing in it', () => {
		const limit = field('limitValue', { type: 'number', required: true });
		expect(build({ fields: [id, limit, updateFields] }, { routeId: chosen, limitValue: 5 }).body).toEqual({
			RouteId: 'MRID-1',
			LimitValue: 5,
		});
	});
});

describe('what cannot be sent is refused, with the label and a reason', () => {
	const options = [
		{ name: 'A', value: 'a' },
		{ name: 'B', value: 'b' },
	];

	test.each<[string, Partial<INodeProperties>, unknown, RegExp]>([
		['a required field is empty', { required: true }, '', /^'Label of x' is required, but it's empty$/],
		[
			'a required locator is empty',
			{ required: true, type: 'resourceLocator' },
			{ __rl: true, mode: 'list', value: '' },
			/^'Label of x' is required, but it's empty/,
		],
		['a required list is empty', { required: true }, [], /^'Label of x' is required, but it's empty/],
		['text where a number belongs', { type: 'number' }, 'ten', /"ten" isn't a number/],
		[
			'half where whole numbers belong',
			{ type: 'number', typeOptions: { numberPrecision: 0 } },
			1.5,
			/"1.5" isn't a whole number/,
		],
		['text where a switch belongs', { type: 'boolean' }, 'maybe', /neither true nor false/],
		[
			'a value that is no option',
			{ type: 'options', options },
			'c',
			/"c" isn't an allowed value. Use one of: a, b/,
		],
		['an object where text belongs', {}, { a: 1 }, /must be text/],
		['hexadecimal', { type: 'number' }, '0x10', /"0x10" isn't a number/],
		['an exponent', { type: 'number' }, '1e2', /"1e2" isn't a number/],
		['a list where a switch belongs', { type: 'boolean' }, [true], /"\[true\]" is neither true nor false/],
		['an object where a number belongs', { type: 'number' }, { a: 1 }, /"\{"a":1\}" isn't a number/],
		[
			'an object that is no option',
			{ type: 'options', options },
			{ a: 1 },
			/"\{"a":1\}" isn't an allowed value/,
		],
		['a value of megabytes', { type: 'number' }, 'x'.repeat(1e6), /^.{1,170}$/],
		[
			'a value with a text of its own that throws',
			{ type: 'options', options },
			{
				toString() {
					throw new TypeError('mine');
				},
				toJSON() {
					throw new TypeError('mine');
				},
			},
			/"an object" isn't an allowed value/,
		],
		['broken JSON', { type: 'json' }, '{"a":', /isn't valid JSON/],
	])('%s', (_case, more, value, message) => {
		const attempt = () => build({ fields: [field('x', more)] }, { x: value });
		expect(attempt).toThrow(ParameterError);
		expect(attempt).toThrow(message);
	});

	test('by the whole, where fields depend on each other', () => {
		const finish = () => {
			throw new Error('these do not fit together');
		};
		expect(() => build({ finalizeRequest: finish }, {})).toThrow('These do not fit together');
	});
});

test('expressions may give numbers and switches as text, and text as numbers', () => {
	const fields = [field('n', { type: 'number' }), field('on', { type: 'boolean' }), field('text')];
	expect(build({ fields }, { n: '12', on: 'TRUE', text: 201 }).body).toEqual({
		N: 12,
		On: true,
		Text: '201',
	});
});

describe('values', () => {
	test.each([
		['a, b;c\nd', ['a', 'b', 'c', 'd']],
		[
			['a ', 'b'],
			['a', 'b'],
		],
		['', []],
		[undefined, []],
		[201, ['201']],
	])('list %j', (given, expected) => expect(list(given)).toEqual(expected));

	test('phones: any notation, objects too, no repeats', () => {
		expect(
			phones(['801-555-0100', { Number: '+18015550100' }, '+44 20 7946 0958'], { countryCode: '1' }),
		).toEqual(['+18015550100', '+442079460958']);
	});

	test.each([
		['2026-12-31', '12/31/2026'],
		['2026-12-31T23:59:59.000-11:00', '12/31/2026'],
		['12/31/2026', '12/31/2026'],
		[new Date('2026-12-31T12:00:00Z'), '12/31/2026'],
	])('date %j', (given, expected) => expect(usDate(given)).toBe(expected));

	test.each([[['2026-12-31']], [{}], [{ day: 1 }], [{ toJSON: () => null }]])('%j is no date', (given) => {
		expect(() => usDate(given)).toThrow(/isn't a date/);
	});

	test('phones: one object is one number, and one that is none is shown', () => {
		expect(numberObjects({ Number: '801-555-0100' }, { countryCode: '1' })).toEqual([
			{ Number: '+18015550100' },
		]);
		expect(() => phones([{ Number: { a: 1 } }], { countryCode: '1' })).toThrow(
			`"{"a":1}" isn't a phone number`,
		);
	});

	test.each(['+1234567890', '+1111111111', '+1234567', '+123456789012345'])(
		'%s can stand in an entry, but is not sent to',
		(given) => {
			expect(existingPhones(`${given}, ${given}`, { countryCode: '1' })).toEqual([given]);
		},
	);

	test.each(['+123456', '+1234567890123456', '1234567890x', 'nobody'])(
		'%s cannot stand in an entry',
		(given) => expect(() => existingPhone(given, { countryCode: '1' })).toThrow(),
	);

	test('the number of an entry is written as people write it, too', () => {
		expect(existingPhone('(801) 555-0100', { countryCode: '1' })).toBe('+18015550100');
	});

	test('a date that is none is refused', () => expect(() => usDate('31.12.2026')).toThrow(/isn't a date/));

	test('JSON text from text or from an object', () => {
		expect(jsonText('{ "a": [1] }')).toBe('{"a":[1]}');
		expect(jsonText({ a: [1] })).toBe('{"a":[1]}');
		expect(() => jsonText('{a}')).toThrow(/isn't valid JSON/);
	});
});
