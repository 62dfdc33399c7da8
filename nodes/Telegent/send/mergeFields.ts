import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { isTool } from '../engine/caller';
import { parseTextTemplate, type TextTemplate } from '../engine/itemExpressions';

/*
 * Expressions inside a text that gave nothing, or a value that is not meant to be read. What each gave is told from the
 * finished text where possible: to have n8n evaluate an expression again takes as long as a message.
 */

/** An expression of the text that gave nothing useful. */
export interface BadField {
	/** As it stands in the form: `{{ $json.name }}`. */
	expression: string;
	/** What it gave, without spaces around it: nothing, or a word such as `undefined`. */
	gave: string;
}

/** What the check needs of an item. */
export interface FieldItem {
	context: IExecuteFunctions;
	index: number;
}

/** The fields of one parameter in one run of the node. */
export class MergeFields {
	private template?: TextTemplate | null;

	/** The items' data, by which fields are looked up; none for a tool, where `$json` is the model's input. */
	private items: INodeExecutionData[] = [];

	/** @param parameter name of the text's parameter */
	constructor(private readonly parameter: string) {}

	/**
	 * The text's expressions that gave nothing, or a value such as `undefined`.
	 * @param text what n8n made of the parameter for the item
	 */
	bad(item: FieldItem, text: string): BadField[] {
		const { template } = this;
		if (template === undefined) {
			this.begin(item.context);
			return this.bad(item, text);
		}
		if (!template) return [];
		const json = this.items[item.index]?.json;
		return expressionValues(template, text, json).flatMap((known, place) => {
			const code = template.codes[place];
			const gave = known ?? (mayBeBad(template, text, place) ? evaluate(item, code) : undefined);
			return gave !== undefined && isBad(gave, code)
				? [{ expression: codeInForm(code), gave: gave.trim() }]
				: [];
		});
	}

	/** Once per run: n8n copies the whole node for each look at it. */
	private begin(context: IExecuteFunctions): void {
		this.template = templateOf(context, this.parameter);
		this.items = isTool(context) ? [] : context.getInputData();
	}
}

/** The parameter taken apart, or null where it has no expressions, or none that can be told apart. */
function templateOf(context: IExecuteFunctions, parameter: string): TextTemplate | null {
	const raw = context.getNodeParameter(parameter, 0, '', { rawExpressions: true });
	if (typeof raw !== 'string' || !raw.startsWith('=') || !raw.includes('{{')) return null;
	return parseTextTemplate(raw.slice(1)) ?? null;
}

/**
 * What each expression gave, as far as the item and the length of the finished text tell: fields of the item are looked
 * up, and what is left over belongs to the only other expression. Pure.
 */
export function expressionValues(
	{ readers, texts }: TextTemplate,
	text: string,
	json?: IDataObject,
): Array<string | undefined> {
	const gave = readers.map((read) => {
		const value = json && read?.(json);
		return value === undefined ? undefined : String(value);
	});
	const unknown = gave.flatMap((value, place) => (value === undefined ? [place] : []));
	const fixed = [...texts, ...gave].reduce((sum, part) => sum + (part?.length ?? 0), 0);
	const rest = text.length - fixed;
	if (rest < 0 || unknown.length === 0) return gave;
	if (rest === 0) return gave.map((value) => value ?? '');
	if (unknown.length > 1) return gave;
	const [place] = unknown;
	const before = texts
		.slice(0, place + 1)
		.reduce((sum, part, i) => sum + part.length + (gave[i]?.length ?? 0), 0);
	gave[place] = text.slice(before, before + rest);
	return gave;
}

/** Values that JavaScript turns into words, and databases into text. */
const WORDS = /\b(undefined|null|NaN)\b|\[object Object\]/;

/** Whether an expression whose result is not known may have given something bad. */
function mayBeBad({ texts }: TextTemplate, text: string, place: number): boolean {
	return WORDS.test(text) || text.includes(texts[place] + texts[place + 1]);
}

function evaluate({ context, index }: FieldItem, code: string): string | undefined {
	try {
		const value = context.evaluateExpression(`{{${code}}}`, index) as unknown;
		return String(value ?? '');
	} catch {
		return undefined;
	}
}

/** Whether a value is not meant to be read. Pure. */
function isBad(gave: string, code: string): boolean {
	const text = gave.trim();
	if (text === '') return !isEmptyOnPurpose(code);
	if (/^(undefined|null|NaN)$/.test(text) || text.includes('[object Object]')) return true;
	// Text that the expression itself puts together: `"Hi " + $json.name`.
	const [word] = (/[+`]/.test(code) && WORDS.exec(text)) || [];
	return word !== undefined && !code.includes(word);
}

/** An expression that names an empty text itself, such as `{{ $json.vip ? "VIP" : "" }}`, or uses no data. Pure. */
function isEmptyOnPurpose(code: string): boolean {
	return /''|""|``/.test(code) || !code.includes('$');
}

const MAX_CODE_LENGTH = 60;

function codeInForm(code: string): string {
	const plain = code.trim().replace(/\s+/g, ' ');
	return `{{ ${plain.length > MAX_CODE_LENGTH ? `${plain.slice(0, MAX_CODE_LENGTH)}…` : plain} }}`;
}
