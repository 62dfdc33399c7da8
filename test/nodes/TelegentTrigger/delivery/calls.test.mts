import { ANA, MAIN_LINE, onAccount, useWorld } from '../../../support/trigger/world.mts';

const world = useWorld();

/** Somebody calls the main line, it is answered, held for a minute, ended, and was recorded. */
async function callMainLine(): Promise<string> {
	const { control } = world.telegent;
	const { callId } = await control.ring({ from: ANA, to: MAIN_LINE });
	await control.goOn({ callId, event: 'Call_In_Progress' });
	await control.goOn({ callId, event: 'Call_On_Hold' });
	await control.time({ advanceSeconds: 60 });
	await control.goOn({ callId, event: 'Call_In_Progress' });
	await control.goOn({ callId, event: 'Call_Completed' });
	await control.goOn({ callId, event: 'Call_Recording', recordingUrl: 'https://a.example/1.mp3' });
	return callId;
}

test.each([
	['callRinging', [{ status: 'Ringing' }]],
	['callInProgress', [{ status: 'In Progress' }, { status: 'In Progress' }]],
	['callOnHold', [{ status: 'On Hold' }]],
	['callCompleted', [{ status: 'Completed', recordingUrl: null }]],
	['callRecording', [{ status: 'Completed', recordingUrl: 'https://a.example/1.mp3' }]],
])('%s starts with that of a call, and with nothing else', async (event, wanted) => {
	await world.host.publish('one', onAccount(event));
	const callId = await callMainLine();
	const common = { event, callId, from: ANA, to: MAIN_LINE, owner: MAIN_LINE, direction: 'inbound' };
	expect(world.items).toEqual(
		wanted.map((one) => expect.objectContaining({ ...common, ...one, at: expect.stringMatching(/Z$/) })),
	);
	expect(world.telegent.control.deliveries().every(({ status }) => status === 200)).toBe(true);
});

test('a completed call says how long it was', async () => {
	await world.host.publish('one', onAccount('callCompleted'));
	await callMainLine();
	expect(world.items).toHaveLength(1);
	expect(world.items[0].durationSeconds).toBeGreaterThanOrEqual(60);
});

test('another call starts another execution, and messages start none', async () => {
	const { control } = world.telegent;
	await world.host.publish('one', onAccount('callRinging'));
	for (const body of ['one', 'two']) {
		await control.ring({ from: ANA, to: MAIN_LINE });
		await control.inbound({ from: ANA, to: MAIN_LINE, body });
	}
	expect(new Set(world.items.map(({ callId }) => callId)).size).toBe(2);
	expect(world.items).toHaveLength(2);
});
