import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { Item, Steps } from '../engine/operation';
import { checkFirst } from './checkFirst';
import { loadMedia } from './media';
import { Safeguards, type LeftOut } from './safeguards';
import { replaceSpecialCharacters, segment } from './text';

/** The recipients of a request: `[{Number}]`. */
export function recipients(sent: IDataObject): string[] {
	return ((sent.To ?? []) as IDataObject[]).map(({ Number }) => String(Number));
}

/**
 * Message → Send, around its one request: the text, safeguards, duplicates, media, what became of an unsure send, the
 * report.
 * @param clock milliseconds since 1970
 */
export function sendSteps(clock: () => number = Date.now): Steps {
	const safeguards = new Safeguards(clock);
	const seen = new Map<string, number>();
	const leftOut = new Map<number, LeftOut[]>();
	const second = new WeakSet<IDataObject>();
	const knownIds = new Set<string>();
	const count: Record<string, number> = { sent: 0, segments: 0 };
	const report = (answer: IDataObject) => {
		const status = String(answer.status);
		count[status] = (count[status] ?? 0) + 1;
		return answer;
	};
	return {
		prepare(item) {
			prepareText(item);
			const all = recipients(item.sent);
			const verdict = safeguards.check(item, all);
			if ('answer' in verdict) {
				if (verdict.second) second.add(verdict.answer);
				return report(verdict.answer);
			}
			const repeated = item.options.skipDuplicates === true ? repeats(verdict.to, seen) : [];
			const to = verdict.to.filter((number) => !repeated.some((one) => one.number === number));
			if (to.length === 0) return report({ status: 'skipped', reason: repeated[0].reason, To: all });
			item.sent.To = to.map((Number) => ({ Number }));
			const stopped = safeguards.beforeSending(item);
			if (stopped) return report(stopped);
			if (item.options.skipDuplicates === true) for (const number of to) seen.set(number, item.index);
			const others = [...verdict.leftOut, ...repeated];
			if (others.length > 0) leftOut.set(item.index, others);
			return undefined;
		},
		order: ({ sent }) => recipients(sent),
		load: loadMedia,
		finish({ index, options, sent }, answer) {
			const text = segment(String(sent.Body));
			count.sent++;
			count.segments += text.segments * recipients(sent).length;
			if (options.whenUnsure === 'checkFirst') knownIds.add(String(answer.MessageId));
			const skipped = (leftOut.get(index) ?? []) as unknown as IDataObject[];
			return { ...answer, ...text, ...(skipped.length > 0 && { skipped }) };
		},
		async recover(item, startedAt) {
			return item.options.whenUnsure === 'checkFirst'
				? await checkFirst(item, startedAt, knownIds)
				: undefined;
		},
		output: (answer) => (second.has(answer) ? 1 : 0),
		summary: (failed) =>
			[total(count, failed), strangeEntries(safeguards)].filter(Boolean).join('. ') || undefined,
	};
}

function repeats(to: string[], seen: Map<string, number>): LeftOut[] {
	return to
		.filter((number) => seen.has(number))
		.map((number) => ({ number, reason: `${number} got a message from item ${seen.get(number)} already` }));
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

/** The text as it will be sent, refused where it costs more than the person allows. */
function prepareText({ context, index: itemIndex, options, sent }: Item): void {
	if (options.replaceSpecialCharacters === true) sent.Body = replaceSpecialCharacters(String(sent.Body));
	const { encoding, segments } = segment(String(sent.Body));
	const most = Number(options.maxSegments ?? 0);
	if (most <= 0 || segments <= most) return;
	const message = `Message: it takes ${segments} segments as ${encoding}, and Max Segments allows ${most}`;
	const description =
		encoding === 'UCS-2'
			? 'Nothing was sent. Shorten it, or switch on Replace Special Characters: curly quotes, dashes and emoji make a text take more segments.'
			: 'Nothing was sent. Shorten it, or raise Max Segments.';
	throw new NodeOperationError(context.getNode(), message, { itemIndex, description });
}
