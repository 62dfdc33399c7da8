import type { IHttpRequestOptions } from 'n8n-workflow';
import { answerMessage, redact } from '../transport/errors';
import {
	belongsToTelegent,
	getToken,
	holdsToken,
	type Exchange,
	type TelegentCredential,
} from '../transport/token';

/**
 * Gives a request the token for its endpoint. n8n calls it for every request that uses the credential: from the
 * Telegent nodes, the HTTP Request node and its Custom API Call. After a 401, n8n calls it again with the refused
 * `Authorization` header still in place, and that token is replaced.
 * @returns the request, with an `Authorization` header
 * @throws Error when the URL is not below the credential's Base URL, or Telegent gives no token
 */
export async function authenticate(
	credential: TelegentCredential,
	request: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const url = fullUrl(request);
	if (!belongsToTelegent(credential, url)) {
		throw new Error(
			`The Telegent credential works for ${credential.baseUrl} only, so nothing was sent to ${new URL(url).origin}. Use another credential there.`,
		);
	}
	const refused = /^Bearer (.+)$/.exec(String(request.headers?.Authorization ?? ''))?.[1];
	const token = await getToken(credential, url, exchange, refused);
	request.headers = { ...request.headers, Authorization: `Bearer ${token}` };
	return request;
}

/** The address that a request goes to: some callers of n8n give `uri`, some a base URL and a relative `url`. */
function fullUrl(request: IHttpRequestOptions & { uri?: string }): string {
	const url = request.url ?? request.uri ?? '';
	return request.baseURL ? `${request.baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}` : url;
}

/** n8n gives `authenticate` no request helper, so this exchange goes out by itself. The nodes bring their tokens along. */
const exchange: Exchange = async (url, body) => {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		body: JSON.stringify(body),
		redirect: 'error',
	}).catch(() => undefined);
	if (!response)
		throw new Error(
			`Telegent cannot be reached at ${new URL(url).origin}. Check the Base URL and the network.`,
		);
	const answer = ((await response.json().catch(() => null)) ?? {}) as object;
	if (response.ok && holdsToken(answer)) return answer;
	const said = redact(answerMessage(answer, response.status), [body.AccountSecret]);
	if (response.status === 429 || response.status >= 500)
		throw new Error(`Telegent gave no token just now: ${said}. Try again in a minute.`);
	throw new Error(
		`Telegent did not accept the Account Key or Account Secret (${said}). Check both for missing characters.`,
	);
};
