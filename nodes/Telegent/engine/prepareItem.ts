import type { IExecuteFunctions } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { buildRequest } from './buildRequest';
import type { Item, Operation, OperationHooks } from './operation';
import { readSteering, type Read } from './parameters';
import type { ItemOutcome, ReplayCache } from './replayCache';

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

/** What all items of one run share. */
export interface RunSetup {
	context: IExecuteFunctions;
	telegent: TelegentClient;
	operation: Operation;
	hooks: OperationHooks;
	replayCache?: ReplayCache;
}

/**
 * Reads an item's parameters, builds its request and calls the hook beforeQueue. Where an earlier try of the same run
 * (Retry On Fail) executed the item, or may have, its outcome is returned, so that it is not executed twice. Never throws.
 */
export function prepareItem(
	{ context, hooks, operation, replayCache, telegent }: RunSetup,
	index: number,
	read: Read,
): PreparedItem | ItemOutcome | RefusedItem {
	try {
		const request = buildRequest(operation, read, telegent);
		const item: Item = { index, request, read, ...readSteering(operation, read), context, telegent };
		const key = replayCache?.key(index, request) ?? '';
		const replayed = replayCache?.get(key);
		if (replayed) return { key, item, before: replayed };
		const response = hooks.beforeQueue?.(item);
		if (!response) return { key, item };
		return { key, item, before: { results: [response], withoutRequest: true } };
	} catch (error) {
		return replayCache?.get(String(index)) ?? { refused: error };
	}
}
