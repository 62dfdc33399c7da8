import { PHONE_PLANS, type PhonePlan } from './numberingPlans';

/*
 * Phone numbers as people write them. A notation can have several readings: without its +, the German mobile number
 * +49 1511 2345678 looks like a number of the town with area code 4915. So all readings that fit the numbering plans
 * are listed, and one is taken only where there is no other: a number that is merely similar belongs to someone else.
 */

/** No notation of one number is longer. */
const MAX_LENGTH = 60;

/** A 0 in brackets behind the calling code: `+44 (0)20 …`. */
const BRACKETED_ZERO = /^((?:\+|00|011)[\s(]*([1-9]\d{0,2})[\s).-]*)\(\s*0\s*\)/;

/** A number that a spreadsheet or a data frame wrote as a decimal: `8015550100.0`. */
const DECIMAL = /^(?:\+?\d{7}\.0|\+?\d{8,}\.0+)$/;

/** Zero-width characters and marks of direction, as copied from web pages and contact lists. */
const FORMAT_CHARACTERS = /[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** What stands between digits for the eye. */
const LAYOUT = /[\s.\-/()\u2010-\u2015\u2212]/g;

/** Digits that are no part of the number: a second line, a decimal fraction, an extension in brackets. */
const OTHER_DIGITS = [
	/[\n\r\v\f\u2028\u2029]/,
	/^\+?\d{8,}\.\d{1,3}$/,
	/\d[^()]*\([^()]*\)[^()\d]*(?:\d[^()\d]*){0,2}$/,
];

/** The plan of Default Country Code. */
interface Home {
	plan: PhonePlan;
	code: string;
	/** The area code of a North American island (`1242`), where people leave it out. */
	area: string;
}

/**
 * A phone number in E.164: `+` and 7 to 15 digits, as the API takes it.
 * Understands spaces, dots, dashes, slashes and brackets, a leading `00`, `011` or `tel:`, `+44 (0)20 …`, and, with a
 * default country, national notation such as `(801) 555-0100` or `020 7946 0958`.
 * @param countryCode calling code for numbers without one, as the credential has it; empty for none
 * @throws Error that names the text and says what to write
 */
export function toE164(text: string, countryCode: string): string {
	const compact = withoutLayout(text);
	if (compact === '') throw new Error('is empty. Use the format +18015550100');
	const shown = `"${text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text}"`;
	if (!/^\+?\d+$/.test(compact)) {
		throw new Error(`${shown} isn't a phone number. Use the format +18015550100, with one number per entry`);
	}
	const code = compact.startsWith('+') ? '' : callingCode(countryCode);
	const home = homeOf(code);
	const isNational = !/^(\+|00)/.test(compact);
	if (isNational && !home) throw new Error(`${shown} has no country code${countryCodeHint(code)}`);
	const found = readings(compact, home);
	if (found.length === 0) found.push(...readings(withoutLayout(withoutBracketedZero(text)), home));
	// The given text is already in memory. An equal one for each item of a long list would take half a megabyte.
	if (found.length === 1) return found[0] === compact ? compact : found[0];
	if (found.length > 1) {
		throw new Error(`${shown} could be ${found.slice(0, 3).join(' or ')}. Enter the one you mean, with +`);
	}
	throw new Error(`${shown} ${invalidReason(compact, home)}`);
}

/**
 * The only number in E.164 that digits can be read as; undefined where there is none or several.
 * @param compact as `withoutLayout` gives it
 * @param countryCode as in `toE164`
 */
export function numberFrom(compact: string, countryCode: string): string | undefined {
	if (!/^\+?\d{1,20}$/.test(compact)) return undefined;
	const found = readings(compact, homeOf(callingCode(countryCode)));
	return found.length === 1 ? found[0] : undefined;
}

/**
 * The characters of a number without what stands between them: digits, `+`, and whatever is no part of a number. Where
 * digits belong to something else, they stay apart, so that they cannot become part of the number.
 */
export function withoutLayout(text: string): string {
	if (/^\+?\d{1,20}$/.test(text)) return text;
	// NFKC makes plain digits of full-width ones, but also of ² and ①, which are footnotes and bullets.
	if (text.trim().length > MAX_LENGTH || /\p{No}/u.test(text)) return text.trim();
	const plain = text.normalize('NFKC').replace(FORMAT_CHARACTERS, '').trim().replace(/^tel:/i, '');
	if (DECIMAL.test(plain)) return plain.slice(0, plain.indexOf('.'));
	if (OTHER_DIGITS.some((pattern) => pattern.test(plain)) || hasSecondNumber(plain)) return plain;
	return plain.replace(LAYOUT, '');
}

/** Not where numbers begin with 0 behind the calling code too, as in Italy: a mistyped one would become another. */
function withoutBracketedZero(text: string): string {
	return text.replace(BRACKETED_ZERO, (all, before: string, code: string) => {
		const { trunk, rule } = PHONE_PLANS[code] ?? {};
		return trunk && !rule ? before : all;
	});
}

/** Whether a slash stands before another extension or number (`020 7946 0958/59`), and not behind the area code. */
function hasSecondNumber(plain: string): boolean {
	const slash = plain.lastIndexOf('/');
	if (slash === -1) return false;
	const digitsIn = (part: string) => part.replace(/\D/g, '').length;
	const most = /^\(?(?:\+|00)/.test(plain) ? 10 : 6;
	return digitsIn(plain.slice(0, slash)) > most || digitsIn(plain.slice(slash)) < 3;
}

/**
 * All numbers in E.164 that fit the numbering plans and can be meant.
 * @param compact digits, with or without `+` before them
 */
function readings(compact: string, home: Home | undefined): string[] {
	if (compact.startsWith('+')) return international(compact.slice(1));
	const found = [/^00/, home?.plan.exit].flatMap((exit) => {
		const dialed = exit?.exec(compact)?.[0];
		return dialed ? international(compact.slice(dialed.length)) : [];
	});
	const isAbroad = compact.startsWith('00') && !home?.plan.exit;
	if (home && !isAbroad) found.push(...atHome(compact, home));
	return [...new Set(found)];
}

/** Readings of a number of the default country: without its calling code, or with it and without the + before it. */
function atHome(compact: string, home: Home): string[] {
	const { area, code, plan } = home;
	const found = national(compact, code, plan);
	if (area) found.push(...national(area + compact, code, plan));
	if (!compact.startsWith(code)) return found;
	const withCode = national(compact.slice(code.length), code, plan);
	if (found.length === 0) return withCode;
	const isMobile = (number: string) => plan.mobile?.includes(number.length - 1 - code.length) ?? true;
	return [...found, ...withCode.filter(isMobile)];
}

/** @param digits calling code and number */
function international(digits: string): string[] {
	const code = countryCodeOf(digits);
	return code ? national(digits.slice(code.length), code, PHONE_PLANS[code]) : [];
}

/** The calling code at the beginning: none is the beginning of another. */
function countryCodeOf(digits: string): string | undefined {
	return [1, 2, 3].map((length) => digits.slice(0, length)).find((start) => PHONE_PLANS[start]);
}

/** @param digits a number without its calling code, with or without what is dialed before it inside the country */
function national(digits: string, code: string, { numbers, trunk, rule }: PhonePlan): string[] {
	const found = [digits];
	const dialed = trunk?.exec(digits);
	if (trunk && dialed) {
		const [before, ...groups] = dialed;
		found.push(rule && groups.at(-1) ? digits.replace(trunk, rule) : digits.slice(before.length));
	}
	return [...new Set(found)]
		.filter((number) => numbers.test(number))
		.map((number) => `+${code}${number}`)
		.filter((number) => /^\+\d{7,15}$/.test(number));
}

/** `1`, `+1`, `001` and `00 1` are the same; empty where none is set. Anything else stays as it is. */
function callingCode(given: unknown): string {
	return withoutLayout(String(given ?? '')).replace(/^(\+|011|0+)/, '');
}

/** @param code Default Country Code; undefined where it is none */
function homeOf(code: string): Home | undefined {
	if (code === '') return undefined;
	const [, area = ''] = /^1([2-9]\d\d)$/.exec(code) ?? [];
	const known = area ? '1' : code;
	return Object.hasOwn(PHONE_PLANS, known) ? { plan: PHONE_PLANS[known], code: known, area } : undefined;
}

function countryCodeHint(code: string): string {
	if (code === '') {
		return ". Use the format +18015550100, or enter a 'Default Country Code' in the credential";
	}
	const given = code.slice(0, MAX_LENGTH);
	return `, and the 'Default Country Code' in the credential is "${given}". Enter only digits there: 1 for the US and Canada, 44 for the UK`;
}

/** Why nothing fits. */
function invalidReason(compact: string, home: Home | undefined): string {
	const digits = compact.replace(/^(\+|00)/, '');
	const isNational = digits === compact;
	if (digits.length > 15 || (!isNational && digits.length < 7)) {
		return 'has too few or too many digits for a phone number. Use the format +18015550100';
	}
	const code = isNational ? home?.code : countryCodeOf(digits);
	if (!code) return "starts with a country code that doesn't exist. Use the format +18015550100";
	if (code !== '1') {
		return `isn't a valid phone number for country code +${code}. Check the digits, and use the format +18015550100`;
	}
	return (isNational ? /^1?\d{10}$/ : /^1\d{10}$/).test(digits)
		? "has an area code or exchange that doesn't exist in the US and Canada. For other countries, start with + and the country code"
		: "isn't a complete US or Canadian number: +1 must be followed by 10 digits. For other countries, start with + and the country code";
}
