/** Digits that people dial before the area code inside a country; `0` where a country is not listed. */
const TRUNK_PREFIX: Record<string, string> = { '1': '1', '7': '8', '36': '06', '39': '' };

/**
 * A phone number in E.164: `+` and 7 to 15 digits, as the API takes it.
 * Understands spaces, dots, dashes, slashes and brackets, a leading `00`, `011` or `tel:`, and, with a default
 * country, national notation such as `(801) 555-0100` or `020 7946 0958`.
 * @param countryCode calling code for numbers without one, digits only; empty for none
 * @throws Error that names the text and says what is missing
 */
export function toE164(text: string, countryCode: string): string {
	const compact = text
		.trim()
		.replace(/^tel:/i, '')
		.replace(/[\s.\-/()\u00a0\u2010-\u2015\u200e\u202a-\u202c]/g, '');
	if (compact === '') throw new Error('it is empty. Give a phone number such as +18015550100');
	const code = countryCode.replace(/\D/g, '');
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
	return `+${number}`;
}

function withCountry(national: string, code: string, text: string): string {
	if (code === '') {
		throw new Error(
			`"${text}" has no country code. Write it as +18015550100, or set a Default Country Code in the credential`,
		);
	}
	const trunk = TRUNK_PREFIX[code] ?? '0';
	const rest = trunk !== '' && national.startsWith(trunk) ? national.slice(trunk.length) : national;
	if (code === '1' && !/^[2-9]\d{9}$/.test(rest)) {
		throw new Error(
			`"${text}" is not a complete number of the United States or Canada. Write others with + and country code`,
		);
	}
	return code + rest;
}
