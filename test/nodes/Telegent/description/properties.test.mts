import type { INodeProperties } from 'n8n-workflow';
import { buildProperties as describeNode } from '../../../../nodes/Telegent/description/properties.ts';
import type { Operation, Resource } from '../../../../nodes/Telegent/engine/operation.ts';
import { asToolToo, toolFields } from '../../../../nodes/Telegent/description/toolFields.ts';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';
import { Telegent } from '../../../../nodes/Telegent/Telegent.node.ts';

const field = (name: string): INodeProperties => ({ displayName: name, name, type: 'string', default: '' });

/** Operations whose fields have these names, in this order. No tool has Send and Wait, so it has no fields besides. */
function resource(value: string, operations: Record<string, string>): Resource {
	const table = Object.entries(operations).map(([name, names]) => ({
		value: name,
		name,
		action: name,
		description: name,
		route: 'GET /v1.0/nothing',
		safety: 'read',
		fields: [...names].map(field),
	}));
	return { value, name: value, description: value, operations: table as unknown as Operation[] };
}

/** The fields of the form, without those of the tool: `a: one.get,getAll`. */
const lines = (table: Resource[]) =>
	describeNode(table)
		.filter(({ name }) => name.length === 1)
		.map(({ displayOptions: { show = {} } = {}, name }) => `${name}: ${show.resource}.${show.operation}`);

/** What the form shows for an operation, as its entry in the table would say it. */
const shownFor = (properties: INodeProperties[], resourceValue: string, operationValue: string) =>
	properties.flatMap(({ displayOptions: { hide, show = {} } = {}, ...rest }) => {
		const { operation, resource: of, ...others } = show;
		if (!of?.includes(resourceValue) || !operation?.includes(operationValue)) return [];
		return [{ ...rest, hide: hide ?? {}, show: others }];
	});

const asWritten = (operation: Operation) =>
	[...toolFields(operation), ...operation.fields.flatMap((one) => asToolToo(one, operation))].map(
		({ displayOptions: { hide = {}, show = {} } = {}, ...rest }) => ({ ...rest, hide, show }),
	);

describe('The form', () => {
	const properties = describeNode(resources);

	test.each(resources.flatMap(({ operations, value }) => operations.map((entry) => ({ value, entry }))))(
		'shows the fields of $value → $entry.value, those only, in their order',
		({ entry, value }) => {
			expect(shownFor(properties, value, entry.value)).toEqual(asWritten(entry));
		},
	);

	test('is whole in the node: what collections offer, kept apart to be read faster, is back in its place', () => {
		expect(new Telegent().description.properties).toEqual(properties);
	});

	test('has what operations and resources have in common once', () => {
		const table = [
			resource('one', { get: 'ab', getAll: 'acb' }),
			resource('two', { get: 'b', getAll: 'dcb' }),
		];
		expect(lines(table)).toEqual([
			'd: two.getAll',
			'a: one.get,getAll',
			'c: one,two.getAll',
			'b: one,two.get,getAll',
		]);
	});

	test('has a field of different operations of two resources once: n8n never asks for a pair that is not there', () => {
		expect(lines([resource('one', { get: 'a' }), resource('two', { getAll: 'a' })])).toEqual([
			'a: one,two.get,getAll',
		]);
	});

	test('has it twice where a choice of both would show it for an operation that does not have it', () => {
		expect(lines([resource('one', { get: 'a' }), resource('two', { get: '', getAll: 'a' })])).toEqual([
			'a: one.get',
			'a: two.getAll',
		]);
	});

	test('has a field twice where the operations have different orders', () => {
		expect(lines([resource('one', { get: 'ab', getAll: 'ba' })])).toEqual([
			'a: one.get',
			'b: one.get,getAll',
			'a: one.getAll',
		]);
	});
});
