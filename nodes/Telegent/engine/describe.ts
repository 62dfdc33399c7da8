import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { asToolToo, toolFields } from '../guard/toolFields';
import type { Operation, Resource } from './operation';

/**
 * The node's properties from the table: the choice of resource, the choice of operation for each resource, and each
 * operation's fields, shown for that operation only. Pure.
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
		...resources.flatMap(fieldsOf),
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

/** Each operation's fields in its own order: sharing one description between operations would move it. */
function fieldsOf({ value: resource, operations }: Resource): INodeProperties[] {
	return operations.flatMap((operation) =>
		[...toolFields(operation), ...operation.fields.flatMap((field) => asToolToo(field, operation))].map(
			(field) => ({
				...field,
				displayOptions: {
					...field.displayOptions,
					show: { resource: [resource], operation: [operation.value], ...field.displayOptions?.show },
				},
			}),
		),
	);
}
