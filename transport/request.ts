import {
	NodeApiError,
	NodeOperationError,
	sleep,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type IN8nHttpFullResponse,
	type IWebhookFunctions,
	type JsonObject,
} from 'n8n-workflow';
import { answerMessage, apiError, redact } from './errors';
import { decide, parseRetryAfter, type Safety, type Setback } from './retry';
import { pacerFor, type Pacer } from './throttle';
import {
	accountDigest,
	getToken,
	normalizeBaseUrl,
	TOKEN_ROUTE,
	type TelegentCredential,
	type TokenAnswer,
	type TokenRequest,
} from './token';

export const CREDENTIAL = 'telegentApi';

/** Longer than Telegent's own gateway waits. */
const TIMEOUT_MS = 120_000;
/** How soon a stopped workflow stops waiting. */
const SLICE_MS = 250;

export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

export interface ApiRequest {
	/** Method and path, as the API's pages print them: `GET /v1.0/numbers`. */
	route: Route;
	query?: IDataObject;
	body?: IDataObject;
	safety: Safety;
}

/** The parsed body of a successful answer. */
export type ApiAnswer = IDataObject | IDataObject[] | string[];

/** Telegent, as the node's credential opens it. */
export interface Telegent {
	/** The credential's calling code for phone numbers without `+`; empty where none is set. */
	countryCode: string;
	/**
	 * Makes one call: paced, with a token for its endpoint, repeated where that is safe.
	 * @throws NodeApiError that says what happened and how to get unstuck; `itemIndex` is attached to it
	 */
	call(request: ApiRequest, itemIndex?: number): Promise<ApiAnswer>;
	/** Waits `ms` milliseconds, but not beyond the moment when the person stops the workflow: then it throws. */
	wait(ms: number): Promise<void>;
}

export type TelegentContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions;

interface Attempt {
	status?: number;
	body?: unknown;
	message: string;
	setback: Setback;
}

/** Opens Telegent with the credential of the node that runs in `context`. The credential is read once. */
export async function connect(context: TelegentContext): Promise<Telegent> {
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return new Channel(context, credential);
}

class Channel implements Telegent {
	readonly countryCode: string;

	private readonly baseUrl: string;

	private readonly pacer: Pacer;

	private readonly signal?: AbortSignal;

	constructor(
		private readonly context: TelegentContext,
		private readonly credential: TelegentCredential,
	) {
		this.baseUrl = normalizeBaseUrl(credential.baseUrl);
		this.countryCode = credential.defaultCountryCode ?? '';
		this.pacer = pacerFor(accountDigest(credential));
		this.signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	}

	async call({ route, query, body, safety }: ApiRequest, itemIndex?: number): Promise<ApiAnswer> {
		const [method, path] = route.split(' ') as [IHttpRequestMethods, string];
		const request = { method, url: `${this.baseUrl}${path}`, qs: query, body };
		return await this.persist(route, safety, itemIndex, secretsIn(body), async () => {
			const token = await this.token(request.url, itemIndex);
			const first = await this.send(request, true);
			if (!('setback' in first) || (first.status !== 401 && first.status !== 403)) return first;
			// Nothing was done with a refused token: a fresh one may repeat the request, whatever it does.
			await this.token(request.url, itemIndex, token);
			return await this.send(request, true);
		});
	}

	private async token(url: string, itemIndex?: number, refused?: string): Promise<string> {
		const exchange = async (tokenUrl: string, body: TokenRequest): Promise<TokenAnswer> => {
			const request = { method: 'POST' as const, url: tokenUrl, body: { ...body } };
			const once = async () => await this.send(request, false);
			return (await this.persist(TOKEN_ROUTE, 'read', itemIndex, [], once)) as TokenAnswer;
		};
		return await getToken(this.credential, url, exchange, refused);
	}

	/** Makes attempts until one succeeds or another one would be wrong. */
	private async persist(
		route: Route,
		safety: Safety,
		itemIndex: number | undefined,
		secrets: string[],
		once: () => Promise<{ answer: ApiAnswer } | Attempt>,
	): Promise<ApiAnswer> {
		for (let attempts = 1; ; attempts++) {
			const attempt = await once();
			if (!('setback' in attempt)) return attempt.answer;
			const { setback, status } = attempt;
			const verdict = decide(setback, safety, attempts, Math.random());
			if (!verdict.retry) {
				const message = redact(attempt.message, [this.credential.accountSecret, ...secrets]);
				const failure = { route, status, message, attempts, outcome: verdict.outcome };
				throw apiError(this.context.getNode(), failure, itemIndex);
			}
			if (status === 429) this.pacer.holdUntil(Date.now() + verdict.waitMs);
			await this.wait(verdict.waitMs);
		}
	}

