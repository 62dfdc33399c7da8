import { jsonParse, type IDataObject, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';
import type { SendContext } from './engine/operation';
import { toE164 } from './phone';

/* Conversions, as `send` of an operation names them. A text that is left empty stays empty, a list of none is `[]`. */

/** Text or list, as people give them: `a, b`, one a line, or an expression that yields a list. */
export function list(value: unknown): unknown[] {
	const entries = Array.isArray(value) ? value : String(value ?? '').split(/[,;\n]/);
	return entries
		.map((entry) => (typeof entry === 'string' ? entry.trim() : entry))
		.filter((entry) => entry !== '');
}

/** One phone number in E.164. Objects such as `{Number: "+1…"}` are understood too. */
export function phone(value: unknown, { countryCode }: SendContext): string {
	if (value === '') return '';
	const entry = typeof value === 'object' && value !== null ? ((value as IDataObject).Number ?? '') : value;
	return toE164(String(entry ?? ''), countryCode);
}

/** Phone numbers in E.164, in the order given, without repeats. */
export function phones(value: unknown, context: SendContext): string[] {
	return [...new Set(list(value).map((entry) => phone(entry, context)))];
}

/** Phone numbers as most operations take them: `[{Number}]`. */
export function numberObjects(value: unknown, context: SendContext): IDataObject[] {
	return phones(value, context).map((Number) => ({ Number }));
}

/** Conversion of each entry of a list into an object with one key. */
export function objects(key: string): (value: unknown) => IDataObject[] {
	return (value) =>
		list(value).map((entry) => (typeof entry === 'object' ? entry : { [key]: entry }) as IDataObject);
}

/** A date as `MM/DD/YYYY`. The day is the one that was picked, whatever time zone it carries. */
export function usDate(value: unknown): string {
	if (value === '') return '';
	const [year, month, day] = dayOf(value);
	return `${month}/${day}/${year}`;
}

/** A date as `YYYY-MM-DD`, the day likewise. */
export function isoDate(value: unknown): string {
	return value === '' ? '' : dayOf(value).join('-');
}

function dayOf(value: unknown): [year: string, month: string, day: string] {
	const text = String(typeof value === 'object' ? JSON.parse(JSON.stringify(value)) : value);
	const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
	if (iso) return [iso[1], iso[2], iso[3]];
	const us = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	if (us) return [us[3], us[1], us[2]];
	throw new Error(`"${text}" is not a date. Pick one, or give it as 2026-12-31`);
}

/** JSON that is an object, as text too. */
export function jsonObject(value: unknown): IDataObject {
	const object = parseJson(value);
	if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object as IDataObject;
	throw new Error('it must be a JSON object, in curly brackets');
}

/** The same as text without spaces. */
export function jsonText(value: unknown): string {
	return JSON.stringify(jsonObject(value));
}

function parseJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	return jsonParse(value, { errorMessage: 'it is not valid JSON. Check quotes, commas and brackets' });
}

/** The value in the type that its field has. Throws an Error that says what would fit. */
export function byType(value: unknown, field: INodeProperties): unknown {
	switch (field.type) {
		case 'boolean':
			return toBoolean(value);
		case 'number':
			return toNumber(value, field.typeOptions?.numberPrecision === 0);
		case 'options':
			return oneOf(value, field.options as INodePropertyOptions[]);
		case 'json':
			return parseJson(value);
		default:
			return toText(value);
	}
}

function toBoolean(value: unknown): boolean {
	if (typeof value === 'boolean') return value;
	const text = String(value).toLowerCase();
	if (text === 'true' || text === 'false') return text === 'true';
	throw new Error(`"${String(value)}" is neither true nor false`);
}

function toNumber(value: unknown, whole: boolean): number {
	const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
	if (Number.isNaN(number) || (whole && !Number.isInteger(number))) {
		throw new Error(`"${String(value)}" is not a ${whole ? 'whole ' : ''}number`);
	}
	return number;
}

function oneOf(value: unknown, options: INodePropertyOptions[]): unknown {
	if (options.some((option) => option.value === value)) return value;
	throw new Error(
		`"${String(value)}" is not one of its values: ${options.map((option) => option.value).join(', ')}`,
	);
}

function toText(value: unknown): string {
	if (typeof value === 'object') throw new Error('it must be text, but is a list or an object');
	return String(value);
}
