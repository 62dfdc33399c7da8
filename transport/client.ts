import {
	NodeApiError,
	NodeOperationError,
	sleep,
	type IAdditionalCredentialOptions,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type ILoadOptionsFunctions,
	type IPollFunctions,
	type IN8nHttpFullResponse,
	type IWebhookFunctions,
	type JsonObject,
} from 'n8n-workflow';
import { onAbort, timeLimit } from './abortSignals';
import { apiError, redact, secretsIn, withoutSecrets } from './errors';
import { type Failure } from './failure';
import type { NetworkError } from './networkError';
import { clockTime, MAX_ATTEMPT_MS, patienceFor, type Patience } from './patience';
import { requestOptions, type ApiRequest } from './request';
import {
	parseResponse,
	classifyNetworkError,
	readToken,
	timedOut,
	tooLarge,
	type ApiResponse,
	type Attempt,
} from './response';
import { withContent } from './responseBody';
import { decideRetry, outcomeOfFailure, type AttemptFailure, type Outcome, type Safety } from './retry';
import { rateLimiterFor, type RateLimiter, type Priority, type Ticket } from './rateLimiter';
import {
	accountDigest,
	getToken,
	normalizeBaseUrl,
	TOKEN_ROUTE,
	withoutBlanks,
	type Exchange,
	type TelegentCredential,
	type TokenResponse,
} from './token';

export type { ApiRequest, Route } from './request';
export type { ApiResponse } from './response';

export const CREDENTIAL = 'telegentApi';

const STOPPED = 'The execution was stopped';
/** A token takes no time, and others may wait for the same one. */
const TOKEN_MS = 30_000;
/** Polling interval for cancellation. */
const CANCEL_POLL_MS = 250;

/** Client for the Telegent API, with the credential of a node. */
export type TelegentClient = Pick<Client, 'countryCode' | 'timeZone' | 'perMinute' | 'call' | 'wait'>;

export type TelegentContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IHookFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** State of one call. The token request is a call of its own with the same state. */
interface Call {
	request: ApiRequest;
	itemIndex?: number;
	/** Remaining time that it may wait. */
	left: { waitMs: number };
	/** Secrets of the request, which must not appear in errors. */
	secrets: string[];
	/** The account secret and tokens, which must not appear in output either. */
	own: string[];
}

/** Creates a client with the credential of the node that runs in `context`. The credential is read once. */
export async function connect(context: TelegentContext): Promise<TelegentClient> {
	return connectWith(context, await context.getCredentials<TelegentCredential>(CREDENTIAL));
}

/** The client for a credential that was read before. */
export function connectWith(context: TelegentContext, credential: TelegentCredential): TelegentClient {
	return new Client(context, credential);
}

class Client {
	/** The credential's calling code for phone numbers without `+`; empty if none is set. */
	readonly countryCode: string;

	/** Time zone of the workflow. */
	readonly timeZone: string;

	private readonly baseUrl: string;

	/** Requests per minute that the credential allows; 0 for no limit. */
	readonly perMinute: number;

	private readonly rateLimiter: RateLimiter;

	private readonly signal?: AbortSignal;

	private readonly patience: Patience;

	/** Remaining waiting time that all calls share. */
	private readonly left: { waitMs: number };

	private readonly priority: Priority;

	private readonly credential: TelegentCredential;

	constructor(
		private readonly context: TelegentContext,
		credential: TelegentCredential,
	) {
		this.credential = withoutBlanks(credential);
		this.baseUrl = normalizeBaseUrl(credential.baseUrl);
		this.countryCode = credential.defaultCountryCode ?? '';
		this.timeZone = context.getTimezone();
		this.perMinute = Math.max(0, Math.ceil(credential.requestsPerMinute ?? 0)) || 0;
		this.rateLimiter = rateLimiterFor(accountDigest(credential));
		this.signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
		this.patience = patienceFor(context);
		this.left = { waitMs: this.patience.waitMs };
		this.priority = 'getInputData' in context && context.getInputData().length > 1 ? 'bulk' : 'interactive';
	}

