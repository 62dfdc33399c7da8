import {
	NodeApiError,
	NodeError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type JsonObject,
} from 'n8n-workflow';
import type { Outcome } from '../../../transport/retry';
import type { Item } from './operation';
import { isEngineError, ParameterError } from './parameters';
import { counted } from './progress';

/* The error of one item, as a NodeError that ends the run or as an output item. */

const NOTHING = 'Nothing was sent.';
const CORRECT = 'Correct the value, then run the workflow again.';
const CONTINUE = "set 'On Error' to 'Continue' in this node's settings";

/** The error of an item whose work may have been done. */
export function unsureError(
	{ context, index }: Pick<Item, 'context' | 'index'>,
	message: string,
	description: string,
): NodeOperationError {
	const error = new NodeOperationError(context.getNode(), message, { itemIndex: index, description });
	error.context.outcome = 'unsure' satisfies Outcome;
	return error;
}

/** Whether the item's work was done although it ended with an error. */
export function outcomeOfError(error: unknown): Outcome {
	return error instanceof NodeError ? ((error.context.outcome as Outcome) ?? 'notDone') : 'notDone';
}

/** @param advice what to do about a parameter that cannot be sent as it is */
export function toNodeError(context: IExecuteFunctions, error: unknown, itemIndex: number, advice?: string) {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		// The requests of hooks are not for one item only.
		error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof ParameterError)
		return new NodeOperationError(context.getNode(), error.message, { itemIndex, description: advice });
	if (isEngineError(error)) {
		const message = "The node can't process this item";
		const description =
			"A value has a type that the node doesn't expect. Check the fields of this item. If they look right, report this together with the workflow.";
		return new NodeOperationError(context.getNode(), message, { itemIndex, description });
	}
	return new NodeApiError(context.getNode(), error as JsonObject, { itemIndex });
}

/**
 * The error of an item that cannot be sent as it is, in its turn.
 * @param continues whether the other items are executed
 */
export function failedError(
	context: IExecuteFunctions,
	cause: unknown,
	item: number,
	continues: boolean,
): NodeApiError | NodeOperationError {
	if (continues)
		return toNodeError(context, cause, item, 'Nothing was sent for this item. Correct the value.');
	if (context.getInputData().length < 2) return toNodeError(context, cause, item, `${NOTHING} ${CORRECT}`);
	const advice = `Nothing was sent for item ${item}. Correct the value. To continue with the other items, ${CONTINUE}.`;
	return toNodeError(context, cause, item, advice);
}

/**
 * The error that ends a run before its first request: names the item and its recipients.
 * @param to the item's recipients, as responses name them
 * @param replayed how many items an earlier try of the same run has sent
 */
export function refusedError(
	context: IExecuteFunctions,
	cause: unknown,
	item: number,
	to: IDataObject[],
	replayed: number,
): NodeApiError | NodeOperationError {
	const { length: count } = context.getInputData();
	const skip = count > 1 ? ` To skip such items and send the others, ${CONTINUE}.` : '';
	const error = toNodeError(context, cause, item, `${CORRECT}${skip}`);
	const nothing =
		replayed > 0
			? `An earlier attempt sent ${counted(replayed, 'item')}. This attempt sent nothing.`
			: NOTHING;
	const whose =
		count > 1 && `Item ${item}${to.length > 0 ? ` is for ${numberOf(to[0])}` : " can't be sent"}.`;
	const own = error.description?.replace(NOTHING, '').trim();
	error.description = [nothing, whose, own].filter(Boolean).join(' ');
	return error;
}

/** The output item of a failed item. */
export function failedItem(
	context: IExecuteFunctions,
	error: NodeApiError | NodeOperationError,
	to: IDataObject[],
): IDataObject {
	const { description, message } = error;
	const httpCode = error instanceof NodeApiError ? error.httpCode : null;
	const details = { description: description ?? null, httpCode, outcome: outcomeOfError(error) };
	const whom = to.length > 0 ? { To: to } : {};
	// n8n moves to the error output what has no other fields, and adds the item as it came in (`handleNodeErrorOutput`).
	if (context.getNode().onError === 'continueErrorOutput')
		return { error: message, details: { ...details, ...whom } };
	return { error: message, details, ...whom };
}

/** The number of a recipient as API responses hold it. */
export function numberOf({ Number }: IDataObject): string {
	return String(Number);
}
