import type { IDataObject } from 'n8n-workflow';
import { timeoutWarning } from '../engine/executionTimeout';
import { counted, duration, secondsAtLimit } from '../engine/progress';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { rawCollection, readSwitch } from '../engine/parameters';
import { list, phone } from '../../shared/values';
import { excluding } from './recipients';
import { Safeguards } from './safeguards';
import { charactersOutsideGsm, measureText } from './segments';
import { WordsCheck } from './wordsCheck';

/** Message → Preview: what Send would do with the same fields. Nothing is sent. */
export function previewHooks(): OperationHooks {
	const seen = new Map<string, number>();
	const safeguards = new Safeguards();
	const words = new WordsCheck('body');
	const count = {
		messages: 0,
		segments: 0,
		invalid: 0,
		duplicates: 0,
		suppressed: 0,
		outside: 0,
		unfinished: 0,
		perMinute: 0,
	};
	let capped: boolean | undefined;
	let toGiven: boolean | undefined;
	let run: Pick<Item, 'context' | 'telegent'> | undefined;
	return {
		beforeQueue(item) {
			const { context, index, options, telegent } = item;
			run = item;
			const replaces = readSwitch('Replace Special Characters', options.replaceSpecialCharacters);
			const given = String(payloadOf(item).Body);
			const { size, text } = measureText(given, replaces);
			const { emptyFields, leftOver, missing } = words.report(item, given, text);
			capped ??= hasFrequencyCap(item);
			toGiven ??= Boolean(context.getNode().parameters.to);
			const { invalid, valid } = read(item, toGiven);
			const leftOut = safeguards.suppressed(item, valid);
			const to = excluding(valid, leftOut);
			const duplicates = to
				.filter((number) => seen.has(number))
				.map((number) => ({ number, item: seen.get(number) }));
			for (const number of to) if (!seen.has(number)) seen.set(number, index);
			const outsideHours = safeguards.outsideHours(item, to);
			count.perMinute = telegent.perMinute;
			count.messages += to.length > 0 ? 1 : 0;
			count.segments += size.segments * to.length;
			count.invalid += invalid.length;
			count.duplicates += duplicates.length;
			count.suppressed += leftOut.length;
			count.outside += outsideHours.length;
			count.unfinished += emptyFields.length > 0 || leftOver || missing.length > 0 ? 1 : 0;
			return {
				text,
				...size,
				totalSegments: size.segments * to.length,
				nonGsmCharacters: charactersOutsideGsm(text),
				emptyFields: emptyFields.map(({ expression }) => expression),
				leftOverBraces: leftOver ?? '',
				missingTexts: missing,
				to,
				invalid,
				duplicates,
				suppressed: leftOut.map(({ number }) => number),
				outsideHours,
			} as unknown as IDataObject;
		},
		summary: () =>
			[summaryOf(count), ...(capped ? [CAP_COST] : []), ...safeguards.hoursUnderstood].join('. '),
		warnings: () => {
			const timeout = run && timeoutWarning(run.context, count.messages, run.telegent.perMinute);
			return [...safeguards.nightWarnings, ...(timeout ? [timeout] : [])];
		},
	};
}

const CAP_COST =
	"'Max Messages per Recipient' reads each sender's message list: 1 more request per 100 messages in the period";

function hasFrequencyCap({ context }: Item): boolean {
	return rawCollection(context, 'safeguards').frequencyCap !== undefined;
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
