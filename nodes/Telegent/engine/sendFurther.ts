import type { Item, OperationHooks } from './operation';
import { outcomeOfError } from './itemErrors';
import { recordedOutcome, type RunSetup } from './prepareItem';
import type { ItemOutcome } from './runRecord';
import { sendItem } from './sendItem';

/**
 * Makes one more request for an item of a run. It is recorded beside the item's own, so that neither Retry On Fail nor
 * "Retry execution" makes it again. Never throws.
 * @param item with the request to make
 * @param name what the request is for, the same in each try of the run
 */
export async function sendFurther(
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
