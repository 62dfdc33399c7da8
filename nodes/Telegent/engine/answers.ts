import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';
import type { ApiAnswer } from '../../../transport/request';
import type { Operation, Paging } from './operation';

/** No list of Telegent's has so many pages: one that does not end in itself ends here, with an error. */
const MAX_PAGES = 10_000;

/**
 * Pages until the limit or the last page. A page that was there before ends it too, lest it go on forever.
 * @throws Error when the pages do not end
 */
export async function allPages(
	operation: Operation,
	paging: Paging,
	call: (page: IDataObject) => Promise<ApiAnswer>,
	limit: number,
): Promise<IDataObject[]> {
	const size = Math.min(limit, paging.most);
	const found: IDataObject[] = [];
	const seen = new Set<string>();
	for (let page = 1; found.length < limit; page++) {
		if (page > MAX_PAGES) throw new Error(endless(found.length));
		const answer = await call({ [paging.page]: page, [paging.size]: size });
		const answers = entries(answer, operation);
		const digest = digestOf(answers);
		if (answers.length === 0 || seen.has(digest)) break;
		found.push(...answers);
		if (isLastPage(answer, paging.total, { size, given: answers.length, found: found.length })) break;
		seen.add(digest);
	}
	return found.slice(0, limit);
}

/** Telegent may give fewer at a time than asked for: only its own total tells whether that was the last page. */
export function isLastPage(
	answer: ApiAnswer,
	totalKey: string,
	{ found, given, size }: { found: number; given: number; size: number },
): boolean {
	const total = Array.isArray(answer) ? NaN : Number(answer[totalKey] ?? NaN);
	return Number.isNaN(total) ? given < size : found >= total;
}

/** What a page holds, in a few characters: to recognize it when Telegent gives it again. */
export function digestOf(records: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(records)).digest('base64');
}

function endless(count: number): string {
	return `Telegent keeps returning further pages after ${count} entries. Turn off Return All and set a Limit`;
}

/** What lists come with: an answer of nothing else has no entries. */
const ENVELOPE =
	/^((Results?)?Total\w*|PageNumber|Page|Results(Pages)?|Filter|(Account|Distributor|Aggregator)I[dD]|PhoneNumber)$/;

/**
 * The answer as a list: its own list where it has one, or itself as the only entry. What is no object, null included,
 * becomes one under the operation's `entry`.
 * @throws Error where something else stands in place of the list
 */
export function entries(answer: ApiAnswer, { entry = 'value', list }: Operation): IDataObject[] {
	const given = list ? listIn(answer, list) : answer;
	const all: unknown[] = Array.isArray(given) ? given : [given];
	if (list === undefined && all.length === 0) return [{}];
	return all.map((one) => (isRecord(one) ? one : { [entry]: one }) as IDataObject);
}

/**
 * The list that an answer holds under `name`. An answer that is a list is the list itself; one that holds neither the
 * list nor anything but totals is an empty list; any other one is the only entry (vendor's example of
 * `GET /v1.0/distributor/accounts`).
 * @throws Error where the answer holds text or a number instead, or counts entries that it does not have
 */
export function listIn(answer: ApiAnswer, name: string): unknown[] {
	if (Array.isArray(answer)) return answer;
	const key = Object.keys(answer).find((one) => one.toLowerCase() === name.toLowerCase());
	if (key === undefined) return isEnvelope(answer, name) ? [] : [answer];
	const held: unknown = answer[key] ?? [];
	if (Array.isArray(held)) return held;
	if (isRecord(held)) return [held];
	throw new Error(`Telegent’s answer has no list in "${name}", but ${typeof held}`);
}

function isEnvelope(answer: IDataObject, name: string): boolean {
	const keys = Object.keys(answer);
	if (!keys.every((key) => ENVELOPE.test(key))) return false;
	const count = Number(answer[keys.find((key) => key.includes('Total')) ?? ''] ?? 0);
	if (!(count > 0)) return true;
	throw new Error(`Telegent’s answer counts ${count} entries, but has no list "${name}"`);
}

function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a record says nothing: it has no key, or no value in any. */
export function isEmpty(record: IDataObject): boolean {
	return Object.values(record).every((value) => value === null || value === undefined || value === '');
}

/** Keys that hold passwords, tokens or PINs wherever Telegent shows or echoes them. */
const SECRET_KEY = /(Password|PasswordToken|AuthenticationToken|Secret|PIN)$/i;
const MASK = '********';

/** An answer as the person wants it: only the useful fields, and passwords and tokens behind asterisks. */
export function shape(
	answer: IDataObject,
	operation: Operation,
	simplify: boolean,
	showSecrets: boolean,
): IDataObject {
	const { secrets = [], simple } = operation;
	const kept =
		simplify && simple
			? Object.fromEntries(simple.filter((key) => key in answer).map((key) => [key, answer[key]]))
			: answer;
	// What a person asks of a path of their own comes as it is.
	if (showSecrets || operation.value === 'request') return kept;
	return masked(kept, secrets);
}

function masked(record: IDataObject, secrets: string[]): IDataObject {
	const shown = (key: string, value: unknown): unknown => {
		const secret = secrets.includes(key) || SECRET_KEY.test(key);
		if (secret && value && typeof value !== 'boolean' && typeof value !== 'object') return MASK;
		if (Array.isArray(value))
			return value.map((one: unknown) => (isRecord(one) ? masked(one, secrets) : one));
		return isRecord(value) ? masked(value, secrets) : value;
	};
	return Object.fromEntries(
		Object.entries(record).map(([key, value]) => [key, shown(key, value)]),
	) as IDataObject;
}
