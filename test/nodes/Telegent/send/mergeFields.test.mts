import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { compileTemplate, parseTextTemplate } from '../../../../nodes/Telegent/engine/itemExpressions.ts';
import { expressionValues, MergeFields } from '../../../../nodes/Telegent/send/mergeFields.ts';

/** A node whose items have these data; what n8n would make of an expression comes from `results`. */
function world(body: string, items: IDataObject[], results: Record<string, unknown> = {}) {
	const evaluated: string[] = [];
	let rawReads = 0;
	const context = {
		getNode: () => ({ name: 'Telegent', type: 'n8n-nodes-telegent.telegent', parameters: { body } }),
		getMode: () => 'manual',
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: () => {
			rawReads++;
			return body;
		},
		evaluateExpression: (expression: string) => {
			evaluated.push(expression);
			return results[expression.slice(2, -2).trim()];
		},
	} as unknown as IExecuteFunctions;
	return { context, evaluated, rawReads: () => rawReads };
}

const bad = (body: string, text: string, json: IDataObject = {}, results: Record<string, unknown> = {}) => {
	const { context, evaluated } = world(body, [json], results);
	const found = new MergeFields('body').bad({ context, index: 0 }, text);
	return { found: found.map(({ expression, gave }) => `${expression}=${gave}`), evaluated };
};

test.each<[what: string, body: string, text: string, json: IDataObject, found: string[]]>([
	['a field that is there', '=Hi {{ $json.name }}, hello', 'Hi Ana, hello', { name: 'Ana' }, []],
	['an empty one', '=Hi {{ $json.name }}, hello', 'Hi , hello', { name: '' }, ['{{ $json.name }}=']],
	['one of spaces', '=Hi {{ $json.name }}!', 'Hi   !', { name: '  ' }, ['{{ $json.name }}=']],
	['one that is missing', '=Hi {{ $json.name }}, hello', 'Hi , hello', {}, ['{{ $json.name }}=']],
	['null', '=Hi {{ $json.name }}', 'Hi ', { name: null }, ['{{ $json.name }}=']],
	['zero and false are values', '={{ $json.a }} of {{ $json.b }}', '0 of false', { a: 0, b: false }, []],
	['a call that gives nothing', '=Hi {{ $json.name?.trim() }}!', 'Hi !', {}, ['{{ $json.name?.trim() }}=']],
	['a call that gives something', '=Hi {{ $json.name.trim() }}!', 'Hi Ana!', { name: 'Ana ' }, []],
	[
		'one empty beside one that is not',
		'={{ $json.a }}{{ $json.b }}',
		'x',
		{ a: '', b: 'x' },
		['{{ $json.a }}='],
	],
	[
		'the word null from a cell',
		'=Hi {{ $json.name }}',
		'Hi null',
		{ name: 'null' },
		['{{ $json.name }}=null'],
	],
	[
		'the word in the text itself',
		'=null and void, {{ $json.name }}',
		'null and void, Ana',
		{ name: 'Ana' },
		[],
	],
	['the word inside a value', '=Hi {{ $json.name }}', 'Hi nullable', { name: 'nullable' }, []],
	[
		'an object',
		'=Hi {{ $json.name }}!',
		'Hi [object Object]!',
		{ name: {} },
		['{{ $json.name }}=[object Object]'],
	],
	[
		'a text that the expression puts together',
		'={{ "Hi " + $json.name }}',
		'Hi undefined',
		{},
		['{{ "Hi " + $json.name }}=Hi undefined'],
	],
	[
		'a message from a field, whatever its words',
		'={{ $json.text }}',
		'x is undefined',
		{ text: 'x is undefined' },
		[],
	],
	['an empty text on purpose', "=Hi{{ $json.vip ? ' VIP' : '' }}!", 'Hi!', {}, []],
	['an expression without data', '=One{{ "\\n" }}two', 'One\ntwo', {}, []],
	['no expression at all', 'Hi {{ $json.name }}', 'Hi {{ $json.name }}', {}, []],
])('%s', (_what, body, text, json, found) => {
	expect(bad(body, text, json)).toEqual({ found, evaluated: [] });
});

describe('n8n evaluates an expression again only where the text cannot tell', () => {
	const body = '=Hi {{ $json.first.trim() }} {{ $json.last.trim() }}, hello';
	const results = { '$json.first.trim()': 'Ana', '$json.last.trim()': '' };

	test('two expressions that both gave something are not evaluated', () => {
		expect(bad(body, 'Hi Ana Lopez, hello').evaluated).toEqual([]);
	});

	test('one that may have given nothing is evaluated', () => {
		const { evaluated, found } = bad(body, 'Hi Ana , hello', {}, results);
		expect(found).toEqual(['{{ $json.last.trim() }}=']);
		expect(evaluated).toEqual(['{{ $json.last.trim() }}']);
	});

	test('both are empty: the length of the text tells', () => {
		expect(bad(body, 'Hi  , hello')).toEqual({
			found: ['{{ $json.first.trim() }}=', '{{ $json.last.trim() }}='],
			evaluated: [],
		});
	});

	test('10,000 items: the parameter is read once, and nothing is evaluated', () => {
		const items = Array.from({ length: 10_000 }, (_, i) => ({ name: `Person ${i}`, n: i }));
		const text = '=Hi {{ $json.name }}, you are number {{ $json.n.toString() }}';
		const { context, evaluated, rawReads } = world(text, items);
		const fields = new MergeFields('body');
		const found = items.flatMap(({ n, name }, index) =>
			fields.bad({ context, index }, `Hi ${name}, you are number ${n}`),
		);
		expect({ found, evaluated, reads: rawReads() }).toEqual({ found: [], evaluated: [], reads: 1 });
	});
});

test('what was told from the text is what the fast path filled in', () => {
	const json = { a: 'one', b: 2, c: '' };
	const raw = '=x{{ $json.a }}y{{ $json.b }}{{ $json.c }}z';
	const text = compileTemplate(raw)?.(json) as string;
	expect(expressionValues(parseTextTemplate(raw.slice(1))!, text, json)).toEqual(['one', '2', '']);
});
