import { NodeError, type IDataObject, type INode } from 'n8n-workflow';
import { apiError } from '../../../transport/errors';
import type { ApiRequest } from '../../../transport/request';
import { isSlip, ParameterError } from '../parameters';
import { isEmpty } from './answers';

/* Answers with HTTP 200 that do not say whether the work was done. */

/**
 * What cannot be done twice was done only where Telegent says something about it.
 * @throws NodeApiError with the outcome `unsure` where it says nothing. HTTP's DELETE needs no words.
 */
export function confirm(node: INode, answers: IDataObject[], request: ApiRequest, itemIndex: number): void {
	const { route, safety } = request;
	if (safety !== 'once' || route.startsWith('DELETE ') || !answers.every(isEmpty)) return;
	throw unclear(node, 'Telegent answered, but its answer is empty', request, itemIndex);
}

/**
 * The error for an answer that the node can make nothing of. Errors that say so themselves are returned as they are.
 */
export function misread(node: INode, error: unknown, request: ApiRequest, itemIndex: number): unknown {
	if (error instanceof NodeError || error instanceof ParameterError) return error;
	const message = isSlip(error)
		? 'Telegent’s answer has a form that this node does not know'
		: (error as Error).message;
	return unclear(node, message, request, itemIndex);
}

function unclear(node: INode, message: string, { route, safety }: ApiRequest, itemIndex: number) {
	const outcome = safety === 'once' ? 'unsure' : 'notDone';
	return apiError(node, { route, status: 200, message, attempts: 1, outcome }, itemIndex);
}
