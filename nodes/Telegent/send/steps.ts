import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { isOn, labelled } from '../parameters';
import type { Item, Steps } from '../engine/operation';
import { amountOf, asSent, wholeNumber } from '../values';
import { accountFor, checkFirst } from './checkFirst';
import { loadMedia } from './media';
import { recipients, without, type LeftOut } from './recipients';
import { Safeguards } from './safeguards';
import { replaceSpecialCharacters, segment } from './text';

/**
 * Message → Send, around its one request: the text, safeguards, duplicates, media, what became of an unsure send, the
 * report.
 * @param clock milliseconds since 1970
 */
export function sendSteps(clock: () => number = Date.now): Steps {
	const safeguards = new Safeguards(clock);
	/** Who got a message in this run, or may have got one, in words. */
	const reached = new Map<string, string>();
	const leftOut = new Map<number, LeftOut[]>();
	const second = new WeakSet<IDataObject>();
	const count: Record<string, number> = { sent: 0, segments: 0 };
	return {
		prepare(item) {
			prepareText(item);
			checkDelay(item.options);
			const verdict = safeguards.check(item, recipients(item.sent));
			if ('answer' in verdict) {
				if (verdict.second) second.add(verdict.answer);
				return verdict.answer;
			}
			item.sent.To = asSent(verdict.to);
			if (verdict.leftOut.length > 0) leftOut.set(item.index, verdict.leftOut);
			return undefined;
		},
		order: ({ sent }) => recipients(sent),
		async load(item) {
			const all = recipients(item.sent);
			const skips = isOn('Skip Duplicates', item.options.skipDuplicates);
			const repeated = skips ? repeats(all, reached) : [];
			const to = without(all, repeated);
			if (to.length === 0) return { status: 'skipped', reason: repeated[0].reason, To: item.sent.To };
			item.sent.To = asSent(to);
			if (repeated.length > 0) leftOut.set(item.index, [...(leftOut.get(item.index) ?? []), ...repeated]);
			const stopped = safeguards.beforeSending(item);
			if (!stopped) await loadMedia(item);
			return stopped;
		},
		finish({ index, sent }, answer) {
			const skipped = (leftOut.get(index) ?? []) as unknown as IDataObject[];
			return { ...answer, ...segment(String(sent.Body)), ...(skipped.length > 0 && { skipped }) };
		},
		async recover(item, startedAt) {
			if (item.options.whenUnsure !== 'checkFirst') return undefined;
			return await checkFirst(item, startedAt, checkDelay(item.options));
		},
		heard({ index, options, sent }, outcome, answers) {
			for (const { MessageId, segments, status = 'sent' } of answers) {
				const what = String(status);
				count[what] = (count[what] ?? 0) + 1;
				if (what !== 'sent') return;
				count.segments += Number(segments) * recipients(sent).length;
				accountFor(MessageId);
			}
			if (outcome === 'notDone' || !options.skipDuplicates) return;
			const what = `${outcome === 'unsure' ? 'may have got' : 'got'} a message from item ${index} already`;
			for (const number of recipients(sent)) reached.set(number, `${number} ${what}`);
		},
		output: (answer) => (second.has(answer) ? 1 : 0),
		summary: (failed) =>
			[total(count, failed), strangeEntries(safeguards)].filter(Boolean).join('. ') || undefined,
	};
}

function repeats(to: string[], reached: Map<string, string>): LeftOut[] {
	return to.flatMap((number) => {
		const reason = reached.get(number);
		return reason ? [{ number, reason }] : [];
	});
}

function total(
	{ dryRun = 0, held = 0, refused = 0, segments, sent, skipped = 0 }: Record<string, number>,
	failed: number,
) {
	if (sent + skipped + held + refused + dryRun + failed < 2) return undefined;
	const rare = [
		[held, 'held'],
		[refused, 'refused'],
		[dryRun, 'only tried out'],
	].flatMap(([number, what]) => (number ? [`${number} ${what}`] : []));
	return [`${sent} sent (${segments} segments)`, `${skipped} skipped`, ...rare, `${failed} failed`].join(
		', ',
	);
}

function strangeEntries({ strange }: Safeguards): string | undefined {
	if (strange.length === 0) return undefined;
	const some = strange.slice(0, 3).map((entry) => `"${entry.slice(0, 30)}"`);
	return `Entries of the Suppression List that are no phone numbers: ${strange.length}, for example ${some.join(', ')}`;
}

/** How long Telegent may take to show a message, in milliseconds. */
function checkDelay(options: IDataObject): number {
	return labelled('Seconds to Check', () => amountOf(options.checkDelay ?? 30, 'seconds')) * 1000;
}

/** The text as it will be sent, refused where it costs more than the person allows. */
function prepareText({ context, index: itemIndex, options, sent }: Item): void {
	const plain = isOn('Replace Special Characters', options.replaceSpecialCharacters);
	if (plain) sent.Body = replaceSpecialCharacters(String(sent.Body));
	const { encoding, segments } = segment(String(sent.Body));
	const most = labelled('Max Segments', () => wholeNumber(options.maxSegments ?? 0));
	if (most === 0 || segments <= most) return;
	const message = `Message: it takes ${segments} segments as ${encoding}, and Max Segments allows ${most}`;
	const description =
		encoding === 'UCS-2'
			? 'Nothing was sent. Shorten it, or switch on Replace Special Characters: curly quotes, dashes and emoji make a text take more segments.'
			: 'Nothing was sent. Shorten it, or raise Max Segments.';
	throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
}
