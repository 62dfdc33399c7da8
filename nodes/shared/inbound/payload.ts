import type { IDataObject } from 'n8n-workflow';
import { zonedTime } from '../instant';
import { isRecord, textOf } from '../json';

/** More than any message needs: Telegent sends URLs of media, not the media. */
export const MAX_BODY = 1024 * 1024;

/** More levels than any message has. n8n stores items with functions that call themselves for each level. */
export const MAX_LEVELS = 100;

/** A request as n8n hands it over: JSON, forms and XML are parsed already where their type said so. */
export interface Incoming {
	headers: Record<string, string | string[] | undefined>;
	body?: unknown;
	rawBody?: Buffer;
	query?: unknown;
	/** Fills `rawBody`, where n8n did not read the request. */
	readRawBody?: () => Promise<void>;
}

export type Reading = { payloads: IDataObject[] } | { status: 400 | 413; message: string };

/**
 * The payloads of a request, as they arrived, whatever its content type: one, or several where it is a list. A request
 * without a body has them in the query, as a GET does.
 */
export function readRequest(request: Incoming): Reading {
	const { body, query, rawBody } = request;
	if (isTooLarge(request)) return { status: 413, message: 'The request is too large' };
	const parsed = parseBody(body, rawBody);
	if (parsed === undefined) return { status: 400, message: 'The body is neither JSON nor a form' };
	const found = (Array.isArray(parsed) ? parsed : [parsed]).filter(isRecord);
	const full = found.filter((payload) => Object.keys(payload).length > 0);
	const given = full.length > 0 || !isRecord(query) ? full : [query];
	const payloads = full.length === 0 || isForm(request) ? given.map(withFormPayload) : given;
	if (payloads.some(isTooDeep))
		return { status: 400, message: `The body has more than ${MAX_LEVELS} levels of lists and objects` };
	return { payloads };
}

/** Goes down level by level: a function that calls itself would end the call stack where the payload is deep. */
function isTooDeep(payload: IDataObject): boolean {
	let level: object[] = [payload];
	for (let count = 1; level.length > 0; count++) {
		if (count > MAX_LEVELS) return true;
		const next: object[] = [];
		for (const entry of level)
			for (const value of Object.values(entry) as unknown[])
				if (typeof value === 'object' && value !== null) next.push(value);
		level = next;
	}
	return false;
}

/** Whether n8n, or this module, read the body as a form. */
function isForm({ body, headers, rawBody }: Incoming): boolean {
	if (/\b(x-www-form-urlencoded|form-data)\b/i.test(String(headers['content-type'] ?? ''))) return true;
	return !isRecord(body) && isFormText(typeof body === 'string' ? body : String(rawBody ?? ''));
}

export function isTooLarge({ headers, rawBody }: Incoming): boolean {
	return Math.max(Number(headers['content-length']) || 0, rawBody?.length ?? 0) > MAX_BODY;
}

/** Undefined where the body cannot be read. */
function parseBody(body: unknown, rawBody?: Buffer): unknown {
	if (isRecord(body))
		return Object.keys(body).length > 0 || !rawBody?.length ? body : parseText(String(rawBody));
	if (Array.isArray(body)) return body;
	const text = typeof body === 'string' ? body : rawBody?.length ? rawBody.toString('utf8') : '';
	return parseText(text);
}

function parseText(text: string): unknown {
	const trimmed = text.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return {};
	const json = tryParseJson(trimmed);
	if (typeof json === 'string') return parseText(json.slice(0, MAX_BODY));
	if (json !== undefined) return json;
	return isFormText(trimmed) ? fromForm(trimmed) : undefined;
}

const isFormText = (text: string) => /^\s*[\w.[\]%+-]+=/.test(text);

function tryParseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** A field that stands there more than once becomes a list. Own properties only: a form may name `__proto__`. */
function fromForm(text: string): IDataObject {
	const values = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(text)) {
		const known = values.get(name);
		if (known) known.push(value);
		else values.set(name, [value]);
	}
	return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all]));
}

/**
 * A form cannot hold an object, so some services send one as JSON in a field. It is parsed only if the form itself has
 * neither sender nor message: beside a sender, text that looks like JSON is what a person wrote. A phone number counts
 * as a sender, whatever its field is called.
 */
function withFormPayload(form: IDataObject): IDataObject {
	const names = new Fields(form);
	if (names.has(...FROM, ...TO, ...OWNER, ...ID, ...BODY) || Object.values(form).some(isNumber)) return form;
	const [name] = Object.keys(form).filter((key) => /^(payload|data)$/i.test(key));
	const content = typeof form[name] === 'string' ? tryParseJson(form[name]) : undefined;
	return isRecord(content) ? { ...form, [name]: content } : form;
}

/** A number in E.164. Where a form wasn't encoded, its + has become a space. */
const isNumber = (value: unknown) => typeof value === 'string' && /^[+ ]\d{7,15}$/.test(value);

