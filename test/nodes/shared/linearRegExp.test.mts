import { compile } from '../../../nodes/shared/linearRegExp.ts';

describe('linear-time regular expressions', () => {
	test.each([
		['a', 'xAy', true],
		['^a$', 'a', true],
		['^a$', 'ab', false],
		['a|b', 'xb', true],
		['^(a|bc)+$', 'abcbca', true],
		['^(a|bc)+$', 'abb', false],
		['^(?:foo|bar)baz', 'barbaz', true],
		['^\\d{3}-\\d{4}$', '555-0123', true],
		['^\\d{3}$', '55', false],
		['^\\d{2,3}$', '5555', false],
		['^\\d{2,}$', '55555', true],
		['^x{0}y$', 'y', true],
		['colou?r', 'color', true],
		['\\bcat\\b', 'a cat!', true],
		['\\bcat\\b', 'concat', false],
		['\\Bcat', 'concat', true],
		['[a-f0-9]+', 'XYZ9', true],
		['[^a-z]', 'ABC', false],
		['^[\\w.-]+@[\\w-]+\\.com$', 'a.b@c-d.com', true],
		['a.c', 'a\nc', true],
		['.*?x', 'aax', true],
		['\\$\\d+', 'costs $12', true],
		['^😀+$', '😀😀', true],
		['', 'anything', true],
		['^$', '', true],
		['a{,2}', 'a{,2}', true],
		['ä', 'Ä', true],
		['^(a*)*b$', 'aaab', true],
		['/^a+$/i', 'AA', true],
		['/a', 'a', false],
	])('/%s/ on "%s" gives %s', (pattern, text, expected) => {
		expect(compile(pattern)(text)).toBe(expected);
	});

	test('a pattern is compiled once', () => {
		expect(compile('^once$')).toBe(compile('^once$'));
	});

	test('results equal JavaScript’s for 3,000 random patterns and texts', async () => {
		const { Random } = await import('../../../sandbox/api/random.mts');
		const random = new Random(3);
		const parts = [
			'a',
			'b',
			'.',
			'[ab]',
			'[^a]',
			'(a|b)',
			'(ab|)',
			'a?',
			'b*',
			'a+',
			'(ab)*',
			'a{2}',
			'b{1,2}',
			'^',
			'$',
			'\\b',
			'|',
			'(?:b|a+)',
		];
		const text = () =>
			Array.from({ length: Math.floor(random.next() * 7) }, () => random.pick(['a', 'b', ' ', 'c'])).join('');
		for (let count = 0; count < 3_000; count++) {
			const source = Array.from({ length: 1 + Math.floor(random.next() * 5) }, () => random.pick(parts)).join(
				'',
			);
			const input = text();
			expect([source, input, compile(source)(input)]).toEqual([
				source,
				input,
				new RegExp(source, 'is').test(input),
			]);
		}
	});

	test.each([
		['(a', /bracket isn't closed/],
		['a)', /extra closing bracket/],
		['[a', /isn't complete/],
		['*a', /nothing to repeat/],
		['a**', /two repetition characters in a row/],
		['a{3,2}', /the maximum is less than the minimum/],
		['(?=a)', /group that starts with \(\?/],
		['(?<!a)', /group that starts with \(\?/],
		['(a)\\1', /isn't supported/],
		['(((a{99}){99}){99})', /nested repetitions add up to more than 2000/],
		['a'.repeat(2_001), /too long/],
		['(){9999999999}', /more than 2000 times/],
		['(a{0}){1000000000}', /more than 2000 times/],
		['((){1000000}){1000000}', /more than 2000 times/],
		['(((){1000}){1000}){1000}', /nested repetitions add up to more than 2000/],
		['('.repeat(100_000), /nested more than 50 levels deep/],
	])('%s is rejected with %s', (pattern, words) => expect(() => compile(pattern)).toThrow(words));

	test.each(['^(a+)+$', '(a|a)*b', '(.*)*x', '(a|aa)+$', '^(([a-z])+.)+[A-Z]([a-z])+$'])(
		'%s takes linear time',
		(pattern) => {
			const started = performance.now();
			compile(pattern)(`${'a'.repeat(2_000)}!`);
			expect(performance.now() - started).toBeLessThan(500);
		},
	);
});
