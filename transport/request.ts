import type { IDataObject, IHttpRequestMethods, IHttpRequestOptions } from 'n8n-workflow';
import type { Safety } from './retry';

export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

export interface ApiRequest {
	/** Method and path, as the API's pages print them: `GET /v1.0/numbers`. */
	route: Route;
	query?: IDataObject;
	body?: IDataObject;
	safety: Safety;
	/** A delete: a 404 after an attempt with unknown outcome counts as success. */
	deletes?: true;
	/** Low priority, such as the further pages of a long list: other requests go first. */
	bulk?: boolean;
}

/** `authenticate` passes it to n8n, which removes the node's own signal. */
export interface BoundedRequest extends IHttpRequestOptions {
	attemptSignal?: AbortSignal;
}

/** The request as n8n's helpers take it. `signal` ends it, and `timeoutMs` the wait for its first byte. Pure. */
export function requestOptions(
	baseUrl: string,
	{ body, query, route }: ApiRequest,
	timeoutMs: number,
	signal: AbortSignal,
): BoundedRequest {
	const [method, path] = route.split(' ') as [IHttpRequestMethods, string];
	return {
		method,
		url: baseUrl + path,
		qs: query,
		arrayFormat: 'repeat',
		body,
		json: true,
		// The response is read up to a limit (responseBody.ts), which n8n doesn't have.
		encoding: 'stream',
		timeout: timeoutMs,
		// A redirect could repeat a request that sends, and would pass the token to another host.
		disableFollowRedirect: true,
		ignoreHttpStatusErrors: true,
		returnFullResponse: true,
		abortSignal: signal,
		attemptSignal: signal,
	};
}
