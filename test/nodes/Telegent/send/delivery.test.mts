import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { resetProcessState } from '../../../../transport/processState.ts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, send, useSandbox, when } from '../../../support/sandbox.mts';

useFasterTime();
const sandbox = useSandbox();
const FILTER = '/v1.0/message/filter';
const SECOND_NUMBER = '+15005550101';
const [ANNA, BEN, CHEN] = ['+12025550142', '+12025550143', '+12025550144'];
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const people = (count: number) => Array.from({ length: count }, (_, n) => ({ to: person(n) }));
const outbox = () => sandbox.control.outbox().map(({ from, to }) => `${from} ${to}`);

interface Wait {
	seconds?: unknown;
	fallbackFrom?: unknown;
	to?: string;
	options?: IDataObject;
	safeguards?: IDataObject;
}

function waiting({ fallbackFrom, options, safeguards, seconds = 60, to = '={{ $json.to }}' }: Wait = {}) {
	const fallback = fallbackFrom !== undefined && { ifNotDelivered: 'fallback', fallbackFrom };
	const waitForDelivery = { delivery: { seconds, ...fallback } };
	return {
		...send(to, 'Your order is ready'),
		safeguards: safeguards ?? {},
		options: { checkDelay: 0.1, ...options, waitForDelivery },
	} as INodeParameters;
}

const run = async (options: Partial<RunOptions> & { wait?: Wait } = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: waiting(options.wait),
		items: [{ to: ANNA }],
		...options,
	});

/** The fields that say what became of each item, of one output. */
const told = (items: Array<{ json: IDataObject }> = []) =>
	items.map(({ json: { To, delivery, deliveryReason } }) => [
		(To as IDataObject[])[0].Number,
		delivery,
		deliveryReason,
	]);

