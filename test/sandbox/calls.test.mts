import { ANA, id, MAIN, NOTIFICATIONS, useListener, useSandbox, type Row } from './support.mts';

const client = useSandbox();
const listener = useListener();

const EVENTS = 'Call_Ringing,Call_In_Progress,Call_On_Hold,Call_Completed,Call_Recording';
const subscribe = (SubscribedEvents = EVENTS) =>
	client.ok('POST /v1.0/webhook/create', {
		body: { AccountId: id('AID-'), WebhookUrl: listener.url, Method: 'POST', SubscribedEvents },
	});
const ring = (more: Row = {}) => client.post('/_sandbox/calls', { from: ANA, to: MAIN, ...more });
const goOn = (callId: string, event: string, more: Row = {}) =>
	client.post('/_sandbox/calls/events', { callId, event, ...more });
const heard = () => listener.heard.map(({ body }) => body as Row);

describe('a call', () => {
	test('is told to the webhooks that want to hear of it, step by step', async () => {
		await subscribe();
		await subscribe('New_Sms,call_completed');
		await client.post('/_sandbox/time', { speed: 0 });
		const { data } = await ring();
		const { callId } = data as { callId: string };
		expect(callId).toMatch(/^CALL-[\da-f-]{36}$/);
		expect(data.attempts).toMatchObject([{ kind: 'event', status: 200, payload: { Event: 'Call_Ringing' } }]);
		for (const event of ['Call_In_Progress', 'Call_On_Hold', 'Call_In_Progress']) {
			await goOn(callId, event);
			await client.post('/_sandbox/time', { advanceSeconds: 25 });
		}
		const ended = (await goOn(callId, 'Call_Completed')).data as Row;
		expect(ended.attempts).toHaveLength(2);
		await goOn(callId, 'Call_Recording', { recordingUrl: 'https://a.example/1.mp3' });
		expect(heard().map(({ Duration, Event, Status }) => [Event, Status, Duration])).toEqual([
			['Call_Ringing', 'Ringing', undefined],
			['Call_In_Progress', 'In Progress', undefined],
			['Call_On_Hold', 'On Hold', undefined],
			['Call_In_Progress', 'In Progress', undefined],
			['Call_Completed', 'Completed', 75],
			['Call_Completed', 'Completed', 75],
			['Call_Recording', 'Completed', 75],
		]);
		expect(heard().at(-1)).toEqual({
			Event: 'Call_Recording',
			AccountId: id('AID-'),
			CallId: callId,
			Direction: 'Inbound',
			From: ANA,
			To: MAIN,
			Owner: MAIN,
			Status: 'Completed',
			Timestamp: expect.stringMatching(/Z$/),
			Duration: 75,
			RecordingUrl: 'https://a.example/1.mp3',
		});
	});

	test('is shown in the phone simulator, with how many webhooks were notified', async () => {
		await ring();
		const { calls } = (await client.get('/_sandbox/phone')).data as { calls: Row[] };
		expect(calls).toMatchObject([{ from: ANA, to: MAIN, event: 'Call_Ringing', told: 0 }]);
		await subscribe();
		await goOn(calls[0]?.id as string, 'Call_Completed');
		expect((await client.get('/_sandbox/phone')).data.calls).toMatchObject([
			{ event: 'Call_Completed', answeredAt: null, endedAt: expect.any(Number), told: 1 },
		]);
		expect(heard()).toMatchObject([{ Status: 'Completed', Duration: 0 }]);
	});

	test('cannot go on in a way that no call does', async () => {
		const { callId } = (await ring()).data as { callId: string };
		const refused = async (event: string) => ((await goOn(callId, event)).data as Row).error;
		expect(await refused('Call_On_Hold')).toBe(
			'After Call_Ringing, Call_In_Progress or Call_Completed can come',
		);
		await goOn(callId, 'Call_Completed');
		expect(await refused('Call_Recording')).toBe('After Call_Completed, nothing can come');
		expect(await refused('Call_Lost')).toContain('event');
		expect(((await goOn('CALL-1', 'Call_Completed')).data as Row).error).toContain('CALL-1 does not exist');
	});

	test.each([
		['a number of somebody else', { to: '+15005550199' }, 'not one of the account'],
		['a number without calls', { to: NOTIFICATIONS }, 'VoiceEnabled is false'],
		['a caller without a number', { from: 'Ana' }, 'not an E.164 phone number'],
	])('to or from %s is refused', async (_what, more, words) => {
		const { data, status } = await ring(more);
		expect([status, (data as Row).error]).toEqual([400, expect.stringContaining(words)]);
	});
});
