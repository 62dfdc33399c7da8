import { NodeApiError, type IDataObject, type INode, type JsonObject } from 'n8n-workflow';
import { NO_TELEGENT, errorHint } from './errorHints';
import { TOKEN_ROUTE } from './token';
import type { Failure } from './failure';

/** Maximum length of Telegent's message in an error. */
const MAX_SHOWN = 1_000;

/** Maximum length that is searched for secrets: more than is shown, so that a secret is not cut and missed. */
const MAX_READ = 20_000;

/**
 * The error that n8n shows for a failed call: Telegent's message, and the next step as its description.
 * Contains no request, no header and no secret.
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

/** Message for a failed token request. A 4xx of Telegent itself means that key or secret is wrong. */
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
 * Telegent's message from a response, in any of its shapes: `{StatusCode, Message}`, the ASP.NET
 * `{Title, Detail, Errors: {field: [text]}}` of older pages, `{error}` of the token call, or plain text.
 * Falls back to a sentence with the status. Never returns HTML. May repeat values of the request: redact it.
 */
export function responseMessage(body: unknown, status: number): string {
	const said = typeof body === 'string' ? plainText(body) : objectMessage(body);
	if (said) return said.slice(0, MAX_READ);
	if (status < 400) return "Telegent reported that the request didn't succeed";
	return `Telegent responded with HTTP status ${status}`;
}

/** Keys that may hold a message, most specific first (compared case-insensitively). */
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

/** The messages of one field of `Errors`: a text, a list, or objects that contain one. */
function textsOf(said: unknown): string {
	if (Array.isArray(said)) return said.slice(0, 20).map(textsOf).filter(Boolean).join(' ');
	if (typeof said !== 'object' || said === null) return String(said ?? '').trim();
	const inner = objectMessage({ ...(said as IDataObject), errors: undefined, Errors: undefined });
	return inner || (JSON.stringify(said) ?? '').slice(0, MAX_READ);
}

function plainText(body: string): string {
	const text = body.slice(0, MAX_READ);
	return /<[a-z!]/i.test(text) ? '' : text.trim();
}

/** A JWT without "Bearer" before it. */
const JWT = /\beyJ[\w-]{6,}\.[\w-]{2,}(\.[\w-]*)?/g;

/** How a text is written by those who repeat it: as it is, and encoded for URLs, JSON, JSON inside JSON, HTML and Basic. */
function notationsOf(secret: string): string[] {
	// Without halves of surrogate pairs, which encodeURIComponent rejects.
	const bytes = Buffer.from(secret);
	const text = bytes.toString();
	const json = JSON.stringify(text);
	return [
		secret,
		encodeURIComponent(text),
		json.slice(1, -1),
		JSON.stringify(json).slice(3, -3),
		text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;'),
		bytes.toString('base64').replace(/=+$/, ''),
		bytes.toString('base64url'),
	];
}

/** Longest notations first: a shorter one can be part of a longer one. */
const notationsOfAll = (secrets: string[]): string[] =>
	[...new Set(secrets.filter((secret) => secret.length >= 4).flatMap(notationsOf))].sort(
		(a, b) => b.length - a.length,
	);

const replaceAll = (text: string, notations: string[]) =>
	notations.reduce(
		(rest, notation) => (rest.includes(notation) ? rest.split(notation).join('***') : rest),
		text,
	);

/** `text` without the secrets of this call, should Telegent echo one. */
export function redact(text: string, secrets: string[]): string {
	return replaceAll(text.slice(0, MAX_READ), notationsOfAll(secrets))
		.replace(/Bearer\s{1,9}[\w.~+/-]{16,}=*/gi, 'Bearer ***')
		.replace(JWT, '***');
}

const MAX_REDACTED_DEPTH = 100;

/** A response without these secrets, should Telegent echo one. */
export function withoutSecrets<T>(response: T, secrets: string[]): T {
	const notations = notationsOfAll(secrets);
	const clean = (value: unknown, depth: number): unknown => {
		if (typeof value === 'string') return replaceAll(value, notations);
		if (typeof value !== 'object' || value === null || depth > MAX_REDACTED_DEPTH) return value;
		if (Array.isArray(value)) return value.map((one) => clean(one, depth + 1));
		return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, clean(one, depth + 1)]));
	};
	return clean(response, 0) as T;
}

/** Names of fields whose values must never be shown. */
const SECRET = /pass(word|code|phrase)|token|secret|api[-_ ]?key|credential|authorization|pin$/i;

/** Values at any depth that must never be shown: passwords, tokens, secrets, API keys, PINs. */
export function secretsIn(values: object = {}): string[] {
	return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
		if (SECRET.test(key)) return [value].flat().flatMap(asSecret);
		return typeof value === 'object' && value !== null ? secretsIn(value) : [];
	});
}

/** Not booleans such as `TokenEnabled`: otherwise every "true" in a message would be redacted. */
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
