import type { LoggedMessage } from '../../../../nodes/shared/messageLog.ts';
import { findMessage } from '../../../../nodes/Telegent/send/sentMessages.ts';

const SENT = { from: '+15005550100', to: ['+18015550001', '+18015550002'], body: 'Hi' };

const logged = (id: string, change: Partial<LoggedMessage> = {}): LoggedMessage => ({
	id,
	from: SENT.from,
	to: SENT.to,
	body: 'Hi',
	outbound: true,
	status: 'sent',
	at: 1_000,
	record: { Body: 'Hi' },
	...change,
});
const find = (messages: LoggedMessage[], complete = true, taken: string[] = []) =>
	findMessage(SENT, { complete, messages }, (id) => taken.includes(id));

test('the newest of several equal messages is the one', () => {
	expect(
		find([logged('old', { at: 1 }), logged('new', { at: 3 }), logged('middle', { at: 2 })]),
	).toMatchObject({
		id: 'new',
	});
});

test('the order of recipients and blanks around the text make no difference', () => {
	expect(find([logged('one', { to: [...SENT.to].reverse(), body: ' Hi ' })])).toMatchObject({ id: 'one' });
});

test('line breaks and accents as they are stored make no difference', () => {
	const sent = { ...SENT, body: 'Caf\u00e9:\n 8 to 5' };
	const listed = logged('one', { body: 'Cafe\u0301:\r\n8 to 5' });
	expect(findMessage(sent, { complete: true, messages: [listed] }, () => false)).toBe(listed);
});

test('a picture without words is another message than a text', () => {
	expect(find([logged('one', { body: '', record: { Body: null } })])).toBe('absent');
});

test.each([
	['to some of the recipients', { to: [SENT.to[0]] }],
	['to more recipients', { to: [...SENT.to, '+18015550003'] }],
	['without a readable time', { at: NaN }],
	['without a text', { body: '', record: {} }],
])('a message %s may be the one', (_case, change) => {
	expect(find([logged('one', change)])).toBe('other');
});

test.each([
	['another text', { body: 'Ho' }],
	['another sender', { from: '+15005550199' }],
	['other recipients', { to: ['+18015550009'] }],
	['the other direction', { outbound: false }],
])('a message with %s is not', (_case, change) => {
	expect(find([logged('one', change)])).toBe('absent');
	expect(find([logged('one', change)], false)).toBe('incomplete');
});

test('a message that belongs to another item is not', () => {
	expect(find([logged('one')], true, ['one'])).toBe('absent');
});
