import { contractErrors } from './validation.mts';
import { operationKey, operationsAt, TOKEN_PATH, type Operation } from './contract.mts';
import { ApiError, errorBody, VENDOR_MESSAGES } from './errors.mts';
import type { Fault, Faults } from './faults.mts';
import { tokenExpiry } from './format.mts';
import { loggable, type LogEntry, type RequestLog } from './log.mts';
import type { RateLimit } from './rateLimit.mts';
import { handlers } from './resources/index.mts';
import type { Row } from './state.mts';
import type { TokenOffice } from './tokens.mts';
import type { World } from './world.mts';

export interface ApiRequest {
	method: string;
	path: string;
	query: Row;
	headers: Record<string, string | string[] | undefined>;
	/** as it arrived */
	text: string;
}

export interface ApiResponse {
	status: number;
	headers: Record<string, string>;
	/** undefined: an empty body */
	body?: unknown;
	/** break the connection instead of responding */
	drop?: boolean;
}

export interface ApiParts {
	world: World;
	tokens: TokenOffice;
	rateLimit: RateLimit;
	faults: Faults;
	log: RequestLog;
	accountKey: string;
	accountSecret: string;
}

/** A simulated delay; it keeps no process alive that has nothing else to do. */
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref());

/** Responds to a request like Telegent, with the faults that were set, and logs it. */
export async function answerRequest(parts: ApiParts, request: ApiRequest): Promise<ApiResponse> {
	const { world, faults, log } = parts;
	const started = performance.now();
	const entry = log.open({
		time: new Date(world.clock.now()).toISOString(),
		method: request.method,
		path: request.path,
		query: request.query,
		body: loggable(looseJson(request.text)),
	});
	if (world.settings.latencyMs) await pause(world.settings.latencyMs);
	const answer = await withFaults(faults, request, entry, () => work(parts, request, entry));
	entry.status = answer.drop ? 0 : answer.status;
	entry.durationMs = Math.round(performance.now() - started);
	return answer;
}

async function withFaults(
	faults: Faults,
	{ method, path }: ApiRequest,
	entry: LogEntry,
	work: () => ApiResponse,
): Promise<ApiResponse> {
	const before = faults.take(method, path, 'before');
	const early = before && (await suffer(before, entry));
	if (early) return early;
	const answer = work();
	if (answer.status >= 400) return answer;
	const after = faults.take(method, path, 'after');
	return (after && (await suffer(after, entry))) || answer;
}

/** Applies a fault; undefined when it only took time. */
async function suffer(fault: Fault, entry: LogEntry): Promise<ApiResponse | undefined> {
	entry.fault = fault.id;
	if (fault.latencyMs) await pause(fault.latencyMs);
	if (fault.drop) return { status: 0, headers: {}, drop: true };
	const { status, body, headers, retryAfter } = fault;
	const answers = [status, body, headers, retryAfter].some((part) => part !== undefined);
	if (fault.latencyMs && !answers) return undefined;
	return faultAnswer(fault, status ?? (body === undefined ? 500 : 200));
}

const faultAnswer = (fault: Fault, status: number): ApiResponse => ({
	status,
	headers: {
		...(fault.retryAfter !== undefined && { 'retry-after': String(fault.retryAfter) }),
		...fault.headers,
	},
	body: fault.body ?? { StatusCode: status, Message: VENDOR_MESSAGES[status] ?? `Status ${status}` },
});

function work(parts: ApiParts, request: ApiRequest, entry: LogEntry): ApiResponse {
	try {
		return { status: 200, headers: {}, body: perform(parts, request, entry) };
	} catch (error) {
		if (!(error instanceof ApiError)) return defect(error, entry);
		entry.error = error.message;
		const body = errorBody(error, parts.world.settings.errorShape);
		return { status: error.status, headers: error.details.headers ?? {}, body };
	}
}

/** A bug of the sandbox itself: shown as such, in the response and in the log. */
function defect(error: unknown, entry: LogEntry): ApiResponse {
	entry.error = `Defect of the sandbox: ${(error as Error).stack}`;
	return { status: 500, headers: {}, body: { StatusCode: 500, Message: entry.error } };
}

