import type { INodeExecutionData } from 'n8n-workflow';
import { timeoutWarning } from './executionTimeout';
import type { RunSetup } from './prepareItem';
import type { Progress } from './progress';
import { BY_EARLIER } from './runRecord';

const LOCATION = 'outputPane';

/** Adds to a finished run what n8n shows above its output: what an earlier execution did, the summary, warnings. */
export function addHints(
	{ context, hooks, record, telegent }: RunSetup,
	items: INodeExecutionData[],
	{ failures, verb }: Progress,
): void {
	const earlier = record?.earlier && earlierHint(items, context.getInputData().length, verb);
	for (const message of [earlier, hooks.summary?.(failures)])
		if (message) context.addExecutionHints({ message, location: LOCATION });
	const timeout = timeoutOf({ context, record, telegent });
	for (const message of [...(timeout ? [timeout] : []), ...(hooks.warnings?.() ?? [])])
		context.addExecutionHints({ message, type: 'warning', location: LOCATION });
}

/** Says in n8n's log, and to whoever watches, that n8n will stop the run before its list is through. */
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
	return `${size} of ${count} items ${size === 1 ? 'was' : 'were'} ${verb} by an earlier execution, and not again`;
}
