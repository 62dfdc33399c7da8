import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { list } from '../Telegent/values';
import { compile } from './pattern';
import { refusal } from './situation';

/** Whether the workflow shall start with this. */
export type Wanted = (shape: IDataObject) => boolean;

/** More than the longest text message; what comes after is not looked at. */
const LONGEST_TEXT = 2_000;

/** What the Filters of the trigger let through. An empty filter lets everything through. */
export function filterOf(context: IHookFunctions | IWebhookFunctions): Wanted {
	const { contains, from, keywords, pattern, to } = context.getNodeParameter('filters', {}) as IDataObject;
	const statuses = context.getNodeParameter('statuses', []) as string[];
	const tests: Wanted[] = [
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
		throw refusal(
			{ context },
			`The regular expression in Filters cannot be used: ${(error as Error).message}`,
			'Change it, or filter with a Filter node after the trigger.',
		);
	}
}

const digits = (value: unknown) => String(value ?? '').replace(/\D/g, '');
const body = (shape: IDataObject) => String(shape.body ?? '').slice(0, LONGEST_TEXT);
const plain = (value: string) => value.normalize('NFKC').toLowerCase();

/** Numbers as people write them: all digits must be equal, or the last ten where one has no country code. */
function oneOfNumbers(value: unknown, fields: string[]): Wanted[] {
	const wanted = list(value).map(digits).filter(Boolean);
	if (wanted.length === 0) return [];
	const same = (a: string, b: string) => a === b || (a.length === 10 && b === `1${a}`);
	return [
		(shape) =>
			fields
				.flatMap((field) => String(shape[field] ?? '').split(','))
				.some((number) => wanted.some((entry) => same(entry, digits(number)))),
	];
}

function containing(value: unknown): Wanted[] {
	const wanted = typeof value === 'string' ? plain(value) : '';
	return wanted === '' ? [] : [(shape) => plain(body(shape)).includes(wanted)];
}

/** The first word of a message is one of these. */
function startingWith(value: unknown): Wanted[] {
	const first = (text: string) => /[\p{L}\p{N}]+/u.exec(plain(text))?.[0] ?? '';
	const wanted = list(value)
		.map((word) => first(String(word)))
		.filter(Boolean);
	return wanted.length === 0 ? [] : [(shape) => wanted.includes(first(body(shape)))];
}

const MOST_PATTERNS = 200;
const patterns = new Map<string, ReturnType<typeof compile>>();

/** Patterns are compiled once, not for each message. */
function compiled(source: string): ReturnType<typeof compile> {
	const known = patterns.get(source);
	if (known) return known;
	const fresh = compile(source);
	if (patterns.size >= MOST_PATTERNS) patterns.clear();
	patterns.set(source, fresh);
	return fresh;
}

function matching(value: unknown): Wanted[] {
	if (typeof value !== 'string' || value === '') return [];
	const [, inside] = /^\/(.+)\/[a-z]*$/s.exec(value) ?? [];
	const matches = compiled(inside ?? value);
	return [(shape) => matches(body(shape))];
}