/** Names of the same field on Telegent's pages and at other services, compared without case and separators. */
export const ID = ['messageid', 'id', 'msgid', 'smsid'];
export const FROM = ['from', 'fromnumber', 'sender', 'source', 'originator', 'caller'];
export const TO = ['to', 'tonumber', 'recipient', 'destination', 'callee'];
export const OWNER = ['owner'];
export const BODY = ['messagebody', 'body', 'text', 'message', 'content'];

/** Objects under these names are envelopes: the payload is inside. Event payloads of webhooks are not documented. */
const ENVELOPES = new Set([
	'data',
	'payload',
	'message',
	'sms',
	'body',
	'event',
	'root',
	'json',
	'notification',
]);
const MAX_ENVELOPES = 3;
const NUMBER_KEYS = ['number', 'phonenumber', 'phone', 'mobile', 'msisdn', 'address', 'value'];
/** Maximum nesting of lists of numbers or media. */
const MAX_DEPTH = 4;

const plainName = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * The fields of a payload by name. Upper and lower case and what separates words make no difference: the onboarding
 * guide spells `Message_ID`, older pages `MessageId`.
 *
 * Objects in an envelope, such as `{"Event": "New_Sms", "Data": {…}}`, belong to the payload too, but what stands
 * outside always counts first. Text is never read as an envelope: it is what a person wrote, and a person could write
 * a sender of their own choice.
 */
export class Fields {
	/** The payload itself, then what its envelopes hold. */
	private readonly levels: Array<Map<string, unknown>> = [];

	constructor(payload: IDataObject) {
		this.add(payload, 0);
	}

	private add(content: IDataObject, depth: number): void {
		const level = new Map<string, unknown>();
		const inside: IDataObject[] = [];
		this.levels.push(level);
		for (const [name, value] of Object.entries(content)) {
			const key = plainName(name);
			if (isRecord(value) && ENVELOPES.has(key) && depth < MAX_ENVELOPES) inside.push(value);
			else if (isMissing(level.get(key))) level.set(key, value);
		}
		for (const envelope of inside) this.add(envelope, depth + 1);
	}

	/** Whether one of these fields exists, even if empty. */
	has(...names: string[]): boolean {
		return this.levels.some((level) => names.some((name) => level.has(name)));
	}

	/** The first of these fields that is not empty, on the outermost level that has one. */
	first(...names: string[]): unknown {
		for (const level of this.levels) {
			const name = names.find((one) => !isMissing(level.get(one)));
			if (name !== undefined) return level.get(name);
		}
		return undefined;
	}

	text(...names: string[]): string {
		return textOf(this.first(...names));
	}

	/** A number, several as text with commas between, or a list of numbers or of objects that hold one (`{Number}`). */
	numbers(...names: string[]): string[] {
		return numbersIn(this.first(...names));
	}

	number(...names: string[]): number | undefined {
		const given = this.text(...names);
		return given !== '' && Number.isFinite(Number(given)) ? Number(given) : undefined;
	}

	/**
	 * ISO 8601. Undefined if there is no valid time, or one without a time zone: Telegent's own times have none
	 * (`2025-05-15T20:15:37.157`), and the zone of this server is unrelated.
	 */
	time(...names: string[]): string | undefined {
		const given = this.text(...names)
			.slice(0, 100)
			.trim();
		const epoch = /^\d{10}(?:\d{3})?$/.test(given) ? Number(given.padEnd(13, '0')) : NaN;
		const time = Number.isNaN(epoch) ? zonedTime(given) : epoch;
		return Number.isNaN(time) ? undefined : new Date(time).toISOString();
	}
}

function numbersIn(value: unknown, depth = 0): string[] {
	if (depth > MAX_DEPTH) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => numbersIn(entry, depth + 1));
	if (isRecord(value)) return numbersIn(fieldOfObject(value, NUMBER_KEYS), depth + 1);
	return textOf(value)
		.split(/[,;]/)
		.map((number) => number.trim())
		.filter((number) => number !== '');
}

const MEDIA_KEYS = ['mediaurl', 'mmsmediaurl', 'url', 'link', 'href', 'uri'];

/** A URL, several as text with commas between, or a list of URLs or of objects that hold one (`{MediaUrl}`). */
export function urlsIn(value: unknown, depth = 0): string[] {
	if (depth > MAX_DEPTH) return [];
	if (Array.isArray(value)) return value.flatMap((entry) => urlsIn(entry, depth + 1));
	if (isRecord(value)) return urlsIn(fieldOfObject(value, MEDIA_KEYS), depth + 1);
	return textOf(value)
		.split(/,\s*(?=https?:)/)
		.filter((url) => url !== '');
}

/** The value under the first of these names, in whatever case. */
function fieldOfObject(object: IDataObject, names: string[]): unknown {
	const values = new Map(Object.entries(object).map(([name, value]) => [plainName(name), value]));
	return names.map((name) => values.get(name)).find((value) => !isMissing(value));
}

const isMissing = (value: unknown) => value === undefined || value === null || value === '';
