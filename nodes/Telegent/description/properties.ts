import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { asToolToo, toolFields } from './toolFields';
import type { Operation, Resource } from '../engine/operation';

/**
 * The node's properties from the table: the choice of resource, the choice of operation for each resource, and each
 * operation's fields, shown for the operations that have them. Pure.
 */
export function buildProperties(resources: Resource[]): INodeProperties[] {
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
		...fieldsOfAll(resources),
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

function choice({ name, value, action, description, forBuilder }: Operation): INodePropertyOptions {
	const builderHint = forBuilder && { builderHint: { propertyHint: forBuilder } };
	return { name, value, action, description, ...builderHint };
}

interface Shared {
	field: INodeProperties;
	text: string;
	/** The operations that have it, by resource. */
	places: Map<string, string[]>;
}

/**
 * One list of all operations' fields. Equal fields are merged into one where that keeps the order of every operation's
 * fields: n8n walks the whole list for each node and each change (load time: see nodes/forms.ts).
 */
function fieldsOfAll(resources: Resource[]): INodeProperties[] {
	const merged: Shared[] = [];
	for (const { operations, value: resource } of resources) {
		for (const operation of operations) {
			let next = 0;
			for (const field of fieldsOf(operation)) {
				const text = JSON.stringify(field);
				const found = merged.findIndex((other, place) => place >= next && other.text === text);
				if (found < 0) merged.splice(next, 0, { field, text, places: new Map() });
				else next = found;
				const { places } = merged[next++];
				places.set(resource, [...(places.get(resource) ?? []), operation.value]);
			}
		}
	}
	const existing = new Map(
		resources.map(({ operations, value }) => [value, operations.map((operation) => operation.value)]),
	);
	return merged.flatMap(({ field, places }) =>
		together(places, existing).map((shown) => ({
			...field,
			displayOptions: { ...field.displayOptions, show: { ...shown, ...field.displayOptions?.show } },
		})),
	);
}

function fieldsOf(operation: Operation): INodeProperties[] {
	return [...toolFields(operation), ...operation.fields.flatMap((field) => asToolToo(field, operation))];
}

type Shown = Record<'resource' | 'operation', string[]>;

/**
 * The places as few pairs of resource and operation lists. n8n shows a field where both lists match; a combination that
 * no resource has does no harm.
 */
function together(places: Shared['places'], existing: Map<string, string[]>): Shown[] {
	const exact = ({ operation, resource }: Shown) =>
		resource.every((one) =>
			existing.get(one)?.every((value) => !operation.includes(value) || places.get(one)?.includes(value)),
		);
	const choices: Shown[] = [];
	for (const [resource, operations] of places) {
		const wider = choices.map((choice) => ({
			resource: [...choice.resource, resource],
			operation: [...new Set([...choice.operation, ...operations])],
		}));
		const found = wider.findIndex(exact);
		if (found < 0) choices.push({ resource: [resource], operation: operations });
		else choices[found] = wider[found];
	}
	return choices;
}
