import { isDeepStrictEqual } from 'node:util';
import type { INodeExecutionData, INodeType } from 'n8n-workflow';
import { LOOKS_FIRST } from './bindings.mts';
import type { ContractOperation, Field, Json, Request } from './contract.mts';
import { choicesAt, fill, type Way } from './fill.mts';
import { run, type Run } from './node.mts';
import type { Recorded, Recorder } from './recorder.mts';
import { pagingOf } from './samples.mts';
import type { Subject } from './subjects.mts';
import { varied } from './vary.mts';

/** A request as the contract wants it, or as it arrived, in a form that can be compared. */
export interface Seen {
	method: string;
	path: string;
	query: Json;
	body: unknown;
}

export interface Trial {
	expected: Seen[];
	seen: Seen[];
	result: Run;
	lost: string[];
}

export interface Place {
	node: INodeType;
	recorder: Recorder;
}

export const WAYS: Way[] = ['typed', 'expressions'];

/** Fills the node so that each item should make one of the requests, runs it, and tells what came out. */
export async function tryOut(
	{ node, recorder }: Place,
	{ entry, operation, resource }: Pick<Subject, 'entry' | 'operation' | 'resource'>,
	requests: Request[],
	way: Way,
	choices?: Json,
): Promise<Trial> {
	const { items, lost, parameters } = fill(operation, entry, requests, way, choices);
	const given = items.map((json): INodeExecutionData => ({ json: json as INodeExecutionData['json'] }));
	const chosen = { resource: resource.value, operation: entry.value, ...parameters };
	recorder.take();
	const result = await run(node, recorder.url, chosen, given);
	const calls = recorder
		.take()
		.filter((call) => !isFurtherPage(call, operation) && !isLookFirst(call, operation));
	const expected = requests.map((request) => wanted(operation, request));
	return {
		expected,
		seen: inOrderOf(
			expected,
			calls.map((call) => arrived(operation, call)),
		),
		result,
		lost,
	};
}

/** Two items: the sample, and the same with other values. */
export async function tryPair(at: Place, subject: Subject, sample: Request, way: Way): Promise<Trial> {
	const { entry, operation } = subject;
	const manner = { choices: way === 'expressions', offered: choicesAt(operation, entry) };
	return await tryOut(at, subject, [sample, varied(operation, sample, manner)], way);
}

/** What came out, and what should have: compare the two. */
export function outcome({ lost, result: { error, items }, seen }: Trial) {
	const linked = items.map(({ pairedItem }) => (pairedItem as { item: number } | undefined)?.item);
	return { error: error?.message, lost, linked: [...new Set(linked)], seen };
}

export function inOrder({ expected }: Trial) {
	return { error: undefined, lost: [], linked: [0, 1], seen: expected };
}

/** Items are worked on side by side, so requests may arrive in any order. */
function inOrderOf(expected: Seen[], seen: Seen[]): Seen[] {
	const rest = [...seen];
	const found = expected.flatMap((one) => {
		const index = rest.findIndex((other) => isDeepStrictEqual(one, other));
		return index < 0 ? [] : rest.splice(index, 1);
	});
	return [...found, ...rest];
}

function isFurtherPage({ query }: Recorded, operation: ContractOperation): boolean {
	const paging = pagingOf(operation);
	return paging !== undefined && Number(query[paging.page]) > 1;
}

/** A request that only reads, before one that could do harm. */
function isLookFirst({ method, path }: Recorded, { key }: ContractOperation): boolean {
	return LOOKS_FIRST[key]?.request === `${method} ${path}`;
}

/** A query is text, so `1` and `"1"` are the same; a body has types. */
function wanted({ method, path }: ContractOperation, { body, query = {} }: Request): Seen {
	return { method, path, query: texts(query), body };
}

function arrived({ fields }: ContractOperation, { body, contentType, method, path, query }: Recorded): Seen {
	return { method, path, query: oneSpelling(query, fields), body: parse(body, contentType) };
}

function texts(query: Json): Json {
	return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}

function parse(body: string, contentType = ''): unknown {
	if (body === '') return undefined;
	return contentType.startsWith('application/json') ? JSON.parse(body) : `not JSON (${contentType}): ${body}`;
}

function oneSpelling(query: Json, fields: Field[]): Json {
	return Object.fromEntries(
		Object.entries(query).map(([name, value]) => {
			const twin = fields.find(({ aliases }) => aliases.includes(name))?.name;
			return [twin && !(twin in query) ? twin : name, value];
		}),
	);
}
