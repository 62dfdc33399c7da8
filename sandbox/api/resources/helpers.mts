import { ApiError, badField, notFound, required } from '../errors.mts';
import {
	ownAccountId,
	type Collection,
	type PhoneNumber,
	type Row,
	type State,
	type Subscriber,
} from '../state.mts';
import type { Handler, World } from '../world.mts';

/** These fields in this order; null where the record has none. */
export const pick = (record: Row, fields: readonly string[]): Row =>
	Object.fromEntries(fields.map((field) => [field, record[field] ?? null]));

/** A text that says something; undefined for null and ''. */
export const text = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** The record that a field of the request names: 400 without the field, 404 without the record. */
export function named<T>(records: Map<string, T>, field: string, value: unknown): T {
	const id = text(value);
	if (id === undefined) throw required(field);
	const record = records.get(id);
	if (!record) throw notFound(field, id);
	return record;
}

/** Refuses an id in the body that names nothing; leaving it out is fine. */
export function checkReference(records: Map<string, unknown>, field: string, value: unknown): string | null {
	const id = text(value);
	if (id === undefined) return null;
	if (!records.has(id))
		throw badField(field, `${field} ${id} does not exist or belongs to a different account`);
	return id;
}

/** Changes only what was sent. A null empties a field, except those that a record cannot be without. */
export function change(
	record: Row,
	body: Row,
	fields: readonly string[],
	needed: readonly string[] = [],
): void {
	for (const field of fields)
		if (body[field] !== undefined && !(body[field] === null && needed.includes(field)))
			record[field] = body[field];
}

/** The account a request speaks of: the first one when it does not say. */
export function accountId(world: World, value: unknown): string {
	const id = text(value);
	if (id === undefined) return ownAccountId(world.state);
	if (!world.state.accounts.has(id)) throw badField('AccountId', `Invalid AccountId: ${id}`);
	return id;
}

/** A subscriber; some pages write the prefix SID- instead of TSUID- (FACTS.md, "Identifiers"). */
export function subscriber(state: State, value: unknown, field = 'SubscriberId'): Subscriber {
	return named(state.subscribers, field, text(value)?.replace(/^SID-/, 'TSUID-'));
}

export const number = (state: State, value: unknown, field = 'PhoneNumber'): PhoneNumber =>
	named(state.numbers, field, value);

/** The numbers of a batch, `[{ Number }]`. */
export function batch(state: State, value: unknown): PhoneNumber[] {
	const rows = (value ?? []) as Row[];
	if (!rows.length) throw required('PhoneNumbers');
	return rows.map((row, index) => number(state, row?.Number, `PhoneNumbers[${index}].Number`));
}

/** The records that a status filter lets through: Active, Inactive or All. */
export function byActivity(records: Iterable<Row>, filter: unknown): Row[] {
	const wanted = text(filter)?.toLowerCase();
	return [...records].filter(({ Active }) =>
		wanted === 'active' ? Active === true : wanted === 'inactive' ? Active !== true : true,
	);
}

/** One page of a list; pages count from 1. */
export function page<T>(rows: T[], pageNumber: unknown, size: unknown, usualSize: number): T[] {
	const length = Math.max(1, Number(size) || usualSize);
	const start = (Math.max(1, Number(pageNumber) || 1) - 1) * length;
	return rows.slice(start, start + length);
}

interface CrudOptions {
	collection: Collection;
	id: string;
	prefix: string;
	/** what a request may set */
	fields: readonly string[];
	/** what a record cannot be without */
	needed?: readonly string[];
	/** what a new record has beside the request */
	defaults?: (world: World, body: Row) => Row;
	/** refuses a create or update */
	check?: (world: World, body: Row) => void;
}

/** Create, get, update and delete for a resource that is only stored. */
export function crud({ collection, id, prefix, fields, needed, defaults, check }: CrudOptions) {
	const records = (world: World): Map<string, Row> => world.state[collection];
	const find = (world: World, value: unknown): Row => named(records(world), id, value);

	const get =
		(answer: readonly string[]): Handler =>
		({ query, world }) =>
			pick(find(world, query[id]), answer);

	const create =
		(answer: readonly string[]): Handler =>
		({ body, world }) => {
			check?.(world, body);
			const key = world.random.id(prefix);
			const record: Row = { [id]: key, ...pick(body, fields), ...defaults?.(world, body) };
			records(world).set(key, record);
			return pick(record, answer);
		};

	const update =
		(answer: (record: Row) => unknown): Handler =>
		({ body, world }) => {
			const record = find(world, body[id]);
			check?.(world, body);
			change(record, body, fields, needed);
			return answer(record);
		};

	const remove =
		(answer: (key: string) => unknown, before?: (world: World, key: string) => void): Handler =>
		({ body, query, world }) => {
			const key = find(world, body[id] ?? query[id])[id] as string;
			before?.(world, key);
			records(world).delete(key);
			return answer(key);
		};

	return { find, get, create, update, remove };
}

export const refuse = (message: string): ApiError => new ApiError(400, message);
