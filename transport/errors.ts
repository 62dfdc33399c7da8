import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { wayOut } from '../nodes/Telegent/wayOut';
import type { Outcome } from './retry';
import { TOKEN_ROUTE } from './token';

/** A call that did not succeed, as far as a person needs to know it. */
export interface Failure {
	/** Method and path, for example `POST /v1.0/message/outbound`. */
	route: string;
	/** HTTP status; undefined where no answer came. */
	status?: number;
	/** Telegent's own words, or what happened on the way. */
	message: string;
	/** Whether the work may have been done all the same. */
	outcome: Outcome;
	/** How often the request was made. */
	attempts: number;
}

/**
 * The error that n8n shows for a failed call: Telegent's message as headline, below it what to do next.
 * It holds no request, no header and no secret.
 */
export function apiError(node: INode, failure: Failure, itemIndex?: number): NodeApiError {
	const { message, outcome, route, status } = failure;
	const error = new NodeApiError(node, { message, outcome } as JsonObject, {
		message: route === TOKEN_ROUTE ? `No token for Telegent: ${message}` : sentence(message),
		description: [wayOut(failure), technical(failure)].filter(Boolean).join(' '),
		httpCode: status === undefined ? undefined : String(status),
		itemIndex,
	});
	error.context.outcome = outcome;
	error.context.route = route;
	return error;
}

function technical({ attempts, route, status }: Failure): string {
	const tries = attempts > 1 ? `, after ${attempts} attempts` : '';
	return `(${route}${status === undefined ? '' : `, HTTP status ${status}`}${tries})`;
}

/**
 * Telegent's words from an answer, in any of its shapes: `{StatusCode, Message}`, the ASP.NET
 * `{Title, Detail, Errors: {field: [text]}}` of older pages, `{error}` of the token call, or plain text.
 * Falls back to a sentence with the status. Never returns a page of HTML.
 */
export function answerMessage(body: unknown, status: number): string {
	const said = typeof body === 'string' ? plainText(body) : objectMessage(body);
	if (said) return said;
	if (status < 400) return 'Telegent reported that the request did not succeed';
	return `Telegent answered with HTTP status ${status}`;
}

/** Where answers hold a sentence for people, the most telling first. They write their keys in any case. */
const SAYING = ['message', 'detail', 'errormessage', 'statusmessage', 'error', 'title'];

function objectMessage(body: unknown): string {
	const answer = new Map(
		Object.entries(body ?? {}).map(([key, value]) => [key.toLowerCase(), value as unknown]),
	);
	const errors = answer.get('errors');
	const fields = typeof errors === 'object' ? Object.entries(errors ?? {}) : [];
	if (fields.length > 0)
		return fields.map(([field, texts]) => `${field}: ${[texts].flat().join(' ')}`).join('; ');
	const texts = SAYING.map((key) => answer.get(key));
	return texts.find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? '';
}

function plainText(body: string): string {
	return /<[a-z!]/i.test(body) ? '' : body.trim().slice(0, 300);
}

/** `text` without the secrets of this call, should Telegent echo one. */
export function redact(text: string, secrets: string[]): string {
	return secrets
		.filter((secret) => secret.length >= 4)
		.reduce((rest, secret) => rest.split(secret).join('***'), text)
		.replace(/Bearer\s+[\w.~+/-]{16,}=*/gi, 'Bearer ***');
}

function sentence(text: string): string {
	const trimmed = text.trim();
	return trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
}
