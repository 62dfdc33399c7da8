import { NodeError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { onAbort } from '../../../transport/abortSignals';
import { connect } from '../../../transport/client';
import type { Outcome } from '../../../transport/retry';
import { addedOptionsCheck } from './addedOptions';
import { continuesAfterErrors } from './caller';
import { mapConcurrent, type Task } from './concurrency';
import { failedError, failedItem, numberOf, outcomeOfError, refusedError } from './itemErrors';
import { addHints, announceTimeout } from './hints';
import { findOperation } from './findOperation';
import type { Item, Operation, OperationHooks, Resource } from './operation';
import { operationClaims, type OperationClaims } from './operationClaims';
import { DEFAULT_CONCURRENCY, parametersOf, readConcurrency, type Read } from './parameters';
import { linkedItems, splitByOutput } from './outputItems';
import { runExclusive } from '../../shared/mutex';
import { oneOrMore, type OneOrMore } from '../../shared/values';
import { prepareInTurns, prepareItem, type Prepared, type PreparedItem, type RunSetup } from './prepareItem';
import { Progress } from './progress';
import { keepRunEntry } from './runEntry';
import { runRecordFor, type ItemOutcome } from './runRecord';
import { finishedItems } from './sendFurther';
import { sendItem } from './sendItem';
import { toolPolicy } from './toolPolicy';

/**
 * The node's `execute`: runs the chosen operation for each item and links every result to its item.
 * @throws NodeApiError or NodeOperationError with the item's index, unless On Error is set to continue
 */
export async function runOperation(
	this: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const parameters = parametersOf(this);
	const operation = findOperation(this, resources, parameters(0));
	const { hooks, refusal } = toolPolicy(this, operation, parameters);
	if (refusal) return [this.getInputData().flatMap((_, item) => linkedItems([refusal], item))];
	const setup: RunSetup = {
		context: this,
		telegent: await connect(this),
		operation,
		hooks: hooks ?? operation.hooks?.() ?? {},
		record: operation.safety === 'once' ? runRecordFor(this) : undefined,
		checkOptions: addedOptionsCheck(this, operation),
	};
	announceTimeout(setup);
	const takeBack = await keepRunEntry(setup);
	const lock = setup.record?.lock;
	const run = async () => await new Run(setup, parameters).runAll().finally(takeBack);
	return await (lock === undefined ? run() : runExclusive(lock, run));
}

/** One run of the node. */
class Run {
	private readonly context: IExecuteFunctions;

	private readonly operation: Operation;

	private readonly hooks: OperationHooks;

	private readonly claims?: OperationClaims;

	private readonly count: number;

	private readonly progress: Progress;

	/** The prepared items, where all of them are prepared before the first request. */
	private readonly ready: Array<Prepared | undefined> = [];

	/** Whether the first request may have been made. */
	private started = false;

	constructor(
		private readonly setup: RunSetup,
		private readonly parameters: (index: number) => Read,
	) {
		({ context: this.context, operation: this.operation, hooks: this.hooks } = setup);
		this.claims = operationClaims(setup);
		this.count = this.context.getInputData().length;
		const verb = this.hooks.recipients ? 'sent' : 'done';
		this.progress = new Progress(this.context, this.count, setup.telegent.perMinute, verb);
	}

	async runAll(): Promise<INodeExecutionData[][]> {
		let mayBeRepeated = true;
		const signal = this.context.getExecutionCancelSignal();
		const listens = signal && this.operation.safety !== 'read';
		const stopListening = listens && onAbort(signal, () => this.progress.stopped());
		try {
			const outputs = await this.runItems();
			// n8n repeats a run whose first item failed too, even where On Error is set to continue.
			mayBeRepeated = Boolean(this.context.getNode().retryOnFail && outputs[0][0]?.json.error);
			return outputs;
		} catch (error) {
			return this.rethrowWithContext(error);
		} finally {
			if (stopListening) stopListening();
			this.setup.record?.close(mayBeRepeated);
			await this.hooks.finish?.();
			await this.claims?.finish();
		}
	}

	private async runItems(): Promise<INodeExecutionData[][]> {
		if (this.operation.safety !== 'read' && !continuesAfterErrors(this.context))
			await prepareInTurns(this.context, this.ready, (index) => this.prepareOrThrow(index));
		this.started = true;
		const results = await mapConcurrent(this.count, this.concurrency(), (index) => this.taskFor(index));
		this.claims?.complete();
		const items = results.flat();
		await this.hooks.afterAllItems?.(finishedItems(this.setup, this.progress, items));
		addHints(this.setup, items, this.progress);
		return splitByOutput(items, this.context.getInputData(), this.hooks);
	}

	/** Refuses the run where one invalid item ends it: otherwise it would end after some were sent. */
	private prepareOrThrow(index: number): Prepared {
		const ready = this.prepare(index);
		if (!('refused' in ready)) return ready;
		const sent = this.setup.record?.sent ?? 0;
		throw refusedError(this.context, ready.refused, index, this.recipients(index), sent);
	}

	private taskFor(index: number): Task<OneOrMore<INodeExecutionData>> {
		const ready = this.ready[index] ?? this.prepare(index);
		this.ready[index] = undefined;
		const item = 'item' in ready ? ready.item : undefined;
		const work = async () => {
			this.progress.begins();
			const settled = await this.outcomeFor(ready);
			const to = this.recipients(index, item);
			if ('error' in settled) return this.toErrorItem(settled.error, index, to);
			this.progress.ends(!settled.withoutRequest, to.map(numberOf));
			return oneOrMore(linkedItems(settled.results, index));
		};
		return { work, keys: item ? (this.hooks.order?.(item) ?? []) : [] };
	}

	private async outcomeFor(ready: Prepared): Promise<ItemOutcome> {
		if ('item' in ready) return await this.settleItem(ready);
		return 'refused' in ready ? { error: ready.refused } : ready;
	}

	/** The item's recipients, or none where its parameters do not tell. */
	private recipients(index: number, item?: Item): IDataObject[] {
		try {
			return this.hooks.recipients?.(this.parameters(index), item) ?? [];
		} catch {
			return [];
		}
	}

	private prepare(index: number): Prepared {
		return prepareItem(this.setup, index, this.parameters(index));
	}

	private async settleItem({ before, item, key }: PreparedItem): Promise<ItemOutcome> {
		const settled = before ?? (await this.claimAndSend(item));
		const outcome = 'error' in settled ? outcomeOfError(settled.error) : 'done';
		if (!before) await this.keep(item, key, settled, outcome);
		this.hooks.onSettled?.(item, outcome, 'results' in settled ? settled.results : []);
		return settled;
	}

	/** Keeps how an item ended that this run executed. */
	private async keep(item: Item, key: string, settled: ItemOutcome, outcome: Outcome): Promise<void> {
		if ('error' in settled) await this.hooks.onFailure?.(item, settled.error);
		await this.claims?.settle(item, outcome);
		if (outcome !== 'notDone') this.setup.record?.set(key, settled);
	}

	private async claimAndSend(item: Item): Promise<ItemOutcome> {
		return (await this.claims?.claim(item)) ?? (await sendItem(item, this.operation, this.hooks));
	}

	/** The output item of an error. @throws the error, where errors end the run or the execution was stopped */
	private toErrorItem(cause: unknown, index: number, to: IDataObject[]): INodeExecutionData[] {
		const continues = continuesAfterErrors(this.context);
		const error = failedError(this.context, cause, index, continues);
		this.progress.fails(index, outcomeOfError(error), to.map(numberOf));
		if (this.context.getExecutionCancelSignal()?.aborted || !continues) throw error;
		return linkedItems([failedItem(this.context, error, to)], index);
	}

	/** Adds to the error that ends the run what was done for other items. */
	private rethrowWithContext(error: unknown): never {
		if (this.started && error instanceof NodeError && this.operation.safety !== 'read')
			this.progress.explain(error);
		throw error;
	}

	private concurrency(): number {
		if (this.hooks.order) {
			const read = this.parameters(0);
			const most = this.hooks.mostParallel?.(read, this.setup.telegent.perMinute) ?? Infinity;
			return Math.min(readConcurrency(read), most);
		}
		// Writes run one at a time, unless the hooks say which of them must keep their order.
		return this.operation.safety === 'read' ? DEFAULT_CONCURRENCY : 1;
	}
}
