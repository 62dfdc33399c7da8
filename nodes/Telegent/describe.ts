import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { asToolToo, toolFields } from './guard/toolFields';
import type { Operation, Resource } from './engine/operation';

/**
 * The node's properties from the table: the choice of resource, the choice of operation for each resource, and each
 * operation's fields, shown for the operations that have them. Pure.
 */
export function describe(resources: Resource[]): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value, description }) => ({ name, value, description })),
			default: 'message',
		},
		...resources.map(operationChoice),
		...together(
			'resource',
			resources.map(({ operations, value }) => [value, fieldsOfAll(operations)]),
		),
	];
}

const OPERATION: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

function operationChoice({ value: resource, operations }: Resource): INodeProperties {
	const usual = operations.find(({ value }) => value === 'send' || value === 'getAll') ?? operations[0];
	return {
		...OPERATION,
		displayOptions: { show: { resource: [resource] } },
		options: operations.map(choice),
		default: usual.value,
	};
}

function choice({ name, value, action, description }: Operation): INodePropertyOptions {
	return { name, value, action, description };
}

function fieldsOfAll(operations: Operation[]): INodeProperties[] {
	return together(
		'operation',
		operations.map((operation) => [operation.value, fieldsOf(operation)]),
	);
}

function fieldsOf(operation: Operation): INodeProperties[] {
	return [...toolFields(operation), ...operation.fields.flatMap((field) => asToolToo(field, operation))];
}

interface Shared {
	field: INodeProperties;
	text: string;
	values: string[];
}

/**
 * One list from the fields that each value of a parameter has. Equal fields of several values stand there once where
 * that leaves every value's fields in their own order: n8n walks the whole list, for each node and each change.
 */
function together(
	parameter: string,
	lists: Array<[value: string, fields: INodeProperties[]]>,
): INodeProperties[] {
	const merged: Shared[] = [];
	for (const [value, fields] of lists) {
		let next = 0;
		for (const field of fields) {
			const text = JSON.stringify(field);
			const found = merged.findIndex((other, place) => place >= next && other.text === text);
			if (found >= 0) merged[found].values.push(value);
			else merged.splice(next, 0, { field, text, values: [value] });
			next = (found >= 0 ? found : next) + 1;
		}
	}
	return merged.map(({ field, values }) => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { [parameter]: values, ...field.displayOptions?.show },
		},
	}));
}