	/**
	 * Makes one call: within the rate limit, with a token for its endpoint, retried if that is safe, and with a time limit.
	 * @throws NodeApiError that says what happened and what to do next, with `itemIndex`
	 */
	async call(request: ApiRequest, itemIndex?: number): Promise<ApiResponse> {
		const url = this.baseUrl + request.route.split(' ')[1];
		const left = this.patience.acrossCalls ? this.left : { waitMs: this.patience.waitMs };
		const secrets = [...secretsIn(request.body), ...secretsIn(request.query)];
		const call: Call = { request, itemIndex, left, secrets, own: [this.credential.accountSecret] };
		const response = await this.callWithRetry(call, async () => {
			const token = await this.token(url, call);
			const first = await this.send(call, true);
			if (!('failure' in first) || (first.status !== 401 && first.status !== 403)) return first;
			// A request with a rejected token did nothing: it may be repeated with a new token, even if it is not idempotent.
			await this.token(url, call, token);
			return await this.send(call, true);
		});
		return withoutSecrets(response, call.own);
	}

	private async token(url: string, call: Call, refused?: string): Promise<string> {
		let own = false;
		const exchange: Exchange = async (_url, body) => {
			own = true;
			const request: ApiRequest = { route: TOKEN_ROUTE, body: { ...body }, safety: 'read' };
			const asking = { ...call, request };
			return (await this.callWithRetry(
				asking,
				async () => await this.send(asking, false),
			)) as object as TokenResponse;
		};
		this.refuseLongWait(call, this.rateLimiter.heldUntil - performance.now());
		const get = async () => await getToken(this.credential, url, exchange, refused);
		// The exchange may belong to another run, and have ended because that run's workflow was stopped.
		const token = await get().catch(async (error: Error) => await (own ? Promise.reject(error) : get()));
		call.own.push(token);
		return token;
	}

	/** Makes attempts until one succeeds or must not be repeated. */
	private async callWithRetry(call: Call, once: () => Promise<Attempt>): Promise<ApiResponse> {
		const { deletes, safety } = call.request;
		for (let attempts = 1, maybeDone = false; ; attempts++) {
			const attempt = await once();
			if (!('failure' in attempt)) return attempt.response;
			const { failure, status } = attempt;
			if (deletes && maybeDone && status === 404) return {};
			maybeDone ||= outcomeOfFailure(failure) === 'unsure';
			const decision = decideRetry(failure, safety, attempts, Math.random());
			const waitMs = decision.retry ? decision.waitMs : 0;
			if (status === 429) this.rateLimiter.pauseUntil(performance.now() + waitMs);
			if (!decision.retry || waitMs > call.left.waitMs) {
				const message = decision.retry ? this.waitTooLongMessage(attempt.message, failure) : attempt.message;
				throw this.failure(call, { status, message, attempts, outcome: finalOutcome(maybeDone, safety) });
			}
			call.left.waitMs -= waitMs;
			await this.wait(waitMs);
		}
	}

	private failure(
		{ itemIndex, own, request, secrets }: Call,
		failure: Omit<Failure, 'repeatable' | 'route'>,
	): NodeApiError {
		const message = redact(failure.message, [...own, ...secrets]);
		const call = { route: request.route, message, repeatable: request.safety !== 'once' };
		return apiError(this.context.getNode(), { ...failure, ...call }, itemIndex);
	}

	/** Waits for the account's rate limit. */
	private async turn(call: Call, priority: Priority): Promise<Ticket> {
		const ticket = this.rateLimiter.enter(priority);
		try {
			for (;;) {
				const left = this.rateLimiter.admit(ticket, performance.now(), this.perMinute);
				if (left <= 0) return ticket;
				this.refuseLongWait(call, left);
				const slice = Math.min(left, CANCEL_POLL_MS);
				await this.wait(slice);
				if (this.patience.limitsQueue) call.left.waitMs -= slice;
			}
		} finally {
			this.rateLimiter.leave(ticket);
		}
	}

	/** @throws NodeApiError if an interactive call would have to wait too long */
	private refuseLongWait(call: Call, ms: number): void {
		if (!this.patience.limitsQueue || ms <= call.left.waitMs) return;
		const held = this.rateLimiter.heldUntil > performance.now();
		const until = this.clock(ms);
		const message = held
			? `Telegent asks to wait until ${until}`
			: `Your account's rate limit is used up until ${until}`;
		throw this.failure(call, { status: 429, message, attempts: 1, outcome: 'notDone' });
	}

