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

/** What a page holds, in a few characters: to recognize it when Telegent gives it again. */
export function digestOf(records: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(records)).digest('base64');
}

/** What lists come with: an answer of nothing else has no entries. */
const ENVELOPE =
	/^((Results?)?Total\w*|PageNumber|Page|Results(Pages)?|Filter|(Account|Distributor|Aggregator)I[dD]|PhoneNumber)$/;

function isEnvelope(answer: IDataObject, name: string): boolean {
	const keys = Object.keys(answer);
	if (!keys.every((key) => ENVELOPE.test(key))) return false;
	const count = Number(answer[keys.find((key) => key.includes('Total')) ?? ''] ?? 0);
	if (!(count > 0)) return true;
	throw new Error(`Telegent's response counts ${count} entries, but has no list "${name}"`);
}

/**
 * The list that an answer holds under `name`. An answer that is a list is the list itself; one that holds neither the
 * list nor anything but totals is an empty list; any other one is the only entry (vendor's example of
 * `GET /v1.0/distributor/accounts`).
 * @throws Error where the answer holds text or a number instead, or counts entries that it does not have
 */
export function listIn(answer: ApiResponse, name: string): unknown[] {
	if (Array.isArray(answer)) return answer;
	const key = Object.keys(answer).find((one) => one.toLowerCase() === name.toLowerCase());
	if (key === undefined) return isEnvelope(answer, name) ? [] : [answer];
	const held: unknown = answer[key] ?? [];
	if (Array.isArray(held)) return held;
	if (isRecord(held)) return [held];
	throw new Error(`In Telegent's response, "${name}" isn't a list, but a ${typeof held}`);
}
