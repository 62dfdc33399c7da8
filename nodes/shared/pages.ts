import { createHash } from 'crypto';
import type { ApiResponse } from '../../transport/response';
import type { IDataObject } from 'n8n-workflow';
import { isRecord } from './json';

/** The number of entries on all pages, as a response states it; undefined if it does not. */
export function totalOf(response: unknown, key: string): number | undefined {
	const total = isRecord(response) ? Number(response[key] ?? NaN) : NaN;
	return Number.isNaN(total) ? undefined : total;
}

/** Telegent may return fewer entries per page than requested: only its own total tells whether this was the last page. */
export function isLastPage(
	total: number | undefined,
	{ found, given, size }: { found: number; given: number; size: number },
): boolean {
	return total === undefined ? given < size : found >= total;
}

/** A digest of a page, to notice when Telegent returns the same page again. */
export function digestOf(records: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(records)).digest('base64');
}

/** Keys that accompany a list: a response with only these keys is an empty list. */
const ENVELOPE =
	/^((Results?)?Total\w*|PageNumber|Page|Results(Pages)?|Filter|(Account|Distributor|Aggregator)I[dD]|PhoneNumber)$/;

function isEnvelope(response: IDataObject, name: string): boolean {
	const keys = Object.keys(response);
	if (!keys.every((key) => ENVELOPE.test(key))) return false;
	const count = Number(response[keys.find((key) => key.includes('Total')) ?? ''] ?? 0);
	if (!(count > 0)) return true;
	throw new Error(`Telegent's response counts ${count} entries, but has no list "${name}"`);
}

/**
 * The list under `name` in a response. A response that is a list is the list itself; one with only totals is an empty
 * list; any other response is the only entry (vendor's example of `GET /v1.0/distributor/accounts`).
 * @throws Error if there is text or a number in place of the list, or a total without entries
 */
export function listIn(response: ApiResponse, name: string): unknown[] {
	if (Array.isArray(response)) return response;
	const key = Object.keys(response).find((one) => one.toLowerCase() === name.toLowerCase());
	if (key === undefined) return isEnvelope(response, name) ? [] : [response];
	const held: unknown = response[key] ?? [];
	if (Array.isArray(held)) return held;
	if (isRecord(held)) return [held];
	throw new Error(`In Telegent's response, "${name}" isn't a list, but a ${typeof held}`);
}