	/** Why no further attempt is made although it could succeed. */
	private waitTooLongMessage(message: string, failure: AttemptFailure): string {
		if (failure.kind !== 'response' || failure.retryAfterMs === undefined) return message;
		return `Telegent asks to wait until ${this.clock(failure.retryAfterMs)}: ${message}`;
	}

	private clock(ms: number): string {
		return clockTime(Date.now() + ms, Date.now(), this.timeZone);
	}

	/** `authenticated` is false for a token request, which has priority: other calls may wait for the same token. */
	private async send(call: Call, authenticated: boolean): Promise<Attempt> {
		const priority = call.request.bulk ? 'bulk' : this.priority;
		const ticket = await this.turn(call, authenticated ? priority : 'interactive');
		this.rateLimiter.sent(ticket);
		try {
			const attempt = await this.attempt(call, authenticated);
			if ('failure' in attempt) this.noteRefusal(ticket, attempt);
			return attempt;
		} finally {
			this.rateLimiter.finished(ticket);
		}
	}

	/** A 429 also says that others use the account, and how much of it is this process's. */
	private noteRefusal(
		ticket: Ticket,
		{ failure, status }: Extract<Attempt, { failure: AttemptFailure }>,
	): void {
		if (status !== 429) return;
		const retryAfterMs = failure.kind === 'response' ? failure.retryAfterMs : undefined;
		this.rateLimiter.refused(ticket, performance.now(), this.perMinute, retryAfterMs);
	}

	private async attempt(call: Call, authenticated: boolean): Promise<Attempt> {
		const { safety } = call.request;
		const timeoutMs = this.attemptMs(call.request);
		// n8n's timeout covers the time until the first byte; this one covers the whole response.
		const limit = timeLimit(timeoutMs);
		const ending = new AbortController();
		const end = () => ending.abort();
		const signals = this.signal ? [limit, this.signal] : [limit];
		const listening = signals.map((signal) => onAbort(signal, end));
		const options = requestOptions(this.baseUrl, call.request, timeoutMs, ending.signal);
		const { httpRequest, httpRequestWithAuthentication: withCredential } = this.context.helpers;
		try {
			const response = (await (authenticated
				? withCredential.call(this.context, CREDENTIAL, options, this.decrypted())
				: httpRequest(options))) as IN8nHttpFullResponse;
			const complete = await withContent(response, end);
			if (!complete) return tooLarge(response, authenticated);
			return authenticated ? parseResponse(complete) : readToken(complete);
		} catch (error) {
			if (this.signal?.aborted) throw this.stopped(error as JsonObject, safety);
			if (limit.aborted) return timedOut(timeoutMs);
			return classifyNetworkError(error as NetworkError);
		} finally {
			for (const stop of listening) stop();
		}
	}

	private attemptMs({ route, safety }: ApiRequest): number {
		const own = route === TOKEN_ROUTE ? Math.min(this.patience.attemptMs, TOKEN_MS) : this.patience.attemptMs;
		return safety === 'once' ? MAX_ATTEMPT_MS : own;
	}

	private stopped(error: JsonObject, safety: Safety): NodeApiError {
		const stopped = new NodeApiError(this.context.getNode(), error, { message: STOPPED });
		stopped.context.outcome = safety === 'read' ? 'notDone' : 'unsure';
		return stopped;
	}

	/** Avoids n8n's database look-up for each request. */
	private decrypted(): IAdditionalCredentialOptions {
		const data = { ...this.credential } as unknown as ICredentialDataDecryptedObject;
		return { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data } };
	}

	/** Waits `ms` milliseconds. Throws when the workflow is stopped. */
	async wait(ms: number): Promise<void> {
		// A monotonic clock.
		const until = performance.now() + ms;
		for (let left = ms; ; left = until - performance.now()) {
			if (this.signal?.aborted) throw new NodeOperationError(this.context.getNode(), STOPPED);
			if (left <= 0) return;
			await sleep(Math.min(left, CANCEL_POLL_MS));
		}
	}
}

/** The outcome of a call that is abandoned. @param maybeDone whether an attempt may have been executed */
function finalOutcome(maybeDone: boolean, safety: Safety): Outcome {
	return maybeDone && safety !== 'read' ? 'unsure' : 'notDone';
}
