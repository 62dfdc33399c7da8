import { createHash } from 'crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

/** How an item ended that must not be done again: with answers, or unsure. */
export type Ended = { answers: IDataObject[] } | { error: unknown };

/** What one run of one node has done, by item and content. */
export type Memory = Map<string, Ended>;

const MAX_RUNS = 50;
const runs = new Map<string, Memory>();

/**
 * n8n's "Retry On Fail" runs the whole node again, in the same execution and with the same run index: after an error,
 * and also when the first item of the output is one. What this run sent before is kept here until it succeeds, so that the repetition does not send it again. Another round of a loop
 * has another run index, and another execution another id: those send as they should.
 * Undefined where n8n will not repeat the run.
 */
export function memoryOf(context: IExecuteFunctions): { memory: Memory; forget: () => void } | undefined {
	const { id, name, retryOnFail } = context.getNode();
	if (!retryOnFail) return undefined;
	// Repeating a tool, n8n counts the run index up.
	const runIndex = context.isToolExecution() ? 'tool' : (context.getWorkflowDataProxy(0).$runIndex as number);
	const key = JSON.stringify([context.getWorkflow().id, context.getExecutionId(), id, name, runIndex]);
	const memory = runs.get(key) ?? new Map<string, Ended>();
	runs.delete(key);
	runs.set(key, memory);
	const [oldest] = runs.keys();
	if (runs.size > MAX_RUNS) runs.delete(oldest);
	return { memory, forget: () => void runs.delete(key) };
}

/** What identifies an item's work within a run: its position and its content. */
export function contentKey(index: number, content: IDataObject): string {
	return `${index} ${createHash('sha256').update(JSON.stringify(content)).digest('base64')}`;
}
