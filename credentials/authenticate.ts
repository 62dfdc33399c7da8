import { jsonParse, type IHttpRequestOptions } from 'n8n-workflow';
import { NO_TELEGENT } from '../transport/errorHints';
import { responseMessage, redact, refusedToken } from '../transport/errors';
import type { BoundedRequest } from '../transport/request';
import {
	belongsToTelegent,
	getToken,
	holdsToken,
	isForeign,
	normalizeBaseUrl,
	withoutBlanks,
	withoutSlashes,
	type Exchange,
	type TelegentCredential,
} from '../transport/token';
import { readUpTo } from '../transport/responseBody';

const EXCHANGE_MS = 30_000;
const MAX_TOKEN_BYTES = 1024 * 1024;

/**
 * Gives a request the token for its endpoint. n8n calls it for every request that uses the credential: from the
 * Telegent nodes, the HTTP Request node and its Custom API Call. After a 401, n8n calls it again with the refused
 * `Authorization` header still in place, and that token is replaced.
 * @returns the request, with an `Authorization` header that does not go along to another origin
 * @throws Error when the URL is not below the credential's Base URL, or Telegent gives no token
 */
export async function authenticate(
	given: TelegentCredential,
	request: BoundedRequest,
): Promise<IHttpRequestOptions> {
	const credential = withoutBlanks(given);
	const url = fullUrl(request, normalizeBaseUrl(credential.baseUrl));
	if (!belongsToTelegent(credential, url)) {
		throw new Error(
			`The Telegent credential only works for ${credential.baseUrl}, so nothing was sent to ${new URL(url).origin}. Use a different credential for that URL.`,
		);
	}
	const refused = /^Bearer (.+)$/.exec(String(request.headers?.Authorization ?? ''))?.[1];
	const token = await getToken(credential, url, exchange, refused);
	request.headers = { ...request.headers, Authorization: `Bearer ${token}` };
	request.sendCredentialsOnCrossOriginRedirect = false;
	// n8n replaces the signal that the node gave by one without a time-out.
	if (request.attemptSignal) request.abortSignal = request.attemptSignal;
	return request;
}

const ABSOLUTE = /^([a-z][a-z\d+.-]*:)?\/\//i;

/**
 * The URL that a request goes to: some callers of n8n give `uri`, some a base URL and a relative `url`. An absolute
 * `url` is called as it is, whatever stands beside it.
 * @param telegent the credential's Base URL. The connection test hands it over as it was entered; it is replaced there.
 */
function fullUrl(request: IHttpRequestOptions & { uri?: string }, telegent: string): string {
	const url = String(request.url ?? request.uri ?? '').trim();
	if (!request.baseURL) return parseJsonText(url).href;
	if (isSameBase(request.baseURL, telegent)) request.baseURL = telegent;
	const base = withoutSlashes(request.baseURL.trim());
	const resolved = parseJsonText(url, `${base}/`);
	// Also what is absolute for some URL parsers and not for others, such as `/\host`.
	if (ABSOLUTE.test(url) || resolved.origin !== parseJsonText(base).origin) return resolved.href;
	return parseJsonText(`${base}/${url.replace(/^\/+/, '')}`).href;
}

function parseJsonText(url: string, base?: string): URL {
	if (URL.canParse(url, base)) return new URL(url, base);
	throw new Error(`The request has no valid URL: "${url.slice(0, 100)}". Nothing was sent.`);
}

function isSameBase(baseUrl: string, telegent: string): boolean {
	try {
		return normalizeBaseUrl(baseUrl) === telegent;
	} catch {
		return false;
	}
}

/** n8n gives `authenticate` no request helper, so this exchange goes out by itself. The nodes bring their tokens along. */
const exchange: Exchange = async (url, body) => {
	const response = await post(url, body).catch(() => undefined);
	if (!response) {
		const { origin } = new URL(url);
		throw new Error(
			`Telegent can't be reached at ${origin}. Check the 'Base URL' in the credential and the network.`,
		);
	}
	const { content, status } = response;
	if (status < 300 && typeof content === 'object' && content && holdsToken(content)) return content;
	if (isForeign(content, status))
		throw new Error(
			`${NO_TELEGENT}. Check the 'Base URL' (HTTP status ${status} from ${new URL(url).origin}).`,
		);
	const said = redact(responseMessage(content, status), [body.AccountSecret]).slice(0, 300);
	if (status === 429 || status === 408 || status >= 500)
		throw new Error(`Telegent couldn't issue a token right now: ${said}. Try again in a minute.`);
	throw new Error(`${refusedToken(said, status).replace(/\.$/, '')}. Check both for missing characters.`);
};

async function post(url: string, body: object): Promise<{ status: number; content: unknown }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		body: JSON.stringify(body),
		redirect: 'manual',
		// Limits the time for the body, too.
		signal: AbortSignal.timeout(EXCHANGE_MS),
	});
	// No token is as large. Leaving the loop closes the connection.
	const content = response.body as unknown as AsyncIterable<Uint8Array> | null;
	const text = String((content && (await readUpTo(MAX_TOKEN_BYTES, content))) ?? '');
	return { status: response.status, content: jsonParse<unknown>(text, { fallbackValue: text }) };
}
