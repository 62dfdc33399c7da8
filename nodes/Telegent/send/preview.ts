import type { IDataObject } from 'n8n-workflow';
import { isOn } from '../parameters';
import type { Steps } from '../engine/operation';
import { list, phone } from '../values';
import { Safeguards } from './safeguards';
import { replaceSpecialCharacters, segment } from './text';

/** Message → Preview: what Send would do with the same fields. Nothing is sent. */
export function previewSteps(): Steps {
	const seen = new Map<string, number>();
	const safeguards = new Safeguards();
	let toGiven: boolean | undefined;
	const count = { segments: 0, invalid: 0, duplicates: 0, suppressed: 0 };
	return {
		prepare(item) {
			const { context, index, options, sent, telegent } = item;
			const body = String(sent.Body);
			const plain = isOn('Replace Special Characters', options.replaceSpecialCharacters);
			const text = plain ? replaceSpecialCharacters(body) : body;
			const valid: string[] = [];
			const invalid: IDataObject[] = [];
			const recipients = list(sent.To);
			toGiven ??= Boolean(context.getNode().parameters.to);
			// Left empty in the form it means that only the text counts; an expression that gives nothing would fail in Send.
			if (recipients.length === 0 && toGiven) invalid.push({ number: '', reason: 'it is empty' });
			for (const given of recipients) {
				try {
					valid.push(phone(given, telegent));
				} catch (error) {
					invalid.push({ number: given as string, reason: (error as Error).message });
				}
			}
			const all = [...new Set(valid)];
			const suppressed = safeguards.suppressed(item, all).map(({ number }) => number);
			const to = all.filter((number) => !suppressed.includes(number));
			const duplicates = to
				.filter((number) => seen.has(number))
				.map((number) => ({ number, item: seen.get(number) }));
			for (const number of to) if (!seen.has(number)) seen.set(number, index);
			const measured = segment(text);
			count.segments += measured.segments * to.length;
			count.invalid += invalid.length;
			count.duplicates += duplicates.length;
			count.suppressed += suppressed.length;
			return {
				text,
				...measured,
				totalSegments: measured.segments * to.length,
				to,
				invalid,
				duplicates,
				suppressed,
			} as IDataObject;
		},
		summary() {
			const suppressed = count.suppressed > 0 ? `, ${count.suppressed} on the Suppression List` : '';
			return `${count.segments} segments in all, ${count.invalid} invalid numbers, ${count.duplicates} recipients more than once${suppressed}. Nothing was sent.`;
		},
	};
}
