import { earlyReply } from '../../../../nodes/Telegent/wait/earlyReply.ts';
import type { PendingQuestion } from '../../../../nodes/Telegent/wait/question.ts';

describe('earlyReply', () => {
	const askedAt = Date.UTC(2026, 10, 21, 12);
	const pending = { from: '+15005550100', to: '+12025550142', askedAt, messageId: 'Q' } as PendingQuestion;
	const message = (MessageId: string, seconds: number, Direction = 'inbound', change = {}) => ({
		MessageId,
		From: Direction === 'inbound' ? pending.to : pending.from,
		To: Direction === 'inbound' ? pending.from : pending.to,
		Body: `Body of ${MessageId}`,
		Direction,
		Status: 'received',
		CreatedAt: new Date(askedAt + seconds * 1000).toISOString(),
		...change,
	});
	const question = message('Q', 1, 'outbound');

	test('finds the first message of the person after the question', () => {
		const messages = [message('late', 3), message('first', 2), question, message('before', 0)];
		expect(earlyReply(messages, pending)).toMatchObject({ messageId: 'first', body: 'Body of first' });
	});

	test.each<[string, object[]]>([
		['only older messages are there', [question, message('before', 0)]],
		['the question itself is not listed', [message('after', 2)]],
		['it is of somebody else', [question, message('other', 2, 'inbound', { From: '+12025550143' })]],
		['we wrote it', [question, message('ours', 2, 'outbound')]],
		['nothing is there', []],
	])('finds none if %s', (_why, messages) => expect(earlyReply(messages as never, pending)).toBeUndefined());
});
