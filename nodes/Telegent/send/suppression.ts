import { jsonParse, type IDataObject } from 'n8n-workflow';
import { toE164, withoutLayout } from '../../shared/phone/e164';
import { list, type SendContext } from '../../shared/values';

/** Names under which tables and other nodes keep a phone number, without case, spaces and underscores. */
const NUMBER_FIELDS = [
	'number',
	'phone',
	'phonenumber',
	'mobile',
	'mobilenumber',
	'cell',
	'cellphone',
	'msisdn',
	'recipient',
	'contact',
	'from',
	'to',
];
/** Fewest digits with which a number without a country code is unique enough to match. */
const MIN_DIGITS = 7;
const MAX_DIGITS = 15;
/** What is dialed before a number inside some country, or from the United States to another one. */
const DIALED_FIRST = [/^011(?=\d{10})/, /^0(?!0)/, /^06(?=\d{8})/, /^8(?=\d{10}$)/];
/** A whole number in E.164, though no numbering plan has it. */
const WHOLE = /^\+(?:1\d{10}|[2-9]\d{6,14})$/;

/** Numbers that must not get a message. */
export class SuppressionList {
	private readonly numbers = new Set<string>();

	/** Numbers without a country code where no default is set: they stand for every number that ends so. */
	private readonly endings = new Set<string>();

	/** Entries without any digit, as given: they cannot be phone numbers. */
	readonly strange: string[] = [];

	/**
	 * @param given text with commas or lines, a list of numbers, or a list of objects or items with a number field
	 * @throws Error where it cannot be meant so: nothing at all, a list without any number, or an entry with digits that
	 * cannot be read. Otherwise the number of that entry would get the message.
	 */
	constructor(given: unknown, context: SendContext) {
		if (given === undefined || given === null) {
			throw new Error('the expression returned no value. For an empty list, return [] or an empty text');
		}
		const entries = list(single(given)).map(numberOfEntry);
		for (const entry of entries) if (entry !== '') this.add(entry, context);
		if (entries.length > 0 && this.numbers.size + this.endings.size === 0 && this.strange.length > 0) {
			throw new Error(
				`no entry is a phone number, for example "${this.strange[0].slice(0, 60)}". Use the format +18015550100`,
			);
		}
	}

	private add(entry: string, { countryCode }: SendContext): void {
		try {
			this.numbers.add(toE164(entry, countryCode));
			return;
		} catch {
			const compact = withoutLayout(entry);
			const endings = endingsOf(compact);
			if (WHOLE.test(compact)) this.numbers.add(compact);
			else if (endings.length > 0) for (const ending of endings) this.endings.add(ending);
			else if (/\p{N}/u.test(entry)) refuse(entry);
			else this.strange.push(entry);
		}
	}

	/** @param number in E.164 */
	has(number: string): boolean {
		if (this.numbers.has(number)) return true;
		if (this.endings.size === 0) return false;
		for (let start = 1; start <= number.length - MIN_DIGITS; start++) {
			if (this.endings.has(number.slice(start))) return true;
		}
		return false;
	}
}

/** Digits with which the number ends, whatever is dialed before it. */
function endingsOf(compact: string): string[] {
	const cut = DIALED_FIRST.filter((prefix) => prefix.test(compact)).map((prefix) =>
		compact.replace(prefix, ''),
	);
	const usable = /^[1-9]\d*$/;
	return [compact, ...cut].filter(
		(digits) => usable.test(digits) && digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS,
	);
}

function refuse(entry: string): never {
	throw new Error(
		`"${entry.slice(0, 60)}" isn't a valid phone number, and the person who opted out with it must not be texted. Use the format +18015550100, or remove the entry`,
	);
}

/** A number or an object alone is a list of one; a list can come as JSON. */
function single(given: unknown): unknown {
	if (typeof given === 'string')
		return /^\s*\[/.test(given) ? jsonParse(given, { fallbackValue: given }) : given;
	return Array.isArray(given) ? given : [given];
}

function numberOfEntry(entry: unknown): string {
	if (typeof entry !== 'object' || entry === null) return String(entry ?? '').trim();
	const { json } = entry as IDataObject;
	const fields = typeof json === 'object' && json !== null ? (json as IDataObject) : (entry as IDataObject);
	const names = Object.keys(fields);
	const plain = (name: string) => name.toLowerCase().replace(/[\s_-]/g, '');
	const found = NUMBER_FIELDS.map((field) => names.find((name) => plain(name) === field)).find(Boolean);
	const value = found && fields[found];
	if (found) return (typeof value === 'object' && value ? JSON.stringify(value) : String(value ?? '')).trim();
	// What n8n gives for a table without rows.
	if (names.length === 0) return '';
	throw new Error(
		`an entry has no field named number or phone, only ${names.slice(0, 5).join(', ')}. Return just the numbers, for example {{ $('Opt-Outs').all().map(item => item.json.number) }}`,
	);
}

/** A warning about entries that are ignored, because they are not phone numbers; undefined without any. Pure. */
export function strangeEntries(strange: string[]): string | undefined {
	if (strange.length === 0) return undefined;
	const some = strange.slice(0, 3).map((entry) => `"${entry.slice(0, 30)}"`);
	const [noun, verb] =
		strange.length === 1 ? ['entry', "isn't a phone number"] : ['entries', "aren't phone numbers"];
	return `${strange.length} ${noun} in 'Suppression List' ${verb}, for example ${some.join(', ')}`;
}
