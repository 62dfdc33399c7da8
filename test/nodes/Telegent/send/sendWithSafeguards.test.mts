import { jest } from '@jest/globals';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { runNode, type RunResult } from '../../../support/n8n.mts';
import { OUTBOUND, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const sentTo = () => sandbox.control.outbox().map(({ to }) => to);
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const hint = ({ run: { data } }: RunResult) => data.resultData.runData.Telegent?.at(-1)?.hints?.[0]?.message;

const withSafeguards = (safeguards: IDataObject, options: IDataObject = {}) => ({
	...send('={{ $json.to }}', '={{ $json.text ?? "Hello" }}'),
	safeguards: safeguards as never,
	options: options as never,
});
const run = async (
	safeguards: IDataObject,
	items: Array<IDataObject | INodeExecutionData>,
	more: Partial<Parameters<typeof runNode>[0]> & { options?: IDataObject } = {},
) =>
	await runNode({
		credential: sandbox.credential,
		parameters: withSafeguards(safeguards, more.options),
		items,
		...more,
	});

test('Sending Hours that end while a list is being sent stop the rest of it', async () => {
	const now = Date.now();
	const end = Math.ceil((now + 30_000) / 60_000) * 60_000;
	const timeOf = (time: number) => new Date(time).toISOString().slice(11, 16);
	jest.spyOn(Date, 'now').mockImplementation(() => (sandbox.control.outbox().length > 0 ? end + 1_000 : now));
	const hours = { earliest: timeOf(end - 3 * 3_600_000), latest: timeOf(end), otherwise: 'skip' };
	const quietHours = { hours: { ...hours, zoneBy: 'given', timeZone: 'UTC' } };
	const { json } = await run({ quietHours }, [{ to: person(1) }, { to: person(2) }], {
		options: { concurrency: 1 },
	});
	jest.restoreAllMocks();
	expect(sentTo()).toEqual([person(1)]);
	expect(json[1]).toMatchObject({
		status: 'skipped',
		reason: expect.stringContaining('outside the sending hours'),
	});
});

describe('Suppression List', () => {
	test('who is on it is skipped before any request, in part where an item has others too', async () => {
		const result = await run({ suppressionList: `${person(1)}, (801) 555-0003` }, [
			{ to: person(1) },
			{ to: `${person(1)}, ${person(2)}` },
			{ to: person(4) },
		]);
		expect(result.error).toBeUndefined();
		expect(sentTo().sort()).toEqual([person(2), person(4)]);
		expect(result.json[0]).toEqual({
			status: 'skipped',
			reason: `${person(1)} is on the suppression list`,
			To: [{ Number: person(1) }],
		});
		expect(result.json[1]).toMatchObject({
			MessageId: expect.any(String),
			skipped: [{ number: person(1), reason: `${person(1)} is on the suppression list` }],
		});
		expect(result.json[2]).not.toHaveProperty('skipped');
		expect(hint(result)).toBe('2 sent (2 segments), 1 skipped, 0 failed');
	});

	test('from an earlier node, with rows that are no numbers told', async () => {
		const items = [{ to: person(1), no: 'n/a' }, { to: person(2), no: person(1) }, { to: person(3) }];
		const suppressionList = '={{ $input.all().map(item => item.json.no) }}';
		const result = await run({ suppressionList }, items);
		expect(sentTo().sort()).toEqual([person(2), person(3)]);
		expect(result.run.data.resultData.runData.Telegent.at(-1)?.hints).toEqual([
			{ message: '2 sent (2 segments), 1 skipped, 0 failed', location: 'outputPane' },
			{
				message: "1 entry in 'Suppression List' isn't a phone number, for example \"n/a\"",
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	test('an expression that differs from item to item is read for each', async () => {
		const items = [
			{ to: person(1), not: [person(2)] },
			{ to: person(2), not: [] },
			{ to: person(3), not: [person(3)] },
		];
		await run({ suppressionList: '={{ $json.not }}' }, items);
		expect(sentTo().sort()).toEqual([person(1), person(2)]);
	});

	test('a list that cannot be meant so sends nothing', async () => {
		const { error } = await run({ suppressionList: '={{ $json.nothing }}' }, [{ to: person(1) }]);
		expect(error?.message).toMatch(/^'Suppression List': the expression returned no value/);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});

	test('Preview says who is on it', async () => {
		const { json } = await runNode({
			credential: sandbox.credential,
			parameters: {
				resource: 'message',
				operation: 'preview',
				to: `${person(1)}, ${person(2)}`,
				body: 'Hello',
				safeguards: { suppressionList: person(1) },
			},
		});
		expect(json[0]).toMatchObject({ to: [person(2)], suppressed: [person(1)], totalSegments: 1 });
		expect(sandbox.calls()).toHaveLength(0);
	});
});

describe('Sending Hours', () => {
	/** A weekday that is neither today nor tomorrow, wherever on earth. */
	const later = (new Date().getUTCDay() + 3) % 7;
	const quiet = (otherwise: string, hours: IDataObject = {}) => ({
		quietHours: { hours: { zoneBy: 'given', timeZone: 'UTC', days: [later], otherwise, ...hours } },
	});
	const anyTime = { days: [0, 1, 2, 3, 4, 5, 6], earliest: '00:00', latest: '24:00' };

	test('inside them, everything is sent', async () => {
		const { outputs } = await run(quiet('secondOutput', anyTime), [{ to: person(1) }]);
		expect(sentTo()).toEqual([person(1)]);
		expect(outputs[0]).toHaveLength(1);
		expect(outputs[1] ?? []).toEqual([]);
	});

	test('Hold: the item comes out as it came in, with the time from which it may be sent', async () => {
		const result = await run(quiet('hold'), [{ to: person(1), name: 'Ana' }]);
		const [held] = result.json;
		expect(held).toMatchObject({ to: person(1), name: 'Ana', status: 'held' });
		const sendAfter = new Date(held.sendAfter as string);
		expect([sendAfter.getUTCDay(), sendAfter.getUTCHours(), sendAfter.getUTCMinutes()]).toEqual([
			later,
			9,
			0,
		]);
		expect(sendAfter.getTime()).toBeGreaterThan(Date.now());
		expect(held.reason).toContain(`in UTC for ${person(1)}, which is outside the sending hours`);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('Second Output: held items go there, with their files, linked to where they came from', async () => {
		const picture = { data: 'iVBORw0KGgo=', mimeType: 'image/png' };
		const items = [{ json: { to: person(1) }, binary: { data: picture } }, { json: { to: person(2) } }];
		const result = await run(quiet('secondOutput'), items);
		expect(result.outputs[0]).toEqual([]);
		expect(result.outputs[1]).toMatchObject([
			{ json: { to: person(1), status: 'held' }, pairedItem: { item: 0 }, binary: { data: picture } },
			{ json: { to: person(2), status: 'held' }, pairedItem: { item: 1 } },
		]);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('Skip: reported; the others of the item get theirs', async () => {
		// Only the second has a place, where it is never quiet.
		const hours = { ...anyTime, zoneBy: 'areaCode', timeZone: '' };
		const result = await run(quiet('skip', hours), [
			{ to: '+18005550123' },
			{ to: `+18005550123, ${person(2)}` },
		]);
		expect(sentTo()).toEqual([person(2)]);
		expect(result.json[0]).toMatchObject({
			status: 'skipped',
			reason: expect.stringContaining("the time zone of +18005550123 isn't known"),
		});
		expect(result.json[1]).toMatchObject({ skipped: [{ number: '+18005550123' }] });
	});

	test('the whole item waits where one of its recipients must not be disturbed', async () => {
		// Denver by area code; London by the zone below, on the day that is not today.
		const result = await run(quiet('hold', { zoneBy: 'areaCode', days: [later] }), [
			{ to: `${person(1)}, +18005550123` },
		]);
		expect(result.json[0]).toMatchObject({ status: 'held', sendAfter: expect.any(String) });
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('what held an item does not count as a first message for Skip Duplicates', async () => {
		const safeguards = {
			quietHours: {
				hours: { zoneBy: 'given', timeZone: '={{ $json.zone }}', ...anyTime, otherwise: 'hold' },
			},
		};
		const closed = { ...safeguards.quietHours.hours, days: '={{ $json.days }}' };
		const items = [
			{ to: person(1), zone: 'UTC', days: [later] },
			{ to: person(1), zone: 'UTC', days: anyTime.days },
		];
		const result = await run({ quietHours: { hours: closed } }, items, { options: { skipDuplicates: true } });
		expect(result.json.map(({ status }) => status)).toEqual(['held', undefined]);
		expect(sentTo()).toEqual([person(1)]);
	});

	test('n8n repeats the run after the hours have ended: what went out is not sent again, and not said to be held', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400, latencyMs: 150 });
		const today = { ...anyTime, days: [new Date().getUTCDay()] };
		const now = Date.now.bind(Date);
		const threeDays = 3 * 24 * 3_600_000;
		const clock = jest.spyOn(Date, 'now');
		clock.mockImplementation(() => now() + (sentTo().length > 0 ? threeDays : 0));
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await run(quiet('hold', today), [{ to: person(1) }, { to: person(2) }], { node });
		clock.mockRestore();
		expect(result.error).toBeUndefined();
		expect(result.json[0]).toMatchObject({ to: person(1), status: 'held' });
		expect(result.json[1]).toMatchObject({ MessageId: sandbox.control.outbox()[0].messageId });
		expect(sentTo()).toEqual([person(2)]);
	});
});

describe('Allowed Recipients', () => {
	test('anyone else is refused, and the run goes on', async () => {
		const result = await run({ allowedRecipients: '+1801*' }, [
			{ to: '+12025550142' },
			{ to: `${person(1)}, +12025550142` },
			{ to: person(2) },
		]);
		expect(result.error).toBeUndefined();
		expect(sentTo()).toEqual([person(2)]);
		expect(result.json.slice(0, 2)).toEqual([
			{
				status: 'refused',
				reason: "+12025550142 isn't in 'Allowed Recipients'. Nothing was sent.",
				To: [{ Number: '+12025550142' }],
			},
			expect.objectContaining({ status: 'refused', To: [{ Number: person(1) }, { Number: '+12025550142' }] }),
		]);
		expect(hint(result)).toBe('1 sent (1 segment), 0 skipped, 2 refused, 0 failed');
	});

	test.each(['', '={{ [] }}'])('an empty list allows nobody: %j', async (allowedRecipients) => {
		const { json } = await run({ allowedRecipients }, [{ to: person(1) }]);
		expect(json[0]).toMatchObject({ status: 'refused' });
		expect(sandbox.calls()).toHaveLength(0);
	});
});

describe('Max Messages per Execution', () => {
	test('recipients count; more than allowed are refused', async () => {
		const result = await run({ mostMessages: 3 }, [
			{ to: person(1) },
			{ to: `${person(2)}, ${person(3)}, ${person(4)}` },
			{ to: `${person(5)}, ${person(6)}` },
			{ to: person(7) },
		]);
		expect(sentTo().sort()).toEqual([person(1), person(5), person(6)].sort());
		expect(result.json[1]).toMatchObject({
			status: 'refused',
			reason:
				"'Max Messages per Execution' allows 3: 1 was already sent, and this would be 3 more. Nothing was sent.",
		});
		expect(result.json[3]).toMatchObject({ status: 'refused' });
	});

	test('another execution begins anew', async () => {
		for (const n of [1, 2]) await run({ mostMessages: 1 }, [{ to: person(n) }]);
		expect(sentTo()).toEqual([person(1), person(2)]);
	});

	test('a run that n8n repeats counts once', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const node = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const items = [1, 2, 3].map((n) => ({ to: person(n) }));
		const { error, json } = await run({ mostMessages: 3 }, items, { node });
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual([undefined, undefined, undefined]);
		expect(sentTo().sort()).toEqual([person(1), person(2), person(3)]);
	});

	test.each(['many', '', -1])('%j is no number of messages', async (mostMessages) => {
		const { error } = await run({ mostMessages: mostMessages as string }, [{ to: person(1) }]);
		expect(error?.message).toMatch(/^'Max Messages per Execution'/);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

test('Dry Run sends nothing and says what would have been sent', async () => {
	const { json } = await run({ dryRun: true }, [{ to: person(1), text: 'Hi' }]);
	expect(json[0]).toMatchObject({ status: 'dryRun', request: { To: [{ Number: person(1) }], Body: 'Hi' } });
	expect(sandbox.calls()).toHaveLength(0);
});

describe('Send and Wait for Response', () => {
	const ask = async (safeguards: IDataObject) => {
		const { body, ...parameters } = send(person(1));
		return await runNode({
			credential: sandbox.credential,
			parameters: { ...parameters, operation: 'sendAndWait', message: body, safeguards: safeguards as never },
		});
	};

	test.each([
		['skipped', { suppressionList: person(1) }],
		['refused', { allowedRecipients: '+1202*' }],
		['refused', { mostMessages: 0 }],
		[
			'held',
			{
				quietHours: { hours: { zoneBy: 'given', timeZone: 'UTC', days: [(new Date().getUTCDay() + 3) % 7] } },
			},
		],
	])('a question that is %s waits for nothing: %j', async (status, safeguards) => {
		const { error, json, run } = await ask(safeguards);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ status, replied: false }]);
		expect(run.waitTill ?? undefined).toBeUndefined();
		expect(sandbox.calls()).toHaveLength(0);
	});
});
