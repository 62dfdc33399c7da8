import { toInboundMessage } from '../../../../nodes/shared/inbound/events.ts';

const now = new Date('2026-11-21T12:00:00Z');
const clean = {
	messageId: 'TMID-1',
	from: '+18015550123',
	to: '+15005550100',
	owner: '+15005550100',
	body: 'Hi',
	media: [],
	segments: 1,
	receivedAt: now.toISOString(),
};

test.each([
	[
		'the onboarding guide',
		{
			Message_ID: 'TMID-1',
			Owner: '+15005550100',
			To: '+15005550100',
			From: '+18015550123',
			Message_Body: 'Hi',
			Segment: 1,
		},
	],
	[
		'older pages',
		{
			MessageId: 'TMID-1',
			From: '+18015550123',
			To: '+15005550100',
			Text: 'Hi',
			Timestamp: '2026-11-21T12:00:00Z',
			Direction: 'Inbound',
		},
	],
	[
		'message search',
		{
			MessageID: 'TMID-1',
			Direction: 'Inbound',
			From: '+18015550123',
			To: [{ Number: '+15005550100' }],
			Owner: '+15005550100',
			Body: 'Hi',
		},
	],
	[
		'snake case',
		{ message_id: 'TMID-1', from: '+18015550123', to: ['+15005550100'], text: 'Hi', segment: '1' },
	],
	[
		'camel case',
		{ messageId: 'TMID-1', from: '+18015550123', to: '+15005550100', body: 'Hi', segments: '1' },
	],
])('the spelling of %s', (_name, raw) => {
	expect(toInboundMessage(raw as never, now)).toEqual({ ...clean, raw });
});

test.each([
	['one address', { MMS_Media_URL: 'https://a.example/1.jpg' }],
	['a list', { MMS_Media_URL: ['https://a.example/1.jpg'] }],
	['objects', { MmsMedia: [{ MediaUrl: 'https://a.example/1.jpg' }] }],
])('media as %s', (_name, raw) => {
	expect(toInboundMessage(raw as never, now).media).toEqual(['https://a.example/1.jpg']);
});

test('several media as text, and commas that belong to an address', () => {
	const raw = { MMS_Media_URL: 'https://a.example/1,2.jpg, https://a.example/3.jpg' };
	expect(toInboundMessage(raw, now).media).toEqual(['https://a.example/1,2.jpg', 'https://a.example/3.jpg']);
});

test('a group message keeps all recipients', () => {
	expect(toInboundMessage({ To: [{ Number: '+1' }, { Number: '+2' }] }, now)).toMatchObject({
		to: '+1, +2',
		owner: '+1',
	});
});

test.each([{}, { From: null, Body: {} }, { Timestamp: 'yesterday', Segment: 'many' }])(
	'odd calls never break it: %j',
	(raw) => {
		expect(toInboundMessage(raw as never, now)).toEqual({
			...clean,
			messageId: '',
			from: '',
			to: '',
			owner: '',
			body: '',
			raw,
		});
	},
);
