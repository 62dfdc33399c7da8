import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';

const md5 = (value: DeduplicationItemTypes) => createHash('md5').update(String(value)).digest('base64');

/** The nodes of a workflow share the row of the scope `workflow`. */
const rowOf = (scope: string, workflowId?: string, nodeId?: string) =>
	scope === 'node' ? `${workflowId} ${nodeId}` : `${workflowId} `;

/**
 * n8n's deduplication table (`deduplication-helper.js` of n8n): one row per workflow and node, which each call reads
 * and writes as a whole, without a lock.
 */
export class ProcessedData implements IDataDeduplicator {
	/** Hashes by row; what a restart of n8n keeps. */
	readonly rows = new Map<string, string[]>();

	calls = 0;

	/** How long the database takes to read or to write, in milliseconds. */
	latencyMs = 0;

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: string,
		{ node, workflow }: ICheckProcessedContextData,
		{ maxEntries = Infinity }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		this.calls++;
		if (!workflow.id) throw new Error('The expression evaluated to a falsy value');
		const row = rowOf(scope, workflow.id, node?.id);
		const stored = await this.read(row);
		const known = new Set(stored);
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) (known.has(md5(item)) ? output.processed : output.new).push(item);
		const all = [...(stored ?? []), ...output.new.map(md5)];
		await this.pause();
		if (!stored && this.rows.has(row)) throw new Error('UNIQUE constraint failed: processed_data');
		this.rows.set(row, all.slice(Math.max(0, all.length - maxEntries)));
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: string,
		{ node, workflow }: ICheckProcessedContextData,
	): Promise<void> {
		this.calls++;
		const row = rowOf(scope, workflow.id, node?.id);
		const stored = await this.read(row);
		const removed = new Set(items.map(md5));
		await this.pause();
		if (stored)
			this.rows.set(
				row,
				stored.filter((hash) => !removed.has(hash)),
			);
	}

	async clearAllProcessedItems(): Promise<void> {
		this.rows.clear();
	}

	async getProcessedDataCount(): Promise<number> {
		return [...this.rows.values()].flat().length;
	}

	private async read(row: string): Promise<string[] | undefined> {
		await this.pause();
		const stored = this.rows.get(row);
		return stored && [...stored];
	}

	private async pause(): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, this.latencyMs));
	}
}

/** The table of all runs of a test file. */
export const processedData = new ProcessedData();
