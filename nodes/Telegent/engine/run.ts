import {
	NodeApiError,
	NodeError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPairedItemData,
	type JsonObject,
} from 'n8n-workflow';
import { connect, type ApiRequest, type Telegent } from '../../../transport/request';
import type { Outcome } from '../../../transport/retry';
import { answersErrors, dryRun, refusal } from '../guard/tool';
import { allPages, entries, shape } from './answers';
import { buildRequest, ParameterError } from './buildRequest';
import { contentKey, memoryOf, type Ended } from './memory';
import type { Item, Operation, Resource, Steps } from './operation';
import { inOrder, type Piece } from './parallel';

/** Requests of one node that are under way at a time, where the person does not say otherwise. */
const CONCURRENCY = 10;
const PROGRESS_MS = 15_000;

/**
 * The node's `execute`: runs the chosen operation for each item and links every result to its item.
 * @throws NodeApiError or NodeOperationError with the item's index, unless the person chose to continue on errors
 */
export async function runOperation(
	this: IExecuteFunctions,
	resources: Resource[],
): Promise<INodeExecutionData[][]> {
	const operation = findOperation(this, resources);
	const refused = refusal(this, operation);
	if (refused) return [this.getInputData().flatMap((_, item) => linked([refused], item))];
	return await new Run(this, operation, await connect(this)).all();
}

function findOperation(context: IExecuteFunctions, resources: Resource[]): Operation {
	const resource = context.getNodeParameter('resource', 0) as string;
	const value = context.getNodeParameter('operation', 0) as string;
	const operations = resources.find((entry) => entry.value === resource)?.operations ?? [];
	const operation = operations.find((entry) => entry.value === value);
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`The Telegent node has no operation "${value}" of "${resource}"`,
		{
			description:
				'Choose resource and operation again. The workflow may come from a newer version of this node.',
		},
	);
}

/** `key` identifies the item’s work before its steps change it: what they decide may depend on the time. */
type Prepared = { key: string; item: Item; request: ApiRequest; answer?: IDataObject };

/** One run of the node. */
class Run {
	private readonly steps: Steps;

	private readonly remembered;

	private readonly count: number;

	private readonly started = Date.now();

	private reported = Date.now();

	private succeeded = 0;

