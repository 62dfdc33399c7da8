import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';

/** How an item ended. `withoutRequest`: a hook gave the results, and nothing was sent for them. */
export type ItemOutcome = { results: IDataObject[]; withoutRequest?: true } | { error: unknown };

/** Outcomes of the items of one run of one node, for n8n's Retry On Fail. */
export interface ReplayCache {
	/**
	 * Identifies an item within the run by its position, because its text may depend on the time. Calls of a tool share
	 * one cache, so there also by its content.
	 */
	key(index: number, content: object): string;
	/** How the item ended in an earlier try of this run. */
	get(key: string): ItemOutcome | undefined;
	set(key: string, settled: ItemOutcome): void;
	/** The run is over, and n8n may repeat it or not. */
	close(mayBeRepeated: boolean): void;
}

/** n8n repeats a run after at most five seconds (`getRetryParams` of its engine); this is far longer. */
const REPEATABLE_MS = 10 * 60_000;

/** More runs with Retry On Fail than one process can start in that time. */
const MAX_RUNS = 50_000;

/** The settled items of each run, by their keys. */
const runs = processState(new BoundedMap<string, Map<string, ItemOutcome>>(MAX_RUNS, REPEATABLE_MS));

/**
 * n8n's "Retry On Fail" runs the whole node again, in the same execution and with the same run index: after an error,
 * and also when the first item of the output is one. What this run sent before is kept here, so that the repetition
 * does not send it again. Another round of a loop has another run index, and another execution another id: those send
 * as they should. Undefined where n8n will not repeat the run.
 */
export function replayCacheFor(context: IExecuteFunctions): ReplayCache | undefined {
	const { id, name, retryOnFail } = context.getNode();
	if (!retryOnFail) return undefined;
	// n8n increases the run index when it repeats a tool, so parallel calls of a tool share one cache.
	const isTool = context.isToolExecution();
	const runIndex = isTool ? 'tool' : (context.getWorkflowDataProxy(0).$runIndex as number);
	const run = JSON.stringify([context.getWorkflow().id, context.getExecutionId(), id, name, runIndex]);
	const done = runs.get(run) ?? new Map<string, ItemOutcome>();
	const own = new Set<string>();
	const stay = () => runs.set(run, done);
	stay();
	return {
		key: (index, content) => (isTool ? idempotencyKey(index, content) : String(index)),
		get: (key) => {
			own.add(key);
			return done.get(key);
		},
		set: (key, settled) => void done.set(key, settled),
		close: (mayBeRepeated) => {
			if (mayBeRepeated) return stay();
			for (const key of own) done.delete(key);
			if (done.size === 0) runs.delete(run);
		},
	};
}

/** An item by its position and its content. */
export function idempotencyKey(index: number, content: object): string {
	return `${index} ${createHash('sha256').update(JSON.stringify(content)).digest('base64')}`;
}
