import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { list } from '../../shared/values';
import { samePhone } from '../../shared/phone/compare';
import { compile } from '../../shared/linearRegExp';
import { registrationError } from '../registration/config';
import { NOTHING_CHANGED } from '../../shared/wording';

/** Whether an event starts the workflow. */
export type Predicate = (shape: IDataObject) => boolean;

/** n8n's contexts of hooks and webhooks; that of `execute()` wants the index of an item, too. */
export interface ParameterReader {
	getNodeParameter(name: string, fallback: object): unknown;
}

/** Longer than any text message: the rest is not matched. */
const MAX_TEXT = 2_000;

/** Builds the predicate for Filters and Statuses. Empty filters match everything. */
export function filterOf(context: ParameterReader): Predicate {
	const { contains, from, keywords, pattern, to } = context.getNodeParameter('filters', {}) as IDataObject;
	const statuses = context.getNodeParameter('statuses', []) as string[];
	const tests: Predicate[] = [
		...oneOfNumbers(from, ['from']),
		...oneOfNumbers(to, ['to', 'owner']),
		...containing(contains),
		...startingWith(keywords),
		...matching(pattern),
	];
	// n8n keeps the values of fields that are hidden after the event was changed: apply only those of this event.
	return (shape) => {
		if (shape.event === 'deliveryReceipt')
			return statuses.length === 0 || statuses.includes(String(shape.status));
		return !('body' in shape) || tests.every((test) => test(shape));
	};
}

/** @throws NodeOperationError if the regular expression is invalid */
export function checkFilters(context: IHookFunctions): void {
	try {
		filterOf(context);
	} catch (error) {
		throw registrationError(
			{ context },
			`'Regular Expression' in 'Filters' can't be used: ${(error as Error).message}`,
			`Change it, or use a Filter node after the trigger. ${NOTHING_CHANGED}`,
		);
	}
}

const body = (shape: IDataObject) => String(shape.body ?? '').slice(0, MAX_TEXT);
const normalizeForMatch = (value: string) => value.normalize('NFKC').toLowerCase();

/** Matches if one of `fields` holds one of the numbers, in any notation. */
function oneOfNumbers(value: unknown, fields: string[]): Predicate[] {
	const wanted = list(value).filter((entry) => /\d/.test(String(entry)));
	if (wanted.length === 0) return [];
	return [
		(shape) =>
			fields
				.flatMap((field) => String(shape[field] ?? '').split(','))
				.some((number) => wanted.some((entry) => samePhone(entry, number))),
	];
}

function containing(value: unknown): Predicate[] {
	const wanted = typeof value === 'string' ? normalizeForMatch(value) : '';
	return wanted === '' ? [] : [(shape) => normalizeForMatch(body(shape)).includes(wanted)];
}

/** Matches if the first word of the message is one of the keywords. */
function startingWith(value: unknown): Predicate[] {
	const first = (text: string) => /[\p{L}\p{N}]+/u.exec(normalizeForMatch(text))?.[0] ?? '';
	const wanted = list(value)
		.map((word) => first(String(word)))
		.filter(Boolean);
	return wanted.length === 0 ? [] : [(shape) => wanted.includes(first(body(shape)))];
}

function matching(value: unknown): Predicate[] {
	if (typeof value !== 'string' || value === '') return [];
	const matches = compile(value);
	return [(shape) => matches(body(shape))];
}
