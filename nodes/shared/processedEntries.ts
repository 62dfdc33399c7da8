import type { DeduplicationScope, ICheckProcessedOptions, IExecuteFunctions } from 'n8n-workflow';
import { runExclusive } from './mutex';

/*
 * Access to the row that a node has in n8n's deduplication table, or that all nodes of a workflow share. n8n reads and
 * writes the whole row at each call, and the table has no lock: two calls at the same moment can lose an entry of one. So
 * what must not get lost is read again.
 */

/** On a fast database, a call of another process ends within this time. */
const READ_AGAIN_MS = 40;
/** On a slow one, within this many times the duration of this process's own call. */
const READ_AGAIN_FACTOR = 3;
const MAX_READ_AGAIN_MS = 1_000;

/** Milliseconds from a call that took `callMs` until what it wrote is read again. */
export function readAgainAfter(callMs: number): number {
	return Math.min(READ_AGAIN_MS + READ_AGAIN_FACTOR * callMs, MAX_READ_AGAIN_MS);
}

/** Runs `work` when no other work of this process uses the row. */
export async function withProcessedEntries<T>(
	context: IExecuteFunctions,
	work: () => Promise<T>,
	scope: DeduplicationScope = 'node',
): Promise<T> {
	const { id } = context.getWorkflow();
	const row = scope === 'node' ? `entries ${id} ${context.getNode().id}` : `entries ${id}`;
	return await runExclusive(row, work);
}

/**
 * Writes entries to the row.
 * @returns those that were there already
 * @throws Error where n8n cannot store them, as for a workflow that was never saved
 */
export async function recordEntries(
	context: IExecuteFunctions,
	entries: string[],
	options: ICheckProcessedOptions,
	scope: DeduplicationScope = 'node',
): Promise<Set<string>> {
	const record = async () => await context.helpers.checkProcessedAndRecord(entries, scope, options);
	// The first call inserts the row. If another process does so at the same moment, one insert is refused.
	const { processed } = await record().catch(record);
	return new Set(processed.map(String));
}
