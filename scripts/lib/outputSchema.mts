import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { ADDED, OWN_ANSWERS, SOMETIMES } from './documentedOutputs.mts';
import { contract, leaves, type ContractOperation, type Field, type Json, type Schema } from './contract.mts';
import { nameOf, subjectsOf, type Subject } from './operations.mts';

/*
 * What n8n's editor shows of an operation's output before it has run: a JSON Schema an operation, from the documented
 * answers. The editor takes the first of several types, and looks into what is exactly an object or a list; so plain
 * values may be null; objects and lists are as documented.
 */

export const SCHEMAS = 'nodes/Telegent/__schema__/v1.0.0';

export interface OutputSchema {
	type: string | string[];
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
	version?: number;
}

/** File below `SCHEMAS` → its text, for every operation of the contract that the tables have. */
export function schemaFiles(resources: Resource[]): Map<string, string> {
	const own = Object.entries(OWN_ANSWERS).filter(([name]) => hasOperation(resources, name));
	return new Map(
		[
			...subjectsOf(resources).map((subject): [string, OutputSchema] => [
				nameOf(subject),
				withOthers(outputSchema(subject), SOMETIMES[nameOf(subject)]),
			]),
			...own.map(([name, answers]): [string, OutputSchema] => [name, fromValues(answers, '')]),
		].map(([name, schema]) => [`${name.replace('.', '/')}.json`, textOf({ ...schema, version: 1 })]),
	);
}

function hasOperation(resources: Resource[], name: string): boolean {
	return resources.some((resource) =>
		resource.operations.some((entry) => nameOf({ entry, resource }) === name),
	);
}

function withOthers(schema: OutputSchema, others: Json[] = []): OutputSchema {
	return { ...schema, properties: { ...schema.properties, ...fromValues(others, '').properties } };
}

/** As prettier writes it: short lists of types on one line. */
function textOf(schema: OutputSchema): string {
	const text = JSON.stringify(schema, undefined, '\t');
	return `${text.replace(/\[\s+("[^\]{}]*")\s+\]/g, (_, types: string) => `[${types.replace(/\s+/g, ' ')}]`)}\n`;
}

/** What the operation gives by default: simplified where Simplify is on, one entry where it gives a list. */
export function outputSchema({ entry, operation }: Subject): OutputSchema {
	const answers = operation.answerSchema ? [] : operation.answers;
	const held = answers.flatMap((answer) => listIn(answer, entry.list));
	const named = held.map((one) => (isObject(one) ? one : { [entry.entry ?? 'value']: one }));
	const documented = operation.answerSchema ? fromSchema(operation.answerSchema) : fromValues(named, '');
	if (entry.deletes) return deleted(operation, documented);
	const whole = { ...documented, properties: { ...documented.properties, ...added(operation) } };
	const simplified =
		entry.simple && entry.fields.some(({ name, default: on }) => name === 'simplify' && on === true);
	return simplified ? only(whole, [...(entry.simple ?? []), ...Object.keys(added(operation))]) : whole;
}

function added({ key }: ContractOperation): Record<string, OutputSchema> {
	const parts = Object.entries(ADDED[key] ?? {}).map(([name, type]) => [
		name,
		{ type: type.endsWith('?') ? [type.slice(0, -1), 'null'] : type },
	]);
	return Object.fromEntries(parts) as Record<string, OutputSchema>;
}

function listIn(answer: unknown, list: string | undefined): unknown[] {
	const found = list ? (answer as Json)[list] : answer;
	return Array.isArray(found) ? found : [answer];
}

function only({ properties = {} }: OutputSchema, names: string[]): OutputSchema {
	const kept = names.filter((name) => name in properties).map((name) => [name, properties[name]]);
	return { type: 'object', properties: Object.fromEntries(kept) as Record<string, OutputSchema> };
}

