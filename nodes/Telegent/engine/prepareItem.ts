import { sleep, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { buildRequest } from './buildRequest';
import type { Item, Operation, OperationHooks } from './operation';
import { readSteering, type Read } from './parameters';
import { outcomeOfError } from './itemErrors';
import type { ItemOutcome, RunRecord } from './runRecord';

/** An item that is ready to be sent. `before` is its outcome where no request is to be made. */
export interface PreparedItem {
	key: string;
	item: Item;
	before?: ItemOutcome;
}

/** An item that cannot be sent, because of its parameters or a hook. */
export interface RefusedItem {
	refused: unknown;
}

/** An item as far as it is known before its turn. */
export type Prepared = PreparedItem | ItemOutcome | RefusedItem;

/** What all items of one run share. */
export interface RunSetup {
	context: IExecuteFunctions;
	telegent: TelegentClient;
	operation: Operation;
	hooks: OperationHooks;
	record?: RunRecord;
	/** Throws ParameterError for an option that can't be used. */
	checkOptions: (options: IDataObject) => void;
}

/**
 * Reads an item's parameters, builds its request and calls the hook beforeQueue. Where an earlier try of the same run
 * (Retry On Fail, or an execution that this one retries) executed the item, or may have, its outcome is returned, so that
 * it is not executed twice. Never throws.
 */
export function prepareItem(
	{ checkOptions, context, hooks, operation, record, telegent }: RunSetup,
	index: number,
	read: Read,
): Prepared {
	try {
		const request = buildRequest(operation, read, telegent);
		const steering = readSteering(operation, read);
		const earlier = hooks.lookUp && record?.earlier;
		const item: Item = { index, request, read, ...steering, context, telegent, earlier };
		checkOptions(item.options);
		const key = record?.key(index, request) ?? '';
		const recorded = recordedOutcome(item, record?.get(key));
		if (recorded) return { key, item, before: recorded };
		const response = hooks.beforeQueue?.(item);
		if (!response) return { key, item };
		return { key, item, before: { results: [response], withoutRequest: true } };
	} catch (error) {
		return record?.get(String(index)) ?? { refused: error };
	}
}

/** How long items are prepared before other work of n8n gets a turn, such as a request to stop. */
const STRETCH_MS = 20;

/** Prepares all items of a run before the first request, until the execution is stopped. @throws what `prepare` throws */
export async function prepareInTurns(
	context: IExecuteFunctions,
	ready: Array<Prepared | undefined>,
	prepare: (index: number) => Prepared,
): Promise<void> {
	let since = Date.now();
	for (let index = 0; index < context.getInputData().length; index++) {
		ready.push(prepare(index));
		if (Date.now() - since < STRETCH_MS) continue;
		await sleep(0);
		since = Date.now();
		if (context.getExecutionCancelSignal()?.aborted) return;
	}
}

/** How the item ended in an earlier try, unless that is unknown and can be looked up. */
export function recordedOutcome({ earlier }: Item, recorded?: ItemOutcome): ItemOutcome | undefined {
	const isUnknown = recorded && 'error' in recorded && outcomeOfError(recorded.error) === 'unsure';
	return isUnknown && earlier ? undefined : recorded;
}
