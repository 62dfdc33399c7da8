import { segment } from '../../../../nodes/Telegent/send/segments.ts';
import {
	parseReply,
	politeReAsk,
	unmatchableReason,
	type Expected,
} from '../../../../nodes/Telegent/wait/expected.ts';

describe('parseReply', () => {
	const yesNo: Expected = { kind: 'yesNo' };
	test.each([
		'yes',
		'YES!',
		'Y',
		' yep. ',
		'Ok',
		'yeah sure',
		'Yes, see you at 3',
		'👍',
		'👍🏽',
		'Sí',
		'of course!!',
		'I’ll be there',
		'yes please',
	])('"%s" is yes', (text) => expect(parseReply(text, yesNo)).toBe(true));

	test.each(['no', 'No.', 'N', 'nope', 'No, I can’t', 'no thanks', 'Not really', 'I won’t', '👎', 'Nein'])(
		'"%s" is no',
		(text) => expect(parseReply(text, yesNo)).toBe(false),
	);

	test.each([
		'',
		'maybe',
		'yes no',
		'No problem',
		'no worries!',
		'who is this?',
		'I do not know',
		'5',
		'noon',
	])('"%s" is neither', (text) => expect(parseReply(text, yesNo)).toBeUndefined());

	const rating: Expected = { kind: 'number', minimum: 1, maximum: 5 };
	test.each([
		['5', 5],
		[' 4. ', 4],
		['five', 5],
		['3 stars', 3],
		['2,5', 2.5],
		['#1', 1],
	])('"%s" is the number %d', (text, value) => expect(parseReply(text, rating)).toBe(value));
	test.each(['', '6', '0', '4 or 5', '4/5', 'seven', 'great', '-1', '1.2.3'])(
		'"%s" is no number from 1 to 5',
		(text) => expect(parseReply(text, rating)).toBeUndefined(),
	);
	test.each([
		['1,250', 1250],
		['$1,250.50', 1250.5],
		['-3', -3],
		['−3', -3],
	])('"%s" is the number %d where no limit is set', (text, value) =>
		expect(parseReply(text, { kind: 'number' })).toBe(value),
	);

	const days: Expected = { kind: 'oneOf', choices: ['Monday', 'Tuesday', 'Any day'] };
	test.each([
		['monday', 'Monday'],
		['Tuesday, please!', 'Tuesday'],
		['ANY DAY', 'Any day'],
	])('"%s" is the choice %s', (text, choice) => expect(parseReply(text, days)).toBe(choice));
	test.each(['Monday or Tuesday', 'mondays', 'Friday', ''])('"%s" is none of the choices', (text) =>
		expect(parseReply(text, days)).toBeUndefined(),
	);

	test('a pattern ignores case, may be written with slashes, and takes linear time', () => {
		expect(parseReply('order ab1234', { kind: 'pattern', pattern: '[A-Z]{2}\\d{4}' })).toBe('order ab1234');
		expect(parseReply('AB12', { kind: 'pattern', pattern: '/^[a-z]{2}\\d{4}$/i' })).toBeUndefined();
		expect(parseReply(`${'a'.repeat(5_000)}!`, { kind: 'pattern', pattern: '^(a+)+$' })).toBe(
			`${'a'.repeat(5_000)}!`.slice(0, 2_000),
		);
	});

	test('any text matches, and is trimmed', () => {
		expect(parseReply('  Hello \n', { kind: 'any' })).toBe('Hello');
		expect(parseReply('', { kind: 'any' })).toBe('');
	});
});

describe('expected replies', () => {
	test.each<[Expected, RegExp | undefined]>([
		[{ kind: 'any' }, undefined],
		[{ kind: 'oneOf', choices: [] }, /^'Accepted Replies' /],
		[{ kind: 'number', minimum: 5, maximum: 1 }, /^'Minimum' \(5\) is greater than 'Maximum' \(1\)$/],
		[{ kind: 'number', minimum: 5 }, undefined],
		[{ kind: 'pattern', pattern: ' ' }, /^'Pattern' /],
		[{ kind: 'pattern', pattern: '(' }, /^'Pattern' /],
		[{ kind: 'pattern', pattern: '^a$' }, undefined],
	])('%j is accepted, or rejected with a reason', (expected, words) => {
		const wrong = unmatchableReason(expected);
		if (words) expect(wrong).toMatch(words);
		else expect(wrong).toBeUndefined();
	});

	test('the default re-ask says what is expected', () => {
		expect(politeReAsk({ kind: 'yesNo' })).toBe('Sorry, we did not understand. Please reply YES or NO.');
		expect(politeReAsk({ kind: 'number', minimum: 1, maximum: 5 })).toMatch(/a number from 1 to 5\.$/);
		expect(politeReAsk({ kind: 'number' })).toMatch(/a number\.$/);
		expect(politeReAsk({ kind: 'number', minimum: 3 })).toMatch(/a number that is 3 or more\.$/);
		expect(politeReAsk({ kind: 'number', maximum: 3 })).toMatch(/a number that is 3 or less\.$/);
		expect(politeReAsk({ kind: 'oneOf', choices: ['A', 'B'] })).toMatch(/one of these: A, B\.$/);
		expect(politeReAsk({ kind: 'pattern', pattern: 'x' })).toMatch(/again\.$/);
	});

	test('a default re-ask is one segment of GSM-7', () => {
		const kinds: Expected[] = [
			{ kind: 'any' },
			{ kind: 'yesNo' },
			{ kind: 'number', minimum: 1, maximum: 10 },
			{ kind: 'oneOf', choices: ['Confirm', 'Reschedule'] },
			{ kind: 'pattern', pattern: 'x' },
		];
		for (const kind of kinds)
			expect(segment(politeReAsk(kind))).toMatchObject({ encoding: 'GSM-7', segments: 1 });
	});
});
