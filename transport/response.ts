import { jsonParse, type IDataObject, type IN8nHttpFullResponse } from 'n8n-workflow';
import { NO_TELEGENT, UNREADABLE } from '../nodes/Telegent/wayOut';
import { answerMessage } from './errors';
import { brokenOff, type NetworkError } from './networkError';
import { outcomeOf, parseRetryAfter, type Setback } from './retry';
import { holdsToken, isForeign } from './token';

/** The parsed body of a successful answer. */
export type ApiAnswer = IDataObject | IDataObject[] | string[];

/** How one request went. */
export type Attempt = { answer: ApiAnswer } | { status?: number; message: string; setback: Setback };

/**
 * Telegent's answer as a result, or as a setback. HTTP 200 can say no all the same, with `Successful: false` or another
 * `StatusCode`; and where it brings a page of HTML or half an answer, it says nothing.
 */
export function readAnswer({ body, headers, statusCode }: IN8nHttpFullResponse): Attempt {
	const content = parsed(body);
	const object = typeof content === 'object' && content !== null ? (content as IDataObject) : undefined;
	const setback = { kind: 'answer', ...statusOf(statusCode, object?.StatusCode) } as const;
	const { status } = setback;
	const refused = saysNo(object) || status >= 400;
	if (status >= 200 && status < 300 && !refused) {
		if (typeof content !== 'string' || !/^\s*[<{[]/.test(content))
			return { answer: (object ?? {}) as ApiAnswer };
		return { status, message: UNREADABLE, setback: { kind: 'unreadable' } };
	}
	const retryAfterMs = parseRetryAfter(headers?.['retry-after'] ?? object?.RetryAfter, Date.now());
	return { status, message: answerMessage(content, status), setback: { ...setback, retryAfterMs } };
}

const parsed = (body: unknown): unknown =>
	typeof body === 'string' ? jsonParse(body, { fallbackValue: body }) : body;

/** `Successful: false`, in any case, shortened, or as text: Telegent's pages show booleans, some of its answers text. */
const saysNo = (response: IDataObject = {}) =>
	Object.entries(response).some(
		([key, value]) => /^success(ful)?$/i.test(key) && /^false$/i.test(String(value)),
	);

/**
 * The status of an answer: HTTP's, or the `StatusCode` in a body that came with a 2xx. Where the two differ, one that
 * leaves open whether the work was done counts. Only Telegent itself says 503 in both, or in the body of HTTP 200; a
 * gateway in between says it, too, when the connection behind it broke half-way.
 */
function statusOf(http: number, code: unknown): { status: number; byApi: boolean } {
	const said = Number(code);
	const byApi = code === 503 && (http === 503 || http === 200);
	if (!(said >= 400 && said < 600) || said === http) return { status: http, byApi };
	if (http < 300) return { status: said, byApi };
	const isDoubtful = (status: number) => outcomeOf({ kind: 'answer', status, byApi }) === 'unsure';
	return { status: !isDoubtful(http) && isDoubtful(said) ? said : http, byApi };
}

/** An answer to the exchange that holds no token is a refusal, or not Telegent's. */
export function readToken(response: IN8nHttpFullResponse): Attempt {
	const attempt = readAnswer(response);
	if ('answer' in attempt && holdsToken(attempt.answer)) return attempt;
	const content = parsed(response.body);
	const status = 'answer' in attempt ? response.statusCode : (attempt.status ?? response.statusCode);
	if (isForeign(content, status))
		return { status, message: NO_TELEGENT, setback: { kind: 'answer', status, byApi: false } };
	if (!('answer' in attempt)) return attempt;
	return {
		status,
		message: answerMessage(content, status),
		setback: { kind: 'answer', status, byApi: true },
	};
}

/**
 * Whether a 2xx holds nothing at all: no field, no entry, or entries of that kind. For a request that sends, buys or
 * creates it is no confirmation.
 */
export function isEmptyAnswer(answer: unknown): boolean {
	if (Array.isArray(answer)) return answer.every(isEmptyAnswer);
	if (typeof answer === 'object' && answer !== null) return Object.keys(answer).length === 0;
	return answer === undefined || answer === null || answer === '';
}

/** Whether it arrived is not known, nor how far the work got. */
export function timedOut(ms: number): Attempt {
	const message = `Telegent didn’t finish its response within ${Math.round(ms / 1000)} seconds`;
	return { message, setback: { kind: 'noAnswer', sent: true } };
}

/** A request that got no answer, or one that nobody can read: it may have reached Telegent, unless it surely did not. */
export function readBrokenOff(error: NetworkError): Attempt {
	const broken = brokenOff(error);
	if (broken) return { message: broken.message, setback: { kind: 'noAnswer', sent: broken.sent } };
	return { message: `${UNREADABLE} (${error.message})`, setback: { kind: 'unreadable' } };
}
