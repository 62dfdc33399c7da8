import { NodeApiError, NodeOperationError, type IDataObject } from 'n8n-workflow';
import { readSwitch, withFieldLabel } from '../engine/parameters';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { counted } from '../engine/progress';
import { amountOf, asSent, list, wholeNumber } from '../../shared/values';
import { claimMessageId, reconcileSend } from './reconcile';
import { checkMedia, inWordsOfTheForm, loadMedia } from './media';
import { recipients, excluding, type ExcludedRecipient } from './recipients';
import { Safeguards, type SafeguardDecision } from './safeguards';
import { SendCount } from './summary';
import { charactersOutsideGsm, replaceSpecialCharacters, segment, type Segmentation } from './segments';

/** Recipients that a failed item names: it can have been given thousands, of any length. */
const MAX_NAMED = 100;
const MAX_NAME = 60;

/**
 * Message → Send, around its one request: the text, safeguards, duplicates, media, what became of an unsure send, the
 * report.
 * @param clock milliseconds since 1970
 */
export function sendHooks(clock: () => number = Date.now): OperationHooks {
	const safeguards = new Safeguards(clock);
	/** Who got a message in this run, or may have got one, in words. */
	const reached = new Map<string, string>();
	const leftOut = new Map<number, ExcludedRecipient[]>();
	const second = new WeakSet<IDataObject>();
	const count = new SendCount();
	const follow = (item: Item, decision: SafeguardDecision): IDataObject | undefined => {
		if ('answer' in decision) {
			if (decision.second) second.add(decision.answer);
			return decision.answer;
		}
		payloadOf(item).To = asSent(decision.to);
		if (decision.leftOut.length > 0)
			leftOut.set(item.index, [...(leftOut.get(item.index) ?? []), ...decision.leftOut]);
		return undefined;
	};
	return {
		beforeQueue(item) {
			prepareText(item);
			checkDelay(item.options);
			readSwitch('Skip Duplicates', item.options.skipDuplicates);
			checkMedia(item);
			return follow(item, safeguards.check(item, recipients(item)));
		},
		order: recipients,
		async beforeRequest(item) {
			const all = recipients(item);
			const skips = readSwitch('Skip Duplicates', item.options.skipDuplicates);
			const repeated = skips ? repeats(all, reached) : [];
			const to = excluding(all, repeated);
			if (to.length === 0) return { status: 'skipped', reason: repeated[0].reason, To: payloadOf(item).To };
			const stopped =
				follow(item, safeguards.byClock(item, to, repeated)) ??
				withSize(safeguards.beforeSending(item), payloadOf(item));
			if (!stopped) await loadMedia(item);
			return stopped;
		},
		afterResponse(item, response) {
			const skipped = (leftOut.get(item.index) ?? []) as unknown as IDataObject[];
			return {
				...response,
				...segment(String(payloadOf(item).Body)),
				...(skipped.length > 0 && { skipped }),
			};
		},
		async recover(item, startedAt) {
			if (item.options.whenUnsure !== 'checkFirst') return undefined;
			return await reconcileSend(item, startedAt, checkDelay(item.options));
		},
		async onFailure(_item, error) {
			if (error instanceof NodeApiError) inWordsOfTheForm(error);
		},
		onSettled(item, outcome, answers) {
			const { index, options } = item;
			for (const { MessageId, segments, status = 'sent' } of answers) {
				count.add(String(status), Number(segments ?? 0) * recipients(item).length);
				if (status !== 'sent') return;
				claimMessageId(MessageId);
			}
			if (outcome === 'notDone' || !options.skipDuplicates) return;
			const what = `${outcome === 'unsure' ? 'may have got' : 'got'} a message from item ${index} already`;
			for (const number of recipients(item)) reached.set(number, `${number} ${what}`);
		},
		recipients: (read, item) => (item ? (payloadOf(item).To as IDataObject[]) : asSent(given(read('to')))),
		output: (response) => (second.has(response) ? 1 : 0),
		summary: (failed) =>
			[count.summary(failed), strangeEntries(safeguards), ...safeguards.hoursUnderstood]
				.filter(Boolean)
				.join('. ') || undefined,
		warnings: () => safeguards.nightWarnings,
	};
}

/** Recipients as they were given, where they cannot be read. */
function given(to: unknown): string[] {
	const text = (entry: unknown) => (typeof entry === 'object' ? JSON.stringify(entry) : String(entry));
	return list(to)
		.slice(0, MAX_NAMED)
		.map((entry) => text(entry).slice(0, MAX_NAME));
}

function withSize(response: IDataObject | undefined, sent: IDataObject): IDataObject | undefined {
	return response?.status === 'dryRun' ? { ...response, ...segment(String(sent.Body)) } : response;
}

function repeats(to: string[], reached: Map<string, string>): ExcludedRecipient[] {
	return to.flatMap((number) => {
		const reason = reached.get(number);
		return reason ? [{ number, reason }] : [];
	});
}

function strangeEntries({ strange }: Safeguards): string | undefined {
	if (strange.length === 0) return undefined;
	const some = strange.slice(0, 3).map((entry) => `"${entry.slice(0, 30)}"`);
	const [noun, verb] =
		strange.length === 1 ? ['entry', "isn't a phone number"] : ['entries', "aren't phone numbers"];
	return `${strange.length} ${noun} in 'Suppression List' ${verb}, for example ${some.join(', ')}`;
}

/** How long Telegent may take to show a message, in milliseconds. */
function checkDelay(options: IDataObject): number {
	return withFieldLabel('Lookup Time (Seconds)', () => amountOf(options.checkDelay ?? 30, 'seconds')) * 1000;
}

/** The text as it will be sent, refused where it costs more than the person allows. */
function prepareText(item: Item): void {
	const { context, index: itemIndex, options } = item;
	const sent = payloadOf(item);
	const given = String(sent.Body);
	const replaces = readSwitch('Replace Special Characters', options.replaceSpecialCharacters);
	const text = replaces ? replaceSpecialCharacters(given) : given;
	sent.Body = text;
	const most = withFieldLabel('Max Segments', () => wholeNumber(options.maxSegments ?? 0));
	const size = segment(text);
	if (most === 0 || size.segments <= most) return;
	const message = `The message needs ${counted(size.segments, 'segment')} (${size.encoding}), but 'Max Segments' is ${most}`;
	const description = `Nothing was sent. ${howToShorten(text, size, replaces)}`;
	throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
}

/** What makes the text take fewer segments: only what does, and is not done yet. */
function howToShorten(text: string, { encoding, segments }: Segmentation, replaces: boolean): string {
	if (encoding === 'GSM-7') return "Shorten the message, or raise 'Max Segments'.";
	const why = `A segment holds fewer than half the characters because of: ${charactersOutsideGsm(text).join(' ')}.`;
	const helps = !replaces && segment(replaceSpecialCharacters(text)).segments < segments;
	return helps
		? `${why} Add the option 'Replace Special Characters' to replace them, or shorten the message.`
		: `${why} Remove them, or shorten the message.`;
}
