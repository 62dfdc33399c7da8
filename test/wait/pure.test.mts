import { parse, politeReAsk, unmeetable, type Expected } from '../../nodes/Telegent/wait/expected.ts';
import { readNote, writeNote, type Note } from '../../nodes/Telegent/wait/note.ts';
import { isBetween, samePhone } from '../../nodes/Telegent/wait/pair.ts';
import { earlyAnswer } from '../../nodes/Telegent/wait/early.ts';
import { awaitedIn } from '../../nodes/Telegent/wait/reply.ts';
import { baseOf, saysGone } from '../../nodes/Telegent/wait/sweep.ts';
import type { Plan } from '../../nodes/Telegent/wait/plan.ts';

describe('What an answer says', () => {
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
	])('"%s" is yes', (text) => expect(parse(text, yesNo)).toBe(true));

	test.each(['no', 'No.', 'N', 'nope', 'No, I can’t', 'no thanks', 'Not really', 'I won’t', '👎', 'Nein'])(
		'"%s" is no',
		(text) => expect(parse(text, yesNo)).toBe(false),
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
	])('"%s" is neither', (text) => expect(parse(text, yesNo)).toBeUndefined());

	const rating: Expected = { kind: 'number', minimum: 1, maximum: 5 };
	test.each([
		['5', 5],
		[' 4. ', 4],
		['five', 5],
		['3 stars', 3],
		['2,5', 2.5],
		['#1', 1],
	])('"%s" is the number %d', (text, value) => expect(parse(text, rating)).toBe(value));
	test.each(['', '6', '0', '4 or 5', '4/5', 'seven', 'great', '-1', '1.2.3'])(
		'"%s" is no number from 1 to 5',
		(text) => expect(parse(text, rating)).toBeUndefined(),
	);
	test.each([
		['1,250', 1250],
		['$1,250.50', 1250.5],
		['-3', -3],
		['−3', -3],
	])('"%s" is the number %d where no limit is set', (text, value) =>
		expect(parse(text, { kind: 'number' })).toBe(value),
	);

	const days: Expected = { kind: 'oneOf', choices: ['Monday', 'Tuesday', 'Any day'] };
	test.each([
		['monday', 'Monday'],
		['Tuesday, please!', 'Tuesday'],
		['ANY DAY', 'Any day'],
	])('"%s" is the choice %s', (text, choice) => expect(parse(text, days)).toBe(choice));
	test.each(['Monday or Tuesday', 'mondays', 'Friday', ''])('"%s" is none of the choices', (text) =>
		expect(parse(text, days)).toBeUndefined(),
	);

	test('a pattern matches in any case, written with or without slashes, and cannot hang', () => {
		expect(parse('order ab1234', { kind: 'pattern', pattern: '[A-Z]{2}\\d{4}' })).toBe('order ab1234');
		expect(parse('AB12', { kind: 'pattern', pattern: '/^[a-z]{2}\\d{4}$/i' })).toBeUndefined();
		expect(parse(`${'a'.repeat(5_000)}!`, { kind: 'pattern', pattern: '^(a+)+$' })).toBe(
			`${'a'.repeat(5_000)}!`.slice(0, 2_000),
		);
	});

	test('any text is an answer, without blanks around it', () => {
		expect(parse('  Hello \n', { kind: 'any' })).toBe('Hello');
		expect(parse('', { kind: 'any' })).toBe('');
	});
});

