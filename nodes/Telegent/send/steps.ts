import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import type { Item, Steps } from '../engine/operation';
import { phone, list } from '../values';
import { checkFirst } from './checkFirst';
import { loadMedia } from './media';
import { replaceSpecialCharacters, segment } from './text';

/** The recipients of a request: `[{Number}]`. */
export function recipients(sent: IDataObject): string[] {
	return ((sent.To ?? []) as IDataObject[]).map(({ Number }) => String(Number));
}

/** Message → Send, around its one request: the text, duplicates, media, what became of an unsure send, the report. */
export function sendSteps(): Steps {
	const seen = new Map<string, number>();
	const knownIds = new Set<string>();
	const count = { sent: 0, skipped: 0, segments: 0 };
	return {
		prepare(item) {
			prepareText(item);
			if (item.options.skipDuplicates !== true) return undefined;
			const all = recipients(item.sent);
			const fresh = all.filter((number) => !seen.has(number));
			const [repeated] = all.filter((number) => seen.has(number));
			for (const number of fresh) seen.set(number, item.index);
			item.sent.To = fresh.map((Number) => ({ Number }));
			if (fresh.length > 0) return undefined;
			count.skipped++;
			return {
				status: 'skipped',
				reason: `${repeated} got a message from item ${seen.get(repeated)} already`,
				To: all,
			};
		},
		order: ({ sent }) => recipients(sent),
		load: loadMedia,
		finish({ sent }, answer) {
			const text = segment(String(sent.Body));
			count.sent++;
			count.segments += text.segments * recipients(sent).length;
			knownIds.add(String(answer.MessageId));
			return { ...answer, ...text };
		},
		async recover(item, startedAt) {
			return item.options.whenUnsure === 'checkFirst'
				? await checkFirst(item, startedAt, knownIds)
				: undefined;
		},
		summary(failed) {
			if (count.sent + count.skipped + failed < 2) return undefined;
			return `${count.sent} sent (${count.segments} segments), ${count.skipped} skipped, ${failed} failed`;
		},
	};
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

/** Message → Preview: what Send would do with the same fields. Nothing is sent. */
export function previewSteps(): Steps {
	const seen = new Map<string, number>();
	const count = { segments: 0, invalid: 0, duplicates: 0 };
	return {
		prepare({ index, options, sent, telegent }) {
			const body = String(sent.Body);
			const text = options.replaceSpecialCharacters === true ? replaceSpecialCharacters(body) : body;
			const valid: string[] = [];
			const invalid: IDataObject[] = [];
			for (const given of list(sent.To)) {
				try {
					valid.push(phone(given, telegent));
				} catch (error) {
					invalid.push({ number: given as string, reason: (error as Error).message });
				}
			}
			const to = [...new Set(valid)];
			const duplicates = to
				.filter((number) => seen.has(number))
				.map((number) => ({ number, item: seen.get(number) }));
			for (const number of to) if (!seen.has(number)) seen.set(number, index);
			const measured = segment(text);
			count.segments += measured.segments * to.length;
			count.invalid += invalid.length;
			count.duplicates += duplicates.length;
			return {
				text,
				...measured,
				totalSegments: measured.segments * to.length,
				to,
				invalid,
				duplicates,
			} as IDataObject;
		},
		summary: () =>
			`${count.segments} segments in all, ${count.invalid} invalid numbers, ${count.duplicates} recipients more than once. Nothing was sent.`,
	};
}
