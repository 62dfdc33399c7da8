import { isDeepStrictEqual } from 'node:util';
import type { INodeExecutionData } from 'n8n-workflow';
import {
	pagingOf,
	type ContractOperation,
	type Field,
	type Json,
	type Request,
} from '../../../scripts/lib/contract.mts';
import type { Subject } from '../../../scripts/lib/operations.mts';
import { runNode } from '../../support/n8n.mts';
import { LOOKS_FIRST } from '../exceptions.mts';
import type { Recorded, Recorder } from '../recorder.mts';
import { choicesAt, fill, type Way } from './fill.mts';
import { varied } from './otherValues.mts';

/** A request as the contract wants it, or as it arrived, in a form that can be compared. */
export interface Seen {
	method: string;
	path: string;
	query: Json;
	body: unknown;
}

export interface NodeRun {
	expected: Seen[];
	seen: Seen[];
	items: INodeExecutionData[];
	error?: string;
	/** Fields of the requests that the editor has no place for. */
	lost: string[];
}

export const WAYS: Way[] = ['typed', 'expressions'];

/** Fills the node so that each item should make one of the requests, runs it, and returns what it sent and gave. */
export async function runRequests(
	recorder: Recorder,
	{ entry, operation, resource }: Pick<Subject, 'entry' | 'operation' | 'resource'>,
	requests: Request[],
	way: Way,
	choices?: Json,
): Promise<NodeRun> {
	const { items, lost, parameters } = fill(operation, entry, requests, way, choices);
	const chosen = { resource: resource.value, operation: entry.value, ...parameters };
	recorder.take();
	const result = await runNode({
		credential: credential(recorder.url),
		parameters: chosen,
		items: items.map((json) => ({ json: json as INodeExecutionData['json'] })),
		// What n8n finds wrong with the parameters themselves, it says before the node runs.
	}).catch((error: Error) => ({ error, items: [] }));
	const calls = recorder
		.take()
		.filter((call) => !isFurtherPage(call, operation) && !isLookFirst(call, operation));
	const expected = requests.map((request) => wanted(operation, request));
	const seen = calls.map((call) => arrived(operation, call));
	return {
		expected,
		seen: inOrderOf(expected, seen),
		items: result.items,
		error: result.error?.message,
		lost,
	};
}

export function credential(baseUrl: string) {
	return { accountKey: 'DID-contract', accountSecret: 'contract-secret', baseUrl };
}

/** Two items: the sample, and the same with other values. */
export async function runPair(
	recorder: Recorder,
	subject: Subject,
	sample: Request,
	way: Way,
	other?: Request,
): Promise<NodeRun> {
	const second = other ?? varied(subject.operation, sample, mannerOf(subject, way));
	return await runRequests(recorder, subject, [sample, second], way);
}

/** How the second item may differ from the first: what is typed into the editor is the same for both. */
export function mannerOf({ entry, operation }: Subject, way: Way) {
	return { choices: way === 'expressions', offered: choicesAt(operation, entry) };
}

/** What came out. */
export function outcome({ error, items, lost, seen }: NodeRun) {
	const linked = items.map(({ pairedItem }) => (pairedItem as { item: number } | undefined)?.item);
	return { error, lost, linked: [...new Set(linked)], seen };
}

/** What should have come out. */
export function expectedOutcome({ expected }: NodeRun) {
	return { error: undefined, lost: [], linked: [0, 1], seen: expected };
}

/** The items run in parallel, so requests may arrive in any order. */
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