describe('An expectation', () => {
	test.each<[Expected, RegExp | undefined]>([
		[{ kind: 'any' }, undefined],
		[{ kind: 'oneOf', choices: [] }, /^Answers: /],
		[{ kind: 'number', minimum: 5, maximum: 1 }, /^Minimum: 5 .* 1$/],
		[{ kind: 'number', minimum: 5 }, undefined],
		[{ kind: 'pattern', pattern: ' ' }, /^Pattern: /],
		[{ kind: 'pattern', pattern: '(' }, /^Pattern: /],
		[{ kind: 'pattern', pattern: '^a$' }, undefined],
	])('%j can be met, or is refused in words', (expected, words) => {
		const wrong = unmeetable(expected);
		if (words) expect(wrong).toMatch(words);
		else expect(wrong).toBeUndefined();
	});

	test('is told politely when the question is asked again', () => {
		expect(politeReAsk({ kind: 'yesNo' })).toBe('Sorry, we did not understand. Please answer YES or NO.');
		expect(politeReAsk({ kind: 'number', minimum: 1, maximum: 5 })).toMatch(/a number from 1 up to 5\.$/);
		expect(politeReAsk({ kind: 'number' })).toMatch(/a number\.$/);
		expect(politeReAsk({ kind: 'oneOf', choices: ['A', 'B'] })).toMatch(/one of: A, B\.$/);
		expect(politeReAsk({ kind: 'pattern', pattern: 'x' })).toMatch(/again\.$/);
	});
});

describe('The note that a question writes at Telegent', () => {
	const note: Note = {
		execution: '1234567',
		from: '+15005550100',
		to: '+12025550142',
		deadline: Date.UTC(2026, 10, 22, 12),
		askedAt: Date.UTC(2026, 10, 21, 12, 0, 0, 123),
		reAsks: 0,
		answered: false,
	};
	test.each<[string, Partial<Note>]>([
		['fresh', {}],
		['asked again', { reAsks: 2, last: 'Ab-_12345678' }],
		['answered', { last: 'Ab-_12345678', answered: true }],
	])('is read as it was written: %s', (_how, change) => {
		const text = writeNote({ ...note, ...change });
		expect(readNote(text)).toEqual({ ...note, ...change });
		expect(text.length).toBeLessThan(255);
	});

	test.each([
		null,
		undefined,
		'',
		'admin',
		'n8n workflow 8Zk',
		'n8n wait for it',
		`${writeNote(note)} and more`,
	])('is not seen in %j', (text) => expect(readNote(text)).toBeUndefined());
});

describe('Phone numbers of a message', () => {
	test.each([
		['+12025550142', '+12025550142'],
		['+12025550142', '12025550142'],
		['+12025550142', '(202) 555-0142'],
		['+12025550142', '0012025550142'],
		['+442079460958', '+44 20 7946 0958'],
		['+442079460958', '+44 (0)20 7946 0958'],
		['+442079460958', '+44 020 7946 0958'],
		['+442079460958', '011 44 20 7946 0958'],
		['+442079460958', '442079460958'],
		['+12025550142', 'tel:+1-202-555-0142'],
		['+12025550142', '1.202.555.0142'],
		['+12485550142', '2485550142'],
		['72345', ' 72345 '],
		['+72345', '72345'],
		['+1234567890', '1234567890'],
		['Telegent', 'TELEGENT'],
	])('%s is %s', (a, b) => expect([samePhone(a, b), samePhone(b, a)]).toEqual([true, true]));
	test.each([
		['+12025550142', '+12025550143'],
		['+12025550142', '2025550'],
		['', ''],
		['+442025550142', '2025550142'],
		['+12079460958', '020 7946 0958'],
		['+2485550142', '(248) 555-0142'],
		['+491511234567', '1511234567'],
		['+44207946095859', '020 7946 0958/59'],
		['+12025550142', '+1 202 555 014²'],
		['72345', 'AB72345'],
		['+12025550142', '2025550142 x5'],
		['ext. 5', '5'],
		['-', '-'],
		[undefined, '+12025550142'],
	])('%s is not %s', (a, b) => expect([samePhone(a, b), samePhone(b, a)]).toEqual([false, false]));

	test('belong to a question only from the person to our number, in a group message too', () => {
		const [own, other] = ['+15005550100', '+12025550142'];
		expect(isBetween({ from: other, to: own }, own, other)).toBe(true);
		expect(isBetween({ from: other, to: '+12025550199, (500) 555-0100' }, own, other)).toBe(true);
		expect(isBetween({ from: other, owner: own, to: '' }, own, other)).toBe(true);
		expect(isBetween({ from: own, to: other, owner: own }, own, other)).toBe(false);
		expect(isBetween({ from: other, to: '+15005550101' }, own, other)).toBe(false);
	});
});

