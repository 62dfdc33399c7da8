import fc from 'fast-check';
import {
	pagingOf,
	type ContractOperation,
	type Field,
	type Json,
	type Request,
} from '../../../scripts/lib/contract.mts';

/*
 * The second item's request: the same fields with other values of the same kind, so that a value that is read from
 * the wrong item shows.
 */

interface Manner {
	/** Whether choices change too; they may decide which other fields are shown. */
	choices: boolean;
	/** What the editor lets people choose from, by place. */
	offered: (place: string) => unknown[] | undefined;
}

/** Requests like `sample` with other values. */
export function otherRequests(
	operation: ContractOperation,
	{ body, query }: Request,
	manner: Manner,
): fc.Arbitrary<Request> {
	const paging = pagingOf(operation);
	const group = (values: Json, where: Field['in']) => {
		const fields = operation.fields.filter((field) => field.in === where);
		return others(values, fields, '', (name, value, field) =>
			name === paging?.page ? fc.constant(value) : other(value, field, name, manner),
		);
	};
	return fc.record({
		...(query && { query: group(query, 'query') }),
		...(body && { body: group(body, 'body').map(consistent) }),
	});
}

/** One such request, the same each time. */
export function varied(operation: ContractOperation, sample: Request, manner: Manner): Request {
	return fc.sample(otherRequests(operation, sample, manner), { numRuns: 1, seed: 1 })[0];
}

function others(
	values: Json,
	fields: Field[],
	inside: string,
	change: (place: string, value: unknown, field?: Field) => fc.Arbitrary<unknown>,
): fc.Arbitrary<Json> {
	const parts = Object.entries(values).map(([name, value]) => {
		const field = fields.find((known) => known.name === name);
		return [name, change(inside + name, value, field)];
	});
	return fc.record(Object.fromEntries(parts) as Record<string, fc.Arbitrary<unknown>>, {
		noNullPrototype: true,
	});
}

function other(
	value: unknown,
	field: Field | undefined,
	place: string,
	manner: Manner,
): fc.Arbitrary<unknown> {
	if (Array.isArray(value)) {
		const at = (entry: unknown) => (typeof entry === 'object' ? `${place}[]` : place);
		return fc.tuple(...value.map((entry) => other(entry, field, at(entry), manner)));
	}
	if (typeof value === 'object' && value !== null) {
		return others(value as Json, field?.children ?? [], `${place}.`, (inner, part, child) =>
			other(part, child, inner, manner),
		);
	}
	const choices = field?.enum ?? manner.offered(place);
	if (choices) return manner.choices ? otherChoice(choices, value) : fc.constant(value);
	if (typeof value === 'boolean') return fc.constant(manner.choices ? !value : value);
	if (typeof value === 'number') return fc.integer({ min: 1, max: 9 }).map((more) => cents(value + more));
	return typeof value === 'string' ? otherText(value) : fc.constant(value);
}

function otherChoice(choices: unknown[], value: unknown): fc.Arbitrary<unknown> {
	const rest = choices.filter((choice) => choice !== value);
	return value === null || value === '' || rest.length === 0 ? fc.constant(value) : fc.constantFrom(...rest);
}

function cents(amount: number): number {
	return Math.round(amount * 100) / 100;
}

const letters = fc.stringMatching(/^[a-z]{1,8}$/);
const days = fc.date({ min: new Date('2027-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });

/** Another text of the same form: a date, JSON, a URL, an email address, something with a number at its end. */
function otherText(text: string): fc.Arbitrary<string> {
	if (text === '') return fc.constant('');
	if (/^\d{2}\/\d{2}\/\d{4}$/.test(text)) {
		return days.map((day) => day.toISOString().replace(/^(\d+)-(\d+)-(\d+).*$/, '$2/$3/$1'));
	}
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return days.map((day) => day.toISOString().slice(0, 10));
	if (/^[{"]/.test(text)) return letters.map((word) => text.replace('word1', `other ${word}`));
	if (/^\w+:\/\//.test(text)) return letters.map((path) => `${text}/${path}`);
	if (/\d$/.test(text)) {
		return fc
			.integer({ min: 1, max: 9 })
			.map((more) => text.slice(0, -1) + ((Number(text.at(-1)) + more) % 10));
	}
	return letters.map((word) => (/^[\w.]+@/.test(text) ? `${word}.${text}` : `${text}${word}`));
}

/** Makes fields that depend on each other fit together: the API or the node refuses a request otherwise. */
function consistent(body: Json): Json {
	const fitting = { ...body };
	const isIot = [body.NumberType, body.Classification].some((kind) => /^iot$/i.test(String(kind)));
	if (isIot && body.MessageType === 'a2p') fitting.MessageType = 'p2p';
	const needsToken = 'WebhookUrl' in body && /^(Token|Bearer)$/.test(String(body.AuthenticationType));
	if (needsToken && !body.AuthenticationToken) fitting.AuthenticationType = 'None';
	if (body.PeriodType === 'W') fitting.RenewalDay = (Number(body.RenewalDay) % 7) + 1;
	const limits = ['NotifyValue', 'ThrottleValue', 'LimitValue'].filter((name) => Number.isFinite(body[name]));
	const ascending = limits.map((name) => Number(body[name])).sort((one, other) => one - other);
	for (const [index, name] of limits.entries()) fitting[name] = ascending[index] + index;
	return fitting;
}
