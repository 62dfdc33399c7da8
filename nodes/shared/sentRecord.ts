import type { ICheckProcessedOptions, IExecuteFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../transport/boundedMap';
import { processState } from '../../transport/processState';
import { recordEntries, withProcessedEntries } from './processedEntries';

/*
 * Which messages a workflow sent itself, so that its own are told apart from those of people and other systems. This
 * process remembers the IDs. The row that the nodes of a workflow share in n8n's deduplication table keeps them for
 * other processes and after a restart.
 */

/** n8n reads and writes all entries of a row at each call: these take about 135 KB. The oldest go first. */
const KEPT: ICheckProcessedOptions = { mode: 'entries', maxEntries: 5_000 };

/** More messages than most processes send in the minutes for which a workflow stays silent. */
export const MAX_SENT = 50_000;

/** IDs of workflows by the IDs of their messages. */
const sentHere = processState(new BoundedMap<string, string>(MAX_SENT));

type WorkflowOf = Pick<IExecuteFunctions, 'getWorkflow'>;

const entryOf = (id: string) => `sent ${id}`;

/** This workflow sent the message with this ID. Remembered in this process only. */
export function rememberSent(context: WorkflowOf, id: unknown): void {
	if (id) sentHere.set(String(id), String(context.getWorkflow().id));
}

/** Stores IDs of messages for all processes. Never throws: a message that isn't stored counts as somebody else's. */
export async function storeSent(context: IExecuteFunctions, ids: string[]): Promise<void> {
	await withRow(context, async () => await recordEntries(context, ids.map(entryOf), KEPT, 'workflow'));
}

/** The IDs of the messages that this workflow isn't known to have sent. */
export async function notSentBy(context: IExecuteFunctions, ids: string[]): Promise<string[]> {
	const own = String(context.getWorkflow().id);
	const unknown = ids.filter((id) => sentHere.get(id) !== own);
	if (unknown.length === 0) return [];
	const stored = await withRow(context, async () => await findStored(context, unknown.map(entryOf)));
	return unknown.filter((id) => !stored?.has(entryOf(id)));
}

/** n8n's table can only be read by writing to it. */
async function findStored(context: IExecuteFunctions, entries: string[]): Promise<Set<string>> {
	const stored = await recordEntries(context, entries, KEPT, 'workflow');
	const written = entries.filter((entry) => !stored.has(entry));
	if (written.length > 0) await context.helpers.removeProcessed(written, 'workflow', KEPT);
	return stored;
}

/** Undefined where n8n cannot store, as for a workflow that was never saved. */
async function withRow<T>(context: IExecuteFunctions, work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await withProcessedEntries(context, work, 'workflow');
	} catch (error) {
		context.logger.warn(
			`Telegent: n8n's record of this workflow's messages couldn't be used, so only messages sent by this n8n process are known: ${(error as Error).message}`,
		);
		return undefined;
	}
}
