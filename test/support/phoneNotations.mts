import examples from 'libphonenumber-js/examples.mobile.json';
import {
	getCountryCallingCode,
	parsePhoneNumberWithError,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/metadata.max.json';
import fc from 'fast-check';

/* Phone numbers of all countries and the ways in which people write them, with libphonenumber as the authority. */

/** Positions of the patterns in the metadata: https://gitlab.com/catamphetamine/libphonenumber-js/blob/master/METADATA.md */
const TYPES = [
	'fixed line',
	'mobile',
	'toll-free',
	'premium',
	'personal',
	'voicemail',
	'UAN',
	'pager',
	'VoIP',
	'shared cost',
];
const NUMBERS = 2;
const PATTERNS = 11;

const countries = metadata.countries as unknown as Record<string, unknown[]>;
const nonGeographic = metadata.nonGeographic as unknown as Record<string, unknown[]>;

export interface Example {
	type: string;
	/** In E.164. */
	number: string;
}

/** A number as somebody may write it, and the calling code that is set as the default. */
export interface Notation {
	name: string;
	text: string;
	home: string;
}

/** What libphonenumber reads, in E.164; undefined where that is no number of its country's numbering plan. */
export function read(text: string, country?: CountryCode): string | undefined {
	try {
		const options = { ...(country && { defaultCountry: country }), extract: false };
		// It does not know the full-width plus sign.
		const number = parsePhoneNumberWithError(text.normalize('NFKC'), options);
		return isInPlan(number) ? number.number : undefined;
	} catch {
		return undefined;
	}
}

/** "Possible" of libphonenumber looks at the number of digits only, and allows more than the 15 of E.164. */
function isInPlan(number: PhoneNumber): boolean {
	const { countryCallingCode: code, nationalNumber, number: whole } = number;
	return number.isPossible() && whole.length <= 16 && patternOf(code).test(nationalNumber);
}

const patterns = new Map<string, RegExp>();

function patternOf(code: string): RegExp {
	const members: string[] = metadata.country_calling_codes[code as '1'] ?? [];
	const plans = members.map((member) => countries[member]).concat([nonGeographic[code] ?? []]);
	const all = plans.map((plan) => plan[NUMBERS]).filter(Boolean);
	const pattern = patterns.get(code) ?? new RegExp(`^(?:${all.join('|')})$`);
	patterns.set(code, pattern);
	return pattern;
}

/** The country whose plan a calling code stands for: the United States for 1, the United Kingdom for 44. */
export function mainCountryOf(code: string): CountryCode | undefined {
	return (metadata.country_calling_codes as unknown as Record<string, CountryCode[]>)[code]?.[0];
}

/** A mobile number of the country, and some of each of its other types, the same at each call. */
export function numbersOf(country: CountryCode, ofEach = 1): Example[] {
	const code = getCountryCallingCode(country);
	const types = countries[country][PATTERNS] as Array<[string?] | 0>;
	const found: Example[] = [{ type: 'mobile', number: `+${code}${examples[country] ?? ''}` }];
	types?.forEach((type, index) => {
		const pattern = type && type[0];
		if (!pattern) return;
		const drawn = fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), { numRuns: ofEach, seed: 1 });
		found.push(...drawn.map((digits) => ({ type: TYPES[index], number: `+${code}${digits}` })));
	});
	// An example can be another number for libphonenumber itself: those without a clear reading are no authority.
	return found.filter(({ number }) => read(number) === number);
}

/** International notations with something before or behind the calling code that a default could change. */
const DEFAULT_MATTERS = /0|E\.164/;

/** The notations of a number: international ones without a default, with the country's own and with another one. */
export function notationsOf(number: string): Notation[] {
	const parsed = parsePhoneNumberWithError(number);
	const home = parsed.countryCallingCode;
	const digits = number.slice(1);
	const written = international(parsed);
	const abroad = Object.entries(written).flatMap(([name, text]) =>
		(DEFAULT_MATTERS.test(name) ? ['', '1', home] : ['']).map((code) => ({ name, text, home: code })),
	);
	const inside = Object.entries(national(parsed)).map(([name, text]) => ({ name, text, home }));
	return [...abroad, ...inside, { name: 'without +', text: digits, home }];
}

function international(number: PhoneNumber): Record<string, string> {
	const code = number.countryCallingCode;
	const inside = number.nationalNumber;
	const spaced = number.formatInternational();
	return {
		'E.164': number.number,
		'with spaces': spaced,
		'with 00': `00${code}${inside}`,
		'with 00 and spaces': spaced.replace('+', '00 '),
		'with dashes': spaced.replaceAll(' ', '-'),
		'with dots': spaced.replaceAll(' ', '.'),
		'with brackets': `+${code} (${inside.slice(0, 2)}) ${inside.slice(2)}`,
		'with code in brackets': `(+${code}) ${inside}`,
		RFC3966: `tel:+${code}-${inside}`,
		'with no-break spaces': spaced.replaceAll(' ', '\u00a0'),
		'in full-width digits': [...number.number]
			.map((sign) => String.fromCodePoint((sign.codePointAt(0) as number) + 0xfee0))
			.join(''),
		'+CC 0': `+${code} 0${inside}`,
		'+CC (0)': `+${code} (0)${inside}`,
	};
}

function national(number: PhoneNumber): Record<string, string> {
	const inside = number.nationalNumber;
	const text = number.formatNational();
	return {
		national: text,
		'national, digits': text.replace(/\D/g, ''),
		'national, dashes': text.replace(/[^\d]+/g, '-').replace(/^-/, ''),
		'national, dots': text.replace(/[^\d]+/g, '.').replace(/^\./, ''),
		'national, brackets': text.replace(/^\D*(\d+)/, '($1)'),
		'national, slash': text.replace(/^\D*(\d+)\D+/, '$1/'),
		'national, without prefix': inside,
		'national, prefix 0': `0${inside}`,
	};
}
