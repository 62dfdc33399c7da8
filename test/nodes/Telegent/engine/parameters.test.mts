import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { parametersOf } from '../../../../nodes/Telegent/engine/parameters.ts';
import { locatorText } from '../../../../nodes/shared/form/locator.ts';

const items = [{ json: { to: '+1' } }, { json: { to: '+2' } }, { json: {} }];

/** A node with these parameters, where n8n gives `<index>` for each expression; and what it was asked to resolve. */
function nodeWith(parameters: IDataObject, type = 'n8n-nodes-telegent.telegent', mode = 'manual') {
	const resolved: string[] = [];
	const getNodeParameter = (name: string, index: number, fallback: unknown, options: IDataObject) => {
		const raw = parameters[name] ?? fallback;
		if (options.rawExpressions) return raw;
		resolved.push(`${name} ${index}`);
		return JSON.parse(JSON.stringify(raw).replace(/"=[^"]*"/g, `"${index}"`)) as unknown;
	};
	const context = {
		getNodeParameter,
		getInputData: () => items,
		getNode: () => ({ type }),
		getMode: () => mode,
	};
	return { read: parametersOf(context as unknown as IExecuteFunctions), resolved };
}

const valuesOf = (read: ReturnType<typeof parametersOf>, name: string) =>
	items.map((_, index) => read(index)(name));

describe('reading parameters', () => {
	test.each([
		['a choice', { mode: 'number', value: '+1' }],
		['a text', 'Hello'],
		['a number', 0],
	])('%s without an expression needs no n8n, however many items there are', (_what, raw) => {
		const { read, resolved } = nodeWith({ field: raw });
		expect(valuesOf(read, 'field')).toEqual([raw, raw, raw]);
		expect(resolved).toEqual([]);
	});

	test.each([
		['a text', '={{ $json.to.trim() }}', (index: number) => `${index}`],
		['a field of a collection', { a: 1, b: '={{ $now }}' }, (index: number) => ({ a: 1, b: `${index}` })],
		['an entry of a list', ['x', '={{ $itemIndex }}'], (index: number) => ['x', `${index}`]],
	])('%s with an expression is asked of n8n for each item', (_what, raw, expected) => {
		const { read } = nodeWith({ field: raw });
		expect(valuesOf(read, 'field')).toEqual([expected(0), expected(1), expected(2)]);
	});

	test('one that only names a field of the item is filled in; n8n is asked where the field is missing', () => {
		const { read, resolved } = nodeWith({ to: '={{ $json.to }}' });
		expect(valuesOf(read, 'to')).toEqual(['+1', '+2', '2']);
		expect(resolved).toEqual(['to 2']);
	});

	test.each([
		['a tool', 'n8n-nodes-telegent.telegentTool', 'manual'],
		['n8n’s own agents', 'n8n-nodes-telegent.telegent', 'internal'],
	])('of %s, all is asked of n8n: what $json is there depends on the agent', (_who, type, mode) => {
		const { read } = nodeWith({ to: '={{ $json.to }}', from: '+1' }, type, mode);
		expect(valuesOf(read, 'to')).toEqual(['0', '1', '2']);
		expect(read(0)('from')).toBe('+1');
	});

	test('what one item does to its value changes nothing for the others', () => {
		const { read } = nodeWith({ list: { entries: [1] } });
		for (const index of [0, 1, 2]) {
			const value = read(index)('list') as { entries: number[] };
			expect(value.entries).toEqual([1]);
			value.entries.push(2);
		}
	});

	test('one that has no value is undefined for every item', () => {
		const { read, resolved } = nodeWith({});
		expect(valuesOf(read, 'limit')).toEqual([undefined, undefined, undefined]);
		expect(resolved).toEqual([]);
	});
});

test.each([
	[{ __rl: true, mode: 'id', value: ' AID-1\n' }, 'AID-1'],
	[{ __rl: true, mode: 'list', value: '' }, ''],
	['AID-2 ', 'AID-2'],
	[undefined, ''],
])('what is chosen in %j', (locator, value) => expect(locatorText(locator)).toBe(value));