describe('Wait for Delivery', () => {
	test('continues as soon as all messages are delivered, and says how long it took', async () => {
		const { error, json, outputs } = await run({ items: [{ to: ANNA }, { to: BEN }] });
		expect(error).toBeUndefined();
		expect(told(outputs[0])).toEqual([
			[ANNA, 'delivered', null],
			[BEN, 'delivered', null],
		]);
		expect(json[0].deliverySeconds).toBeGreaterThanOrEqual(2);
		expect(json[0].deliverySeconds).toBeLessThan(10);
		expect(sandbox.calls(FILTER)).toHaveLength(1);
	});

	test.each(['Failed', 'Undelivered'] as const)(
		'an item that is %s leaves by the output Not Delivered',
		async (status) => {
			sandbox.control.failRecipient({ number: BEN, status });
			const { outputs } = await run({ items: [{ to: ANNA }, { to: BEN }, { to: CHEN }] });
			expect(told(outputs[0]).map(([to]) => to)).toEqual([ANNA, CHEN]);
			expect(told(outputs[1])).toEqual([[BEN, 'failed', null]]);
			expect(outputs[1][0].pairedItem).toEqual({ item: 1 });
		},
	);

	test('Not Delivered is the third output beside Held', async () => {
		sandbox.control.failRecipient({ number: ANNA });
		const hours = {
			zoneBy: 'given',
			timeZone: 'UTC',
			earliest: '00:00',
			latest: '24:00',
			otherwise: 'secondOutput',
		};
		const { outputs } = await run({ wait: { safeguards: { quietHours: { hours } } } });
		expect(outputs.map((items) => items.length)).toEqual([0, 0, 1]);
	});

	test('does not guess where the list does not tell within the time', async () => {
		sandbox.control.changeSettings({ messageTimings: { sentMs: 100, deliveredMs: 10_000_000 } });
		const { outputs } = await run({ wait: { seconds: 30 } });
		expect(told(outputs[0])).toEqual([
			[ANNA, 'unknown', `Telegent's message list still has the status "sent"`],
		]);
		expect(outputs[0][0].json.deliverySeconds).toBeGreaterThanOrEqual(29);
		expect(outputs[0][0].json.deliverySeconds).toBeLessThan(40);
		expect(outputs).toHaveLength(1);
	});

	test('says why it does not know where the list cannot be read', async () => {
		sandbox.control.addFault({ path: FILTER, status: 403, count: 1000 });
		const { error, json } = await run({ wait: { seconds: 5 } });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({
			delivery: 'unknown',
			deliveryReason: expect.stringContaining("couldn't be read"),
		});
	});

	test('as a tool, the model gets what was not delivered in its one output', async () => {
		sandbox.control.failRecipient({ number: ANNA });
		const { json, outputs } = await run({ node: { type: 'n8n-nodes-telegent.telegentTool' } });
		expect(outputs).toHaveLength(1);
		expect(json[0]).toMatchObject({ delivery: 'failed' });
	});

	test('items that were not sent are not waited for', async () => {
		const { json } = await run({ wait: { safeguards: { dryRun: true } } });
		expect(json[0]).toMatchObject({ status: 'dryRun' });
		expect(json[0]).not.toHaveProperty('delivery');
		expect(sandbox.calls(FILTER)).toHaveLength(0);
	});

	test.each([0, 3601, 'soon'])('%s seconds are refused before anything is sent', async (seconds) => {
		const { error } = await run({ wait: { seconds } });
		expect(error?.message).toContain("'Max Wait (Seconds)'");
		expect(outbox()).toEqual([]);
	});

	test('a list of 300 costs at most 12 more requests', async () => {
		sandbox.control.changeSettings({ messageTimings: { sentMs: 100, deliveredMs: 40_000 } });
		const { error, json } = await run({
			items: people(300),
			wait: { seconds: 600, options: { concurrency: 50 } },
		});
		expect(error).toBeUndefined();
		expect(json.filter(({ delivery }) => delivery === 'delivered')).toHaveLength(300);
		const calls = sandbox.calls().length - sandbox.calls(OUTBOUND).length;
		expect(calls).toBeLessThanOrEqual(12);
	}, 60_000);

	test('stops at once, and tells what is known', async () => {
		sandbox.control.changeSettings({ messageTimings: { sentMs: 100, deliveredMs: 10_000_000 } });
		const started = Date.now();
		const { run: data } = await run({
			wait: { seconds: 3000 },
			started: ({ cancel }) => when(() => sandbox.calls(FILTER).length >= 2, cancel),
		});
		expect(Date.now() - started).toBeLessThan(60_000);
		expect(data.data.resultData.metadata).toMatchObject({
			telegent_stopped: expect.stringContaining('Delivery: 0 delivered, 0 not delivered, 1 unknown'),
		});
	});
});

