import type { IExecuteFunctions } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import { isN8n1, isTool } from './caller';
import { ClaimTable } from './claimTable';
import type { RunSetup } from './prepareItem';
import { unknownRun } from './runRecord';

/** In n8n 2, a run with fewer items keeps no entry: it would take about as long as the run. */
const MIN_ITEMS = 10;

/** Names a run of the node in n8n's deduplication table. */
export function runEntry(context: IExecuteFunctions): string {
	return `run ${context.getExecutionId()} ${String(context.getWorkflowDataProxy(0).$runIndex)}`;
}

/**
 * Keeps an entry of a list while it is being sent. If there is one already, n8n has begun this run before: n8n 1 executes
 * the execution of a dead worker again, with the same ID and not as a retry (n8n 2.40 doesn't). Then each message is
 * looked up before it is sent. A run that ended has taken its entry back, also before Retry On Fail.
 * @returns takes the entry back
 */
export async function keepRunEntry({ context, hooks, record }: RunSetup): Promise<() => Promise<void>> {
	const fewest = isN8n1(context) ? 1 : MIN_ITEMS;
	if (!record || !hooks.lookUp || isTool(context) || context.getInputData().length < fewest)
		return async () => {};
	const table = new ClaimTable(context);
	const entry = runEntry(context);
	// Where n8n cannot store it, as for a workflow that was never saved, no worker executes the workflow either.
	const state = await settle(table.claim(entry));
	if ('value' in state && state.value !== 'new') record.earlier ??= unknownRun();
	return async () => {
		table.release(entry);
		await table.flush();
	};
}
