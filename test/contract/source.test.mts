import { resources } from '../../nodes/Telegent/resources/index.ts';
import { entryLengths, lengthsIn, tooLong } from './source.mts';

const entry = (value: string, lines: number) =>
	['{', `value: '${value}',`, ...Array.from({ length: lines - 3 }, () => '//'), '}'].join('\n');
const file = (...entries: string[]) =>
	lengthsIn('some.ts', `export const some = { operations: [\n${entries.join(',\n')}] };`);

describe('The entries of the tables', () => {
	test('are all measured', () => {
		expect(entryLengths()).toHaveLength(resources.flatMap(({ operations }) => operations).length);
	});

	test('are short', () => {
		expect(tooLong(entryLengths())).toEqual([]);
	});
});

describe('An entry', () => {
	test('of 61 lines is too long', () => {
		expect(tooLong(file(entry('a', 60), entry('b', 3), entry('c', 3)))).toEqual([]);
		expect(tooLong(file(entry('a', 61), entry('b', 3), entry('c', 3)))).toEqual([
			'some.ts: a has 61 lines, more than 60, and no reason beside it',
		]);
	});

	test('may be longer with a reason beside it', () => {
		expect(
			tooLong(file(`// Longer than others: one form, six types.\n${entry('a', 61)}`, entry('b', 3))),
		).toEqual(['an entry has 32.0 lines on average, more than 25']);
	});

	test('is measured where it is written', () => {
		const text = `const get: Operation = ${entry('get', 30)};\nexport const some = { operations: [get] };`;
		expect(lengthsIn('some.ts', text)).toEqual([{ where: 'some.ts: get', lines: 30 }]);
	});
});
