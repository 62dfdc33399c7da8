/** Digits that people dial before the area code inside a country; `0` where a country is not listed. */
const TRUNK_PREFIX: Record<string, string> = { '7': '8', '36': '06', '39': '' };

/** A calling code with the digit for calls inside the country in brackets: `+44 (0)20 …`. */
const BRACKETED_TRUNK = /^((?:\+|00|011)?[\s(]*([1-9]\d{0,2})[\s).-]*)\(\s*0\s*\)/;

/** Italy and San Marino: their numbers begin with 0 behind the calling code too. */
const KEEPS_ZERO = ['39', '378'];

/** From how many digits on a number that begins with the calling code has it already; 11 where it is not listed. */
const LEAST_WITH_CODE: Record<string, number> = { '45': 10, '47': 10, '55': 12, '65': 10 };

/** A number that a spreadsheet or a data frame wrote as a decimal: `8015550100.0`. */
const DECIMAL = /^(?:\+?\d{7}\.0|\+?\d{8,}\.0+)$/;

/** What stands between digits for the eye, and what cannot be seen. */
const LAYOUT = /[\s.\-/()\u00a0\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/**
 * A phone number in E.164: `+` and 7 to 15 digits, as the API takes it.
 * Understands spaces, dots, dashes, slashes and brackets, a leading `00`, `011` or `tel:`, `+44 (0)20 …`, and, with a
 * default country, national notation such as `(801) 555-0100` or `020 7946 0958`.
 * @param countryCode calling code for numbers without one, as the credential has it; empty for none
 * @throws Error that names the text and says what is missing
 */
export function toE164(text: string, countryCode: string): string {
	const compact = withoutLayout(text);
	if (compact === '') throw new Error('it is empty. Give a phone number such as +18015550100');
	const code = callingCode(countryCode);
	const international = /^(\+|00|011)/.exec(compact);
	const digits =
		international && !(international[0] === '011' && code !== '1')
			? compact.slice(international[0].length)
			: undefined;
	if (!/^\d+$/.test(digits ?? compact)) {
		throw new Error(`"${text}" is not a phone number. Write it as +18015550100`);
	}
	const number = digits ?? withCountry(compact, code, text);
	if (!/^[1-9]\d{6,14}$/.test(number))
		throw new Error(`"${text}" has too few or too many digits for a phone number`);
	if (/^1(?!\d{10}$)/.test(number)) {
		throw new Error(
			`"${text}" is not a number of the United States or Canada: behind +1 it needs 10 digits. Write it as +18015550100`,
		);
	}
	return `+${number}`;
}

/** The signs of a number without what stands between them: digits, `+`, and whatever is no part of a number. */
export function withoutLayout(text: string): string {
	const plain = text.normalize('NFKC').trim().replace(/^tel:/i, '');
	if (DECIMAL.test(plain)) return plain.slice(0, plain.indexOf('.'));
	return plain
		.replace(BRACKETED_TRUNK, (all, before: string, code: string) =>
			KEEPS_ZERO.includes(code) ? all : before,
		)
		.replace(LAYOUT, '');
}

/** `1`, `+1`, `001` and `00 1` are the same; empty where none is set. Anything else stays as it is. */
function callingCode(given: unknown): string {
	const compact = withoutLayout(String(given ?? ''));
	return compact.replace(/^(\+|011|0+)/, '');
}

function withCountry(national: string, code: string, text: string): string {
	if (code === '') {
		throw new Error(
			`"${text}" has no country code. Write it as +18015550100, or set a Default Country Code in the credential`,
		);
	}
	if (!/^[1-9]\d{0,3}$/.test(code)) {
		throw new Error(
			`"${text}" has no country code, and Default Country Code in the credential is "${code}". Write its digits there: 1 for the United States and Canada, 44 for the United Kingdom`,
		);
	}
	if (code === '1') return northAmerican(national, text);
	if (national.startsWith(code) && national.length >= (LEAST_WITH_CODE[code] ?? 11)) return national;
	const trunk = TRUNK_PREFIX[code] ?? '0';
	return code + (trunk !== '' && national.startsWith(trunk) ? national.slice(trunk.length) : national);
}

function northAmerican(national: string, text: string): string {
	const rest = national.replace(/^1/, '');
	if (/^[2-9]\d{9}$/.test(rest)) return `1${rest}`;
	throw new Error(
		`"${text}" is not a complete number of the United States or Canada. Write others with + and country code`,
	);
}
