import { Workflow, type IDataObject, type INodeParameters, type NodeParameterValueType } from 'n8n-workflow';
import { compileTemplate } from '../../../../nodes/Telegent/engine/itemExpressions.ts';
import { Random } from '../../../../sandbox/api/random.mts';
import { nodeTypes } from '../../../support/n8n.mts';

const item: IDataObject = JSON.parse(`{
	"to": "+15005550111", "name": "Zoë", "empty": "", "zero": 0, "count": 1.5, "big": 1e300, "yes": true, "no": false,
	"nothing": null, "Phone Number": "801", "it's": "quoted", "{{": "braces", "=": "equal", "expression": "={{ 1 + 1 }}",
	"__proto__": "own", "prototype": "own", "binding": "own", "contact": { "phone": "+1", "tags": ["a", "b"], "length": 3 },
	"phones": ["+2", { "number": "+3" }], "date": "2026-11-21T00:00:00.000Z", "line": "one\\ntwo", "slash": "\\\\"
}`) as IDataObject;

const workflow = new Workflow({
	nodes: [
		{ id: '1', name: 'Telegent', type: 'test.items', typeVersion: 1, position: [0, 0], parameters: {} },
	],
	connections: {},
	active: false,
	nodeTypes,
});

/** What n8n makes of it, or that it refuses. */
function byN8n(raw: unknown): unknown {
	try {
		const value = raw as NodeParameterValueType;
		const items = [{ json: item }];
		return workflow.expression.getParameterValue(value, null, 0, 0, 'Telegent', items, 'manual', {});
	} catch {
		return Error;
	}
}

const filled = (raw: unknown) => compileTemplate(raw)?.(item);

test.each<[raw: unknown, value: unknown]>([
	['={{ $json.to }}', '+15005550111'],
	['={{$json["Phone Number"]}}', '801'],
	["={{\n\t$json['Phone Number']\n}}", '801'],
	['={{ $json["it\'s"] }}', 'quoted'],
	['={{ $json.contact.phone }}', '+1'],
	['={{ $json["contact"].tags[1] }}', 'b'],
	['={{ $json.phones[1].number }}', '+3'],
	['={{ $json.count }}', 1.5],
	['={{ $json.zero }}', 0],
	['={{ $json.no }}', false],
	['={{ $json.empty }}', ''],
	['={{ $json.expression }}', '={{ 1 + 1 }}'],
	['={{ $json.to }} ', '+15005550111 '],
	['={{ $json.zero }}{{ $json.no }}', '0false'],
	['=Hi {{ $json.name }}, {{ $json.count }} left.\n{{ $json.line }}', 'Hi Zoë, 1.5 left.\none\ntwo'],
	['={ "To": [{ "Number": "{{ $json.to }}" }] }', '{ "To": [{ "Number": "+15005550111" }] }'],
	['=no field }}', 'no field }}'],
	['=', ''],
	['{{ $json.to }}', '{{ $json.to }}'],
	[12, 12],
	[null, null],
	[
		{ mode: 'number', value: '={{ $json.to }}', list: [1, '={{ $json.name }}', { a: null }] },
		{ mode: 'number', value: '+15005550111', list: [1, 'Zoë', { a: null }] },
	],
])('%j is filled in, as n8n does it', (raw, value) => {
	expect(filled(raw)).toEqual(value);
	expect(byN8n(raw)).toEqual(value);
});

test.each([
	['a field that is not there', '={{ $json.missing }}'],
	['one inside a text', '=Hi {{ $json.missing }}'],
	['one inside a text’s property', '={{ $json.to.length }}'],
	['what every object has', '={{ $json.toString }}'],
	['null', '={{ $json.nothing }}'],
	['an object', '={{ $json.contact }}'],
	['a list', '={{ $json.phones }}'],
	['a call', '={{ $json.to.trim() }}'],
	['a calculation', '={{ $json.count + 1 }}'],
	['two ways', '={{ $json.to ?? $json.name }}'],
	['another node', "={{ $('Items').item.json.to }}"],
	['optional chaining', '={{ $json?.to }}'],
	['a comment', '={{ $json.to /* the number */ }}'],
	['no closing braces', '={{ $json.to'],
	['braces in a name', '={{ $json["{{"] }}'],
	['an object literal', '={{{ $json.to }}}'],
	['escaped braces', '=\\{{ $json.to }}'],
	['an escaped name', '={{ $json["a\\"b"] }}'],
	['what n8n takes for access to a constructor', '=Ask the . constructor of {{ $json.name }}'],
	['one of them deep inside', { list: [{ value: '={{ $json.to.trim() }}' }] }],
])('%s is left to n8n', (_what, raw) => {
	expect(filled(raw)).toBeUndefined();
});

test('what an item has from elsewhere only is left to n8n', () => {
	const json = Object.create({ to: '+1' }) as IDataObject;
	expect(compileTemplate('={{ $json.to }}')?.(json)).toBeUndefined();
});

test('each item gets a value of its own', () => {
	const fill = compileTemplate({ list: ['={{ $json.to }}'] });
	const [first, second] = [1, 2].map(() => fill?.(item) as { list: string[] });
	first.list.push('more');
	expect(second.list).toEqual(['+15005550111']);
});

describe('Whatever is put together at random, what is filled in is what n8n makes of it', () => {
	const names = [...Object.keys(item), 'missing', 'length', 'constructor', '0', 'contact.phone', 'phones[0]'];
	const wraps = [
		(name: string) => `$json.${name}`,
		(name: string) => `$json["${name}"]`,
		(name: string) => `$json['${name}']`,
		(name: string) => `$json[${name}]`,
		(name: string) => `$json.contact.${name}`,
		(name: string) => `$json.${name}.trim()`,
		(name: string) => `$json?.${name}`,
		(name: string) => `$json . ${name}`,
		(name: string) => `-$json.${name}`,
	];
	const texts = [
		'',
		'',
		'',
		' ',
		'Hi ',
		'\n',
		'"',
		'`',
		"'",
		'{',
		'}',
		'}}',
		'{{',
		'\\',
		'$',
		'${x}',
		'=',
		'[',
		'é',
		'😀',
	];

	test.each([1, 2, 3, 4])('seed %i', (seed) => {
		const random = new Random(seed);
		const one = <T,>(list: T[]) => random.pick(list);
		const field = () => `{{${one(['', ' ', '\n'])}${one(wraps)(one(names))}${one(['', ' ', '  '])}}}`;
		const raw = (): unknown => {
			const text = `=${one(texts)}${Array.from({ length: one([0, 1, 2]) }, () => field() + one(texts)).join('')}`;
			return random.next() < 0.75 ? text : ({ a: [text, 1, null], b: { c: 'as it is' } } as INodeParameters);
		};
		let together = 0;
		for (let count = 0; count < 1500; count++) {
			const given = raw();
			const value = filled(given);
			if (value === undefined) continue;
			together++;
			const theirs = byN8n(given);
			// A column of that name is refused by n8n, for what else its expressions could reach by it.
			if (theirs === Error) expect(JSON.stringify(given)).toMatch(/binding|prototype|__proto__/);
			else expect({ given, value }).toEqual({ given, value: theirs });
		}
		expect(together).toBeGreaterThan(300);
	});
});
