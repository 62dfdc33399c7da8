import {
	NodeError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPairedItemData,
	sleep,
} from 'n8n-workflow';
import { connect, type TelegentClient } from '../../../transport/client';
import { answersErrors } from './caller';
import { dryRunHooks, toolRefusal } from './toolPolicy';
import { readSwitch, ParameterError, parametersOf, type Read } from './parameters';
import { allPages, toRecords, isEmpty, simplifyAndMask } from './response';
import { buildRequest } from './buildRequest';
import { failedError, failedItem, nodeError, numberOf, outcomeOfError, refusedError } from './itemErrors';
import { replayCacheFor, type ItemOutcome } from './replayCache';
import { payloadOf, type Item, type Operation, type Resource, type OperationHooks } from './operation';
import { mapConcurrent, type Task } from './concurrency';
import { Progress } from './progress';
import { assertConfirmed, unreadableResponse } from './unconfirmed';

/** Requests of one node that are under way at a time, where the person does not say otherwise. */
const CONCURRENCY = 10;
/** How long a list is prepared at a stretch: n8n has other work, and may be told to stop. */
const STRETCH_MS = 20;

/**
 * The node's `execute`: runs the chosen operation for each item and links every result to its item.
 * @throws NodeApiError or NodeOperationError with the item's index, unless the person chose to continue on errors
 */
export async function runOperation(
	this: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = findOperation(this, resources);
	const refused = toolRefusal(this, operation);
	if (refused) return [this.getInputData().flatMap((_, item) => linkedItems([refused], item))];
	return await new Run(this, operation, await connect(this)).runAll();
}

function findOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operations = resources.find((entry) => entry.value === resource)?.operations ?? [];
	const operation = operations.find((entry) => entry.value === value);
	if (operation) return operation;
	const message = `The Telegent node has no operation "${value}" of "${resource}"`;
	const description =
		'Choose resource and operation again. The workflow may come from a newer version of this node.';
	throw new NodeOperationError(context.getNode(), message, { description });
}

/** An item that is ready to go, or how it ended before that. */
type Prepared = { key: string; item: Item; before?: ItemOutcome };

/** An item that cannot be sent as it is. */
type RefusedItem = { refused: unknown };

/** Answers that steps gave in place of a request. */
const madeHere = new WeakSet<IDataObject>();
const isMadeHere = (response: IDataObject) => madeHere.has(response);

/** One run of the node. */
class Run {
	private readonly hooks: OperationHooks;

	private readonly replayCache;

	private readonly parameters;

	private readonly count: number;

	private readonly progress: Progress;

	/** The whole list, where all of it is checked before the first request. */
	private readonly ready: Array<Prepared | ItemOutcome | undefined> = [];

