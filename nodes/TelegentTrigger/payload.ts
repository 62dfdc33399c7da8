import type { IDataObject } from 'n8n-workflow';

/** More than any message needs. Telegent sends addresses of media, not the media themselves. */
export const LARGEST_BODY = 1024 * 1024;

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
 * What a request says, whatever its content type: one payload, or several where it is a list. A request without a
 * body says it in the query, as a GET does.
 */
export function readRequest(request: Incoming): Reading {
	const { body, query, rawBody } = request;
	if (isTooLarge(request)) return { status: 413, message: 'The request is too large' };
	const parsed = parse(body, rawBody);
	if (parsed === undefined) return { status: 400, message: 'The body is neither JSON nor a form' };
	const found = (Array.isArray(parsed) ? parsed : [parsed]).filter(isObject);
	const full = found.filter((payload) => Object.keys(payload).length > 0);
	return { payloads: (full.length > 0 ? full : isObject(query) ? [{ ...query }] : []).map(unwrap) };
}

export function isTooLarge({ headers, rawBody }: Incoming): boolean {
	return Math.max(Number(headers['content-length']) || 0, rawBody?.length ?? 0) > LARGEST_BODY;
}

/** Undefined where the body cannot be read. */
function parse(body: unknown, rawBody?: Buffer): unknown {
	if (isObject(body))
		return Object.keys(body).length > 0 || !rawBody?.length ? body : parseText(String(rawBody));
	if (Array.isArray(body)) return body;
	const text = typeof body === 'string' ? body : rawBody?.length ? rawBody.toString('utf8') : '';
	return parseText(text);
}

function parseText(text: string): unknown {
	const trimmed = text.replace(/^\uFEFF/, '').trim();
	if (trimmed === '') return {};
	const json = parseJson(trimmed);
	if (typeof json === 'string') return parseText(json.slice(0, LARGEST_BODY));
	if (json !== undefined) return json;
	return /^[\w.[\]%+-]+=/.test(trimmed) ? fromForm(trimmed) : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function fromForm(text: string): IDataObject {
	const form: IDataObject = {};
	for (const [name, value] of new URLSearchParams(text)) {
		form[name] = name in form ? [form[name], value].flat() : value;
	}
	return form;
}

const WRAPPERS = new Set([
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

/**
 * A payload without its envelope: `{"Event": "New_Sms", "Data": {…}}` and a form's `payload={…}` are one flat
 * object. Event payloads of account webhooks are not documented, so either may come.
 */
function unwrap(payload: IDataObject): IDataObject {
	let flat = payload;
	for (let depth = 0; depth < 3; depth++) {
		const inner = Object.entries(flat)
			.map(([name, value]) => [name, envelope(name, value)] as const)
			.find(([, value]) => value !== undefined);
		if (!inner) break;
		const others = Object.entries(flat).filter(([name]) => name !== inner[0]);
		flat = { ...Object.fromEntries(others), ...inner[1] };
	}
	return flat;
}

function envelope(name: string, value: unknown): IDataObject | undefined {
	if (!WRAPPERS.has(name.toLowerCase())) return undefined;
	const content = typeof value === 'string' && value.startsWith('{') ? parseJson(value) : value;
	return isObject(content) ? content : undefined;
}

export function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The fields of a payload by name. Upper and lower case and what separates words make no difference: the onboarding
 * guide spells `Message_ID`, older pages `MessageId`.
 */
export class Fields {
	private readonly values = new Map<string, unknown>();

	constructor(payload: IDataObject) {
		for (const [name, value] of Object.entries(payload)) {
			const key = name.toLowerCase().replace(/[^a-z0-9]/g, '');
			const held = this.values.get(key);
			if (held === undefined || held === null || held === '') this.values.set(key, value);
		}
	}

	/** Whether one of these is there, even empty. */
	has(...names: string[]): boolean {
		return names.some((name) => this.values.has(name));
	}

	/** The first of these that says something. */
	first(...names: string[]): unknown {
		return names.map((name) => this.values.get(name)).find((value) => value !== undefined && value !== null);
	}

	text(...names: string[]): string {
		return text(this.first(...names));
	}

	/** A number, a list of numbers, or a list of `{Number}`. */
	numbers(...names: string[]): string[] {
		return [this.first(...names)]
			.flat()
			.map((entry) => text(isObject(entry) ? entry.Number : entry))
			.filter((entry) => entry !== '');
	}

	number(...names: string[]): number | undefined {
		const given = this.text(...names);
		return given !== '' && Number.isFinite(Number(given)) ? Number(given) : undefined;
	}

	/** ISO 8601; undefined where there is no time that can be read. */
	time(...names: string[]): string | undefined {
		const time = new Date(text(this.first(...names)));
		return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
	}
}

export function text(value: unknown): string {
	return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}
