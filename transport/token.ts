import { createHash } from 'crypto';
import { BoundedMap } from './boundedMap';
import { processState } from './processState';

/** What the credential "Telegent API" holds, as n8n hands it over. */
export interface TelegentCredential {
	accountKey: string;
	accountSecret: string;
	baseUrl: string;
	/** Requests per minute that the account may make; 0 for no limit. */
	requestsPerMinute?: number;
	/** Calling code that numbers without `+` belong to, for example `1`. */
	defaultCountryCode?: string;
}

/** The body of `POST /v1.0/oauth2/tokens`. */
export type TokenRequest = Record<'AccountKey' | 'AccountSecret' | 'ApiEndpoint', string>;

/** Its response. Without a token, it is a refusal, even with HTTP 200 (vendor's Authentication page). */
export interface TokenResponse {
	token: string;
	tokenExpiry?: string;
}

/** Sends the token request to `url` and returns the parsed response; throws if it has no token. */
export type Exchange = (url: string, body: TokenRequest) => Promise<TokenResponse>;

export const TOKEN_ROUTE = 'POST /v1.0/oauth2/tokens';
const MINUTE = 60_000;
const MAX_TOKENS = 1_000;

/** `validUntil` is in milliseconds since 1970. */
type Token = { token: string; validUntil: number };

/** Tokens, and pending exchanges. */
const cache = processState(new BoundedMap<string, Promise<Token>>(MAX_TOKENS));

/**
 * The credential's base URL without a trailing slash and without `/v1.0`, which every path carries already.
 * @throws Error when it isn't an http(s) URL, or holds a username
 */
