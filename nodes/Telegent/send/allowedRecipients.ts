import { list, phone, type SendContext } from '../../shared/values';

/** The numbers that may get messages, and prefixes such as `+1801*`. */
export class AllowedRecipients {
	private readonly numbers = new Set<string>();

	private readonly beginnings: string[] = [];

	/**
	 * @param given text with commas or lines, or a list
	 * @throws Error that names the entry that is neither a number nor a beginning
	 */
	constructor(given: unknown, context: SendContext) {
		for (const entry of list(given ?? '')) {
			if (typeof entry === 'string' && entry.endsWith('*')) this.beginnings.push(beginningOf(entry));
			else this.numbers.add(phone(entry, context));
		}
	}

	/** @param number in E.164 */
	has(number: string): boolean {
		return this.numbers.has(number) || this.beginnings.some((beginning) => number.startsWith(beginning));
	}
}

function beginningOf(pattern: string): string {
	if (pattern === '*') return '+';
	const [, digits] = /^\+([1-9][\d\s().-]*)\*$/.exec(pattern) ?? [];
	if (digits) return `+${digits.replace(/\D/g, '')}`;
	throw new Error(`"${pattern}" isn't a valid prefix. Start with + and the country code, for example +1801*`);
}