function perform(parts: ApiParts, request: ApiRequest, entry: LogEntry): unknown {
	const operation = route(request);
	checkRate(parts);
	const isTokenCall = operation.path === TOKEN_PATH;
	if (!isTokenCall) checkToken(parts, request, entry);
	const { strict } = parts.world.settings;
	const query = checked(operation, 'query', request.query, strict);
	const body = request.method === 'GET' ? {} : checked(operation, 'body', jsonBody(request), strict);
	if (isTokenCall) return exchange(parts, body, entry);
	const handler = handlers[operationKey(operation)];
	if (!handler) throw new ApiError(500, `The sandbox has no answer to ${operationKey(operation)} yet.`);
	const answer = handler({ query, body, world: parts.world });
	if (request.method !== 'GET' && ON_PHONE_PAGE.test(operation.path)) parts.world.events.emit('account');
	return answer;
}

/** What the phone simulator shows of the account: numbers, and the routes that they are on. */
const ON_PHONE_PAGE = /^\/v1\.0\/(message\/routes|numbers)(\/|$)/;

function route({ method, path }: ApiRequest): Operation {
	const methods = operationsAt(path);
	if (!methods) throw new ApiError(404);
	const operation = methods.get(method);
	if (!operation) throw new ApiError(405, undefined, { headers: { allow: [...methods.keys()].join(', ') } });
	return operation;
}

function checkRate({ world, rateLimit }: ApiParts): void {
	const now = world.clock.now();
	const wait = rateLimit.take(now, world.settings.requestsPerMinute);
	if (!wait) return;
	const seconds = Math.ceil(wait / 1000);
	const style = world.settings.retryAfterStyle;
	const header = style === 'seconds' ? String(seconds) : new Date(now + seconds * 1000).toUTCString();
	throw new ApiError(429, undefined, {
		...((style === 'seconds' || style === 'date') && { headers: { 'retry-after': header } }),
		...(style === 'body' && { extra: { RetryAfter: seconds } }),
	});
}

function checkToken({ world, tokens }: ApiParts, { headers, path }: ApiRequest, entry: LogEntry): void {
	const authorization = headers.authorization as string | undefined;
	const { id, problem } = tokens.check(authorization, path, world.clock.now());
	if (id) entry.tokenId = id;
	if (problem === 'invalid') throw new ApiError(401);
	/** Pages disagree on 401 or 403 (FACTS.md, "Tokens"). */
	if (problem === 'scope')
		throw new ApiError(world.settings.scopeErrorStatus, VENDOR_MESSAGES[world.settings.scopeErrorStatus]);
}

function looseJson(text: string): unknown {
	if (!text) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

function jsonBody({ headers, text }: ApiRequest): Row {
	if (!text) return {};
	if (!/^application\/([\w.-]+\+)?json\b/i.test(String(headers['content-type'] ?? '')))
		throw new ApiError(415);
	const body = looseJson(text);
	if (typeof body !== 'object' || body === null || Array.isArray(body))
		throw new ApiError(400, 'Bad request: the body is not a JSON object.', {
			fields: { $: ['The body is not a JSON object.'] },
		});
	return body as Row;
}

function checked(operation: Operation, part: 'query' | 'body', value: Row, strict: boolean): Row {
	const copy = { ...value };
	const fields = contractErrors(operation, part, copy, strict);
	const sentences = Object.values(fields).flat();
	if (!sentences.length) return copy;
	throw new ApiError(400, `Bad request: ${sentences.join(' ')}`, { fields });
}

function exchange(parts: ApiParts, body: Row, entry: LogEntry): unknown {
	const { world, tokens, accountKey, accountSecret } = parts;
	const { tokenFailureStyle, tokenSeconds } = world.settings;
	/** Optional in the schema, demanded by the API (FACTS.md, "Tokens"). */
	if (!body.ApiEndpoint) {
		const message = 'The ApiEndpoint field is required.';
		throw new ApiError(400, message, { shape: 'aspnet', fields: { ApiEndpoint: [message] } });
	}
	if (body.AccountKey !== accountKey || body.AccountSecret !== accountSecret) {
		if (tokenFailureStyle === '401')
			throw new ApiError(401, 'Unauthorized: invalid AccountKey or AccountSecret.');
		return {
			token: null,
			successful: false,
			tokenExpiry: null,
			error: 'Invalid AccountKey or AccountSecret.',
		};
	}
	const now = world.clock.now();
	const issued = tokens.issue(body.ApiEndpoint as string, accountKey, now, tokenSeconds);
	entry.tokenId = issued.id;
	return { token: issued.token, successful: true, tokenExpiry: tokenExpiry(issued.expires) };
}
