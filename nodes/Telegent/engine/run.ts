import {
	NodeError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type IPairedItemData,
	sleep,
} from 'n8n-workflow';
import { connect, type ApiRequest, type Telegent } from '../../../transport/request';
import { answersErrors } from '../guard/caller';
import { dryRun, refusal } from '../guard/tool';
import { isOn, ParameterError, parametersOf, type Read } from '../parameters';
import { allPages, entries, isEmpty, shape } from './answers';
import { buildRequest } from './buildRequest';
import { failedError, failedItem, nodeError, numberOf, outcomeOf, refusedError } from './itemErrors';
import { memoryOf, type Ended } from './memory';
import type { Item, Operation, Resource, Steps } from './operation';
import { inOrder, type Piece } from './parallel';
import { Progress } from './progress';
import { confirm, misread } from './unclear';

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

/** An item that cannot be sent as it is. */
type Refused = { refused: unknown };

/** Answers that steps gave in place of a request. */
const madeHere = new WeakSet<IDataObject>();
const isMadeHere = (answer: IDataObject) => madeHere.has(answer);

/** One run of the node. */
class Run {
	private readonly steps: Steps;

	private readonly remembered;

	private readonly parameters;

	private readonly count: number;

	private readonly progress: Progress;

	/** The whole list, where all of it is checked before the first request. */
	private readonly ready: Array<Prepared | Ended | undefined> = [];

	/** The first request may be made. */
	private begun = false;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly operation: Operation,
		private readonly telegent: Telegent,
	) {
		this.steps = dryRun(context, operation) ?? operation.steps?.() ?? {};
		this.remembered = operation.safety === 'once' ? memoryOf(context) : undefined;
		this.parameters = parametersOf(context);
		this.count = context.getInputData().length;
		const verb = this.steps.recipients ? 'sent' : 'done';
		this.progress = new Progress(context, this.count, telegent.perMinute, verb);
	}

	async all(): Promise<INodeExecutionData[][]> {
		let mayBeRepeated = true;
		const signal = this.context.getExecutionCancelSignal();
		const stopped = () => this.progress.stopped();
		if (this.operation.safety !== 'read') signal?.addEventListener('abort', stopped, { once: true });
		try {
			if (this.operation.safety !== 'read' && !this.continues()) await this.checkAll();
			this.begun = true;
			const results = await inOrder(this.count, this.concurrency(), (index) => this.piece(index));
			const outputs = this.byOutput(results.flat());
			this.addHints();
			// n8n repeats a run whose first item failed too, even where the person chose to continue.
			mayBeRepeated = Boolean(outputs[0][0]?.json.error);
			return outputs;
		} catch (error) {
			return this.stop(error);
		} finally {
			signal?.removeEventListener('abort', stopped);
			this.remembered?.end(mayBeRepeated);
		}
	}

	/** Whether the other items go on after one that failed. */
	private continues(): boolean {
		return this.context.continueOnFail() || answersErrors(this.context);
	}

	/** Where one item ends the run, all are prepared before the first request: otherwise some have their message already. */
	private async checkAll(): Promise<void> {
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
		const { remembered } = this;
		const all = this.context.getInputData().map((_, index) => remembered?.recall(String(index)));
		return all.filter((ended) => ended && 'answers' in ended && !ended.answers.some(isMadeHere)).length;
	}

	private addHints(): void {
		const location = 'outputPane';
		const summary = this.steps.summary?.(this.progress.failures);
		if (summary) this.context.addExecutionHints({ message: summary, location });
		for (const message of this.steps.warnings?.() ?? [])
			this.context.addExecutionHints({ message, type: 'warning', location });
	}

	private piece(index: number): Piece<INodeExecutionData[]> {
		const ready = this.ready[index] ?? this.prepare(index);
		this.ready[index] = undefined;
		const item = 'item' in ready ? ready.item : undefined;
		const work = async () => {
			this.progress.begins();
			const ended = await this.settle(ready);
			const to = this.recipients(index, item?.sent);
			if ('error' in ended) return this.failure(ended.error, index, to);
			this.progress.ends(!ended.answers.some(isMadeHere), to.map(numberOf));
			return linked(ended.answers, index);
		};
		return { work, keys: item ? (this.steps.order?.(item) ?? []) : [] };
	}

	private async settle(ready: Prepared | Ended | Refused): Promise<Ended> {
		if ('refused' in ready) return { error: ready.refused };
		return 'item' in ready ? await this.end(ready) : ready;
	}

	/** Whom the item is for, as far as that can be told. */
	private recipients(index: number, sent?: IDataObject): IDataObject[] {
		try {
			return this.steps.recipients?.(this.parameters(index), sent) ?? [];
		} catch {
			return [];
		}
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
	private prepare(index: number): Prepared | Ended | Refused {
		try {
			const read = this.parameters(index);
			const { sent, ...request } = buildRequest(this.operation, read, this.telegent);
			const options = (read('options') ?? {}) as IDataObject;
			const item = { index, sent, options, context: this.context, telegent: this.telegent };
			const key = this.remembered?.key(index, sent) ?? '';
			const before = this.remembered?.recall(key);
			if (before) return { key, item, request, before };
			const answer = this.steps.prepare?.(item);
			if (answer) madeHere.add(answer);
			return { key, item, request, ...(answer && { before: { answers: [answer] } }) };
		} catch (error) {
			return this.remembered?.recall(String(index)) ?? { refused: error };
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
		if (instead) madeHere.add(instead);
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
	private failure(cause: unknown, index: number, to: IDataObject[]): INodeExecutionData[] {
		const continues = this.continues();
		const error = failedError(this.context, cause, index, continues);
		this.progress.fails(index, outcomeOf(error), to.map(numberOf));
		if (this.context.getExecutionCancelSignal()?.aborted || !continues) throw error;
		return linked([failedItem(this.context, error, to)], index);
	}

	/** The run ends here: the person must know what was done besides the item of this error. */
	private stop(error: unknown): never {
		if (this.begun && error instanceof NodeError && this.operation.safety !== 'read')
			this.progress.explain(error);
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
}

function linked(answers: IDataObject[], item: number): INodeExecutionData[] {
	return answers.map((json) => ({ json, pairedItem: { item } }));
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
