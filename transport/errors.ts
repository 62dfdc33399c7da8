import { NodeApiError, type IDataObject, type INode, type JsonObject } from 'n8n-workflow';
import { NO_TELEGENT, errorHint } from './errorHints';
import { TOKEN_ROUTE } from './token';
import type { Failure } from './failure';

/** What is shown of Telegent's words at most. */
const MAX_SHOWN = 1_000;

/** What is looked at of them at most: more than is shown, so that nothing is cut in the middle of a secret. */
const MAX_READ = 20_000;

/**
 * The error that n8n shows for a failed call: Telegent's message as headline, below it what to do next.
 * It holds no request, no header and no secret.
 */
export function apiError(node: INode, failure: Failure, itemIndex?: number): NodeApiError {
	const { outcome, route, status } = failure;
	const message = shorten(failure.message);
	const error = new NodeApiError(node, { message, outcome } as JsonObject, {
		message: headline({ ...failure, message }),
		description: [errorHint({ ...failure, message }), technical(failure)].filter(Boolean).join(' '),
		httpCode: status === undefined ? undefined : String(status),
		itemIndex,
	});
	error.context.outcome = outcome;
	error.context.route = route;
	return error;
}

function headline({ message, route, status }: Failure): string {
	return route === TOKEN_ROUTE ? refusedToken(message, status) : sentence(message);
}

/** Says of an exchange that gave no token whether key and secret are to blame. Nothing else answers so. */
export function refusedToken(message: string, status: number | undefined): string {
	const byTelegent = status !== undefined && status !== 429 && status !== 408 && status < 500;
	if (!byTelegent || message === NO_TELEGENT) return sentence(message);
	return `Telegent didn't accept the 'Account Key' or 'Account Secret': ${message}`;
}

function technical({ attempts, route, status }: Failure): string {
	const tries = attempts > 1 ? `, after ${attempts} attempts` : '';
	if (route === TOKEN_ROUTE && !tries) return '';
	return `(${route}${status === undefined ? '' : `, HTTP status ${status}`}${tries})`;
}

/**
 * Telegent's words from an answer, in any of its shapes: `{StatusCode, Message}`, the ASP.NET
 * `{Title, Detail, Errors: {field: [text]}}` of older pages, `{error}` of the token call, or plain text.
 * Falls back to a sentence with the status. Never returns a page of HTML. May hold what the request held: redact it.
 */
export function responseMessage(body: unknown, status: number): string {
	const said = typeof body === 'string' ? plainText(body) : objectMessage(body);
	if (said) return said.slice(0, MAX_READ);
	if (status < 400) return "Telegent reported that the request didn't succeed";
	return `Telegent responded with HTTP status ${status}`;
}

/** Where answers hold a sentence for people, the most telling first. They write their keys in any case. */
const MESSAGE_KEYS = ['message', 'detail', 'errormessage', 'statusmessage', 'error', 'title'];

function objectMessage(body: unknown): string {
	if (typeof body !== 'object' || body === null) return '';
	const response = new Map(
		Object.entries(body).map(([key, value]) => [key.toLowerCase(), value as unknown] as const),
	);
	const errors = response.get('errors');
	if (Array.isArray(errors) && errors.length > 0) return textsOf(errors);
	const fields = typeof errors === 'object' && errors !== null ? Object.entries(errors) : [];
	if (fields.length > 0) return fields.map(([field, said]) => `${field}: ${textsOf(said)}`).join('; ');
	const texts = MESSAGE_KEYS.map((key) => response.get(key));
	return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? '';
}

/** What stands at a field of `Errors`: a text, several, or objects that hold one. */
function textsOf(said: unknown): string {
	if (Array.isArray(said)) return said.slice(0, 20).map(textsOf).filter(Boolean).join(' ');
	if (typeof said !== 'object' || said === null) return String(said ?? '').trim();
	const inner = objectMessage({ ...(said as IDataObject), errors: undefined, Errors: undefined });
	return inner || (JSON.stringify(said) ?? '').slice(0, MAX_SHOWN);
}

function plainText(body: string): string {
	const text = body.slice(0, MAX_READ);
	return /<[a-z!]/i.test(text) ? '' : text.trim();
}

/** A token where nobody says "Bearer" before it. */
const JWT = /\beyJ[\w-]{6,}\.[\w-]{2,}(\.[\w-]*)?/g;

/** `text` without the secrets of this call, should Telegent echo one. */
export function redact(text: string, secrets: string[]): string {
	return secrets
		.filter((secret) => secret.length >= 4)
		.sort((a, b) => b.length - a.length)
		.reduce((rest, secret) => rest.split(secret).join('***'), text.slice(0, MAX_READ))
		.replace(/Bearer\s{1,9}[\w.~+/-]{16,}=*/gi, 'Bearer ***')
		.replace(JWT, '***');
}

/** Names of fields whose values must never be shown. */
const SECRET = /pass(word|code|phrase)|token|secret|api[-_ ]?key|credential|authorization|pin$/i;

/** Values that must never be shown, however deep: passwords, tokens, secrets, API keys, PINs. */
export function secretsIn(values: object = {}): string[] {
	return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
		if (SECRET.test(key)) return [value].flat().flatMap(asSecret);
		return typeof value === 'object' && value !== null ? secretsIn(value) : [];
	});
}

/** A switch called `TokenEnabled` is none: `true` would vanish from every sentence. */
function asSecret(value: unknown): string[] {
	if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(asSecret);
	return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

function shorten(text: string): string {
	return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function sentence(text: string): string {
	const trimmed = text.trim();
	return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}
