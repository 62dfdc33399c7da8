import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { timeoutWarning } from './executionTimeout';
import type { RunSetup } from './prepareItem';
import type { Progress } from './progress';
import { BY_EARLIER } from './runRecord';

const LOCATION = 'outputPane';

/** Adds to a finished run what n8n shows above its output: what an earlier execution did, the summary, warnings. */
export function addHints(setup: RunSetup, items: INodeExecutionData[], progress: Progress): void {
	const { context, hooks, record } = setup;
	const { failures, verb } = progress;
	const add = (message: string | undefined, type?: 'warning') => {
		if (message) context.addExecutionHints({ message, type, location: LOCATION });
	};
	if (record?.earlier) add(earlierHint(items, context.getInputData().length, verb));
	add(hooks.summary?.(failures), failures > 0 ? 'warning' : undefined);
	if (record) add(retryHint(context, verb));
	for (const message of [timeoutOf(setup), progress.unsureItems(), ...(hooks.warnings?.() ?? [])])
		add(message, 'warning');
}

/** Only in the editor: hints are stored with the execution. No condition of `hints` can see this setting. */
function retryHint(context: IExecuteFunctions, verb: string): string | undefined {
	if (!context.getNode().retryOnFail || context.getMode() !== 'manual') return undefined;
	return `'Retry On Fail' is on. When n8n runs this node again, items that were ${verb}, or may have been, aren't ${verb} again.`;
}

/** Warns in n8n's log and in the open editor that n8n will stop the run before its list is finished. */
export function announceTimeout(setup: RunSetup): void {
	const warning = timeoutOf(setup);
	if (!warning) return;
	setup.context.logger.warn(`Telegent: ${warning}`);
	setup.context.sendMessageToUI(`Telegent: ${warning}`);
}

function timeoutOf({ context, record, telegent }: Pick<RunSetup, 'context' | 'record' | 'telegent'>) {
	return record && timeoutWarning(context, context.getInputData().length, telegent.perMinute);
}

/** How many items of a retried execution were not sent again. */
function earlierHint(items: INodeExecutionData[], count: number, verb: string): string | undefined {
	const confirmed = items.filter(
		({ json }) => json.confirmedBy === BY_EARLIER || json.confirmedBy === 'lookup',
	);
	const { size } = new Set(confirmed.map(({ pairedItem }) => pairedItem));
	if (size === 0) return undefined;
	return `${size} of ${count} items ${size === 1 ? 'was' : 'were'} already ${verb} by an earlier execution, and not ${verb} again`;
}
