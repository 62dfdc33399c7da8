import type { INodeExecutionData } from 'n8n-workflow';
import type { FinishedItems, Item, OperationHooks } from './operation';
import type { Progress } from './progress';
import { outcomeOfError } from './itemErrors';
import { recordedOutcome, type RunSetup } from './prepareItem';
import type { ItemOutcome } from './runRecord';
import { sendItem } from './sendItem';

/** What the hook afterAllItems gets: `outputs` are the output items of the run, in input order. */
export function finishedItems(
	setup: RunSetup,
	progress: Progress,
	outputs: INodeExecutionData[],
): FinishedItems {
	return {
		outputs,
		tellIfStopped: (known) => (progress.known = known),
		sendFurther: async (item, name, hooks) => await sendFurther(setup, item, name, hooks),
	};
}

/**
 * Makes one more request for an item of a run. It is recorded beside the item's own, so that neither Retry On Fail nor
 * "Retry execution" makes it again. Never throws.
 * @param item with the request to make
 * @param name what the request is for, the same in each try of the run
 */
async function sendFurther(
	{ operation, record }: RunSetup,
	item: Item,
	name: string,
	hooks: OperationHooks,
): Promise<ItemOutcome> {
	const key = `${record?.key(item.index, { name }) ?? ''} ${name}`;
	const recorded = recordedOutcome(item, record?.get(key));
	if (recorded) return recorded;
	const settled = await sendItem(item, operation, hooks);
	if ('results' in settled) record?.set(key, settled);
	else {
		await hooks.onFailure?.(item, settled.error);
		if (outcomeOfError(settled.error) !== 'notDone') record?.set(key, settled);
	}
	return settled;
}
