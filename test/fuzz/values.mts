import fc from 'fast-check';

/* What an expression can yield, and no parameter expects. */

export interface Given {
	name: string;
	value: unknown;
	/** A megabyte: not with every parameter in a quick run. */
	huge?: boolean;
}

const text = (value: string): Given => ({ name: JSON.stringify(value), value });
const MEGABYTE = 1_000_000;
const nested = (depth: number) =>
	Array.from({ length: depth }).reduce<unknown>((inner) => ({ a: inner }), 'x');

/** @param elsewhere a host that nobody has a reason to call */
export const hostile = (elsewhere: string): Given[] => [
	...[null, undefined, NaN, Infinity, -Infinity, -0, -1, 1e308, 0.1, true, false].map((value) => ({
		...{ name: String(value), value },
	})),
	...[{}, [], [[]], [null], { a: { b: [1] } }, [{ a: 1 }, 'x'], { length: 3 }, { value: 'x' }].map(
		(value) => ({
			...{ name: JSON.stringify(value), value },
		}),
	),
	{ name: 'object with its own toString', value: { toString: 'x', valueOf: 1 } },
	{ name: 'own __proto__', value: JSON.parse('{"__proto__":{"polluted":true},"constructor":1}') as unknown },
	{ name: 'date', value: new Date(0) },
	{ name: 'invalid date', value: new Date(NaN) },
	{ name: 'object 2,000 deep', value: nested(2_000) },
	...['', ' ', '\t\n', '0', '\0', '\u0007\u001b[2J', '\u202Eevil\u202C', 'مرحبا', '😀'.repeat(3)].map(text),
	...['\ud800', '\ufeff', 'x\r\nHost: evil', '\r\n\r\nGET /', 'x\u2028y', '{{ $json }}', '{', '[', '"'].map(
		text,
	),
	...[
		'__proto__',
		'constructor',
		'prototype',
		'toString',
		'hasOwnProperty',
		'{"__proto__":{"polluted":1}}',
	].map(text),
	...[
		'../x',
		'..',
		'.',
		'%2e%2e/x',
		'..%2fx',
		'a/../../b',
		'a?b=c',
		'a#b',
		'a&b=c',
		'..\\x',
		';x',
		'//x',
	].map(text),
	...[elsewhere, `${elsewhere}/v1.0/x`, elsewhere.replace('http:', ''), `@${elsewhere.slice(7)}`].map(text),
	...['(a+)+$', '(){99999}', '\\', '+1202555014²', '٠٢٠', '+1 (202) 555-0142 x9'].map(text),
	{ name: '1 MB of letters', value: 'a'.repeat(MEGABYTE), huge: true },
	{ name: '1 MB of commas', value: ','.repeat(MEGABYTE), huge: true },
	{ name: '1 MB of braces', value: '{{'.repeat(MEGABYTE / 2), huge: true },
	{ name: '1 MB of brackets', value: '['.repeat(MEGABYTE), huge: true },
	{ name: '1 MB of slashes', value: '/'.repeat(MEGABYTE), huge: true },
	{ name: '1 MB of digits', value: '1'.repeat(MEGABYTE), huge: true },
	{ name: '1 MB of line breaks', value: '\r\n'.repeat(MEGABYTE / 2), huge: true },
	{ name: '10,000 objects', value: Array.from({ length: 10_000 }, () => ({})), huge: true },
];

/** Others, which the seed selects. */
export function generated(seed: number, count: number): Given[] {
	const any = fc.anything({
		withBigInt: false,
		withDate: true,
		withNullPrototype: false,
		withUnicodeString: true,
		key: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'value', 'From', 'Number')),
	} as fc.ObjectConstraints);
	const all = fc.oneof(any, fc.string({ unit: 'binary' }), fc.webUrl(), fc.double(), fc.integer());
	return fc.sample(all, { numRuns: count, seed }).map((value, index) => ({
		...{ name: `value ${index} of seed ${seed}: ${fc.stringify(value).slice(0, 80)}`, value },
	}));
}
