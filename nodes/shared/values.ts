import {
	getGlobalState,
	jsonParse,
	type IDataObject,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { isRecord, textOf } from './json';
import { toE164 } from './phone/e164';

/* Conversions for `send` of an operation. An empty text stays empty, an empty list is `[]`. */

/** What the conversion of a value may depend on. */
export interface SendContext {
	/** Calling code for phone numbers without `+`, digits only; empty where none is set. */
	countryCode: string;
	/** Time zone in which the day of a moment is determined; n8n's own by default. */
	timeZone?: string;
}

/** Converts a parameter's value into the API's form. Throws an Error whose message says what is wrong with the value. */
type Convert = (value: unknown, context: SendContext) => unknown;

/** The API's spelling of a parameter, a conversion, or both. */
export type Send = string | Convert | [spelling: string, convert: Convert];

/** Entries of a text (`a, b`, or one per line) or of a list. */
export function list(value: unknown): unknown[] {
	const entries = Array.isArray(value) || isRecord(value) ? [value].flat() : textOf(value).split(/[,;\n]/);
	return entries
		.map((entry) => (typeof entry === 'string' ? entry.trim() : entry))
		.filter((entry) => entry !== '');
}

/**
 * URLs from text or a list. A URL can contain commas: it ends where the next URL or a new line begins. Takes time that
 * grows with the text, whatever is in it.
 */
export function urls(value: unknown): unknown[] {
	if (typeof value !== 'string') return list(value);
	return list(value.split(/[\r\n]+/).flatMap(urlsInLine));
}

function urlsInLine(line: string): string[] {
	return line.split(/[,;]\s*(?=https?:\/\/)/i).map(withoutSeparatorsAtEnd);
}

/** A regular expression for this looks at a run of separators once for each of them. */
function withoutSeparatorsAtEnd(text: string): string {
	let result = text.length;
	while (result > 0 && /[\s,;]/.test(text[result - 1])) result--;
	return text.slice(0, result);
}

/** One phone number in E.164. Objects such as `{Number: "+1…"}` are understood too. */
export function phone(value: unknown, { countryCode }: SendContext): string {
	if (value === '') return '';
	const entry = plainNumber(value);
	const text = typeof entry === 'object' ? '' : String(entry);
	if (typeof entry === 'object' || text.length > MAX_TOLD)
		throw new Error(`${quoted(entry)} isn't a phone number. Use the format +18015550100`);
	return toE164(text, countryCode);
}

/**
 * A number in a list at Telegent, such as a filter's. Any number in the form of E.164 is accepted, valid or not: the
 * vendor's pages show +1111111111, and it must be possible to remove such an entry. Never used for recipients.
 */
export function existingPhone(value: unknown, context: SendContext): string {
	const given = plainNumber(value);
	const text = typeof given === 'string' ? given.trim() : '';
	if (!/^\+[1-9]\d{6,14}$/.test(text)) return phone(value, context);
	try {
		return phone(value, context);
	} catch {
		return text;
	}
}

/** The same for several, in the order given, without repeats. */
export function existingPhones(value: unknown, context: SendContext): string[] {
	return [...new Set(list(value).map((entry) => existingPhone(entry, context)))];
}

/** What an object such as `{Number: "+1…"}` holds; anything else as it is. */
function plainNumber(value: unknown): unknown {
	return isRecord(value) ? (value.Number ?? value.number ?? '') : (value ?? '');
}

/** Phone numbers in E.164, in the order given, without repeats. */
export function phones(value: unknown, context: SendContext): string[] {
	return [...new Set(list(value).map((entry) => phone(entry, context)))];
}

/** Phone numbers as most operations take them: `[{Number}]`. */
export function numberObjects(value: unknown, context: SendContext): IDataObject[] {
	return asSent(phones(value, context));
}

/** Numbers in E.164, in the form of the API's requests and responses. */
export function asSent(numbers: string[]): IDataObject[] {
	return numbers.map((Number) => ({ Number }));
}

/** Conversion of each entry of a list into an object with one key. */
export function objects(key: string): (value: unknown) => IDataObject[] {
	return (value) => list(value).map((entry) => (isRecord(entry) ? entry : { [key]: entry }) as IDataObject);
}

/** Time zone in which the day of a moment is determined. */
type Place = Pick<SendContext, 'timeZone'>;

/** A date as `MM/DD/YYYY`. The day is the one that was picked, whatever time zone it carries. */
export function usDate(value: unknown, place: Place = {}): string {
	if (value === '') return '';
	const [year, month, day] = dayOf(value, place);
	return `${month}/${day}/${year}`;
}

/** A date as `YYYY-MM-DD`; the day as in `usDate`. */
export function isoDate(value: unknown, place: Place = {}): string {
	return value === '' ? '' : dayOf(value, place).join('-');
}

type Day = [year: string, month: string, day: string];

function dayOf(value: unknown, place: Place): Day {
	const text = dateText(value, place);
	const iso = /^(\d{4})-(\d{2})-(\d{2})(?!\d)/.exec(text);
	const us = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
	const day: Day | undefined = iso ? [iso[1], iso[2], iso[3]] : us ? [us[3], us[1], us[2]] : undefined;
	if (!day || Array.isArray(value))
		throw new Error(`"${text}" isn't a date. Pick one, or use the format 2026-12-31`);
	if (isInCalendar(day)) return day;
	throw new Error(`"${text}" isn't a valid date. Use the format 2026-12-31`);
}

/** A Luxon date has a day of its own; the day of a JavaScript date depends on the time zone. */
function dateText(value: unknown, { timeZone = getGlobalState().defaultTimezone }: Place): string {
	if (value instanceof Date && !Number.isNaN(value.getTime())) {
		const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
		return new Intl.DateTimeFormat('en-US', options).format(value);
	}
	if (!isRecord(value)) return told(value);
	// Dates of Luxon and other libraries.
	const { toJSON } = value as { toJSON?: () => unknown };
	return told(typeof toJSON === 'function' ? toJSON.call(value) : value);
}

/** `Date` turns a day that does not exist, such as February 31, into another day. */
function isInCalendar([year, month, day]: Day): boolean {
	const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
	return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** JSON that is an object, as text too. */
export function jsonObject(value: unknown): IDataObject {
	const object = parseJson(value);
	if (typeof object === 'object' && object !== null && !Array.isArray(object)) return object as IDataObject;
	throw new Error('must be a JSON object, such as {"key": "value"}');
}

/** The same as text without spaces. */
export function jsonText(value: unknown): string {
	return JSON.stringify(jsonObject(value));
}

function parseJson(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	return jsonParse(value, { errorMessage: "isn't valid JSON. Check its quotes, commas and brackets" });
}

/** Converts a value to its field's type. Throws an Error that says what is expected. */
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

const TRUE_WORDS = ['true', 'yes', 'on', '1'];
const FALSE_WORDS = ['false', 'no', 'off', '0', ''];

/**
 * Whether a switch is on. Imported workflows and tables may hold it as text or number: `"TRUE"`, `"yes"`, `1`. Empty
 * values are off.
 * @throws Error if it is neither on nor off
 */
export function toBoolean(value: unknown): boolean {
	const text = typeof value === 'object' && value !== null ? 'neither' : textOf(value).trim().toLowerCase();
	if (TRUE_WORDS.includes(text)) return true;
	if (FALSE_WORDS.includes(text)) return false;
	throw new Error(`${quoted(value)} is neither true nor false. Use true or false`);
}

/**
 * A whole number, 0 or more; text such as `"3"` too.
 * @throws Error where it is none
 */
export function wholeNumber(value: unknown): number {
	const number = toNumber(value, true);
	if (number >= 0) return number;
	throw new Error(`${quoted(value)} is less than 0. Enter 0 or more`);
}

/**
 * How many of a unit, such as `seconds`: a number, 0 or more; text such as `"30"` too.
 * @throws Error that says what to write
 */
export function amountOf(value: unknown, unit: string): number {
	const number = parseNumber(value);
	if (number >= 0) return number;
	throw new Error(`${quoted(value)} isn't a number of ${unit}. Enter it without the unit, for example 30`);
}

/**
 * A number; text such as `"3"` too.
 * @throws Error where it is none
 */
export function toNumber(value: unknown, whole = false): number {
	const number = parseNumber(value);
	if (Number.isNaN(number) || (whole && !Number.isInteger(number))) {
		throw new Error(
			`${quoted(value)} isn't a ${whole ? 'whole ' : ''}number. Enter digits only, for example ${whole ? 3 : 2.5}`,
		);
	}
	return number;
}

/** Decimal digits. `Number` would also accept 0x10, 1e2 and whitespace, which are typing mistakes here. */
const DIGITS = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/** NaN for anything that is not a number. */
function parseNumber(value: unknown): number {
	const isNumber = typeof value === 'number' || (typeof value === 'string' && DIGITS.test(value.trim()));
	const number = isNumber ? Number(value) : NaN;
	return Number.isFinite(number) ? number : NaN;
}

/** @throws Error where the value is none of the options */
export function oneOf(value: unknown, options: INodePropertyOptions[]): unknown {
	if (options.some((option) => option.value === value)) return value;
	throw new Error(
		`${quoted(value)} isn't an allowed value. Use one of: ${options.map((option) => option.value).join(', ')}`,
	);
}

function toText(value: unknown): string {
	if (typeof value === 'object') throw new Error('must be text, but is a list or an object');
	return textOf(value);
}

/** Longest part of a wrong value that a message repeats. */
const MAX_TOLD = 100;

/** A value as messages show it, shortened. */
export function told(value: unknown): string {
	const text = typeof value === 'object' && value !== null ? jsonOf(value) : String(value);
	return text.length > MAX_TOLD ? `${text.slice(0, MAX_TOLD)}…` : text;
}

/** A value at the beginning of a message. What is missing is not shown in JavaScript's words for it. */
export function quoted(value: unknown): string {
	if (value === undefined || value === null) return 'An empty value';
	return Number.isNaN(value) ? 'A calculation without a result' : `"${told(value)}"`;
}

/** JSON.stringify throws for a circular object, and for one whose own toJSON throws. */
function jsonOf(value: object): string {
	try {
		return JSON.stringify(value) ?? 'an object';
	} catch {
		return Array.isArray(value) ? 'a list' : 'an object';
	}
}

/** A list, or its only entry. A run keeps one for each item, and a list takes 56 more bytes. */
export type OneOrMore<T> = T | T[];

export function oneOrMore<T>(list: T[]): OneOrMore<T> {
	return list.length === 1 ? list[0] : list;
}
