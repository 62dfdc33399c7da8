import { createHash, randomUUID } from 'crypto';
import { NodeApiError, type IDataObject, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { onAbort } from '../../../transport/abortSignals';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import type { Outcome } from '../../../transport/retry';
import { isToolRun } from './caller';
import { oneOrMore, type OneOrMore } from '../../shared/values';

/** How an item ended. `withoutRequest`: a hook gave the results, and nothing was sent for them. */
export type ItemOutcome = { results: IDataObject[]; withoutRequest?: true } | { error: unknown };

/** An earlier execution that this one retries, and that may have executed items whose outcome is not recorded. */
export interface EarlierRun {
	/** When it began, milliseconds since 1970. */
	since: number;
	/** Whether `since` is known, and not only the earliest time that is taken into account. */
	exact: boolean;
	/** When the outcome of a recorded item became unknown for the last time, milliseconds since 1970. */
	unknownAt?: number;
	/** IDs of the messages that belong to recorded items. */
	messageIds: Set<string>;
}

/** What one run of one node did, so that neither n8n nor the user repeats it. */
export interface RunRecord {
	/**
	 * Identifies an item within the run by its position, because its text may depend on the time. Calls of a tool share
	 * one record, so there also by its content.
	 */
	key(index: number, content: object): string;
	/** How the item ended in an earlier try of this run. */
	get(key: string): ItemOutcome | undefined;
	/** Keeps how the item ended, unless a hook gave its results without a request: then it is judged again. */
	set(key: string, settled: ItemOutcome): void;
	/** Number of items that an earlier try sent. */
	readonly sent: number;
	/** The run is over. `mayBeRepeated`: n8n or the user may run the node again for the same items. */
	close(mayBeRepeated: boolean): void;
	/** Runs at the same time that retry the same execution share this key. */
	lock?: string;
	/** Set where the execution is a retry. */
	earlier?: EarlierRun;
}

/** What `getContext('node')` keeps: n8n stores it with the execution, and hands it to "Retry execution". */
interface StoredRun {
	id: string;
	/** Milliseconds since 1970. */
	startedAt: number;
	unknownAt?: number;
	/** Results by the key of their item. */
	done: Record<string, OneOrMore<IDataObject>>;
	/** Errors by the key of their item. */
	failed: Record<string, StoredError>;
}

interface StoredError {
	outcome: Outcome;
	message: string;
	description?: string | null;
	httpCode?: string | null;
}

const CONTEXT_KEY = 'telegent';

/** Value of `confirmedBy` in the output of an item that an earlier execution sent. */
export const BY_EARLIER = 'earlier execution';

/** Results are stored whole up to this length, and after it without long values: n8n writes them to its database. */
const MAX_WHOLE = 2_000_000;
const MAX_SHORT_VALUE = 100;

/** How far back a retried execution may have begun where n8n kept nothing of it, as after a crash. */
const LOOK_BACK_MS = 24 * 3_600_000;

/** Retried executions whose items are kept in memory: every retry begins with what the first execution stored. */
const MAX_RETRIED = 20;
const RETRIED_MS = 3_600_000;
const retriedRuns = processState(new BoundedMap<string, StoredRun>(MAX_RETRIED, RETRIED_MS));

/**
 * The record of this run of the node. Another round of a loop has another run index, and another execution its own
 * record: those send as they should. Undefined for a tool that n8n does not repeat.
 */
export function runRecordFor(context: IExecuteFunctions): RunRecord | undefined {
	// n8n increases the run index when it repeats a tool, and has no "Retry execution" for a call of a tool.
	if (isToolRun(context)) return context.getNode().retryOnFail ? toolRecord(context) : undefined;
	return nodeRecord(context);
}

function nodeRecord(context: IExecuteFunctions): RunRecord {
	const node = context.getNode();
	const retries = context.getMode() === 'retry';
	const runIndex = String(context.getWorkflowDataProxy(0).$runIndex);
	const runs = storedRuns(context);
	const stored = runs[runIndex];
	const began = { id: randomUUID(), startedAt: Date.now(), done: {}, failed: {} };
	const run = (retries && stored && retriedRuns.get(stored.id)) || stored || began;
	runs[runIndex] = run;
	if (retries && stored) retriedRuns.set(run.id, run);
	const signal = context.getExecutionCancelSignal();
	// n8n stores a stopped execution before the node has ended.
	const stopListening = signal && onAbort(signal, () => limitSize(run));
	return {
		// A further request of an item has a key with a name after its position.
		sent: Object.keys(run.done).filter((key) => !key.includes(' ')).length,
		key: (index) => String(index),
		get(key) {
			if (key in run.done) return { results: restoredResults(run.done[key], retries) };
			return key in run.failed ? { error: restoredError(run.failed[key], node, parseInt(key)) } : undefined;
		},
		set(key, settled) {
			if ('error' in settled) run.failed[key] = toStore(settled.error as NodeApiError, run);
			else if (!settled.withoutRequest) run.done[key] = oneOrMore(settled.results);
			if (key in run.done) delete run.failed[key];
		},
		close(mayBeRepeated) {
			stopListening?.();
			if (mayBeRepeated || retries) limitSize(run);
			if (!mayBeRepeated) delete runs[runIndex];
		},
		...(retries && {
			lock: stored ? run.id : JSON.stringify([context.getWorkflow().id, node.id]),
			earlier: earlierRun(run, stored !== undefined),
		}),
	};
}

/** The records of all runs of the node in this execution, by run index. */
function storedRuns(context: IExecuteFunctions): Record<string, StoredRun> {
	const kept = context.getContext('node') as { [CONTEXT_KEY]?: Record<string, StoredRun> };
	return (kept[CONTEXT_KEY] ??= {});
}

function earlierRun(run: StoredRun, exact: boolean): EarlierRun {
	const messageIds = new Set(
		Object.values(run.done)
			.flat()
			.map(({ MessageId }) => String(MessageId)),
	);
	const since = exact ? run.startedAt : run.startedAt - LOOK_BACK_MS;
	return { since, exact, unknownAt: run.unknownAt, messageIds };
}

/** An earlier run of which nothing is known. */
export function unknownRun(): EarlierRun {
	return { since: Date.now() - LOOK_BACK_MS, exact: false, messageIds: new Set() };
}

function toStore({ context, description, httpCode, message }: NodeApiError, run: StoredRun): StoredError {
	if (context.outcome === 'unsure') run.unknownAt = Date.now();
	return { outcome: context.outcome as Outcome, message, description, httpCode };
}

/**
 * Shortens the results that exceed the limit, before n8n stores them. While the run lasts, the record refers to the results
 * of the output, so it needs no shortening to save memory.
 */
function limitSize(run: StoredRun): void {
	let size = 0;
	for (const [key, results] of Object.entries(run.done)) {
		if (size <= MAX_WHOLE) size += JSON.stringify(results).length;
		if (size > MAX_WHOLE) run.done[key] = oneOrMore([results].flat().map(shortValues));
	}
}

/** A record without what takes much room, such as text, media and lists; it keeps the IDs. */
function shortValues(record: IDataObject): IDataObject {
	const short = (value: unknown) => typeof value !== 'object' && String(value).length <= MAX_SHORT_VALUE;
	return Object.fromEntries(Object.entries(record).filter(([, value]) => short(value)));
}

/** @param retries whether another execution did it, which the output says */
function restoredResults(stored: OneOrMore<IDataObject>, retries: boolean): IDataObject[] {
	const results = [stored].flat();
	return retries ? results.map((record) => ({ ...record, confirmedBy: BY_EARLIER })) : results;
}

function restoredError(stored: StoredError, node: INode, itemIndex: number): NodeApiError {
	const { description, httpCode, message, outcome } = stored;
	const error = new NodeApiError(node, { message }, { message, itemIndex });
	error.description = description;
	error.httpCode = httpCode ?? null;
	error.context.outcome = outcome;
	return error;
}

/** n8n repeats a run after at most five seconds (`getRetryParams` of its engine); this is far longer. */
const REPEATABLE_MS = 10 * 60_000;

/** More calls with Retry On Fail than one process can start in that time. */
const MAX_TOOL_CALLS = 50_000;

/** The settled items of each tool in each execution, by their keys. */
const toolCalls = processState(
	new BoundedMap<string, Map<string, ItemOutcome>>(MAX_TOOL_CALLS, REPEATABLE_MS),
);

/** The record that all calls of a tool share in one execution, for Retry On Fail. */
function toolRecord(context: IExecuteFunctions): RunRecord {
	const { id, name } = context.getNode();
	const tool = JSON.stringify([context.getWorkflow().id, context.getExecutionId(), id, name]);
	const done = toolCalls.get(tool) ?? new Map<string, ItemOutcome>();
	const own = new Set<string>();
	const stay = () => toolCalls.set(tool, done);
	stay();
	return {
		sent: 0,
		key: idempotencyKey,
		get: (key) => {
			own.add(key);
			return done.get(key);
		},
		set: (key, settled) => void done.set(key, settled),
		close: (mayBeRepeated) => {
			if (mayBeRepeated) return stay();
			for (const key of own) done.delete(key);
			if (done.size === 0) toolCalls.delete(tool);
		},
	};
}

/** An item by its position and its content. */
export function idempotencyKey(index: number, content: object): string {
	return `${index} ${createHash('sha256').update(JSON.stringify(content)).digest('base64')}`;
}