	private async send(
		request: IHttpRequestOptions,
		authenticated: boolean,
	): Promise<{ answer: ApiAnswer } | Attempt> {
		await this.pace();
		const options: IHttpRequestOptions = {
			...request,
			json: true,
			timeout: TIMEOUT_MS,
			// A redirect could repeat a send elsewhere and take the token along.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			abortSignal: this.signal,
		};
		try {
			const helpers = this.context.helpers;
			const response: IN8nHttpFullResponse = authenticated
				? await helpers.httpRequestWithAuthentication.call(
						this.context,
						CREDENTIAL,
						options,
						this.decrypted(),
					)
				: await helpers.httpRequest(options);
			return readAnswer(response);
		} catch (error) {
			const attempt = readNetworkError(error);
			if (attempt && !this.signal?.aborted) return attempt;
			throw new NodeApiError(this.context.getNode(), error as JsonObject);
		}
	}

	/** Spares n8n the database look-up that it would otherwise do for each request. */
	private decrypted() {
		const data = { ...this.credential } as unknown as ICredentialDataDecryptedObject;
		return { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data } };
	}

	private async pace(): Promise<void> {
		const perMinute = Math.max(0, Math.floor(this.credential.requestsPerMinute ?? 0));
		const slot = this.pacer.reserve(Date.now(), perMinute);
		await this.wait(slot - Date.now());
	}

	async wait(ms: number): Promise<void> {
		const until = Date.now() + ms;
		for (let left = ms; left > 0; left = until - Date.now()) {
			if (this.signal?.aborted)
				throw new NodeOperationError(this.context.getNode(), 'The execution was stopped');
			await sleep(Math.min(left, SLICE_MS));
		}
	}
}

/** Telegent's answer as a result, or as a setback. HTTP 200 with `Successful: false` is a setback too. */
function readAnswer({
	body,
	headers,
	statusCode: status,
}: IN8nHttpFullResponse): { answer: ApiAnswer } | Attempt {
	const content: unknown = typeof body === 'string' ? parseJson(body) : body;
	const object = typeof content === 'object' && content !== null ? (content as IDataObject) : undefined;
	const refused = object !== undefined && (object.Successful === false || object.successful === false);
	if (status >= 200 && status < 300 && !refused) return { answer: (object ?? {}) as ApiAnswer };
	const byApi = object !== undefined && ('StatusCode' in object || 'Status' in object || 'status' in object);
	const retryAfterMs = parseRetryAfter(headers?.['retry-after'] ?? object?.RetryAfter, Date.now());
	return {
		status,
		body: content,
		message: answerMessage(content, status),
		setback: { kind: 'answer', status, byApi, retryAfterMs },
	};
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** Where no connection came about, Telegent cannot have seen the request. */
const NEVER_SENT =
	/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT)/;

/** A request that got no answer, or undefined where `error` is something else, for example a cancelled run. */
function readNetworkError(error: unknown): Attempt | undefined {
	const chain: Array<{ code?: unknown; syscall?: unknown; cause?: unknown }> = [];
	for (
		let link = error as (typeof chain)[number] | undefined;
		link && chain.length < 5;
		link = link.cause as typeof link
	) {
		chain.push(link);
	}
	const code = chain.map((link) => link.code).find((value): value is string => typeof value === 'string');
	if (code === undefined || code === 'ERR_CANCELED' || !/^[A-Z][A-Z_]+$/.test(code)) return undefined;
	const sent = !NEVER_SENT.test(code) && !chain.some((link) => link.syscall === 'connect');
	const message = sent
		? 'The connection to Telegent broke before an answer came'
		: 'Telegent cannot be reached from this n8n';
	return { message, setback: { kind: 'noAnswer', sent } };
}

/** Values of the body that must never be shown: passwords, tokens, secrets, PINs. */
function secretsIn(body: IDataObject = {}): string[] {
	return Object.entries(body)
		.filter(([key, value]) => typeof value === 'string' && /password|token|secret|pin$/i.test(key))
		.map(([, value]) => value as string);
}
