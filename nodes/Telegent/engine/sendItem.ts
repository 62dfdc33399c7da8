import type { IDataObject } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import { toNodeError, outcomeOfError } from './itemErrors';
import { payloadOf, type FetchList, type Item, type Operation, type OperationHooks } from './operation';
import type { EarlierRun, ItemOutcome } from './runRecord';
import { allPages, isEmpty, selectFields, simplifyAndMask, toRecords } from './response';
import { assertConfirmed, unreadableResponse } from './unconfirmed';

/* One item's way to Telegent and back: from its request to the records of its output. */

/**
 * Makes the item's request and calls the hooks around it: lookUp, beforeRequest, accept, afterResponse and, where the
 * outcome of the request is unknown, recover. Never throws: an error becomes the item's outcome.
 */
export async function sendItem(
	item: Item,
	operation: Operation,
	hooks: OperationHooks,
): Promise<ItemOutcome> {
	const earlier = item.earlier && (await settle(findEarlier(item, item.earlier, hooks)));
	if (earlier && 'error' in earlier) return earlier;
	if (earlier?.value) return { results: [earlier.value] };
	const startedAt = Date.now();
	try {
		const instead = await hooks.beforeRequest?.(item);
		if (instead) return { results: [instead], withoutRequest: true };
		return { results: await requestRecords(item, operation, hooks) };
	} catch (error) {
		return await recover(item, error, startedAt, hooks);
	}
}

/** The output item of what an earlier execution sent, or undefined where it surely did not send it. */
async function findEarlier(item: Item, earlier: EarlierRun, hooks: OperationHooks) {
	const found = await hooks.lookUp?.(item, earlier);
	return found && ((await hooks.afterResponse?.(item, found)) ?? found);
}

/** Looks for the result of a request whose outcome is unknown. Without one, the error is the outcome. */
async function recover(
	item: Item,
	error: unknown,
	startedAt: number,
	hooks: OperationHooks,
): Promise<ItemOutcome> {
	if (outcomeOfError(error) !== 'unsure') return { error };
	try {
		const found = await hooks.recover?.(item, startedAt);
		if (!found) return { error };
		return { results: [(await hooks.afterResponse?.(item, found)) ?? found] };
	} catch (later) {
		return { error: later };
	}
}

async function requestRecords(
	item: Item,
	operation: Operation,
	hooks: OperationHooks,
): Promise<IDataObject[]> {
	const records = await fetchRecords(item, operation, hooks).catch((error: unknown) => {
		throw unreadableResponse(item.context.getNode(), error, item.request, item.index);
	});
	if (operation.deletes) return [deleted(item, records[0])];
	const finish = async (record: IDataObject) =>
		isEmpty(record) ? record : ((await hooks.afterResponse?.(item, record)) ?? record);
	const finished = await Promise.all(records.map(finish)).catch((error) =>
		throwExecutedButFailed(error, item, operation, records),
	);
	return finished.map((record) => selectFields(record, item.outputFields));
}

async function fetchRecords(item: Item, operation: Operation, hooks: OperationHooks): Promise<IDataObject[]> {
	const { context, index, limit, showSecrets, simplify, telegent } = item;
	const { paging } = operation;
	const callPage = async (page: IDataObject) => {
		const bulk = paging && Number(page[paging.page]) > 1;
		const { request } = item;
		return await telegent.call({ ...request, query: { ...request.query, ...page }, bulk }, index);
	};
	const list: FetchList = async (most, keep) =>
		paging
			? await allPages(operation, paging, callPage, most, keep)
			: toRecords(await telegent.call(item.request, index), operation).slice(0, most);
	const records = hooks.fetch ? await hooks.fetch(item, list) : await list(limit);
	assertConfirmed(context.getNode(), records, item.request, index);
	for (const record of records) hooks.accept?.(item, record);
	return records.map((record) => simplifyAndMask(record, operation, simplify, showSecrets));
}

/** The output of a delete: the IDs that were sent, and what the response adds. */
function deleted(item: Item, response: IDataObject = {}): IDataObject {
	const ids = payloadOf(item);
	return isEmpty(response) ? { deleted: true, ...ids } : { deleted: true, ...ids, ...response, ...ids };
}

/**
 * Telegent executed the request, but a later step failed: the request must not be repeated, and the error keeps its
 * response.
 */
function throwExecutedButFailed(
	cause: unknown,
	{ context, index }: Item,
	{ safety }: Operation,
	records: IDataObject[],
): never {
	const error = toNodeError(context, cause, index);
	if (safety === 'read' || error.context.outcome === 'done') throw error;
	const response = JSON.stringify(records.length === 1 ? records[0] : records).slice(0, 1000);
	const done = `Telegent completed this request, but a later request or check didn't succeed. Don't run it again. Telegent's response: ${response}.`;
	error.context.outcome = 'done';
	error.description = [done, error.description].filter(Boolean).join(' ');
	throw error;
}