describe('The awaited message among what a call says', () => {
	const askedAt = Date.UTC(2026, 10, 21, 12);
	const plan = { from: '+15005550100', to: '+12025550142', askedAt } as Plan;
	const payload = { Event: 'New_Sms', From: '+12025550142', To: '+15005550100', MessageId: 'M1', Text: 'Hi' };
	const now = new Date(askedAt + 60_000);

	test.each<[string, object, boolean]>([
		['in the guide’s spelling', { ...payload, Text: undefined, Message_Body: 'Hi' }, true],
		['with a time after the question', { ...payload, Timestamp: '2026-11-21T12:00:30Z' }, true],
		['from before the question', { ...payload, Timestamp: '2026-11-21T11:00:00Z' }, false],
		['from somebody else', { ...payload, From: '+12025550143' }, false],
		['to another number', { ...payload, To: '+15005550101' }, false],
		['that we sent', { ...payload, From: payload.To, To: payload.From, Direction: 'outbound' }, false],
		['another event', { ...payload, Event: 'Call_Completed' }, false],
		['a receipt', { MessageId: 'M1', From: '+12025550142', To: '+15005550100', Status: 'Delivered' }, false],
	])('%s', (_what, said, awaited) => {
		expect(awaitedIn([said as never], plan, now) !== undefined).toBe(awaited);
	});
});

describe('What is left behind', () => {
	test('is recognised as of this n8n by the address up to the execution', () => {
		const base = 'https://n8n.example.com/path/webhook-waiting';
		expect(baseOf(`${base}/12/node?signature=ab`)).toBe(base);
		expect(baseOf('https://other.example.com/path/webhook-waiting/12/node')).not.toBe(base);
		expect(baseOf('nonsense')).toBe('');
	});

	test.each<[string, number, unknown, boolean]>([
		['is not there any more', 404, { message: 'The execution "12" does not exist.' }, true],
		['was stopped', 409, { message: 'The execution "12" has finished with error.' }, true],
		['has ended', 200, '<html><p>No action required</p></html>', true],
		['is another one', 404, { message: 'The execution "13" does not exist.' }, false],
		['runs', 409, { message: 'The execution "12" is running already.' }, false],
		['waits', 401, { message: 'Not authorized' }, false],
		['may be hidden by a proxy', 404, '<html>Not found</html>', false],
		['may be hidden by a proxy that says yes', 200, 'OK', false],
	])('only goes when n8n itself says so: the execution %s', (_how, status, body, gone) => {
		expect(saysGone(status, body, '12')).toBe(gone);
	});
});

describe('An answer that was faster than n8n', () => {
	const askedAt = Date.UTC(2026, 10, 21, 12);
	const plan = { from: '+15005550100', to: '+12025550142', askedAt, messageId: 'Q' } as Plan;
	const message = (MessageId: string, seconds: number, Direction = 'inbound', change = {}) => ({
		MessageId,
		From: Direction === 'inbound' ? plan.to : plan.from,
		To: Direction === 'inbound' ? plan.from : plan.to,
		Body: `Body of ${MessageId}`,
		Direction,
		Status: 'received',
		CreatedAt: new Date(askedAt + seconds * 1000).toISOString(),
		...change,
	});
	const question = message('Q', 1, 'outbound');

	test('is the first message of the person after the question', () => {
		const messages = [message('late', 3), message('first', 2), question, message('before', 0)];
		expect(earlyAnswer(messages, plan)).toMatchObject({ messageId: 'first', body: 'Body of first' });
	});

	test.each<[string, object[]]>([
		['only older messages are there', [question, message('before', 0)]],
		['the question itself is not listed', [message('after', 2)]],
		['it is of somebody else', [question, message('other', 2, 'inbound', { From: '+12025550143' })]],
		['we wrote it', [question, message('ours', 2, 'outbound')]],
		['nothing is there', []],
	])('is none where %s', (_why, messages) => expect(earlyAnswer(messages as never, plan)).toBeUndefined());
});
