import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from 'fast-check';
import examples from 'libphonenumber-js/examples.mobile.json';
import metadata from 'libphonenumber-js/metadata.max.json';
import type { CountryCode } from 'libphonenumber-js/max';

/*
 * Writes nodes/Telegent/phonePlans.ts from the metadata of libphonenumber-js: `npx tsx scripts/phonePlans.mts`. A test
 * compares the two, so an update of libphonenumber-js asks for a new run. Do both once a year: countries renumber.
 */

export const PLANS_FILE = path.resolve('nodes/Telegent/phonePlans.ts');

/** https://gitlab.com/catamphetamine/libphonenumber-js/blob/master/METADATA.md: by position. */
type Country = [code: string, exit: string, numbers: string, ...rest: unknown[]];
const LENGTHS = 3;
const TRUNK = 5;
const TRUNK_FOR_PARSING = 7;
const TRUNK_RULE = 8;
const TYPES = 11;
type NumberTypes = Array<[pattern: string, lengths?: number[]]>;

/**
 * libphonenumber knows only the form of the numbers of +1. By the North American Numbering Plan, area codes are not N9X
 * and neither they nor exchanges are N11; only toll-free numbers have such exchanges.
 */
const NORTH_AMERICA = '(?!.11)(?!(?!800|8([2-8])\\1)...\\d11)[2-9][0-8]\\d[2-9]\\d{6}';

const countries = metadata.countries as unknown as Record<string, Country>;
const nonGeographic = metadata.nonGeographic as unknown as Record<string, Country>;

/** The text of the file. */
export function plansFile(): string {
	const { version } = createRequire(import.meta.url)('libphonenumber-js/package.json') as { version: string };
	const codes: Record<string, string[]> = { ...metadata.country_calling_codes };
	for (const code of Object.keys(nonGeographic)) codes[code] = [];
	const lines = Object.entries(codes)
		.sort(([one], [other]) => (one < other ? -1 : 1))
		.map(([code, members]) => `\t'${code}': ${planOf(code, members)},\n`);
	return `${head(version)}export const PHONE_PLANS: Record<string, PhonePlan> = {\n${lines.join('')}};\n`;
}

const head = (
	version: string,
) => `/* Written by scripts/phonePlans.mts from libphonenumber-js ${version}. Change the script, not this file. */

/** The phone numbers behind a calling code. */
export interface PhonePlan {
	/** What a number without its calling code looks like. */
	numbers: RegExp;
	/** What is dialed before it inside the country; \`0\` where nothing is, but no number begins so. */
	trunk?: RegExp;
	/** What takes the place of \`trunk\` where its last group is there. */
	rule?: string;
	/** How many digits mobile numbers have, where others with and without the calling code can be equally long. */
	mobile?: number[];
	/** What is dialed before the calling code of another country, where it is more than \`00\`. */
	exit?: RegExp;
}

/** By calling code. */
// prettier-ignore
`;

function planOf(code: string, members: string[]): string {
	const plan = countries[members[0]] ?? nonGeographic[code];
	const prefix = plan[TRUNK_FOR_PARSING] || plan[TRUNK];
	const trunk = [prefix, !plan[TRUNK] && !beginWithZero(plan) && '0'].filter(Boolean).join('|');
	const fields = [
		`numbers: ${anchored(code === '1' ? NORTH_AMERICA : numbersOf(members, plan), '$')}`,
		trunk && `trunk: ${anchored(trunk)}`,
		plan[TRUNK_RULE] && `rule: '${String(plan[TRUNK_RULE])}'`,
		mobileLengths(code, plan),
		plan[1] && plan[1] !== '00' && `exit: ${anchored(plan[1])}`,
	].filter(Boolean);
	return `{ ${fields.join(', ')} }`;
}

function mobileLengths(code: string, plan: Country): string {
	const possible = plan[LENGTHS] as number[];
	const [, type] = (plan[TYPES] ?? []) as NumberTypes;
	const doubtful = possible.filter((length) => possible.includes(length + code.length));
	const mobile = (type || [])[1] ?? possible;
	return doubtful.every((length) => mobile.includes(length)) ? '' : `mobile: [${mobile.join(', ')}]`;
}

const anchored = (pattern: string, end = '') =>
	`/^${pattern.includes('|') ? `(?:${pattern})` : pattern}${end}/`;

/**
 * Whether numbers of people can begin with 0. Where they cannot and nothing is dialed before them, some write a 0 there
 * all the same, as in the countries around.
 */
function beginWithZero(plan: Country): boolean {
	const [fixed, mobile] = (plan[TYPES] ?? []) as NumberTypes;
	return [fixed, mobile]
		.filter((type) => type)
		.flatMap(([pattern]) =>
			fc.sample(fc.stringMatching(new RegExp(`^(?:${pattern})$`)), { numRuns: 1000, seed: 1 }),
		)
		.some((number) => number.startsWith('0'));
}

/** The pattern of the main country, and of others with the code where it does not hold their example. */
function numbersOf(members: string[], main: Country): string {
	const missing = members
		.slice(1)
		.filter((member) => !new RegExp(`^(?:${main[2]})$`).test(examples[member as CountryCode] ?? ''));
	return [main[2], ...new Set(missing.map((member) => countries[member][2]))].join('|');
}

if (path.resolve(process.argv[1] ?? '') === path.resolve('scripts/phonePlans.mts')) {
	const before = readFileSync(PLANS_FILE, { encoding: 'utf8', flag: 'a+' });
	const text = plansFile();
	if (text !== before) writeFileSync(PLANS_FILE, text);
}