	private failed = 0;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly telegent: Telegent,
	) {
		this.steps = dryRun(context, operation) ?? operation.steps?.() ?? {};
		this.remembered = operation.safety === 'once' ? memoryOf(context) : undefined;
		this.count = context.getInputData().length;
	}

	async all(): Promise<INodeExecutionData[][]> {
		let mayBeRepeated = true;
		try {
			const results = await inOrder(this.count, this.concurrency(), (index) => this.piece(index));
			const outputs = this.byOutput(results.flat());
			const summary = this.steps.summary?.(this.failed);
			if (summary) this.context.addExecutionHints({ message: summary, location: 'outputPane' });
			// n8n repeats a run whose first item failed too, even where the person chose to continue.
			mayBeRepeated = Boolean(outputs[0][0]?.json.error);
			return outputs;
		} catch (error) {
			return this.stop(error);
		} finally {
			this.remembered?.end(mayBeRepeated);
		}
	}

	private piece(index: number): Piece<INodeExecutionData[]> {
		const ready = this.prepare(index);
		const work = async () => {
			const ended = 'item' in ready ? await this.end(ready) : ready;
			if ('error' in ended) return this.failure(ended.error, index);
			this.progress();
			return linked(ended.answers, index);
		};
		return { work, keys: 'item' in ready ? (this.steps.order?.(ready.item) ?? []) : [] };
	}

	/** What goes to a further output goes on as it came, files included: it may come back later. */
	private byOutput(items: INodeExecutionData[]): INodeExecutionData[][] {
		const outputs: INodeExecutionData[][] = [[]];
		for (const item of items) {
			const output = this.steps.output?.(item.json) ?? 0;
			(outputs[output] ??= []).push(output > 0 ? this.withFiles(item) : item);
		}
		return outputs;
	}

	private withFiles(item: INodeExecutionData): INodeExecutionData {
		const { binary } = this.context.getInputData()[(item.pairedItem as IPairedItemData).item] ?? {};
		return binary ? { ...item, binary } : item;
	}

	private prepare(index: number): Prepared | { error: unknown } {
		const read = (name: string) => this.context.getNodeParameter(name, index, null) ?? undefined;
		try {
			const { sent, ...request } = buildRequest(this.operation, read, this.telegent);
			const options = (read('options') ?? {}) as IDataObject;
			const item = { index, sent, options, context: this.context, telegent: this.telegent };
			const key = this.remembered ? contentKey(index, sent) : '';
			return { key, item, request, answer: this.steps.prepare?.(item) };
		} catch (error) {
			return { error };
		}
	}

	/** How the item ended; as in an earlier try of the same run, where it must not be done again. */
	private async end({ answer, item, key, request }: Prepared): Promise<Ended> {
		const before = this.remembered?.recall(key);
		if (before) return before;
		if (answer) return { answers: [answer] };
		const startedAt = Date.now();
		const ended = await this.perform(item, request).then(
			(answers): Ended => ({ answers }),
			async (error: unknown): Promise<Ended> => await this.lookAgain(item, error, startedAt),
		);
		if ('error' in ended) await this.steps.failed?.(item, ended.error);
		if ('answers' in ended || outcomeOf(ended.error) !== 'notDone') this.remembered?.keep(key, ended);
		return ended;
	}

	private async lookAgain(item: Item, error: unknown, startedAt: number): Promise<Ended> {
		if (outcomeOf(error) !== 'unsure' || !this.steps.recover) return { error };
		try {
			const found = await this.steps.recover(item, startedAt);
			return found ? { answers: [(await this.steps.finish?.(item, found)) ?? found] } : { error };
		} catch (later) {
			return { error: later };
		}
	}

	private async perform(item: Item, request: ApiRequest): Promise<IDataObject[]> {
		const { operation, steps, telegent } = this;
		await steps.load?.(item);
		const read = (name: string) => this.context.getNodeParameter(name, item.index, null) ?? undefined;
		const all = operation.list === undefined || read('returnAll') === true;
		const limit = all ? Infinity : ((read('limit') as number | undefined) ?? Infinity);
		const call = async (page?: IDataObject) => {
			const query = page ? { ...request.query, ...page } : request.query;
			return await telegent.call({ ...request, query }, item.index);
		};
		const answers = operation.paging
			? await allPages(operation, operation.paging, call, limit)
			: entries(await call(), operation).slice(0, limit);
		if (operation.deletes) return [{ deleted: true, ...item.sent }];
		const { showSecrets } = item.options;
		const simplify = operation.simple !== undefined && read('simplify') === true;
		const shaped = answers.map((one) => shape(one, operation, simplify, showSecrets === true));
		const finish = async (one: IDataObject) => (await steps.finish?.(item, one)) ?? one;
		return await Promise.all(shaped.map(finish)).catch(doneAllTheSame);
	}

	/** What a failed item leaves in the output; throws where the person wants the run to end. */
	private failure(cause: unknown, index: number): INodeExecutionData[] {
		const error = nodeError(this.context, cause, index);
		this.failed++;
		if (!this.context.continueOnFail() && !answersErrors(this.context)) throw error;
		const { description, message } = error;
		const httpCode = error instanceof NodeApiError ? error.httpCode : null;
		const details = {
			description: description ?? null,
			httpCode,
			outcome: error.context.outcome ?? 'notDone',
		};
		return linked([{ error: message, details } as IDataObject], index);
	}

	/** The run ends here: the person must know what was done before. */
	private stop(error: unknown): never {
		if (error instanceof NodeError && this.succeeded > 0 && this.operation.safety === 'once') {
			const done = `Before this, ${this.succeeded} of ${this.count} items were done, and stay done.`;
			error.description = [error.description, done].filter(Boolean).join(' ');
		}
		throw error;
	}

	/** Reads go side by side. What spends money or changes lines goes one by one, unless its steps know a finer order. */
	private concurrency(): number {
		if (this.steps.order) {
			const { concurrency } = (this.context.getNodeParameter('options', 0, {}) ?? {}) as IDataObject;
			return Math.max(1, Math.floor(Number(concurrency ?? CONCURRENCY)) || CONCURRENCY);
		}
		return this.operation.safety === 'read' ? CONCURRENCY : 1;
	}

	/** A long list says from time to time how far it is: in n8n's log and, while somebody watches, in the browser's console. */
	private progress(): void {
		this.succeeded++;
		const now = Date.now();
		const done = this.succeeded + this.failed;
		if (now - this.reported < PROGRESS_MS || done === this.count) return;
		this.reported = now;
		const left = Math.ceil((((now - this.started) / done) * (this.count - done)) / 1000);
		const text = `Telegent: ${done} of ${this.count} items are through, the rest in about ${left} seconds`;
		this.context.logger.info(text);
		this.context.sendMessageToUI(text);
	}
}

function linked(answers: IDataObject[], item: number): INodeExecutionData[] {
	return answers.map((json) => ({ json, pairedItem: { item } }));
}

/** Whether the item's work was done although it ended with an error. */
function outcomeOf(error: unknown): Outcome | 'done' {
	return error instanceof NodeError ? ((error.context.outcome as Outcome | 'done') ?? 'notDone') : 'notDone';
}

/** Telegent did the work; what came after it went wrong. It must not be repeated. */
function doneAllTheSame(error: unknown): never {
	if (error instanceof NodeError) error.context.outcome = 'done';
	throw error;
}

function nodeError(
	context: IExecuteFunctions,
	error: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ParameterError) {
		const description = `Nothing was sent for item ${itemIndex}. Correct the value, or choose "Continue" under Settings → On Error to go on with the other items.`;
		return new NodeOperationError(context.getNode(), error.message, { itemIndex, description });
	}
	return new NodeApiError(context.getNode(), error as JsonObject, { itemIndex });
}