	/** The first request may be made. */
	private started = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly telegent: TelegentClient,
	) {
		this.hooks = dryRunHooks(context, operation) ?? operation.hooks?.() ?? {};
		this.replayCache = operation.safety === 'once' ? replayCacheFor(context) : undefined;
		this.parameters = parametersOf(context);
		this.count = context.getInputData().length;
		const verb = this.hooks.recipients ? 'sent' : 'done';
		this.progress = new Progress(context, this.count, telegent.perMinute, verb);
	}

	async runAll(): Promise<INodeExecutionData[][]> {
		let mayBeRepeated = true;
		const signal = this.context.getExecutionCancelSignal();
		const stopped = () => this.progress.stopped();
		if (this.operation.safety !== 'read') signal?.addEventListener('abort', stopped, { once: true });
		try {
			if (this.operation.safety !== 'read' && !this.continues()) await this.prepareAll();
			this.started = true;
			const results = await mapConcurrent(this.count, this.concurrency(), (index) => this.taskFor(index));
			const outputs = this.byOutput(results.flat());
			this.addHints();
			// n8n repeats a run whose first item failed too, even where the person chose to continue.
			mayBeRepeated = Boolean(outputs[0][0]?.json.error);
			return outputs;
		} catch (error) {
			return this.rethrowWithContext(error);
		} finally {
			signal?.removeEventListener('abort', stopped);
			this.replayCache?.close(mayBeRepeated);
		}
	}

	/** Whether the other items go on after one that failed. */
	private continues(): boolean {
		return this.context.continueOnFail() || answersErrors(this.context);
	}

	/** Where one item ends the run, all are prepared before the first request: otherwise some have their message already. */
	private async prepareAll(): Promise<void> {
		let since = Date.now();
		for (let index = 0; index < this.count; index++) {
			const ready = this.prepare(index);
			if ('refused' in ready) {
				const to = this.recipients(index);
				throw refusedError(this.context, ready.refused, index, to, this.sentBefore());
			}
			this.ready.push(ready);
			if (Date.now() - since < STRETCH_MS) continue;
			await sleep(0);
			since = Date.now();
			if (this.context.getExecutionCancelSignal()?.aborted) return;
		}
	}

	/** How many items an earlier try of this run has sent. */
	private sentBefore(): number {
		const { replayCache } = this;
		const all = this.context.getInputData().map((_, index) => replayCache?.get(String(index)));
		return all.filter((settled) => settled && 'results' in settled && !settled.results.some(isMadeHere))
			.length;
	}

	private addHints(): void {
		const location = 'outputPane';
		const summary = this.hooks.summary?.(this.progress.failures);
		if (summary) this.context.addExecutionHints({ message: summary, location });
		for (const message of this.hooks.warnings?.() ?? [])
			this.context.addExecutionHints({ message, type: 'warning', location });
	}

	private taskFor(index: number): Task<INodeExecutionData[]> {
		const ready = this.ready[index] ?? this.prepare(index);
		this.ready[index] = undefined;
		const item = 'item' in ready ? ready.item : undefined;
		const work = async () => {
			this.progress.begins();
			const settled = await this.outcomeFor(ready);
			const to = this.recipients(index, item);
			if ('error' in settled) return this.toErrorItem(settled.error, index, to);
			this.progress.ends(!settled.results.some(isMadeHere), to.map(numberOf));
			return linkedItems(settled.results, index);
		};
		return { work, keys: item ? (this.hooks.order?.(item) ?? []) : [] };
	}

	private async outcomeFor(ready: Prepared | ItemOutcome | RefusedItem): Promise<ItemOutcome> {
		if ('refused' in ready) return { error: ready.refused };
		return 'item' in ready ? await this.settleItem(ready) : ready;
	}

	/** Whom the item is for, as far as that can be told. */
	private recipients(index: number, item?: Item): IDataObject[] {
		try {
			return this.hooks.recipients?.(this.parameters(index), item) ?? [];
		} catch {
			return [];
		}
	}

	/** What goes to a further output goes on as it came, files included: it may come back later. */
	private byOutput(items: INodeExecutionData[]): INodeExecutionData[][] {
		const input = this.context.getInputData();
		const outputs: INodeExecutionData[][] = [[]];
		for (const item of items) {
			const output = this.hooks.output?.(item.json) ?? 0;
			const { binary } = input[(item.pairedItem as IPairedItemData).item] ?? {};
			(outputs[output] ??= []).push(output > 0 && binary ? { ...item, binary } : item);
		}
		return outputs;
	}

	/** Also finds how the item ended in an earlier try of the same run: what was done, or may have been, is not done again. */
	private prepare(index: number): Prepared | ItemOutcome | RefusedItem {
		try {
			const read = this.parameters(index);
			const request = buildRequest(this.operation, read, this.telegent);
			const options = (read('options') ?? {}) as IDataObject;
			const item = { index, request, options, context: this.context, telegent: this.telegent };
			const key = this.replayCache?.key(index, request) ?? '';
			const replayed = this.replayCache?.get(key);
			if (replayed) return { key, item, before: replayed };
			const response = this.hooks.beforeQueue?.(item);
			if (response) madeHere.add(response);
			return { key, item, ...(response && { before: { results: [response] } }) };
		} catch (error) {
			return this.replayCache?.get(String(index)) ?? { refused: error };
		}
	}

	private async settleItem({ before: replayed, item, key }: Prepared): Promise<ItemOutcome> {
		const settled = replayed ?? (await this.sendWithRecovery(item));
		const outcome = 'error' in settled ? outcomeOfError(settled.error) : 'done';
		if (!replayed && 'error' in settled) await this.hooks.onFailure?.(item, settled.error);
		if (!replayed && outcome !== 'notDone') this.replayCache?.set(key, settled);
		this.hooks.onSettled?.(item, outcome, 'results' in settled ? settled.results : []);
		return settled;
	}

	/** Looks again where it is not sure what became of the request. */
	private async sendWithRecovery(item: Item): Promise<ItemOutcome> {
		const startedAt = Date.now();
		const recover = async (error: Error) => {
			const found = outcomeOfError(error) === 'unsure' && (await this.hooks.recover?.(item, startedAt));
			if (!found) throw error;
			return [(await this.hooks.afterResponse?.(item, found)) ?? found];
		};
		return await this.sendRequest(item)
			.catch(recover)
			.then(
				(records): ItemOutcome => ({ results: records }),
				(error: unknown): ItemOutcome => ({ error }),
			);
	}

	private async sendRequest(item: Item): Promise<IDataObject[]> {
		const { operation, hooks: steps, telegent } = this;
		const { request } = item;
		const read = this.parameters(item.index);
		const limit = limitOf(operation, read);
		const simplify = operation.simple !== undefined && readSwitch('Simplify', read('simplify'));
		const showSecrets = readSwitch('Show Secrets', item.options.showSecrets);
		const instead = await steps.beforeRequest?.(item);
		if (instead) madeHere.add(instead);
		if (instead) return [instead];
		const call = async (page?: IDataObject) => {
			const query = page ? { ...request.query, ...page } : request.query;
			const bulk = operation.paging && Number(page?.[operation.paging.page]) > 1;
			return await telegent.call({ ...request, query, bulk }, item.index);
		};
		const fetched = async () => {
			const records = operation.paging
				? await allPages(operation, operation.paging, call, limit)
				: toRecords(await call(), operation).slice(0, limit);
			assertConfirmed(this.context.getNode(), records, request, item.index);
			for (const one of records) steps.accept?.(item, one);
			return records.map((one) => simplifyAndMask(one, operation, simplify, showSecrets));
		};
		const shaped = await fetched().catch((error: unknown) => {
			throw unreadableResponse(this.context.getNode(), error, request, item.index);
		});
		if (operation.deletes) return [deleted(item, shaped[0])];
		const finish = async (one: IDataObject) =>
			isEmpty(one) ? one : ((await steps.afterResponse?.(item, one)) ?? one);
		return await Promise.all(shaped.map(finish)).catch((error) =>
			this.throwExecutedButFailed(error, item, shaped),
		);
	}

	/** Telegent did the work; what came after it went wrong. It must not be repeated, and its answer must not be lost. */
	private throwExecutedButFailed(cause: unknown, { index }: Item, records: IDataObject[]): never {
		const error = nodeError(this.context, cause, index);
		if (this.operation.safety === 'read' || error.context.outcome === 'done') throw error;
		const response = JSON.stringify(records.length === 1 ? records[0] : records).slice(0, 1000);
		const done = `Telegent did this; only what came after it failed. Do not run it again. Its answer was ${response}.`;
		error.context.outcome = 'done';
		error.description = [done, error.description].filter(Boolean).join(' ');
		throw error;
	}

	/** What a failed item leaves in the output; throws where the person wants the run to end. */
	private toErrorItem(cause: unknown, index: number, to: IDataObject[]): INodeExecutionData[] {
		const continues = this.continues();
		const error = failedError(this.context, cause, index, continues);
		this.progress.fails(index, outcomeOfError(error), to.map(numberOf));
		if (this.context.getExecutionCancelSignal()?.aborted || !continues) throw error;
		return linkedItems([failedItem(this.context, error, to)], index);
	}

	/** The run ends here: the person must know what was done besides the item of this error. */
	private rethrowWithContext(error: unknown): never {
		if (this.started && error instanceof NodeError && this.operation.safety !== 'read')
			this.progress.explain(error);
		throw error;
	}

	/** Reads go side by side. What spends money or changes lines goes one by one, unless its steps know a finer order. */
	private concurrency(): number {
		if (this.hooks.order) {
			const { concurrency } = (this.context.getNodeParameter('options', 0, {}) ?? {}) as IDataObject;
			return Math.max(1, Math.floor(Number(concurrency ?? CONCURRENCY)) || CONCURRENCY);
		}
		return this.operation.safety === 'read' ? CONCURRENCY : 1;
	}
}

function linkedItems(records: IDataObject[], item: number): INodeExecutionData[] {
	return records.map((json) => ({ json, pairedItem: { item } }));
}

/** How many entries the person wants. @throws ParameterError where that is no number of things */
function limitOf({ fields, list }: Operation, read: Read): number {
	const asks = list !== undefined && fields.some(({ name }) => name === 'limit');
	if (!asks || readSwitch('Return All', read('returnAll'))) return Infinity;
	const limit = Number(read('limit') ?? NaN);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new ParameterError('Limit', 'it must be a whole number, at least 1');
}

/** What a delete gives: the IDs that were sent, and what Telegent says about it. */
function deleted(item: Item, response: IDataObject = {}): IDataObject {
	const ids = payloadOf(item);
	return isEmpty(response) ? { deleted: true, ...ids } : { deleted: true, ...ids, ...response, ...ids };
}
