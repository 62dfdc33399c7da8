import type { IExecuteFunctions } from 'n8n-workflow';

/* Who calls the node: n8n, running a workflow, or a model. */

/** Whether a model calls the node: as a tool of an agent, or in n8n's own agents, which run nodes without a workflow. */
export function isTool(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('Tool') || context.getMode() === 'internal';
}

/** Whether a person reviews what an agent wants to do: n8n makes a "Human in the loop" node of Send and Wait. */
export function isReview(context: IExecuteFunctions): boolean {
	return context.getNode().type.endsWith('HitlTool');
}

/**
 * Whether an error is an answer, as n8n's newer agents take it. The older ones would end their run, and none would hear
 * more than the message: not that a message may have gone out, for instance.
 */
export function answersErrors(context: IExecuteFunctions): boolean {
	// A person's review that could not be asked for is no answer.
	return isTool(context) && !isReview(context) && context.getNode().onError !== 'stopWorkflow';
}
