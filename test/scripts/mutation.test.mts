import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sample } from '../mutation/main.mts';
import { PROMISES, staleness, verdictOf, type JestReport, type Mutation } from '../mutation/mutation.mts';
import { mutations } from '../mutation/mutations/index.mts';
import { report, scoreOf } from '../mutation/report.mts';

const root = path.resolve(__dirname, '..', '..');
const source = (file: string) => readFileSync(path.join(root, file), 'utf8');
const mutation: Mutation = {
	...{ file: 'a.ts', find: 'x > 1', replace: 'x >= 1', promise: 'once' },
	...{ breaks: 'counts one too many', tests: ['a.test.mts'] },
};
const reported = (status: string, assertions: Array<[string, string]>, message = ''): JestReport => ({
	numTotalTests: assertions.length,
	testResults: [
		{
			...{ message, status },
			assertionResults: assertions.map(([fullName, one]) => ({ fullName, status: one })),
		},
	],
});

describe('npm run test:mutation', () => {
	test.each<[string, string, string | undefined]>([
		['fits', 'if (x > 1) go();', undefined],
		['is gone', 'if (x > 2) go();', '0 times'],
		['stands there twice', 'x > 1 && x > 1', '2 times'],
		['does not compile', 'if (x > 1', 'does not compile'],
	])('a line that %s', (_what, code, expected) => {
		const why = staleness(mutation, code);
		if (expected === undefined) expect(why).toBeUndefined();
		else expect(why).toContain(expected);
	});

	test('a change that changes nothing is none', () => {
		expect(staleness({ ...mutation, replace: mutation.find }, 'x > 1;')).toBe('it changes nothing');
	});

	test.each<[string, JestReport | undefined, boolean, object]>([
		[
			'a failed test',
			reported('failed', [
				['one', 'passed'],
				['two', 'failed'],
			]),
			false,
			{ kind: 'killed', by: 'two' },
		],
		[
			'a file that does not load',
			reported('failed', [], '\nboom\nat x'),
			false,
			{ kind: 'killed', by: 'boom' },
		],
		['tests that pass', reported('passed', [['one', 'passed']]), false, { kind: 'survived' }],
		['no test', reported('passed', []), false, { kind: 'notRun', why: 'the files have no tests' }],
		[
			'only skipped tests',
			reported('passed', [['one', 'pending']]),
			false,
			{ kind: 'notRun', why: 'no test has such a name' },
		],
		['no report', undefined, false, { kind: 'notRun', why: 'jest left no report' }],
		['no end', undefined, true, { kind: 'timedOut' }],
	])('%s', (_what, found, timedOut, expected) => {
		expect(verdictOf(found, timedOut)).toEqual(expected);
	});

	test('counts by promise, and leaves out what has no effect', () => {
		const tried = [
			{ mutation, verdict: { kind: 'killed', by: 'two' } as const },
			{ mutation, verdict: { kind: 'survived' } as const },
			{ mutation: { ...mutation, equivalent: 'nobody sees it' }, verdict: { kind: 'survived' } as const },
		];
		expect(scoreOf(tried)).toBe(0.5);
		const text = report(tried, { seconds: 1, seed: 7 });
		expect(text).toContain('twice … | 3 | 1 | 2 |');
		expect(text).toContain('a.ts: counts one too many (not noticed by a.test.mts)');
		expect(text).toContain('3 mutations, 50 % killed');
	});

	test('every mutation fits the code, and its tests exist', () => {
		expect(mutations.length).toBeGreaterThan(60);
		for (const one of mutations) {
			expect([one.breaks, staleness(one, source(one.file))]).toEqual([one.breaks, undefined]);
			for (const file of one.tests) expect(source(file)).not.toBe('');
		}
	});

	test('every promise is a row of SECURITY.md', () => {
		for (const promise of Object.values(PROMISES)) expect(source('SECURITY.md')).toContain(`\n| ${promise}`);
	});

	test('--quick takes a dozen, and others with another seed', () => {
		expect(sample(mutations, 1)).toHaveLength(12);
		expect(sample(mutations, 2)).not.toEqual(sample(mutations, 1));
	});
});
