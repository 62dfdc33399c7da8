import {
	jsonParse,
	NodeApiError,
	NodeOperationError,
	sleep,
	type IAdditionalCredentialOptions,
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
import { UNREADABLE } from '../nodes/Telegent/wayOut';
import { answerMessage, apiError, redact } from './errors';
import { decide, outcomeOf, parseRetryAfter, type Safety, type Setback } from './retry';
import { pacerFor, type Pacer } from './throttle';
import {
	accountDigest,
	getToken,
	holdsToken,
	normalizeBaseUrl,
	TOKEN_ROUTE,
	type Exchange,
	type TelegentCredential,
	type TokenAnswer,
} from './token';

export const CREDENTIAL = 'telegentApi';

/** Longer than Telegent's own gateway waits. */
const TIMEOUT_MS = 120_000;
const STOPPED = 'The execution was stopped';
/** How soon a stopped workflow stops waiting. */
const SLICE_MS = 250;

export type Route = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`;

export interface ApiRequest {
	/** Method and path, as the API's pages print them: `GET /v1.0/numbers`. */
	route: Route;
	query?: IDataObject;
	body?: IDataObject;
	safety: Safety;
	/** Makes something go away: when it is not there any more after an attempt that may have worked, it has worked. */
	deletes?: true;
}

/** The parsed body of a successful answer. */
export type ApiAnswer = IDataObject | IDataObject[] | string[];

/** Telegent, as the node's credential opens it. */
export type Telegent = Pick<Channel, 'countryCode' | 'timeZone' | 'call' | 'wait'>;

export type TelegentContext = IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IWebhookFunctions;

/** How one request went. */
type Attempt = { answer: ApiAnswer } | { status?: number; message: string; setback: Setback };

/** Opens Telegent with the credential of the node that runs in `context`. The credential is read once. */
export async function connect(context: TelegentContext): Promise<Telegent> {
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return new Channel(context, credential);
}

class Channel {
	/** The credential's calling code for phone numbers without `+`; empty where none is set. */
	readonly countryCode: string;

	/** The workflow's. */
	readonly timeZone: string;

	private readonly baseUrl: string;

	private readonly perMinute: number;

	private readonly pacer: Pacer;

	private readonly signal?: AbortSignal;

	constructor(
		private readonly context: TelegentContext,
		private readonly credential: TelegentCredential,
	) {
		this.baseUrl = normalizeBaseUrl(credential.baseUrl);
		this.countryCode = credential.defaultCountryCode ?? '';
		this.timeZone = context.getTimezone();
		this.perMinute = Math.max(0, Math.ceil(credential.requestsPerMinute ?? 0)) || 0;
		this.pacer = pacerFor(accountDigest(credential));
		this.signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	}

	/**
	 * Makes one call: paced, with a token for its endpoint, repeated where that is safe.
	 * @throws NodeApiError that says what happened and how to get unstuck; `itemIndex` is attached to it
	 */
	async call(request: ApiRequest, itemIndex?: number): Promise<ApiAnswer> {
		const url = this.baseUrl + request.route.split(' ')[1];
		return await this.persist(request, itemIndex, async () => {
			const token = await this.token(url, itemIndex);
			const first = await this.send(request, true);
			if (!('setback' in first) || (first.status !== 401 && first.status !== 403)) return first;
			// Nothing was done with a refused token: a fresh one may repeat the request, whatever it does.
			await this.token(url, itemIndex, token);
			return await this.send(request, true);
		});
	}

	private async token(url: string, itemIndex?: number, refused?: string): Promise<string> {
		let own = false;
		const exchange: Exchange = async (_url, body) => {
			own = true;
			const request: ApiRequest = { route: TOKEN_ROUTE, body: { ...body }, safety: 'read' };
			return (await this.persist(request, itemIndex, async () =>
				withToken(await this.send(request, false)),
			)) as object as TokenAnswer;
		};
		const get = async () => await getToken(this.credential, url, exchange, refused);
		// Another run's exchange may have ended because its workflow was stopped.
		return await get().catch(async (error: Error) => await (own ? Promise.reject(error) : get()));
	}

	/** Makes attempts until one succeeds or another one would be wrong. */
	private async persist(
		{ body, deletes, query, route, safety }: ApiRequest,
		itemIndex: number | undefined,
		once: () => Promise<Attempt>,
	): Promise<ApiAnswer> {
		for (let attempts = 1, maybeDone = false; ; attempts++) {
			const attempt = await once();
			if (!('setback' in attempt)) return attempt.answer;
			const { setback, status } = attempt;
			if (deletes && maybeDone && status === 404) return {};
			const verdict = decide(setback, safety, attempts, Math.random());
			if (!verdict.retry) {
				const secrets = [this.credential.accountSecret, ...secretsIn(body), ...secretsIn(query)];
				const message = redact(attempt.message, secrets);
				const failure = { route, status, message, attempts, outcome: verdict.outcome };
				throw apiError(this.context.getNode(), failure, itemIndex);
			}
			maybeDone ||= outcomeOf(setback) === 'unsure';
			if (status === 429) this.pacer.holdUntil(Date.now() + verdict.waitMs);
			await this.wait(verdict.waitMs);
		}
	}

	private async send({ body, query, route, safety }: ApiRequest, authenticated: boolean): Promise<Attempt> {
		const slot = this.pacer.reserve(Date.now(), this.perMinute);
		await this.wait(slot - Date.now()).catch((stopped: Error) => {
			this.pacer.giveBack(slot);
			throw stopped;
		});
		const [method, path] = route.split(' ') as [IHttpRequestMethods, string];
		const options: IHttpRequestOptions = {
			method,
			url: this.baseUrl + path,
			qs: query,
			arrayFormat: 'repeat',
			body,
			json: true,
			timeout: TIMEOUT_MS,
			// A redirect could repeat a send elsewhere and take the token along.
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			abortSignal: this.signal,
		};
		const { httpRequest, httpRequestWithAuthentication: withCredential } = this.context.helpers;
		try {
			const answer = authenticated
				? withCredential.call(this.context, CREDENTIAL, options, this.decrypted())
				: httpRequest(options);
			return readAnswer((await answer) as IN8nHttpFullResponse);
		} catch (error) {
			if (!this.signal?.aborted) return readBrokenOff(error as NetworkError);
			const stopped = new NodeApiError(this.context.getNode(), error as JsonObject, { message: STOPPED });
			stopped.context.outcome = safety === 'read' ? 'notDone' : 'unsure';
			throw stopped;
		}
	}

	/** Spares n8n the database look-up that it would otherwise do for each request. */
	private decrypted(): IAdditionalCredentialOptions {
		const data = { ...this.credential } as unknown as ICredentialDataDecryptedObject;
		return { credentialsDecrypted: { id: '', name: '', type: CREDENTIAL, data } };
	}

	/** Waits `ms` milliseconds, but not beyond the moment when the person stops the workflow: then it throws. */
	async wait(ms: number): Promise<void> {
		const until = Date.now() + ms;
		for (let left = ms; ; left = until - Date.now()) {
			if (this.signal?.aborted) throw new NodeOperationError(this.context.getNode(), STOPPED);
			if (left <= 0) return;
			await sleep(Math.min(left, SLICE_MS));
		}
	}
}

/**
 * Telegent's answer as a result, or as a setback. HTTP 200 can say no all the same, with `Successful: false` or another
 * `StatusCode`; and where it brings a page of HTML or half an answer, it says nothing.
 */
function readAnswer({ body, headers, statusCode }: IN8nHttpFullResponse): Attempt {
	const content: unknown = typeof body === 'string' ? jsonParse(body, { fallbackValue: body }) : body;
	const object = typeof content === 'object' && content !== null ? (content as IDataObject) : undefined;
	const said = Number(object?.StatusCode);
	const status = said >= 400 && said < 600 ? Math.max(said, statusCode) : statusCode;
	const refused = saysNo(object) || status >= 400;
	if (status >= 200 && status < 300 && !refused) {
		if (typeof content !== 'string' || !/^\s*[<{[]/.test(content))
			return { answer: (object ?? {}) as ApiAnswer };
		return { status, message: UNREADABLE, setback: { kind: 'unreadable' } };
	}
	const byApi = ['StatusCode', 'Status', 'status', 'Successful', 'successful'].some(
		(key) => key in (object ?? {}),
	);
	const retryAfterMs = parseRetryAfter(headers?.['retry-after'] ?? object?.RetryAfter, Date.now());
	const setback: Setback = { kind: 'answer', status, byApi, retryAfterMs };
	return { status, message: answerMessage(content, status), setback };
}

/** `Successful: false`, in any case, shortened, or as text. */
const saysNo = (answer: IDataObject = {}) =>
	Object.entries(answer).some(
		([key, value]) => /^success(ful)?$/i.test(key) && /^false$/i.test(String(value)),
	);

/** An answer to the exchange that holds no token is a refusal. */
function withToken(attempt: Attempt): Attempt {
	if (!('answer' in attempt) || holdsToken(attempt.answer)) return attempt;
	const message = answerMessage(attempt.answer, 200);
	return { status: 200, message, setback: { kind: 'answer', status: 200, byApi: true } };
}

/** Where no connection came about, Telegent cannot have seen the request. */
const NEVER_SENT =
	/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT)/;

type NetworkError = { code?: unknown; syscall?: unknown; cause?: NetworkError; message?: string };

/** A request that got no answer, or one that nobody can read: it may have reached Telegent, unless it surely did not. */
function readBrokenOff(error: NetworkError): Attempt {
	const chain: NetworkError[] = [];
	for (let link: NetworkError | undefined = error; link && chain.length < 5; link = link.cause)
		chain.push(link);
	const code = chain.map((link) => link.code).find((value): value is string => typeof value === 'string');
	const neverSent = NEVER_SENT.test(code ?? '') || chain.some((link) => link.syscall === 'connect');
	if (neverSent)
		return {
			message: 'Telegent cannot be reached from this n8n',
			setback: { kind: 'noAnswer', sent: false },
		};
	if (/^(?!ERR_CANCELED)[A-Z][A-Z_]+$/.test(code ?? ''))
		return {
			message: 'The connection to Telegent broke before an answer came',
			setback: { kind: 'noAnswer', sent: true },
		};
	return { message: `${UNREADABLE} (${error.message})`, setback: { kind: 'unreadable' } };
}

/** Values that must never be shown: passwords, tokens, secrets, PINs, however deep. */
function secretsIn(values: object = {}): string[] {
	return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
		if (/password|token|secret|pin$/i.test(key)) return [value].flat().map(String);
		return typeof value === 'object' && value !== null ? secretsIn(value) : [];
	});
}