export function normalizeBaseUrl(baseUrl: unknown): string {
	const given = typeof baseUrl === 'string' ? baseUrl.trim() : '';
	const bare = withoutSlashes(given);
	const base = /\/v1\.0$/i.test(bare) ? withoutSlashes(bare.slice(0, -'v1.0'.length)) : bare;
	if (base.length <= MAX_URL && BASE_URL.test(base) && URL.canParse(base)) return base;
	const shown = typeof baseUrl === 'string' ? baseUrl.slice(0, 100) : typeof baseUrl;
	const why = /^https?:\/\/[^/\s?#]*@/i.test(given) ? 'holds a username' : `isn't a valid URL: "${shown}"`;
	throw new Error(
		`The 'Base URL' in the Telegent credential ${why}. Nothing was sent. Use https://api.telegent.com`,
	);
}

const MAX_URL = 2_000;
/** No username: with one, n8n would send that instead of the token. */
const BASE_URL = /^https?:\/\/[^/\s?#@\\]+(\/[^\s?#\\]*)?$/i;

/** Without the slashes at its end, in linear time. */
export function withoutSlashes(text: string): string {
	let result = text.length;
	while (text[result - 1] === '/') result--;
	return text.slice(0, result);
}

/** The credential without whitespace that was pasted along with key and secret. */
export function withoutBlanks<T extends Pick<TelegentCredential, 'accountKey' | 'accountSecret'>>(
	credential: T,
): T {
	const { accountKey, accountSecret } = credential;
	return {
		...credential,
		accountKey: String(accountKey ?? '').trim(),
		accountSecret: String(accountSecret ?? '').trim(),
	};
}

/** Whether a request to `url` may carry this credential's token: same origin and below the base URL's path. */
export function belongsToTelegent(credential: TelegentCredential, url: string): boolean {
	const base = new URL(normalizeBaseUrl(credential.baseUrl));
	const target = new URL(url);
	const folder = base.pathname.replace(/\/$/, '');
	return target.origin === base.origin && target.pathname.startsWith(`${folder}/`);
}

/**
 * A bearer token for one endpoint: from the cache, or exchanged for the account key and secret.
 *
 * Telegent's tokens are valid for the one endpoint URL in `ApiEndpoint`, query left out, and cannot be
 * refreshed (quick start, "Token Scoping"). The cache is shared by all nodes and workflows of the process;
 * callers that ask for the same token at the same time share one exchange.
 *
 * @param url the full URL that will be called
 * @param refused a token that Telegent just refused: it is dropped if the cache still holds it
 * @throws whatever `exchange` throws
 */
export async function getToken(
	credential: TelegentCredential,
	url: string,
	exchange: Exchange,
	refused?: string,
): Promise<string> {
	const { origin, pathname } = new URL(url);
	const endpoint = origin + pathname;
	const key = `${accountDigest(credential)} ${endpoint}`;
	const cached = cache.get(key);
	const known = await cached;
	if (known && known.token !== refused && known.validUntil > Date.now()) return known.token;
	if (cache.get(key) !== cached) return await getToken(credential, url, exchange, refused);
	const fresh = exchangeToken(credential, endpoint, exchange);
	cache.set(key, fresh);
	fresh.catch(() => cache.get(key) === fresh && cache.delete(key));
	return (await fresh).token;
}

/** Whether a response has a token: a refusal has none, or `successful: false`. */
export function holdsToken(response: object): response is TokenResponse {
	const { successful, token } = response as Partial<TokenResponse> & { successful?: boolean | string };
	return typeof token === 'string' && token !== '' && !/^false$/i.test(String(successful));
}

/** Fields of which Telegent's own responses to a token request have at least one. */
const TELEGENTS_OWN = /^(token|successful|error|errors|message|statuscode|detail|title)$/i;

/** Whether the response to a token request is not Telegent's, as with a wrong Base URL. */
export function isForeign(body: unknown, status: number): boolean {
	if ([408, 429].includes(status) || status >= 500) return false;
	if ([404, 405].includes(status) || (status >= 300 && status < 400)) return true;
	if ([401, 403].includes(status)) return typeof body === 'string' && body.trim().startsWith('<');
	return typeof body !== 'object' || !Object.keys(body ?? {}).some((key) => TELEGENTS_OWN.test(key));
}

async function exchangeToken(
	credential: TelegentCredential,
	endpoint: string,
	exchange: Exchange,
): Promise<Token> {
	const { accountKey, accountSecret, baseUrl } = withoutBlanks(credential);
	const asked = Date.now();
	const request = { AccountKey: accountKey, AccountSecret: accountSecret, ApiEndpoint: endpoint };
	const response = await exchange(normalizeBaseUrl(baseUrl) + TOKEN_ROUTE.slice(5), request);
	return { token: response.token, validUntil: asked + tokenLife(response, asked) };
}

/**
 * How many milliseconds a token may be used, from the moment of the request.
 * The JWT's own claims are exact, and `exp - iat` does not depend on this machine's clock. `tokenExpiry` has no
 * time zone, so it is trusted for a few minutes only. A token is always dropped a little early.
 */
export function tokenLife({ token, tokenExpiry }: TokenResponse, now: number): number {
	const { exp, iat = now / 1000 } = jwtClaims(token);
	const stated = exp ? (exp - iat) * 1000 : Math.min(Date.parse(`${tokenExpiry} UTC`) - now, 5 * MINUTE);
	const life = stated > 0 ? stated : MINUTE;
	return life - Math.min(life / 10, MINUTE / 2);
}

/** Times in seconds since 1970; empty if the token is not a JWT. */
function jwtClaims(token: string): { exp?: number; iat?: number } {
	try {
		const claims = JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()) as { exp?: number };
		return claims ?? {};
	} catch {
		return {};
	}
}

/** Identifies the account in cache keys; the secret cannot be derived from it. */
export function accountDigest(credential: TelegentCredential): string {
	const { baseUrl, accountKey, accountSecret } = withoutBlanks(credential);
	return createHash('sha256')
		.update(JSON.stringify([normalizeBaseUrl(baseUrl), accountKey, accountSecret]))
		.digest('base64');
}
