import type { IDataObject } from 'n8n-workflow';

/*
 * Fast path for expressions that only insert fields of the item, such as `Hi {{ $json.name }}`. n8n builds the whole
 * expression context for each of them, which takes most of the time of a message (1,000 messages: 1.5 s instead of
 * 0.5 s). All other expressions are left to n8n.
 */

/** Gives a parameter's value for an item; undefined where a field is missing or not a primitive, so that n8n resolves it. */
export type Template = (json: IDataObject) => unknown;

type Plain = string | number | boolean;

/** The steps from the item to a field: `$json.contact["Phone Number"]`, `$json.phones[0]`. */
const PATH = /^\s*\$json((?:\.[A-Za-z_]\w*|\["[^"\\\n{}]*"\]|\['[^'\\\n{}]*'\]|\[\d+\])+)\s*$/;
const STEP = /\.(\w+)|\["([^"]*)"\]|\['([^']*)'\]|\[(\d+)\]/g;

/**
 * Compiles a parameter, or returns undefined where n8n has to resolve it. Pure.
 * @param raw the parameter as n8n stores it: JSON, texts with `=` in front being expressions
 */
export function compileTemplate(raw: unknown): Template | undefined {
	if (typeof raw === 'string') return raw.startsWith('=') ? compileText(raw.slice(1)) : () => raw;
	if (typeof raw !== 'object' || raw === null) return () => raw;
	const keys = Object.keys(raw);
	const fills = Object.values(raw).map(compileTemplate);
	if (!fills.every((fill) => fill !== undefined)) return undefined;
	return (json) => {
		const values = fills.map((fill) => fill(json));
		if (values.includes(undefined)) return undefined;
		return Array.isArray(raw) ? values : Object.fromEntries(keys.map((key, place) => [key, values[place]]));
	};
}

/** A text with expressions in it. There is one more text than there are expressions. */
export interface TextTemplate {
	texts: string[];
	/** What is between `{{` and `}}`. */
	codes: string[];
	/** Gives an expression's value for an item, or undefined where n8n has to resolve it. */
	readers: Array<((json: IDataObject) => Plain | undefined) | undefined>;
}

/** Takes a text with expressions apart; undefined where n8n may take it apart in another way. Pure. */
export function parseTextTemplate(expression: string): TextTemplate | undefined {
	// A backslash may hide braces from n8n.
	if (/\\[{}]/.test(expression)) return undefined;
	const [texts, codes] = [[] as string[], [] as string[]];
	let at = 0;
	for (let open = expression.indexOf('{{'); open >= 0; open = expression.indexOf('{{', at)) {
		// A regular expression would look for the end of each of many braces that have none.
		const close = expression.indexOf('}}', open + 2);
		if (close < 0) return undefined;
		texts.push(expression.slice(at, open));
		codes.push(expression.slice(open + 2, close));
		at = close + 2;
	}
	texts.push(expression.slice(at));
	const readers = codes.map((code) => {
		const steps = parsePath(code);
		return steps && ((json: IDataObject) => valueAt(json, steps));
	});
	return { texts, codes, readers };
}

/** Fields with text around them are text; a field alone keeps its type. */
function compileText(expression: string): Template | undefined {
	// n8n refuses any text that looks like access to a constructor, and reads other escapes in its own way.
	if (/\\|constructor/.test(expression)) return undefined;
	const parsed = parseTextTemplate(expression);
	if (!parsed) return undefined;
	const { readers, texts } = parsed;
	if (!readers.every((read) => read !== undefined)) return undefined;
	const alone = readers.length === 1 && texts.join('') === '';
	return (json) => {
		const values = readers.map((read) => read(json));
		if (values.includes(undefined)) return undefined;
		return alone ? values[0] : texts.map((text, place) => `${text}${values[place] ?? ''}`).join('');
	};
}

function parsePath(code: string): string[] | undefined {
	const path = PATH.exec(code)?.[1];
	if (path === undefined) return undefined;
	return [...path.matchAll(STEP)].map(([, ...names]) => names.find((name) => name !== undefined) ?? '');
}

function valueAt(json: IDataObject, steps: string[]): Plain | undefined {
	let value: unknown = json;
	for (const step of steps) {
		if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
		value = (value as IDataObject)[step];
	}
	const plain = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
	return plain ? (value as Plain) : undefined;
}
