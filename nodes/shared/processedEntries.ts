import type { DeduplicationScope, ICheckProcessedOptions, IExecuteFunctions } from 'n8n-workflow';
import { runExclusive } from './mutex';

/*
 * Access to the row that a node has in n8n's deduplication table, or that all nodes of a workflow share. n8n reads and writes the whole row at each call, and
 * the table has no lock: two calls at the same moment can lose an entry of one.
 */

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
