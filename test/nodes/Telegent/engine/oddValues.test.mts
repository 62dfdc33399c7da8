import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { buildRequest } from '../../../../nodes/Telegent/engine/buildRequest.ts';
import type { Operation } from '../../../../nodes/Telegent/engine/operation.ts';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';

/* Every field of every operation with what expressions can give. What is wrong is said in words, or sent as it is. */

const own = {
	toString() {
		throw new TypeError('x is not a function');
	},
	toJSON() {
		throw new TypeError('x is not a function');
	},
};
const circular: IDataObject = {};
circular.self = circular;

const ODD: unknown[] = [
	'',
	' ',
	'text',
	'0x10',
	'{"a":1}',
	0,
	-1,
	1.5,
	NaN,
	Infinity,
	true,
	null,
	[],
	[null],
	[[]],
	[{}],
	['2026-12-31'],
	{},
	{ a: 1 },
	{ Number: null },
	{ Number: {} },
	new Date(NaN),
	Object.create(null),
	circular,
	own,
	() => 1,
	Symbol('s'),
	10n,
	'x'.repeat(100_000),
];

/** Words of the JavaScript engine, and objects that were made text. */
const ENGINE =
	/cannot (read|destructure|convert|mix|set)|is not (a function|iterable|defined)|circular|call stack|\[object|invalid time value|BigInt/i;
const LONGEST_MESSAGE = 600;

/** A value that the field can have, as a person gives it. */
function good(field: INodeProperties): unknown {
	const { name, type } = field;
	if (type === 'boolean') return true;
	if (type === 'number') return 5;
	if (type === 'options') return field.options?.map((one) => ('value' in one ? one.value : ''))[0];
	if (type === 'dateTime') return '2026-12-31';
	if (type === 'json') return '{}';
	if (type === 'fixedCollection') return {};
	return /phone|number|contact|^to$|from/i.test(name) ? '+18015550123' : 'text';
}

function requestOf(operation: Operation, values: Record<string, unknown>) {
	return buildRequest(operation, (name) => values[name], { countryCode: '1' });
}

/** The field with the value, at every place of the operation. */
function* places(operation: Operation): Generator<[string, (value: unknown) => Record<string, unknown>]> {
	const base = Object.fromEntries(
		operation.fields
			.filter(({ type }) => !['notice', 'collection'].includes(type))
			.map((field) => [field.name, good(field)]),
	);
	for (const field of operation.fields) {
		if (field.type === 'notice') continue;
		yield [field.name, (value) => ({ ...base, [field.name]: value })];
		const isCollection = field.type === 'collection';
		for (const inner of isCollection ? (field.options as INodeProperties[]) : []) {
			yield [`${field.name}.${inner.name}`, (value) => ({ ...base, [field.name]: { [inner.name]: value } })];
			if (inner.type !== 'fixedCollection') continue;
			const [group] = inner.options as INodePropertyCollection[];
			const several = inner.typeOptions?.multipleValues;
			for (const part of group.values)
				yield [
					`${field.name}.${inner.name}.${part.name}`,
					(value) => {
						const entry = { [part.name]: value };
						return { ...base, [field.name]: { [inner.name]: { [group.name]: several ? [entry] : entry } } };
					},
				];
		}
	}
}

const cases = resources.flatMap((resource) =>
	resource.operations.map((operation): [string, Operation] => [
		`${resource.value}.${operation.value}`,
		operation,
	]),
);

test.each(cases)('%s', (_name, operation) => {
	const wrong: string[] = [];
	for (const [place, filled] of places(operation)) {
		for (const [index, value] of ODD.entries()) {
			try {
				const request = requestOf(operation, filled(value));
				const text = JSON.stringify(request);
				if (text.includes('[object')) wrong.push(`${place}, value ${index}: sends ${text.slice(0, 200)}`);
			} catch (error) {
				const { message } = error as Error;
				if (ENGINE.test(message) || message.length > LONGEST_MESSAGE)
					wrong.push(`${place}, value ${index}: ${message.slice(0, 200)}`);
			}
		}
	}
	expect(wrong).toEqual([]);
});