describe('If Not Delivered → Send From Another Number', () => {
	const fallbackFrom = { __rl: true, mode: 'number', value: SECOND_NUMBER };
	const wait = { fallbackFrom };

	test('sends once more to those who did not get it, and waits for that', async () => {
		sandbox.control.failRecipient({ number: BEN, from: OWN_NUMBER });
		const { error, outputs } = await run({ items: [{ to: ANNA }, { to: BEN }], wait });
		expect(error).toBeUndefined();
		expect(outbox()).toEqual([`${OWN_NUMBER} ${ANNA}`, `${OWN_NUMBER} ${BEN}`, `${SECOND_NUMBER} ${BEN}`]);
		expect(told(outputs[0])).toEqual([
			[ANNA, 'delivered', null],
			[BEN, 'delivered', null],
		]);
		expect(outputs[0][1].json.fallback).toMatchObject({
			from: SECOND_NUMBER,
			to: [BEN],
			outcome: 'done',
			messageId: sandbox.control.outbox()[2].messageId,
		});
		expect(outputs[0][0].json).not.toHaveProperty('fallback');
	});

	test('a second one that is not delivered either leaves by Not Delivered, and there is no third', async () => {
		sandbox.control.failRecipient({ number: ANNA });
		const { outputs } = await run({ wait });
		expect(outbox()).toHaveLength(2);
		expect(told(outputs[1])).toEqual([[ANNA, 'failed', null]]);
	});

	test('is not sent to several recipients of whom some may have it', async () => {
		sandbox.control.failRecipient({ number: ANNA });
		const { outputs } = await run({ wait: { ...wait, to: `${ANNA}, ${BEN}` } });
		expect(outbox()).toHaveLength(2);
		expect(told(outputs[1])).toEqual([[ANNA, 'failed', null]]);
	});

	test.each([
		['is empty', { __rl: true, mode: 'list', value: '' }, 'is required'],
		['is the same number', OWN_NUMBER, "is the number in 'From'"],
	])('is refused before anything is sent if it %s', async (_name, from, text) => {
		const { error } = await run({ wait: { fallbackFrom: from } });
		expect(error?.message).toContain("'Fallback From'");
		expect(error?.message).toContain(text);
		expect(outbox()).toEqual([]);
	});

	test('is not sent where it is unknown whether the message was delivered', async () => {
		sandbox.control.changeSettings({ messageTimings: { sentMs: 100, deliveredMs: 10_000_000 } });
		const { outputs } = await run({ wait: { ...wait, seconds: 10 } });
		expect(told(outputs[0])).toEqual([[ANNA, 'unknown', expect.any(String)]]);
		expect(outbox()).toEqual([`${OWN_NUMBER} ${ANNA}`]);
	});

	test('is not sent after the end of Sending Hours', async () => {
		sandbox.control.failRecipient({ number: ANNA });
		const { now } = Date;
		const end = Math.ceil((now() + 60_000) / 60_000) * 60_000;
		const time = (at: number) => new Date(at).toISOString().slice(11, 16);
		const hours = {
			earliest: time(end - 3 * 3_600_000),
			latest: time(end),
			zoneBy: 'given',
			timeZone: 'UTC',
		};
		jest.spyOn(Date, 'now').mockImplementation(() => now() + (outbox().length > 0 ? 180_000 : 0));
		const { outputs } = await run({
			wait: { ...wait, seconds: 600, safeguards: { quietHours: { hours: { ...hours, otherwise: 'skip' } } } },
		});
		jest.restoreAllMocks();
		expect(outbox()).toEqual([`${OWN_NUMBER} ${ANNA}`]);
		expect(outputs.flat()[0].json).toMatchObject({
			delivery: 'failed',
			fallback: { outcome: 'notDone', reason: expect.stringContaining('outside the sending hours') },
		});
	});

	test('counts for Max Messages per Execution', async () => {
		sandbox.control.failRecipient({ number: ANNA });
		const { outputs } = await run({ wait: { ...wait, safeguards: { mostMessages: 1 } } });
		expect(outbox()).toHaveLength(1);
		expect(outputs[1][0].json).toMatchObject({
			delivery: 'failed',
			fallback: { outcome: 'notDone', reason: expect.stringContaining('Max Messages per Execution') },
		});
	});

	test('is sent although Skip Duplicates and Send Once Per are on', async () => {
		sandbox.control.failRecipient({ number: ANNA, from: OWN_NUMBER });
		const options = { skipDuplicates: true, sendOnce: 'key', sendOnceKey: 'order 7' };
		const { json } = await run({ wait: { ...wait, options }, workflowId: 'workflow' });
		expect(json[0]).toMatchObject({ delivery: 'delivered', fallback: { outcome: 'done' } });
		expect(outbox()).toHaveLength(2);
	});

	test('sends media again', async () => {
		sandbox.control.failRecipient({ number: ANNA, from: OWN_NUMBER });
		const parameters = { ...waiting(wait), additionalFields: { binaryFields: 'photo' } } as INodeParameters;
		const photo = { data: Buffer.from('a picture').toString('base64'), mimeType: 'image/png' };
		await run({ parameters, items: [{ json: { to: ANNA }, binary: { photo } }] });
		const bodies = sandbox.calls(OUTBOUND).map(({ body }) => (body as IDataObject).MmsBase64);
		expect(bodies).toHaveLength(2);
		expect(bodies[1]).toEqual(bodies[0]);
	});

	describe('is never sent twice', () => {
		beforeEach(() => sandbox.control.failRecipient({ number: BEN, from: OWN_NUMBER }));

		/** The fallback is sent, and its connection breaks. */
		const unsure = () => sandbox.control.addFault({ path: OUTBOUND, skip: 2, count: 1, drop: 'after' });
		const items = [{ to: ANNA }, { to: BEN }];
		test('one with an unknown outcome is reported', async () => {
			unsure();
			const { error, json, outputs } = await run({ items, wait });
			expect(error).toBeUndefined();
			expect(outbox()).toHaveLength(3);
			expect(outputs[0]).toHaveLength(2);
			expect(json[1]).toMatchObject({
				delivery: 'unknown',
				fallback: { outcome: 'unsure', messageId: null },
			});
		});

		test('of several with an unknown outcome, ten are named', async () => {
			const many = people(12);
			for (const { to } of many) sandbox.control.failRecipient({ number: to, from: OWN_NUMBER });
			sandbox.control.addFault({ path: OUTBOUND, skip: 12, count: 12, drop: 'after' });
			const { json, run: data } = await run({ items: many, wait });
			expect(outbox()).toHaveLength(24);
			expect(json.map(({ delivery }) => delivery)).toEqual(Array(12).fill('unknown'));
			expect(JSON.stringify(data.data.resultData)).toContain(
				'Items 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 2 more may have been sent from the fallback number.',
			);
		});

		test('Retry On Fail does not send it again, whatever became of it', async () => {
			const node = {
				...{ onError: 'continueRegularOutput' as const, retryOnFail: true },
				...{ maxTries: 3, waitBetweenTries: 10 },
			};
			// n8n repeats a run whose first item ended with an error.
			const listed = [{ to: 'nobody' }, { to: BEN }, { to: CHEN }];
			sandbox.control.failRecipient({ number: CHEN, from: OWN_NUMBER });
			unsure();
			const { json } = await run({ items: listed, wait, node });
			expect(outbox()).toHaveLength(4);
			const outcomes = json.map(({ fallback }) => (fallback as IDataObject | undefined)?.outcome);
			expect(outcomes[0]).toBeUndefined();
			expect(outcomes.slice(1).sort()).toEqual(['done', 'unsure']);
		});

		test('Check First looks it up', async () => {
			unsure();
			const options = { whenUnsure: 'checkFirst', checkDelay: 1 };
			const { json } = await run({ items, wait: { ...wait, options } });
			expect(outbox()).toHaveLength(3);
			expect(json[1]).toMatchObject({ delivery: 'delivered', fallback: { outcome: 'done' } });
		});

		test('after a crash in the middle of the wait, Retry sends nothing again and looks delivery up', async () => {
			await run({ items, wait });
			expect(outbox()).toHaveLength(3);
			resetProcessState();
			const { error, json } = await run({ items, wait, mode: 'retry' });
			expect(error).toBeUndefined();
			expect(outbox()).toHaveLength(3);
			expect(json.map(({ confirmedBy, delivery }) => [confirmedBy, delivery])).toEqual([
				['lookup', 'delivered'],
				['lookup', 'delivered'],
			]);
			expect(json[1].fallback).toMatchObject({ outcome: 'done' });
		});

		test('Retry of an execution that was stopped during the second wait', async () => {
			sandbox.control.failRecipient({ number: CHEN, from: OWN_NUMBER });
			const all = [...items, { to: CHEN }];
			const first = await run({
				items: all,
				wait,
				started: ({ cancel }) => when(() => outbox().length === 5, cancel),
			});
			expect(first.error).toBeDefined();
			const { error, json } = await run({ items: all, wait, retry: first.run });
			expect(error).toBeUndefined();
			expect(outbox()).toHaveLength(5);
			expect(json.map(({ delivery }) => delivery)).toEqual(['delivered', 'delivered', 'delivered']);
		});
	});
});
