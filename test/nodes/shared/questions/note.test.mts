import { readState, formatState, type QuestionState } from '../../../../nodes/shared/questions/note.ts';

describe('question state in the user name of a webhook', () => {
	const note: QuestionState = {
		execution: '1234567',
		from: '+15005550100',
		to: '+12025550142',
		deadline: Date.UTC(2026, 10, 22, 12),
		askedAt: Date.UTC(2026, 10, 21, 12, 0, 0, 123),
		reAsks: 0,
		answered: false,
	};
	test.each<[string, Partial<QuestionState>]>([
		['fresh', {}],
		['asked again', { reAsks: 2, lastFingerprint: 'Ab-_12345678' }],
		[
			'with a reminder to come',
			{ remindAt: Date.UTC(2026, 10, 22, 1), reAsks: 10, lastFingerprint: 'Ab-_12345678' },
		],
		['reminded', { reminded: 'Ab-_12345678', reAsks: 1, lastFingerprint: 'Ab-_12345678', answered: true }],
		['answered', { lastFingerprint: 'Ab-_12345678', answered: true }],
	])('is read as it was written: %s', (_how, change) => {
		const text = formatState({ ...note, ...change });
		expect(readState(text)).toEqual({ ...note, ...change });
		expect(text.length).toBeLessThan(255);
	});

	test.each([
		null,
		undefined,
		'',
		'admin',
		'n8n workflow 8Zk',
		'n8n wait for it',
		`${formatState(note)} and more`,
	])('is not seen in %j', (text) => expect(readState(text)).toBeUndefined());
});
