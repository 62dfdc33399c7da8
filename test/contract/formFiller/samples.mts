import { jsonParse } from 'n8n-workflow';
import {
	contract,
	pagingOf,
	type ContractOperation,
	type Field,
	type Json,
	type Request,
} from '../../../scripts/lib/contract.mts';

/*
 * Requests to try an operation with. All values come from the contract: the vendor's samples, the documented answers,
 * the examples of the schemas.
 */

/** The vendor's samples; where there is none, one made from the ids in the documented answers. */
export function samplesOf(operation: ContractOperation): Request[] {
	return operation.samples.length > 0
		? operation.samples.map((sample) => normal(operation, sample))
		: [complete(operation)];
}

/** A request with every field that the contract has for the operation. */
export function complete(operation: ContractOperation): Request {
	const part = (where: Field['in']) => {
		const fields = operation.fields.filter((field) => field.in === where);
		return fields.length > 0 ? valueOfGroup(operation, fields) : undefined;
	};
	const query = part('query');
	const body = part('body');
	return { ...(query && { query }), ...(body && { body }) };
}

/** The sample with the first spelling of fields that have two. */
function normal({ fields }: ContractOperation, { query, body }: Request): Request {
	const respelt = (values: Json) =>
		Object.fromEntries(
			Object.entries(values).map(([name, value]) => [
				fields.find(({ aliases }) => aliases.includes(name))?.name ?? name,
				value,
			]),
		);
	return { ...(query && { query: respelt(query) }), ...(body && { body }) };
}

function valueOfGroup(operation: ContractOperation, fields: Field[]): Json {
	return Object.fromEntries(fields.map((field) => [field.name, valueOf(operation, field)]));
}

function valueOf(operation: ContractOperation, field: Field): unknown {
	const paging = pagingOf(operation);
	if (field.name === paging?.page) return 1;
	if (field.name === paging?.size) return 25;
	if (field.type === 'object' && field.children.length > 0) return valueOfGroup(operation, field.children);
	if (field.type === 'array' && field.children.length > 0) return [valueOfGroup(operation, field.children)];
	const fits = (value: unknown) => isFilled(value) && typeFits(value, field) && enumFits(value, field);
	const known = [field.example, ...inAnswers(operation, field.name), ...anywhere(field.name)];
	return known.find(fits) ?? madeUp(field);
}

function isFilled(value: unknown): boolean {
	return value !== null && value !== undefined && value !== '' && value !== 'NULL' && !isBrokenJson(value);
}

/** Some examples of JSON in a text are cut off, or have lost their braces. */
function isBrokenJson(value: unknown): boolean {
	if (typeof value !== 'string' || !/^[{"].*:/.test(value)) return false;
	return jsonParse<unknown>(value, { fallbackValue: null }) === null;
}

function typeFits(value: unknown, { type }: Field): boolean {
	if (type === 'array') return Array.isArray(value);
	if (type === 'integer') return Number.isInteger(value);
	return typeof value === type && !Array.isArray(value);
}

function enumFits(value: unknown, { enum: values }: Field): boolean {
	return !values || [value].flat().every((entry) => values.includes(entry));
}

function madeUp({ enum: values, name, type }: Field): unknown {
	if (values) return type === 'array' ? [values[0]] : values[0];
	switch (type) {
		case 'boolean':
			return true;
		case 'integer':
			return 7;
		case 'number':
			return 7.5;
		case 'array':
			return [/phone|number|contact/i.test(name) ? '+18015550123' : 'one', 'two'];
		case 'object':
			return { Monday: '8:00 AM-5:00 PM' };
		default:
			return /phone|number|msisdn/i.test(name) ? '+18015550123' : `Some ${name}`;
	}
}

function inAnswers({ answers }: ContractOperation, name: string): unknown[] {
	return answers.flatMap((answer) => named(answer, name.toLowerCase()));
}

function anywhere(name: string): unknown[] {
	return contract.flatMap(({ answers, fields, samples }) => [
		...samples.flatMap((sample) => named(sample, name.toLowerCase())),
		...examples(fields, name.toLowerCase()),
		...answers.flatMap((answer) => named(answer, name.toLowerCase())),
	]);
}

function named(value: unknown, name: string): unknown[] {
	if (Array.isArray(value)) return value.flatMap((entry) => named(entry, name));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, inner]) =>
		key.toLowerCase() === name ? [inner] : named(inner, name),
	);
}

function examples(fields: Field[], name: string): unknown[] {
	return fields.flatMap((field) => [
		...(field.name.toLowerCase() === name && field.example !== undefined ? [field.example] : []),
		...examples(field.children, name),
	]);
}
