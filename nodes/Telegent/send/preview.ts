import type { IDataObject } from 'n8n-workflow';
import { timeoutWarning } from '../engine/executionTimeout';
import { counted, duration, secondsAtLimit } from '../engine/progress';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { readSwitch } from '../engine/parameters';
import { list, phone } from '../../shared/values';
import { costSettings, extraRequests, type CostSettings } from './previewCosts';
import { excluding } from './recipients';
import { Safeguards } from './safeguards';
import { charactersOutsideGsm, measureText } from './segments';
import { WordsCheck } from './wordsCheck';

/** Message → Preview: what Send would do with the same fields. Nothing is sent. */
export function previewHooks(): OperationHooks {
	const run = new PreviewRun();
	return {
		beforeQueue: (item) => run.look(item),
		summary: () => run.summary(),
		warnings: () => run.warnings(),
	};
}

/** What one run of Preview counts. */
class PreviewRun {
	/** Index of the first item for each recipient. */
	private readonly seen = new Map<string, number>();

	private readonly safeguards = new Safeguards();

	private readonly words = new WordsCheck('body');

	private readonly count = {
		messages: 0,
		segments: 0,
		invalid: 0,
		duplicates: 0,
		suppressed: 0,
		outside: 0,
		unfinished: 0,
		perMinute: 0,
	};

	private costs?: CostSettings;

	private toGiven?: boolean;

	private run?: Pick<Item, 'context' | 'telegent'>;

	/** The output item: the text as it would be sent, and who would get it. */
	look(item: Item): IDataObject {
		this.run = item;
		this.count.perMinute = item.telegent.perMinute;
		this.costs ??= costSettings(item);
		const { found, size, text } = this.text(item);
		const people = this.recipients(item);
		const totalSegments = size.segments * people.to.length;
		this.count.messages += people.to.length > 0 ? 1 : 0;
		this.count.segments += totalSegments;
		return { text, ...size, totalSegments, ...found, ...people } as unknown as IDataObject;
	}

	private text(item: Item) {
		const replaces = readSwitch('Replace Special Characters', item.options.replaceSpecialCharacters);
		const given = String(payloadOf(item).Body);
		const { size, text } = measureText(given, replaces);
		const { emptyFields, leftOver, missing } = this.words.report(item, given, text);
		this.count.unfinished += emptyFields.length > 0 || leftOver || missing.length > 0 ? 1 : 0;
		const found = {
			nonGsmCharacters: charactersOutsideGsm(text),
			emptyFields: emptyFields.map(({ expression }) => expression),
			leftOverBraces: leftOver ?? '',
			missingTexts: missing,
		};
		return { found, size, text };
	}

	private recipients(item: Item) {
		this.toGiven ??= Boolean(item.context.getNode().parameters.to);
		const { invalid, valid } = read(item, this.toGiven);
		const leftOut = this.safeguards.suppressed(item, valid);
		const to = excluding(valid, leftOut);
		const duplicates = to
			.filter((number) => this.seen.has(number))
			.map((number) => ({ number, item: this.seen.get(number) }));
		for (const number of to) if (!this.seen.has(number)) this.seen.set(number, item.index);
		const outsideHours = this.safeguards.outsideHours(item, to);
		this.count.invalid += invalid.length;
		this.count.duplicates += duplicates.length;
		this.count.suppressed += leftOut.length;
		this.count.outside += outsideHours.length;
		return { to, invalid, duplicates, suppressed: leftOut.map(({ number }) => number), outsideHours };
	}

	summary(): string {
		const hours = this.safeguards.hoursUnderstood;
		const { messages, perMinute } = this.count;
		const costs = this.costs ? extraRequests(this.costs, messages, perMinute) : [];
		return [summaryOf(this.count), ...costs, ...hours].join('. ');
	}

	warnings(): string[] {
		const { context, telegent } = this.run ?? {};
		const timeout = context && timeoutWarning(context, this.count.messages, telegent?.perMinute ?? 0);
		return [...this.safeguards.nightWarnings, ...(timeout ? [timeout] : [])];
	}
}

/** The recipients of an item: those that Send would take, each once, and the others with the reason. */
function read(item: Item, toGiven: boolean): { valid: string[]; invalid: IDataObject[] } {
	const valid = new Set<string>();
	const invalid: IDataObject[] = [];
	const given = list(payloadOf(item).To);
	// Left empty in the form it means that only the text counts; an expression that gives nothing would fail in Send.
	if (given.length === 0 && toGiven) invalid.push({ number: '', reason: 'no phone number was entered' });
	for (const one of given) {
		try {
			valid.add(phone(one, item.telegent));
		} catch (error) {
			invalid.push({ number: one as string, reason: (error as Error).message });
		}
	}
	return { valid: [...valid], invalid };
}

function summaryOf(
	count: Record<
		| 'messages'
		| 'segments'
		| 'invalid'
		| 'duplicates'
		| 'suppressed'
		| 'outside'
		| 'unfinished'
		| 'perMinute',
		number
	>,
) {
	const { duplicates, invalid, messages, outside, perMinute, segments, suppressed, unfinished } = count;
	const seconds = secondsAtLimit(messages, perMinute);
	return [
		[
			`${counted(segments, 'segment')} in total`,
			counted(invalid, 'invalid number'),
			counted(duplicates, 'duplicate recipient'),
			...(suppressed > 0 ? [`${suppressed} on the suppression list`] : []),
			...(unfinished > 0 ? [`${unfinished} with an empty field, left-over braces or a missing text`] : []),
			...(outside > 0 ? [`${outside} outside the sending hours now`] : []),
		].join(', '),
		...(seconds > 0 ? [`Sending takes about ${duration(seconds)} at ${perMinute} requests per minute`] : []),
		'Nothing was sent',
	].join('. ');
}
