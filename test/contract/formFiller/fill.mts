import { jsonParse, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../nodes/Telegent/engine/operation.ts';
import type { ContractOperation, Json, Request } from '../../../scripts/lib/contract.mts';
import { pagingOf } from '../../../scripts/lib/contract.mts';
import { everyLink, match, slotsOf, type Link, type Slot } from '../../../scripts/lib/fieldMatching.mts';

/*
 * From requests to what a person would put into the editor so that they come out: the parameters of the node, and
 * the items that its expressions read.
 */

/**
 * `typed`: what decides which fields are shown stands in the parameters, as a person chooses it, so that n8n hides
 * what the choice hides; all else comes from the items. `expressions`: everything comes from the items.
 */
export type Way = 'typed' | 'expressions';

export interface Filled {
	parameters: INodeParameters;
	items: Json[];
	/** Fields of the requests that the editor has no place for. */
	lost: string[];
}

/** A value of the form, as opposed to the structure around it. */
class Value {
	constructor(
		readonly value: unknown,
		readonly fixed: boolean,
	) {}
}

interface Form {
	way: Way;
	item: number;
	deciding: Set<string>;
	root: Json;
	lost: string[];
}

/** `choices`: what the person chose in fields that are not sent but decide what is shown, by name. */
export function fill(
	operation: ContractOperation,
	entry: Operation,
	requests: Request[],
	way: Way,
	choices: Json = {},
): Filled {
	const { links } = match(operation, entry);
	const deciding = decidingFields(entry);
	const forms = requests.map((request, item) => {
		const chosen = Object.entries(choices).map(([name, value]) => [name, new Value(value, true)]);
		const form: Form = { way, item, deciding, root: Object.fromEntries(chosen), lost: [] };
		fillLists(operation, entry, request, form);
		const paging = 'limit' in form.root ? pagingOf(operation) : undefined;
		for (const [name, value] of Object.entries({ ...request.query, ...request.body })) {
			if (name !== paging?.page && name !== paging?.size) fillField(name, value, links, form);
		}
		showWhatIsFilled(entry, form);
		return form;
	});
	const items = requests.map((): Json => ({}));
	const parameters = merge(
		forms.map(({ root }) => root),
		items,
	) as INodeParameters;
	return { parameters, items, lost: [...new Set(forms.flatMap(({ lost }) => lost))] };
}

/** Return All and Limit stand for the parameters that fetch page by page. */
function fillLists(
	operation: ContractOperation,
	{ fields }: Operation,
	request: Request,
	{ root }: Form,
): void {
	if (!fields.some(({ name }) => name === 'returnAll')) return;
	const paging = pagingOf(operation);
	root.returnAll = new Value(!paging, true);
	if (paging) root.limit = new Value(Number(request.query?.[paging.size]), false);
}

function fillField(name: string, value: unknown, links: Link[], form: Form): void {
	const link = links.find(({ place }) => place === name);
	const spread = links.filter(({ place }) => place.startsWith(`${name}.`));
	if (link) put(form.root, link.slot.path, encode(link, value, form), form, link);
	else if (spread.length > 0 && isObject(value)) {
		for (const [key, inner] of Object.entries(value)) fillField(`${name}.${key}`, inner, links, form);
	} else form.lost.push(name);
	for (const part of link?.entry && Array.isArray(value) ? link.parts : []) {
		const column = (value as Json[])
			.map((entry) => entry[part.field.name])
			.filter((cell) => cell !== undefined);
		if (column.length > 0) put(form.root, part.slot.path, new Value(listed(column, form), false), form, part);
	}
}

function put(root: Json, path: string[], value: unknown, form: Form, link: Link): void {
	if (value === undefined) {
		form.lost.push(link.place);
		return;
	}
	const [last, ...above] = [...path].reverse();
	const holder = above.reverse().reduce((at, key) => (at[key] ??= {}) as Json, root);
	holder[last] = value;
}

/** The parameter for a value of the contract: structure with `Value`s at its ends. */
function encode(link: Link, value: unknown, form: Form): unknown {
	const [field] = link.slot.variants;
	if (value === null) return leaf(null, link.slot, form);
	if (field.type === 'resourceLocator')
		return locator(field, leaf(written(value, form), link.slot, form), form);
	if (link.entry) return leaf(entries(value, link.entry, form), link.slot, form);
	if (link.parts.length > 0) return group(link, value, form);
	return leaf(converted(value, link, form), link.slot, form);
}

function leaf(value: unknown, { path, variants: [field] }: Slot, { deciding, way }: Form): Value {
	const fixed = Boolean(field.noDataExpression) || (way === 'typed' && deciding.has(path.at(-1) as string));
	return new Value(value, fixed);
}

function locator({ modes = [] }: INodeProperties, value: Value, { way }: Form): Json {
	const mode = way === 'typed' ? modes.find(({ type }) => type !== 'list') : modes[0];
	return { __rl: true, mode: (mode ?? modes[0]).name, value };
}

/** What goes into the fields of a group, or of each of several groups. */
function group({ parts, place, slot }: Link, value: unknown, form: Form): unknown {
	const [field] = slot.variants;
	const one = (values: Json) => {
		const form1 = { ...form, root: {} as Json };
		for (const [key, inner] of Object.entries(values)) {
			const part = parts.find(
				(known) => known.place === `${place}${Array.isArray(value) ? '[]' : ''}.${key}`,
			);
			if (part) form1.root[part.slot.path.at(-1) as string] = encode(part, inner, form1);
			else form.lost.push(`${place}.${key}`);
		}
		return form1.root;
	};
	const values = Array.isArray(value) ? value.map((entry) => one(entry as Json)) : one(value as Json);
	if (field.type === 'collection') return values;
	const name = parts[0].slot.path.at(-2) as string;
	return { [name]: values };
}

function entries(value: unknown, key: string, form: Form): unknown {
	return listed(
		(value as Json[]).map((entry) => entry[key]),
		form,
	);
}

/** Lists are given as text with commas, and as lists that an expression yields. */
function listed(values: unknown[], { item, way }: Form): unknown {
	const text = way === 'typed' ? item === 0 : item === 1;
	return text ? values.join(', ') : values;
}

function converted(value: unknown, { field: { type }, slot }: Link, form: Form): unknown {
	const [field] = slot.variants;
	switch (field.type) {
		case 'dateTime':
			return pickedDate(String(value), form);
		case 'multiOptions':
			return Array.isArray(value) ? value : String(value).split(/,\s*/);
		case 'json':
			return json(value, form);
		case 'number':
			return value === '' ? value : Number(value);
		default:
			return type === 'array' && Array.isArray(value) ? listed(value, form) : written(value, form);
	}
}

/** What a date picker yields, and what an expression yields whose day differs from the day in UTC. */
function pickedDate(text: string, { item }: Form): string {
	const us = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
	const day = us ? `${us[3]}-${us[1]}-${us[2]}` : text;
	return item === 0 ? `${day}T00:00:00` : `${day}T23:30:00.000-07:00`;
}

/** JSON as text, and as what an expression yields. */
function json(value: unknown, { item }: Form): unknown {
	const text = typeof value === 'string' ? value : JSON.stringify(value);
	return item === 0 ? text : jsonParse(text, { fallbackValue: text });
}

/** Phone numbers of the second item are written as people write them. */
function written(value: unknown, { item, way }: Form): unknown {
	if (typeof value !== 'string' || !/^\+\d{8,15}$/.test(value)) return value;
	return way === 'typed' && item === 1 ? value.replace(/^(\+\d)(\d{3})(\d{3})/, '$1 ($2) $3-') : value;
}

/** Where a field is shown only after a choice that the node offers for the editor's sake, makes that choice. */
function showWhatIsFilled(entry: Operation, { root }: Form): void {
	const sent = new Set(slotsOf(entry).map(({ path }) => path.join('.')));
	for (const { path, variants } of slotsOf(entry)) {
		if (!has(root, path)) continue;
		const conditions = variants.map(({ displayOptions }) => displayOptions?.show ?? {});
		for (const [name, values] of Object.entries(conditions[0])) {
			const at = name.startsWith('/') ? [name.slice(1)] : [...path.slice(0, -1), name];
			const plainValues = values?.filter((value) => typeof value !== 'object') ?? [];
			if (sent.has(at.join('.')) || has(root, at) || plainValues.length === 0) continue;
			const holder = at.slice(0, -1).reduce((inner, key) => (inner[key] ??= {}) as Json, root);
			holder[at.at(-1) as string] = new Value(plainValues[0], true);
		}
	}
}

function has(root: Json, path: string[]): boolean {
	return path.reduce<unknown>((at, key) => (at as Json | undefined)?.[key], root) !== undefined;
}

/** One set of parameters out of one form an item: what may differ is read from the items. */
function merge(forms: unknown[], items: Json[]): unknown {
	const [first] = forms;
	if (first instanceof Value) {
		if (first.fixed) return first.value;
		const key = `value${Object.keys(items[0]).length}`;
		for (const [index, item] of items.entries()) item[key] = (forms[index] as Value | undefined)?.value;
		return `={{ $json.${key} }}`;
	}
	if (Array.isArray(first)) {
		return first.map((_, index) =>
			merge(
				forms.map((form) => (form as unknown[])[index]),
				items,
			),
		);
	}
	if (!isObject(first)) return first;
	return Object.fromEntries(
		Object.keys(first).map((key) => [
			key,
			merge(
				forms.map((form) => (form as Json)[key]),
				items,
			),
		]),
	);
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null;
}

/** Names of the fields that decide whether others are shown. */
export function decidingFields({ fields }: Operation): Set<string> {
	return new Set(fields.flatMap(deep).flatMap(decidedBy));
}

function decidedBy({ displayOptions = {} }: INodeProperties): string[] {
	const { hide = {}, show = {} } = displayOptions;
	return [...Object.keys(show), ...Object.keys(hide)].map((name) => name.replace(/^\//, ''));
}

/** The field and all inside it. */
export function deep(field: INodeProperties): INodeProperties[] {
	const inner = (field.options ?? []).flatMap((option) =>
		'values' in option ? option.values : 'type' in option ? [option] : [],
	);
	return [field, ...inner.flatMap(deep)];
}

/** Values that the editor offers for a field of the contract, where it offers a choice. */
export function choicesAt(
	operation: ContractOperation,
	entry: Operation,
): (place: string) => unknown[] | undefined {
	const links = everyLink(match(operation, entry).links);
	return (place) => {
		const field = links.find((link) => link.place === place)?.slot.variants[0];
		return field?.type === 'options' || field?.type === 'multiOptions'
			? field.options?.map((option) => ('value' in option ? option.value : undefined))
			: undefined;
	};
}
