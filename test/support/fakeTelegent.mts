import { NodeApiError, type INode } from 'n8n-workflow';
import type { ApiRequest, TelegentClient } from '../../transport/client.ts';

const node: INode = {
	id: 'telegent',
	name: 'Telegent',
	type: 'n8n-nodes-telegent.telegent',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The error of a call that Telegent refused with this HTTP status. */
export function apiError(status: number, outcome: 'notDone' | 'unsure' = 'notDone'): NodeApiError {
	const error = new NodeApiError(node, { message: `HTTP ${status}` }, { httpCode: String(status) });
	error.context.outcome = outcome;
	return error;
}

/** A client that keeps each request and responds with what `respond` returns, or throws an Error that it returns. */
export function fakeTelegent(respond: (request: ApiRequest) => unknown) {
	const requests: ApiRequest[] = [];
	const call = async (request: ApiRequest) => {
		requests.push(request);
		const response = await Promise.resolve(respond(request));
		if (response instanceof Error) throw response;
		return response;
	};
	return { telegent: { call } as unknown as TelegentClient, requests };
}
