import type { IExecuteFunctions } from 'n8n-workflow';

/* Whether a workflow or a model calls the node, and which version of n8n runs it. */

/** Whether this is n8n 1, which has no `isToolExecution` (tried in 1.123). */
export const isN8n1 = (context: IExecuteFunctions) =>
	(context as Partial<IExecuteFunctions>).isToolExecution === undefined;

/** Whether a model calls the node: as a tool of an agent, or in n8n's own agents, which run nodes without a workflow. */
export function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || context.getMode() === 'internal';
}

/** Whether n8n runs the node as a tool in a way of its own, in which it counts each repetition as a further run. */
export function isToolRun(context: IExecuteFunctions): boolean {
	return isN8n1(context) ? isTool(context) : context.isToolExecution();
}

/** Whether the node asks for a review of an agent's tool call: n8n makes a "Human in the loop" node of Send and Wait. */
export function isReview(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('HitlTool');
}

/**
 * Whether an error becomes an output item for the model. Older agents of n8n end their run after an error, and all of
 * them pass on only its message, without its outcome.
 */
function returnsErrorsAsItems(context: IExecuteFunctions): boolean {
	// Where the review could not be requested, the run must end.
	return isTool(context) && !isReview(context) && context.getNode().onError !== 'stopWorkflow';
}

/** Whether an item that failed becomes an output item, instead of ending the run. */
export function continuesAfterErrors(context: IExecuteFunctions): boolean {
	return context.continueOnFail() || returnsErrorsAsItems(context);
}
