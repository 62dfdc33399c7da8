import { NodeError, type IDataObject, type INode } from 'n8n-workflow';
import { apiError } from '../../../transport/errors';
import type { ApiRequest } from '../../../transport/client';
import { isEngineError, ParameterError } from './parameters';
import { isEmpty } from './response';

/* Responses with HTTP 200 that do not say whether the work was done. */

/**
 * Checks that the response to a request that must not be repeated has content.
 * @throws NodeApiError with the outcome `unsure` where it is empty. A DELETE needs no content.
 */
export function assertConfirmed(
	node: INode,
	records: IDataObject[],
	request: ApiRequest,
	itemIndex: number,
): void {
	const { route, safety } = request;
	if (safety !== 'once' || route.startsWith('DELETE ') || !records.every(isEmpty)) return;
	throw unconfirmedError(node, 'Telegent returned an empty response', request, itemIndex);
}

/**
 * The error for a response that the node cannot read. Errors of this package are returned unchanged.
 */
export function unreadableResponse(
	node: INode,
	error: unknown,
	request: ApiRequest,
	itemIndex: number,
): unknown {
	if (error instanceof NodeError || error instanceof ParameterError) return error;
	const message = isEngineError(error)
		? "Telegent's response has an unexpected format"
		: (error as Error).message;
	return unconfirmedError(node, message, request, itemIndex);
}

function unconfirmedError(node: INode, message: string, { route, safety }: ApiRequest, itemIndex: number) {
	const outcome = safety === 'once' ? 'unsure' : 'notDone';
	return apiError(node, { route, status: 200, message, attempts: 1, outcome }, itemIndex);
}
