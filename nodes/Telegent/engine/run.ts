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
import { answersErrors } from '../guard/caller';
import { dryRun, refusal } from '../guard/tool';
import { isOn, isSlip, ParameterError, parametersOf, type Read } from '../parameters';
import { allPages, entries, isEmpty, shape } from './answers';
import { buildRequest } from './buildRequest';
import { memoryOf, type Ended } from './memory';
import type { Item, Operation, Resource, Steps } from './operation';
import { inOrder, type Piece } from './parallel';
import { confirm, misread } from './unclear';

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
	const message = `The Telegent node has no operation "${value}" of "${resource}"`;
	const description =
		'Choose resource and operation again. The workflow may come from a newer version of this node.';
	throw new NodeOperationError(context.getNode(), message, { description });
}

/** An item that is ready to go, or how it ended before that. */
type Prepared = { key: string; item: Item; request: ApiRequest; before?: Ended };

/** One run of the node. */
class Run {
	private readonly steps: Steps;

	private readonly remembered;

	private readonly parameters;

	private readonly count: number;

	private readonly started = Date.now();

	private reported = Date.now();

	private succeeded = 0;

	private failed = 0;

	private readonly unsure: number[] = [];

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly telegent: Telegent,
	) {
		this.steps = dryRun(context, operation) ?? operation.steps?.() ?? {};
		this.remembered = operation.safety === 'once' ? memoryOf(context) : undefined;
		this.parameters = parametersOf(context);
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
		const input = this.context.getInputData();
		const outputs: INodeExecutionData[][] = [[]];
		for (const item of items) {
			const output = this.steps.output?.(item.json) ?? 0;
			const { binary } = input[(item.pairedItem as IPairedItemData).item] ?? {};
			(outputs[output] ??= []).push(output > 0 && binary ? { ...item, binary } : item);
		}
		return outputs;
	}

	/** Also finds how the item ended in an earlier try of the same run: what was done, or may have been, is not done again. */
	private prepare(index: number): Prepared | Ended {
		try {
			const read = this.parameters(index);
			const { sent, ...request } = buildRequest(this.operation, read, this.telegent);
			const options = (read('options') ?? {}) as IDataObject;
			const item = { index, sent, options, context: this.context, telegent: this.telegent };
			const key = this.remembered?.key(index, sent) ?? '';
			const before = this.remembered?.recall(key);
			if (before) return { key, item, request, before };
			const answer = this.steps.prepare?.(item);
			return { key, item, request, ...(answer && { before: { answers: [answer] } }) };
		} catch (error) {
			return this.remembered?.recall(String(index)) ?? { error };
		}
	}

	private async end({ before, item, key, request }: Prepared): Promise<Ended> {
		const ended = before ?? (await this.attempt(item, request));
		const outcome = 'error' in ended ? outcomeOf(ended.error) : 'done';
		if (!before && 'error' in ended) await this.steps.failed?.(item, ended.error);
		if (!before && outcome !== 'notDone') this.remembered?.keep(key, ended);
		this.steps.heard?.(item, outcome, 'answers' in ended ? ended.answers : []);
		return ended;
	}

	/** Looks again where it is not sure what became of the request. */
	private async attempt(item: Item, request: ApiRequest): Promise<Ended> {
		const startedAt = Date.now();
		const recover = async (error: Error) => {
			const found = outcomeOf(error) === 'unsure' && (await this.steps.recover?.(item, startedAt));
			if (!found) throw error;
			return [(await this.steps.finish?.(item, found)) ?? found];
		};
		return await this.perform(item, request)
			.catch(recover)
			.then(
				(answers): Ended => ({ answers }),
				(error: unknown): Ended => ({ error }),
			);
	}

	private async perform(item: Item, request: ApiRequest): Promise<IDataObject[]> {
		const { operation, steps, telegent } = this;
		const read = this.parameters(item.index);
		const limit = limitOf(operation, read);
		const simplify = operation.simple !== undefined && isOn('Simplify', read('simplify'));
		const showSecrets = isOn('Show Secrets', item.options.showSecrets);
		const instead = await steps.load?.(item);
		if (instead) return [instead];
		const call = async (page?: IDataObject) => {
			const query = page ? { ...request.query, ...page } : request.query;
			const bulk = operation.paging && Number(page?.[operation.paging.page]) > 1;
			return await telegent.call({ ...request, query, bulk }, item.index);
		};
		const fetched = async () => {
			const answers = operation.paging
				? await allPages(operation, operation.paging, call, limit)
				: entries(await call(), operation).slice(0, limit);
			confirm(this.context.getNode(), answers, request, item.index);
			for (const one of answers) steps.accept?.(item, one);
			return answers.map((one) => shape(one, operation, simplify, showSecrets));
		};
		const shaped = await fetched().catch((error: unknown) => {
			throw misread(this.context.getNode(), error, request, item.index);
		});
		if (operation.deletes) return [deleted(item, shaped[0])];
		const finish = async (one: IDataObject) =>
			isEmpty(one) ? one : ((await steps.finish?.(item, one)) ?? one);
		return await Promise.all(shaped.map(finish)).catch((error) => this.doneAllTheSame(error, item, shaped));
	}

	/** Telegent did the work; what came after it went wrong. It must not be repeated, and its answer must not be lost. */
	private doneAllTheSame(cause: unknown, { index }: Item, answers: IDataObject[]): never {
		const error = nodeError(this.context, cause, index);
		if (this.operation.safety === 'read' || error.context.outcome === 'done') throw error;
		const answer = JSON.stringify(answers.length === 1 ? answers[0] : answers).slice(0, 1000);
		const done = `Telegent did this; only what came after it failed. Do not run it again. Its answer was ${answer}.`;
		error.context.outcome = 'done';
		error.description = [done, error.description].filter(Boolean).join(' ');
		throw error;
	}

	/** What a failed item leaves in the output; throws where the person wants the run to end. */
	private failure(cause: unknown, index: number): INodeExecutionData[] {
		const error = nodeError(this.context, cause, index);
		this.failed++;
		const outcome = outcomeOf(error);
		if (outcome === 'unsure') this.unsure.push(index);
		const stopped = this.context.getExecutionCancelSignal()?.aborted;
		if (stopped || (!this.context.continueOnFail() && !answersErrors(this.context))) throw error;
		const { description, message } = error;
		const httpCode = error instanceof NodeApiError ? error.httpCode : null;
		const details = { description: description ?? null, httpCode, outcome };
		return linked([{ error: message, details } as IDataObject], index);
	}

	/** The run ends here: the person must know what was done besides the item of this error. */
	private stop(error: unknown): never {
		if (!(error instanceof NodeError) || this.operation.safety !== 'once') throw error;
		const unsure = this.unsure.filter((index) => index !== error.context.itemIndex);
		error.description = [
			error.description,
			this.succeeded > 0 && `Besides, ${this.succeeded} of ${this.count} items were done, and stay done.`,
			unsure.length > 0 && `Items that may have been done, too: ${unsure.join(', ')}.`,
		]
			.filter(Boolean)
			.join(' ');
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
function outcomeOf(error: unknown): Outcome {
	return error instanceof NodeError ? ((error.context.outcome as Outcome) ?? 'notDone') : 'notDone';
}

/** How many entries the person wants. @throws ParameterError where that is no number of things */
function limitOf({ fields, list }: Operation, read: Read): number {
	const asks = list !== undefined && fields.some(({ name }) => name === 'limit');
	if (!asks || isOn('Return All', read('returnAll'))) return Infinity;
	const limit = Number(read('limit') ?? NaN);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new ParameterError('Limit', 'it must be a whole number, at least 1');
}

/** What a delete gives: the IDs that were sent, and what Telegent says about it. */
const deleted = ({ sent }: Item, answer: IDataObject = {}): IDataObject =>
	isEmpty(answer) ? { deleted: true, ...sent } : { deleted: true, ...sent, ...answer, ...sent };

function nodeError(context: IExecuteFunctions, error: unknown, itemIndex: number) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	if (error instanceof ParameterError) {
		const description = `Nothing was sent for item ${itemIndex}. Correct the value, or choose "Continue" under Settings → On Error to go on with the other items.`;
		return new NodeOperationError(context.getNode(), error.message, { itemIndex, description });
	}
	if (isSlip(error)) {
		const message = 'The node cannot process this item';
		const description =
			'A value has a form that the node does not expect. Check the fields of this item, or report it with the workflow.';
		return new NodeOperationError(context.getNode(), message, { itemIndex, description });
	}
	return new NodeApiError(context.getNode(), error as JsonObject, { itemIndex });
}
