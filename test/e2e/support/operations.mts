import { choicesAt, fill } from '../../contract/formFiller/fill.mts';
import type { Json, Request } from '../../../scripts/lib/contract.mts';
import { samplesOf } from '../../contract/formFiller/samples.mts';
import { nameOf, type Subject } from '../../../scripts/lib/operations.mts';
import { varied } from '../../contract/formFiller/otherValues.mts';
import { TELEGENT, type WorkflowFile, type WorkflowNode } from '../../../sandbox/n8n/workflow.mts';
import { thingsFor, type Make } from './operationsThings.mts';

/** An operation as a node of a workflow, with what its two items need in the sandbox. */
export interface Prepared {
	subject: Subject;
	/** `message.send`: the node's name. */
	name: string;
	parameters: Json;
	/** What the node's expressions read, an item each. */
	items: Json[];
	/** The ids and numbers of the sandbox that each item's request carries. */
	own: string[][];
	/** Fields of the requests that the editor has no place for. */
	lost: string[];
}

export const ITEMS = 'Two items';

/** Makes in the sandbox what the operation works on, for each item its own, and fills the node with it. */
export async function prepare(make: Make, subject: Subject): Promise<Prepared> {
	const { entry, operation, resource } = subject;
	const [sample] = samplesOf(operation);
	const manner = { choices: false, offered: choicesAt(operation, entry) };
	const requests: Request[] = [];
	const own: string[][] = [];
	for (const [item, request] of [sample, varied(operation, sample, manner)].entries()) {
		const things = thingsFor(make, operation.key, item);
		await things.before();
		requests.push(await fitted(request, things.valueOf));
		own.push(things.used());
	}
	const { items, lost, parameters } = fill(operation, entry, requests, 'typed');
	const name = nameOf(subject);
	const chosen = { resource: resource.value, operation: entry.value, ...parameters };
	return { subject, name, parameters: readFrom(name, chosen), items, own, lost };
}

type ValueOf = (field: string, given: unknown, index: number) => Promise<unknown>;

/** The sample with what the sandbox has in place of the vendor's own ids and numbers. */
async function fitted({ body, query }: Request, valueOf: ValueOf): Promise<Request> {
	return {
		...(query && { query: (await fittedValue(query, valueOf)) as Json }),
		...(body && { body: (await fittedValue(body, valueOf)) as Json }),
	};
}

async function fittedValue(value: unknown, valueOf: ValueOf, field = '', index = 0): Promise<unknown> {
	const instead = field === '' ? undefined : await valueOf(field, value, index);
	if (instead !== undefined) return instead;
	if (Array.isArray(value)) {
		const entries: unknown[] = [];
		// One after the other: what is made for them must not be made twice.
		for (const [at, entry] of value.entries()) entries.push(await fittedValue(entry, valueOf, '', at));
		return entries;
	}
	if (typeof value !== 'object' || value === null) return value;
	const fields: Json = {};
	for (const [name, part] of Object.entries(value))
		fields[name] = await fittedValue(part, valueOf, name, index);
	return fields;
}

/** All operations read the same two items: each finds its values under its own name. */
function readFrom(name: string, parameters: Json): Json {
	const text = JSON.stringify(parameters).replaceAll('{{ $json.value', `{{ $json['${name}'].value`);
	return JSON.parse(text) as Json;
}

/** Two items, and from them a branch for each operation: its node, and one that looks back to the items. */
export function operationsWorkflow(name: string, operations: Prepared[]): WorkflowFile {
	const items = [0, 1].map((item) => ({
		json: { item, ...Object.fromEntries(operations.map((one) => [one.name, one.items[item]])) },
	}));
	const to = (...nodes: string[]) => ({ main: [nodes.map((node) => ({ node, type: 'main', index: 0 }))] });
	const branches = operations.map((one, index): WorkflowNode[] => [
		{
			name: one.name,
			type: TELEGENT,
			typeVersion: 1,
			position: [480, index * 200],
			parameters: one.parameters,
		},
		lookBack(one.name, index * 200),
	]);
	return {
		name,
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: ITEMS,
				type: 'n8n-nodes-base.code',
				typeVersion: 2,
				position: [240, 0],
				parameters: { jsCode: `return ${JSON.stringify(items)};` },
			},
			...branches.flat(),
		],
		connections: {
			Start: to(ITEMS),
			[ITEMS]: to(...operations.map((one) => one.name)),
			...Object.fromEntries(operations.map((one) => [one.name, to(lookBackOf(one.name))])),
		},
		settings: { executionOrder: 'v1' },
	};
}

export const lookBackOf = (name: string) => `${name} ↩`;

/** What a user does with item linking: asks, after the operation, for the item that a result came from. */
function lookBack(name: string, y: number): WorkflowNode {
	return {
		name: lookBackOf(name),
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [720, y],
		parameters: {
			assignments: {
				assignments: [
					{ id: 'item', name: 'item', type: 'number', value: `={{ $('${ITEMS}').item.json.item }}` },
				],
			},
			options: {},
		},
	};
}
