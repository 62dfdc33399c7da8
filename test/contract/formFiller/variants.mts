import type { INodeProperties } from 'n8n-workflow';
import type { Json, Request } from '../../../scripts/lib/contract.mts';
import { choicesAt, decidingFields } from './fill.mts';
import { complete } from './samples.mts';
import type { Subject } from '../../../scripts/lib/operations.mts';

export interface Variant {
	/** Which choice it is about, for the report. */
	name: string;
	request: Request;
	/** Choices in fields that are not sent. */
	choices: Json;
}

/** Every field filled at once, again for each choice that decides which fields are shown. */
export function variantsOf(subject: Subject): Variant[] {
	const { entry, match, operation } = subject;
	const deciding = decidingFields(entry);
	const sent = match.links.filter(({ slot }) => deciding.has(slot.path.at(-1) as string));
	const sentNames = sent.map(({ slot }) => slot.path.at(-1));
	const unsent = entry.fields.filter(({ name }) => deciding.has(name) && !sentNames.includes(name));
	const request = withChoices(complete(operation), choicesAt(operation, entry));
	return [
		{ name: 'all fields', request, choices: {} },
		...sent.flatMap(({ field, slot }) =>
			slot.variants.flatMap(valuesOf).map((value) => ({
				name: `${field.name} ${String(value)}`,
				request: withValue(request, field.in, field.name, value),
				choices: {},
			})),
		),
		...unsent.flatMap((field) =>
			valuesOf(field).map((value) => ({
				name: `${field.name} ${String(value)}`,
				request,
				choices: { [field.name]: value },
			})),
		),
	];
}

/** Where the editor offers a choice that the contract makes in words only, one of the choices. */
function withChoices({ body, query }: Request, offered: (place: string) => unknown[] | undefined): Request {
	const chosen = (values: Json) =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => {
				const choices = offered(name);
				const fits =
					!choices || typeof value !== 'string' || value.split(', ').every((one) => choices.includes(one));
				return [name, fits ? value : choices?.[0]];
			}),
		);
	return { ...(query && { query: chosen(query) }), ...(body && { body: chosen(body) }) };
}

function withValue(request: Request, where: 'query' | 'body', name: string, value: unknown): Request {
	return name in (request[where] ?? {})
		? { ...request, [where]: { ...request[where], [name]: value } }
		: request;
}

function valuesOf({ options = [], type }: INodeProperties): unknown[] {
	if (type === 'boolean') return [true, false];
	if (type !== 'options') return [];
	return options.map((option) => ('value' in option ? option.value : undefined));
}

/** What of `seen` is not as in `wanted`. Fields may be missing: the choice hides them. */
export function differences(seen: unknown, wanted: unknown, place = ''): string[] {
	if (Array.isArray(seen) && Array.isArray(wanted) && seen.length === wanted.length) {
		return seen.flatMap((entry, index) => differences(entry, wanted[index], `${place}[]`));
	}
	if (isObject(seen) && isObject(wanted)) {
		return Object.entries(seen).flatMap(([name, value]) =>
			differences(value, wanted[name], place === '' ? name : `${place}.${name}`),
		);
	}
	const same = JSON.stringify(seen) === JSON.stringify(wanted);
	return same ? [] : [`${place} is ${JSON.stringify(seen)} instead of ${JSON.stringify(wanted)}`];
}

/** The places that a request fills. */
export function placesIn(value: unknown, inside = ''): string[] {
	if (Array.isArray(value) && value.some(isObject))
		return value.flatMap((entry) => placesIn(entry, `${inside}[]`));
	if (!isObject(value)) return inside === '' ? [] : [inside];
	const places = Object.entries(value).flatMap(([name, inner]) =>
		placesIn(inner, inside === '' ? name : `${inside}.${name}`),
	);
	return places.length > 0 || inside === '' ? places : [inside];
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
