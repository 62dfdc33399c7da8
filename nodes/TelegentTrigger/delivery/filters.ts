import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { list } from '../../shared/values';
import { samePhone } from '../../shared/phone/compare';
import { compile } from '../../shared/linearRegExp';
import { registrationError } from '../registration/config';

/** Whether the workflow shall start with this. */
export type Predicate = (shape: IDataObject) => boolean;

/** More than the longest text message; what comes after is not looked at. */
const MAX_TEXT = 2_000;

/** What the Filters of the trigger let through. An empty filter lets everything through. */
export function filterOf(context: IHookFunctions | IWebhookFunctions): Predicate {
	const { contains, from, keywords, pattern, to } = context.getNodeParameter('filters', {}) as IDataObject;
	const statuses = context.getNodeParameter('statuses', []) as string[];
	const tests: Predicate[] = [
		...oneOfNumbers(from, ['from']),
		...oneOfNumbers(to, ['to', 'owner']),
		...containing(contains),
		...startingWith(keywords),
		...matching(pattern),
	];
	// n8n can hand over what another event, chosen before, has left behind.
	return (shape) => {
		if (shape.event === 'deliveryReceipt')
			return statuses.length === 0 || statuses.includes(String(shape.status));
		return !('body' in shape) || tests.every((test) => test(shape));
	};
}

/** @throws NodeOperationError where a filter cannot be understood */
export function checkFilters(context: IHookFunctions): void {
	try {
		filterOf(context);
	} catch (error) {
		throw registrationError(
			{ context },
			`The regular expression in Filters cannot be used: ${(error as Error).message}`,
			'Change it, or filter with a Filter node after the trigger.',
		);
	}
}

const body = (shape: IDataObject) => String(shape.body ?? '').slice(0, MAX_TEXT);
const normalizeForMatch = (value: string) => value.normalize('NFKC').toLowerCase();

/** Numbers as people write them, in one of these fields. */
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

/** The first word of a message is one of these. */
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
