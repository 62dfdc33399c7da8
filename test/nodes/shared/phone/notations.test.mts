import fc from 'fast-check';
import { getCountries, getCountryCallingCode, type CountryCode } from 'libphonenumber-js/max';
import { readFileSync } from 'node:fs';
import { toE164 } from '../../../../nodes/shared/phone/e164.ts';
import { PHONE_PLANS } from '../../../../nodes/shared/phone/numberingPlans.ts';
import { samePhone } from '../../../../nodes/shared/phone/compare.ts';
import { PLANS_FILE, plansFile } from '../../../../scripts/phonePlans.mts';
import { mainCountryOf, notationsOf, numbersOf, read } from '../../../support/phoneNotations.mts';

/** What the node makes of it; undefined where it refuses. */
function own(text: string, home: string): string | undefined {
	try {
		return toE164(text, home);
	} catch {
		return undefined;
	}
}

const countries = getCountries();

test('the numbering plans are those of the installed libphonenumber-js (npx tsx scripts/phonePlans.mts)', () => {
	expect(readFileSync(PLANS_FILE, 'utf8')).toBe(plansFile());
});

describe('every notation of numbers of each country', () => {
	/** Notations that may be refused: those that nobody writes where a 0 is no part of dialing, and ambiguous ones. */
	const MAY_BE_REFUSED = /^(\+CC 0|\+CC \(0\)|national, prefix 0|without \+|with brackets)$/;

	test.each(countries)('%s: as libphonenumber reads it, or refused', (country) => {
		const home = getCountryCallingCode(country);
		const by = (code: string) => (code === home ? [country, mainCountryOf(home)] : [code ? 'US' : undefined]);
		const wrong: unknown[] = [];
		for (const { number, type } of numbersOf(country)) {
			for (const { name, text, home: code } of notationsOf(number)) {
				const is = own(text, code);
				const isDoubtful = MAY_BE_REFUSED.test(name) || (/00/.test(name) && PHONE_PLANS[code]?.exit);
				if (is === undefined && (type !== 'mobile' || isDoubtful)) continue;
				const reads = by(code).map((one) => read(text, one as CountryCode | undefined));
				// What it does not know at all is as it was meant.
				const expected = reads.some(Boolean) ? reads : [number];
				if (!expected.includes(is)) wrong.push({ name, text, code, is, expected });
			}
		}
		expect(wrong).toEqual([]);
	});
});

describe('any text', () => {
	const home = fc.constantFrom('', ...Object.keys(PHONE_PLANS));
	const digits = fc.stringMatching(/^[0-9]{4,13}$/);
	/** Most of these begin as a number of some country does, so that many are taken. */
	const likely = fc
		.tuple(fc.constantFrom('+', '', '00', '0'), fc.constantFrom('', ...Object.keys(PHONE_PLANS)), digits)
		.map((parts) => parts.join(''));
	const anything = fc.oneof(
		likely,
		fc.string({ unit: fc.constantFrom(...'0123456789+-./() '), maxLength: 22 }),
		fc.string({ unit: 'grapheme', maxLength: 20 }),
		digits,
		fc
			.tuple(fc.constantFrom('+', '00', '0', '8', '1', '011 ', '+(', '(0)'), digits)
			.map((parts) => parts.join('')),
	);

	test('is E.164 as libphonenumber reads it, or refused', () => {
		fc.assert(
			fc.property(anything, home, (text, code) => {
				const is = own(text, code);
				if (is === undefined) return;
				expect(is).toMatch(/^\+[1-9]\d{6,14}$/);
				expect([undefined, is]).toContain(read(text, code ? mainCountryOf(code) : undefined));
			}),
			{ numRuns: 20_000 },
		);
	});

	test('behind a calling code is that number, or refused', () => {
		const numbers = fc.constantFrom(...countries.flatMap((country) => numbersOf(country)));
		fc.assert(
			fc.property(
				numbers,
				home,
				fc.string({ unit: fc.constantFrom(...' .-'), maxLength: 3 }),
				({ number }, code, gap) => {
					const text = `${number.slice(0, 4)}${gap}${number.slice(4, 7)}${gap}${number.slice(7)}`;
					expect([undefined, number]).toContain(own(text, code));
					expect(own(text, code)).toBe(own(number, ''));
				},
			),
			{ numRuns: 2000 },
		);
	});

	test('is the same phone as another notation of the number, and as no other number', () => {
		const known = countries.flatMap((country) => numbersOf(country)).filter(({ number }) => own(number, ''));
		const international = /^(E\.164|with (00|spaces|dashes|dots|code)|RFC)/;
		const written = fc.constantFrom(...known).chain(({ number }) => {
			const notations = notationsOf(number).filter(
				({ name, home: code }) => international.test(name) && code === '',
			);
			return fc.constantFrom(...notations).map(({ text }) => ({ number, text }));
		});
		// Many differ in one digit only, or in the calling code.
		const near = written.map(({ number, text }) => ({ number, text: text.replace(/\d$/, '7') }));
		const cut = written.map(({ number, text }) => ({ number, text: text.replace(/^\(?\+?\d+/, '') }));
		fc.assert(
			fc.property(written, fc.oneof(written, near, cut), fc.boolean(), (one, two, self) => {
				const text = self ? two.text : one.text;
				const other = self ? two.number : two.text;
				const [a, b] = [text, other].map(
					(given) => own(given, '') ?? own(given, '1') ?? own(given.replace(/^\D*/, '+'), ''),
				);
				expect([text, other, samePhone(text, other)]).toEqual([text, other, a !== undefined && a === b]);
				expect(samePhone(other, text)).toBe(samePhone(text, other));
			}),
			{ numRuns: 3000 },
		);
	});

	test('is refused with a message of bounded length', () => {
		const long = fc.string({ unit: fc.constantFrom(...'0123456789+x'), minLength: 40, maxLength: 2000 });
		fc.assert(
			fc.property(long, home, (text, code) => {
				expect(() => toE164(text, code)).toThrow(/^[^]{10,400}$/);
			}),
		);
	});
});
