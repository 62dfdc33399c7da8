import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { chosenIn, parametersOf } from '../../nodes/Telegent/parameters.ts';

/** A node with these parameters, where n8n gives `<index>` for each expression; and what it was asked to resolve. */
function nodeWith(parameters: IDataObject) {
	const resolved: string[] = [];
	const getNodeParameter = (name: string, index: number, fallback: unknown, options: IDataObject) => {
		const raw = parameters[name] ?? fallback;
		if (options.rawExpressions) return raw;
		resolved.push(`${name} ${index}`);
		return JSON.parse(JSON.stringify(raw).replace(/"=[^"]*"/g, `"${index}"`)) as unknown;
	};
	return { context: { getNodeParameter } as unknown as IExecuteFunctions, resolved };
}

describe('reading parameters', () => {
	test('one without an expression is read once, however many items there are', () => {
		const { context, resolved } = nodeWith({ from: { mode: 'number', value: '+1' } });
		const read = parametersOf(context);
		for (const index of [0, 1, 2]) expect(read(index)('from')).toEqual({ mode: 'number', value: '+1' });
		expect(resolved).toEqual(['from 0']);
	});

	test.each([
		['a text', '={{ $json.to }}', (index: number) => `${index}`],
		['a field of a collection', { a: 1, b: '={{ $json.b }}' }, (index: number) => ({ a: 1, b: `${index}` })],
		['an entry of a list', ['x', '={{ $json.y }}'], (index: number) => ['x', `${index}`]],
	])('%s with an expression is read for each item', (_what, raw, expected) => {
		const read = parametersOf(nodeWith({ field: raw }).context);
		for (const index of [0, 1, 2]) expect(read(index)('field')).toEqual(expected(index));
	});

	test('what one item does to its value changes nothing for the others', () => {
		const read = parametersOf(nodeWith({ list: { entries: [1] } }).context);
		for (const index of [0, 1, 2]) {
			const value = read(index)('list') as { entries: number[] };
			expect(value.entries).toEqual([1]);
			value.entries.push(2);
		}
	});

	test('one that has no value is undefined for every item', () => {
		const { context, resolved } = nodeWith({});
		const read = parametersOf(context);
		expect([0, 1].map((index) => read(index)('limit'))).toEqual([undefined, undefined]);
		expect(resolved).toHaveLength(1);
	});
});

test.each([
	[{ __rl: true, mode: 'id', value: ' AID-1\n' }, 'AID-1'],
	[{ __rl: true, mode: 'list', value: '' }, ''],
	['AID-2 ', 'AID-2'],
	[undefined, ''],
])('what is chosen in %j', (locator, value) => expect(chosenIn(locator)).toBe(value));
