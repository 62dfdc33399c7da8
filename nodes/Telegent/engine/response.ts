import type { IDataObject } from 'n8n-workflow';
import type { ApiResponse } from '../../../transport/client';
import type { Operation, Paging } from './operation';
import { isRecord } from '../../shared/json';
import { ParameterError } from './parameters';
import { told } from '../../shared/values';
import { digestOf, isLastPage, listIn, totalOf } from '../../shared/pages';

/** Where an operation's response has its records. */
type Listing = Pick<Operation, 'entry' | 'list'>;

/** More pages than any list of Telegent has: a list that never ends is an error. */
const MAX_PAGES_PER_ITEM = 10_000;

/**
 * Fetches pages until the limit or the last page. A repeated page also ends the list.
 * @param keep which records are wanted; the limit counts these
 * @throws Error when the pages do not end
 */
export async function allPages(
	operation: Listing,
	paging: Paging,
	call: (page: IDataObject) => Promise<ApiResponse>,
	limit: number,
	keep?: (record: IDataObject) => boolean,
): Promise<IDataObject[]> {
	const size = keep ? paging.most : Math.min(limit, paging.most);
	const found: IDataObject[] = [];
	const seen = new Set<string>();
	let read = 0;
	for (let page = 1; found.length < limit; page++) {
		if (page > MAX_PAGES_PER_ITEM) throw new Error(endless(read));
		const response = await call({ [paging.page]: page, [paging.size]: size });
		const records = toRecords(response, operation);
		const digest = digestOf(records);
		if (records.length === 0 || seen.has(digest)) break;
		found.push(...(keep ? records.filter(keep) : records));
		read += records.length;
		const counts = { size, given: records.length, found: read };
		if (isLastPage(totalOf(response, paging.total), counts)) break;
		seen.add(digest);
	}
	return found.slice(0, limit);
}

function endless(count: number): string {
	return `Telegent keeps returning pages after ${count} entries. Turn off 'Return All' and set a 'Limit'`;
}

/**
 * The records of a response: its list, or the response itself as the only one. A value that is not an object (also null)
 * is wrapped in one under the operation's `entry`.
 * @throws Error where the value in place of the list is not one
 */
export function toRecords(response: ApiResponse, { entry = 'value', list }: Listing): IDataObject[] {
	const given = list ? listIn(response, list) : response;
	const all: unknown[] = Array.isArray(given) ? given : [given];
	if (list === undefined && all.length === 0) return [{}];
	return all.map((one) => (isRecord(one) ? one : { [entry]: one }) as IDataObject);
}

/** Whether a record has no keys, or no values. */
export function isEmpty(record: IDataObject): boolean {
	return Object.values(record).every((value) => value === null || value === undefined || value === '');
}

/** Keys that hold passwords, tokens or PINs wherever Telegent shows or echoes them. */
const SECRET_KEY = /(Password|PasswordToken|AuthenticationToken|Secret|PIN)$/i;
const MASK = '********';

/** A record with only the simplified fields, if `simplify`, and with secrets masked, unless `showSecrets`. */
export function simplifyAndMask(
	response: IDataObject,
	operation: Operation,
	simplify: boolean,
	showSecrets: boolean,
): IDataObject {
	const { secrets = [], simple } = operation;
	const kept =
		simplify && simple
			? Object.fromEntries(simple.filter((key) => key in response).map((key) => [key, response[key]]))
			: response;
	// API Request returns responses unchanged.
	if (showSecrets || operation.value === 'request') return kept;
	return masked(kept, secrets);
}

/** The most names that a message repeats. More than any record of Telegent has. */
const MAX_FIELDS_NAMED = 50;

/**
 * A record with only these fields, in this order; empty records stay as they are.
 * @throws ParameterError where the record has none of them
 */
export function selectFields(record: IDataObject, names: string[]): IDataObject {
	if (names.length === 0 || isEmpty(record)) return record;
	const keys = Object.keys(record);
	// Of keys that differ only in case, the first counts.
	const byName = new Map(keys.map((key) => [key.toLowerCase(), key] as const).reverse());
	const found = names.flatMap((name) => byName.get(name.toLowerCase()) ?? []);
	if (found.length > 0) return Object.fromEntries(found.map((key) => [key, record[key]]));
	const unknown = names
		.slice(0, MAX_FIELDS_NAMED)
		.map((name) => `"${told(name)}"`)
		.join(', ');
	throw new ParameterError(
		'Fields to Return',
		`the response has no field ${unknown}. It has: ${keys.slice(0, MAX_FIELDS_NAMED).map(told).join(', ')}`,
	);
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
