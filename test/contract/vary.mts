import type { ContractOperation, Field, Json, Request } from './contract.mts';
import { pagingOf } from './samples.mts';

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

export function varied(operation: ContractOperation, { body, query }: Request, manner: Manner): Request {
	const paging = pagingOf(operation);
	const change = (values: Json, where: Field['in']): Json => {
		const fields = operation.fields.filter((field) => field.in === where);
		return eachField(values, fields, '', (name, value, field) =>
			name === paging?.page ? value : other(value, field, name, manner),
		);
	};
	return {
		...(query && { query: change(query, 'query') }),
		...(body && { body: consistent(change(body, 'body')) }),
	};
}

function eachField(
	values: Json,
	fields: Field[],
	inside: string,
	change: (place: string, value: unknown, field?: Field) => unknown,
): Json {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => {
			const field = fields.find((known) => known.name === name);
			return [name, change(inside + name, value, field)];
		}),
	);
}

function other(value: unknown, field: Field | undefined, place: string, manner: Manner): unknown {
	if (Array.isArray(value)) {
		return value.map((entry) =>
			other(entry, field, typeof entry === 'object' ? `${place}[]` : place, manner),
		);
	}
	if (typeof value === 'object' && value !== null) {
		return eachField(value as Json, field?.children ?? [], `${place}.`, (at, inner, child) =>
			other(inner, child, at, manner),
		);
	}
	const choices = field?.enum ?? manner.offered(place);
	if (choices) return manner.choices ? next(choices, value) : value;
	if (typeof value === 'boolean') return manner.choices ? !value : value;
	if (typeof value === 'number') return Math.round((value + 1) * 100) / 100;
	return typeof value === 'string' ? otherText(value) : value;
}

function next(choices: unknown[], value: unknown): unknown {
	return value === null || value === '' ? value : choices[(choices.indexOf(value) + 1) % choices.length];
}

function otherText(text: string): string {
	if (text === '') return '';
	if (/^\d{2}\/\d{2}\/\d{4}$/.test(text)) return '01/15/2027';
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return '2027-01-15';
	if (text.startsWith('{') || text.startsWith('"')) return text.replace('word1', 'word9');
	if (/^\w+:\/\//.test(text)) return `${text}/2`;
	if (/\d$/.test(text)) return text.slice(0, -1) + ((Number(text.at(-1)) + 1) % 10);
	return /^[\w.]+@/.test(text) ? `b.${text}` : `${text}b`;
}

/** What the vendor says of fields that depend on each other: an IoT number cannot be application-to-person. */
function consistent(body: Json): Json {
	const iot = [body.NumberType, body.Classification].some((kind) => /^iot$/i.test(String(kind)));
	return iot && body.MessageType === 'a2p' ? { ...body, MessageType: 'p2p' } : body;
}
