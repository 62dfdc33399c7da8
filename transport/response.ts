import { jsonParse, type IDataObject, type IN8nHttpFullResponse } from 'n8n-workflow';
import { NO_TELEGENT, UNREADABLE } from './errorHints';
import { responseMessage } from './errors';
import { brokenOff, isBadlyCompressed, type NetworkError } from './networkError';
import { MAX_MILLION_VALUES, MAX_RESPONSE_MB } from './responseBody';
import { outcomeOfFailure, parseRetryAfter, type AttemptFailure } from './retry';
import { holdsToken, isForeign } from './token';

/** The parsed body of a successful response. */
export type ApiResponse = IDataObject | IDataObject[] | string[];

/** The result of one attempt. */
export type Attempt =
	| { response: ApiResponse }
	| { status?: number; message: string; failure: AttemptFailure };

/**
 * Classifies a response. HTTP 200 may still be a refusal, with `Successful: false` or another `StatusCode` in the body;
 * with HTML or truncated JSON as its body the outcome is unknown.
 */
export function parseResponse({ body, headers, statusCode }: IN8nHttpFullResponse): Attempt {
	const content = parseJsonBody(body);
	const object = typeof content === 'object' && content !== null ? (content as IDataObject) : undefined;
	const failure = { kind: 'response', ...effectiveStatus(statusCode, object?.StatusCode) } as const;
	const { status } = failure;
	if (status >= 200 && status < 300 && !reportsFailure(object)) {
		if (isMarkupOrHalfJson(content)) return { status, message: UNREADABLE, failure: { kind: 'unreadable' } };
		return { response: (object ?? {}) as ApiResponse };
	}
	const retryAfterMs = parseRetryAfter(headers?.['retry-after'] ?? object?.RetryAfter, Date.now());
	return { status, message: responseMessage(content, status), failure: { ...failure, retryAfterMs } };
}

/** Text that begins like HTML or JSON although it could not be parsed. */
const isMarkupOrHalfJson = (content: unknown) => typeof content === 'string' && /^\s*[<{[]/.test(content);

const parseJsonBody = (body: unknown): unknown =>
	typeof body === 'string' ? jsonParse(body, { fallbackValue: body }) : body;

/** `Successful: false` or `Success: false`, in any case, also as text: Telegent's pages show booleans, some responses text. */
const reportsFailure = (response: IDataObject = {}) =>
	Object.entries(response).some(
		([key, value]) => /^success(ful)?$/i.test(key) && /^false$/i.test(String(value)),
	);

/**
 * The status of a response: HTTP's, or the `StatusCode` in the body of a 2xx. If they differ, the one whose outcome is
 * unknown counts. Only Telegent itself sends 503 in both, or in the body of HTTP 200; a gateway also sends it when its
 * connection to the API broke.
 */
function effectiveStatus(http: number, code: unknown): { status: number; byApi: boolean } {
	const said = Number(code);
	const byApi = code === 503 && (http === 503 || http === 200);
	if (!(said >= 400 && said < 600) || said === http) return { status: http, byApi };
	if (http < 300) return { status: said, byApi };
	const isDoubtful = (status: number) => outcomeOfFailure({ kind: 'response', status, byApi }) === 'unsure';
	return { status: !isDoubtful(http) && isDoubtful(said) ? said : http, byApi };
}

/** Parses the response to a token request. Without a token, it is a refusal, or not Telegent's. */
export function readToken(response: IN8nHttpFullResponse): Attempt {
	const attempt = parseResponse(response);
	if ('response' in attempt && holdsToken(attempt.response)) return attempt;
	const content = parseJsonBody(response.body);
	const status = 'response' in attempt ? response.statusCode : (attempt.status ?? response.statusCode);
	if (isForeign(content, status))
		return { status, message: NO_TELEGENT, failure: { kind: 'response', status, byApi: false } };
	if (!('response' in attempt)) return attempt;
	return {
		status,
		message: responseMessage(content, status),
		failure: { kind: 'response', status, byApi: true },
	};
}

/** A response that is too large to read. A refusal counts by its status, and without a token it isn't Telegent's. */
export function tooLarge(response: IN8nHttpFullResponse, authenticated: boolean): Attempt {
	const status = response.statusCode;
	if (status >= 300) return (authenticated ? parseResponse : readToken)({ ...response, body: '' as never });
	if (!authenticated)
		return { status, message: NO_TELEGENT, failure: { kind: 'response', status, byApi: false } };
	const limit = `${MAX_RESPONSE_MB} MB or ${MAX_MILLION_VALUES} million values`;
	const message = `${UNREADABLE} (larger than ${limit})`;
	return { status, message, failure: { kind: 'unreadable' } };
}

/** An attempt without a response in time: its outcome is unknown. */
export function timedOut(ms: number): Attempt {
	const message = `Telegent didn't finish its response within ${Math.round(ms / 1000)} seconds`;
	return { message, failure: { kind: 'noResponse', sent: true } };
}

/** Classifies an attempt without a readable response: its outcome is unknown, unless it certainly was not sent. */
export function classifyNetworkError(error: NetworkError): Attempt {
	const broken = brokenOff(error);
	if (broken) return { message: broken.message, failure: { kind: 'noResponse', sent: broken.sent } };
	const why = isBadlyCompressed(error) ? 'its compression is broken' : error.message;
	return { message: `${UNREADABLE} (${why})`, failure: { kind: 'unreadable' } };
}
