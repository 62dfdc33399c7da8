import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { isReview } from '../engine/caller';
import type { Item } from '../engine/operation';
import { counted } from '../engine/progress';
import { textOf } from '../../shared/json';
import { asSent } from '../../shared/values';
import { CollectionReader } from './collectionReader';
import { MergeFields, type BadField } from './mergeFields';
import { some } from './reasons';

const MAX_NAMED_FIELDS = 3;
const MAX_QUOTED_LENGTH = 60;

/** What is wrong with a message's words. */
export interface WordsReport {
	/** Expressions that gave nothing, or a value such as `undefined`. */
	emptyFields: BadField[];
	/** The first `{{ … }}` that is left in the text. */
	leftOver?: string;
	/** Texts of Must Contain that it lacks. */
	missing: string[];
}

/** Looks at the words of each message of a run: *If a Field Is Empty* and *Must Contain*. */
export class WordsCheck {
	private readonly fields: MergeFields;

	private readonly settings = new CollectionReader('safeguards');

	/** Messages that are sent although something is wrong with them. */
	private sentAnyway = 0;

	private example = '';

	/** Looked at once per run: n8n copies the whole node each time. */
	private review?: boolean;

	/** @param parameter name of the text's parameter */
	constructor(parameter: string) {
		this.fields = new MergeFields(parameter);
	}

	/**
	 * @param given the text as n8n resolved it
	 * @param text the text as it will be sent
	 */
	report(item: Item, given: string, text: string): WordsReport {
		return {
			emptyFields: this.fields.bad(item, given),
			leftOver: leftOverIn(text),
			missing: this.required(item).filter((one) => !contains(given, one) && !contains(text, one)),
		};
	}

	/**
	 * Applies both settings to a message.
	 * @param to its recipients, as responses name them
	 * @returns the output item of a message that is not sent
	 * @throws NodeOperationError where a field is empty and that is refused
	 */
	check(item: Item, given: string, text: string, to: string[]): IDataObject | undefined {
		// n8n writes the text of a review, with whatever the tool was given.
		this.review ??= isReview(item.context);
		if (this.review) return undefined;
		const report = this.report(item, given, text);
		return this.checkFields(item, report, to) ?? lacking(report, to);
	}

	private checkFields(item: Item, report: WordsReport, to: string[]): IDataObject | undefined {
		const found = findingIn(report);
		const action = actionFor(item, report);
		if (found === undefined) return undefined;
		if (action === 'skip')
			return { status: 'skipped', reason: `${found}. Nothing was sent.`, To: asSent(to) };
		if (action === 'refuse') throw emptyFieldError(item, found, report);
		this.sentAnyway++;
		this.example ||= `${found} (item ${item.index})`;
		return undefined;
	}

	/** A warning about messages that are sent although a field is empty. */
	get warnings(): string[] {
		if (this.sentAnyway === 0) return [];
		const messages = counted(this.sentAnyway, 'message');
		const verb = this.sentAnyway === 1 ? 'has' : 'have';
		const hint = "To refuse or skip such messages, add the option 'If a Field Is Empty'.";
		return [`${messages} ${verb} an empty field, for example ${this.example}. ${hint}`];
	}

	private required(item: Item): string[] {
		if (!this.settings.has(item, 'mustContain')) return [];
		return this.settings.read(item, 'mustContain', 'Must Contain', parseRequired);
	}
}

/** What to do about a bad field. Without the option, items of a list are refused: see docs/decisions/what-is-sent.md. */
function actionFor({ context, options }: Item, { leftOver }: WordsReport): string {
	const { emptyField } = options;
	if (emptyField === undefined) return leftOver || context.getInputData().length > 1 ? 'refuse' : 'send';
	return String(emptyField);
}

/** `{{ $json.name }} is empty`; undefined where the words are right. Pure. */
export function findingIn({ emptyFields, leftOver }: WordsReport): string | undefined {
	const empty = emptyFields.filter(({ gave }) => gave === '').map(({ expression }) => expression);
	const parts = [
		...(empty.length > 0
			? [`${some(empty, ', ', MAX_NAMED_FIELDS)} ${empty.length === 1 ? 'is' : 'are'} empty`]
			: []),
		...emptyFields
			.filter(({ gave }) => gave !== '')
			.slice(0, MAX_NAMED_FIELDS)
			.map(({ expression, gave }) => `${expression} gave "${gave.slice(0, MAX_QUOTED_LENGTH)}"`),
		...(leftOver ? [`the text still contains ${leftOver}`] : []),
	];
	return parts.length > 0 ? parts.join('; ') : undefined;
}

function emptyFieldError(item: Item, found: string, { emptyFields }: WordsReport): NodeOperationError {
	const { context, index: itemIndex } = item;
	const cure =
		emptyFields.length > 0
			? "Fill in the field, or add a fallback to the expression. To send or skip such messages, add the option 'If a Field Is Empty'."
			: "If it's an expression, switch 'Message' from Fixed to Expression. Otherwise, remove the braces.";
	const message = `'Message': ${found}`;
	return new NodeOperationError(context.getNode(), message, {
		itemIndex,
		description: `Nothing was sent. ${cure}`,
	});
}

function lacking({ missing }: WordsReport, to: string[]): IDataObject | undefined {
	if (missing.length === 0) return undefined;
	const names = some(
		missing.map((one) => `"${one.slice(0, MAX_QUOTED_LENGTH)}"`),
		', ',
		MAX_NAMED_FIELDS,
	);
	const reason = `The message doesn't contain ${names} ('Must Contain'). Nothing was sent.`;
	return { status: 'refused', reason, To: asSent(to) };
}

/** What is left of an expression that was not resolved, or of a placeholder of another program. Pure. */
export function leftOverIn(text: string): string | undefined {
	const start = text.indexOf('{{');
	const end = start < 0 ? -1 : text.indexOf('}}', start);
	return end < 0 ? undefined : text.slice(start, Math.min(end + 2, start + MAX_QUOTED_LENGTH));
}

/** One text per line, or a list. @throws Error where there is none */
function parseRequired(given: unknown): string[] {
	const texts = [given]
		.flat()
		.flatMap((one) => textOf(one).split(/[\r\n]+/))
		.map((one) => one.trim())
		.filter(Boolean);
	if (texts.length > 0) return texts;
	throw new Error("is empty. Enter a text, or remove 'Must Contain'");
}

/** Whether a text contains another one, in any case and with any spaces. */
function contains(text: string, part: string): boolean {
	const plain = (one: string) => one.toLowerCase().replace(/\s+/g, ' ');
	return plain(text).includes(plain(part));
}