/** `{"deleted": true}` with the IDs that were sent and Telegent's response. */
function deleted({ fields }: ContractOperation, { properties }: OutputSchema): OutputSchema {
	const sent = leaves(fields).map((name): [string, OutputSchema] => [name, { type: ['string', 'null'] }]);
	return {
		type: 'object',
		properties: { deleted: { type: 'boolean' }, ...Object.fromEntries(sent), ...properties },
	};
}

function fromSchema({ properties = {} }: Schema): OutputSchema {
	const parts = Object.entries(properties).map(([name, { type = 'string' }]) => [
		name,
		{ type: [type, 'null'] },
	]);
	return { type: 'object', properties: Object.fromEntries(parts) as Record<string, OutputSchema> };
}

/** One schema for all values that were documented for the same place. */
function fromValues(values: unknown[], name: string): OutputSchema {
	const lists = values.filter(Array.isArray);
	if (lists.length > 0) return { type: 'array', items: fromValues(lists.flat(), name) };
	const objects = values.filter(isObject);
	if (objects.length === 0 && name !== '') return plainType(values, name);
	const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
	const inside = (key: string) => objects.filter((object) => key in object).map((object) => object[key]);
	return {
		type: 'object',
		properties: Object.fromEntries(names.map((key) => [key, fromValues(inside(key), key)])),
	};
}

/** The types of the values; where all are null, the type that the contract gives a field of this name elsewhere. */
function plainType(values: unknown[], name: string): OutputSchema {
	const types = new Set(values.filter((value) => value !== null).map((value) => typeOf(value, name)));
	const [known] = types.size > 0 ? types : typesElsewhere(name);
	return { type: [...(types.size > 0 ? types : [known ?? 'string']), 'null'] };
}

/** Money is a number, not an integer, even if it is whole in an example. */
function typeOf(value: unknown, name: string): string {
	if (typeof value !== 'number') return typeof value;
	return Number.isInteger(value) && !typesElsewhere(name).has('number') ? 'integer' : 'number';
}

const elsewhere = new Map<string, Set<string>>();

function typesElsewhere(name: string): Set<string> {
	if (elsewhere.size === 0) {
		for (const { answers, fields } of contract) {
			addFields(fields);
			addValues(answers);
		}
	}
	return elsewhere.get(name.toLowerCase()) ?? new Set();
}

function add(name: string, type: string): void {
	elsewhere.set(name.toLowerCase(), (elsewhere.get(name.toLowerCase()) ?? new Set()).add(type));
}

function addFields(fields: Field[]): void {
	for (const { children, name, type } of fields) {
		if (type !== 'array') add(name, type);
		addFields(children);
	}
}

function addValues(value: unknown): void {
	for (const [name, inner] of typeof value === 'object' && value !== null ? Object.entries(value) : []) {
		if (isObject(inner) || Array.isArray(inner)) addValues(inner);
		else if (inner !== null) add(name, Number.isInteger(inner) ? 'integer' : typeof inner);
	}
}

function isObject(value: unknown): value is Json {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema without room for anything that it does not name. An object of which it names nothing is free. */
export function closed({ items, properties, type }: OutputSchema): object {
	const inner = Object.entries(properties ?? {}).map(([name, schema]) => [name, closed(schema)]);
	return {
		type,
		...(inner.length > 0 && {
			properties: Object.fromEntries(inner) as object,
			additionalProperties: false,
		}),
		...(items && { items: closed(items) }),
	};
}

/** What is wrong with the files of a folder: missing, out of date, or of no operation. */
export function staleSchemas(resources: Resource[], folder = SCHEMAS): string[] {
	const wanted = schemaFiles(resources);
	const present = filesIn(folder);
	return [
		...[...wanted].flatMap(([file, text]) => {
			const stands = present.get(file);
			if (stands === undefined) return [`${file} is missing`];
			return stands === text ? [] : [`${file} is out of date`];
		}),
		...[...present.keys()].filter((file) => !wanted.has(file)).map((file) => `${file} is of no operation`),
	];
}

export function filesIn(folder: string): Map<string, string> {
	const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	const names = folders.flatMap(({ name }) =>
		readdirSync(join(folder, name)).map((file) => `${name}/${file}`),
	);
	return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
