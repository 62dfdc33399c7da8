import { awaitedReplyIn } from '../../../../nodes/Telegent/wait/matchReply.ts';
import type { PendingQuestion } from '../../../../nodes/Telegent/wait/question.ts';

describe('awaitedReplyIn', () => {
	const askedAt = Date.UTC(2026, 10, 21, 12);
	const question = { from: '+15005550100', to: '+12025550142', askedAt } as PendingQuestion;
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
	])('payload: %s', (_case, sent, awaited) => {
		expect(awaitedReplyIn([sent as never], question, now) !== undefined).toBe(awaited);
	});
});
