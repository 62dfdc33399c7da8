import { createHash } from 'node:crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { until } from '../../../../sandbox/n8n/wait.mts';
import type { Row } from '../../../support/trigger/world.mts';
import { deliveryKeys, withoutRepeated } from '../../../../nodes/TelegentTrigger/delivery/repeated.ts';
import { processedData } from '../../../support/processedData.mts';
import { ANA, MAIN_LINE, onAccount, onRoute, sms, useWorld } from '../../../support/trigger/world.mts';
import { resetProcessState } from '../../../../transport/processState.ts';

const world = useWorld();
afterEach(() => jest.restoreAllMocks());

/** Another process of n8n, or the same after a restart. */
const otherProcess = () => resetProcessState();
const messages = () => world.items.map(({ messageId }) => messageId);
const ended = () => ({ started: world.items.length, empty: world.host.empty });
const order = (more: Row = {}): Row => ({
	Event: 'Order_Update',
	OrderId: 'O-1',
	OrderStatus: 'Pending',
	...more,
});
const HOUR = 60 * 60_000;
const md5 = (text: string) => createHash('md5').update(text).digest('base64');

describe('A delivery that is repeated', () => {
	test('to another process starts nothing more', async () => {
		await world.host.publish('one', onRoute());
		for (let delivery = 0; delivery < 3; delivery++) {
			expect(await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }))).toMatchObject({ status: 200 });
			otherProcess();
		}
		expect(ended()).toEqual({ started: 1, empty: 2 });
	});

	test('after a restart starts nothing more, in any spelling', async () => {
		await world.host.publish('one', onRoute());
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		world.host.restart();
		await world.deliver({ MessageId: 'TMID-1', From: ANA, To: MAIN_LINE, Text: 'Hi' });
		await world.deliver(sms('Hi', { Message_ID: 'TMID-2' }));
		expect(messages()).toEqual(['TMID-1', 'TMID-2']);
	});

	test('in part starts with the rest', async () => {
		await world.host.publish('one', onRoute());
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		otherProcess();
		await world.deliver([sms('Hi', { Message_ID: 'TMID-1' }), sms('Hi', { Message_ID: 'TMID-2' })]);
		expect(messages()).toEqual(['TMID-1', 'TMID-2']);
	});

	test('starts each trigger of the route once', async () => {
		await world.host.publish('one', onAccount());
		await world.host.publish('two', onAccount());
		for (const id of ['one', 'two', 'one', 'two']) {
			await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }), { id });
			otherProcess();
		}
		expect(world.host.started.map(({ workflow }) => workflow)).toEqual(['one', 'two']);
	});

	test.each([
		['soon', 2 * 60_000, 1],
		['after five minutes', 5 * 60_000, 2],
	])('without an ID counts as one %s', async (_when, later, starts) => {
		await world.host.publish('one', onRoute());
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		const message = { From: ANA, To: MAIN_LINE, Text: 'Yes', Owner: MAIN_LINE };
		await world.deliver(message);
		otherProcess();
		now.mockReturnValue(Date.now() + later);
		await world.deliver(message);
		expect(world.items).toHaveLength(starts);
	});

	test('is new for an order that has the same status again a day later', async () => {
		await world.host.publish('one', onAccount('orderUpdate'));
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		await world.deliver(order());
		otherProcess();
		await world.deliver(order());
		expect(world.items).toHaveLength(1);
		now.mockReturnValue(Date.now() + 24 * HOUR);
		await world.deliver(order());
		expect(world.items).toHaveLength(2);
	});

	test('may come while the first is being stored, to a worker that runs both', async () => {
		await world.host.publish('one', onRoute());
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const ask = processedData.checkProcessedAndRecord.bind(processedData);
		jest
			.spyOn(processedData, 'checkProcessedAndRecord')
			.mockImplementation(async (...given) => await held.then(async () => await ask(...given)));
		const delivered: Array<Promise<unknown>> = [];
		for (let delivery = 1; delivery <= 3; delivery++) {
			delivered.push(world.deliver(sms('Hi', { Message_ID: 'TMID-1' })));
			await until('the execution to begin', () => world.host.running === delivery, {
				seconds: 25,
				everyMs: 5,
			});
			otherProcess();
		}
		release();
		await Promise.all(delivered);
		expect(ended()).toEqual({ started: 1, empty: 2 });
	});
});

describe('Two workers at the same moment', () => {
	/** What n8n's table holds right after the first call for it, in which it was read before and written after. */
	const overwriteFirst = (others: (entries: string[]) => string[]) => {
		const ask = processedData.checkProcessedAndRecord.bind(processedData);
		jest
			.spyOn(processedData, 'checkProcessedAndRecord')
			.mockImplementationOnce(async (entries, scope, context, options) => {
				const row = `${context.workflow.id} ${context.node?.id}`;
				const before = [...(processedData.rows.get(row) ?? [])];
				const result = await ask(entries, scope, context, options);
				processedData.rows.set(row, [...before, ...others(entries.map(String)).map(md5)]);
				return result;
			});
	};

	test('that had the same delivery: the one whose entry was overwritten leaves it to the other', async () => {
		await world.host.publish('one', onRoute());
		world.host.inWorkers = true;
		overwriteFirst(([key]) => [key, 'execution of the other']);
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		expect(ended()).toEqual({ started: 0, empty: 1 });
	});

	test('that had different deliveries: what was overwritten is stored again', async () => {
		await world.host.publish('one', onRoute());
		world.host.inWorkers = true;
		overwriteFirst(() => ['another delivery', 'execution of the other']);
		for (let delivery = 0; delivery < 2; delivery++) {
			await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
			otherProcess();
		}
		expect(ended()).toEqual({ started: 1, empty: 1 });
	});
});

describe('What a slow worker erases later is stored again', () => {
	const place = { workflow: { id: 'one' }, node: { id: 'trigger' } };
	/** How many messages an execution of the trigger in a worker has. */
	const executed = async (execution: string, messageId: string) => {
		const context = {
			getInputData: () => [{ json: { messageId, raw: {} } }],
			getMode: () => 'webhook',
			getNodeParameter: () => 'messageReceived',
			getWorkflow: () => place.workflow,
			getNode: () => ({ ...place.node, parameters: {} }),
			getExecutionId: () => execution,
			helpers: {
				checkProcessedAndRecord: async (entries: string[], scope: string, options: object) =>
					await processedData.checkProcessedAndRecord(entries, scope, place as never, options as never),
			},
		};
		return (await withoutRepeated(context as unknown as IExecuteFunctions)).flat().length;
	};

	test('with the next delivery', async () => {
		expect(await executed('1', 'TMID-1')).toBe(1);
		processedData.rows.clear();
		expect(await executed('2', 'TMID-2')).toBe(1);
		otherProcess();
		expect(await executed('3', 'TMID-1')).toBe(0);
	});

	test('also what came 200 deliveries ago', async () => {
		await Promise.all(Array.from({ length: 200 }, (_, one) => executed(`${one}`, `TMID-${one + 1}`)));
		processedData.rows.clear();
		expect(await executed('201', 'TMID-201')).toBe(1);
		otherProcess();
		expect(await executed('202', 'TMID-1')).toBe(0);
	});

	test('also what was erased each time that the worker looked', async () => {
		const ask = processedData.checkProcessedAndRecord.bind(processedData);
		const erasing = jest
			.spyOn(processedData, 'checkProcessedAndRecord')
			.mockImplementation(async (...given) => {
				const result = await ask(...given);
				processedData.rows.clear();
				return result;
			});
		expect(await executed('1', 'TMID-4')).toBe(1);
		erasing.mockRestore();
		expect(await executed('2', 'TMID-5')).toBe(1);
		otherProcess();
		expect(await executed('3', 'TMID-4')).toBe(0);
	});

	test('or a little later, where none follows', async () => {
		expect(await executed('1', 'TMID-3')).toBe(1);
		processedData.rows.clear();
		await until('the entry to be there again', () => processedData.rows.size > 0, {
			seconds: 25,
			everyMs: 20,
		});
		otherProcess();
		expect(await executed('2', 'TMID-3')).toBe(0);
	});
});

describe('Nothing is lost', () => {
	test('when a worker dies and the next one runs its execution again', async () => {
		await world.host.publish('one', onRoute());
		world.host.inWorkers = true;
		world.host.killed = 1;
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		await world.deliver(sms('Hi', { Message_ID: 'TMID-2' }));
		otherProcess();
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		expect(messages()).toEqual(['TMID-1', 'TMID-2']);
	});

	test('in a test, which stores nothing', async () => {
		await world.host.publish('one', onRoute(), 'test');
		const { calls } = processedData;
		for (let delivery = 0; delivery < 2; delivery++) {
			await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }), { mode: 'test' });
			otherProcess();
		}
		expect([ended(), processedData.calls - calls]).toEqual([{ started: 2, empty: 0 }, 0]);
	});

	test('when an execution is retried', async () => {
		await world.host.publish('one', onRoute());
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		expect(await world.host.retry()).toMatchObject([{ json: { messageId: 'TMID-1' } }]);
	});

	test('when n8n refuses the first entry, because another process was faster', async () => {
		await world.host.publish('one', onRoute());
		jest.spyOn(processedData, 'checkProcessedAndRecord').mockRejectedValueOnce(new Error('UNIQUE'));
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		otherProcess();
		await world.deliver(sms('Hi', { Message_ID: 'TMID-1' }));
		expect(ended()).toEqual({ started: 1, empty: 1 });
	});

	test('when n8n cannot store', async () => {
		await world.host.publish('one', onRoute());
		jest.spyOn(processedData, 'checkProcessedAndRecord').mockRejectedValue(new Error('no connection'));
		await world.deliver(sms());
		await world.deliver(sms());
		expect(ended()).toEqual({ started: 2, empty: 0 });
	});
});

test('100 deliveries at once ask the table a few times', async () => {
	await world.host.publish('one', onRoute());
	const { calls } = processedData;
	await Promise.all(Array.from({ length: 100 }, async () => await world.deliver(sms())));
	expect(world.items).toHaveLength(100);
	expect(processedData.calls - calls).toBeLessThan(10);
});

test('the row stays small', async () => {
	await world.host.publish('one', onRoute());
	const all = Array.from({ length: 3_000 }, () => sms());
	for (let from = 0; from < all.length; from += 500) await world.deliver(all.slice(from, from + 500));
	const [row] = [...processedData.rows.values()];
	expect(JSON.stringify(row).length).toBeLessThan(66_000);
});

test('keys that may recur last for at least half of their memory, and never longer than all of it', () => {
	const kept = (later: number, start: number) => {
		const delivery = { identity: 'a', memoryMs: 1000, recurs: true };
		const known = deliveryKeys('orderUpdate', delivery, start);
		return deliveryKeys('orderUpdate', delivery, start + later).some((key) => known.includes(key));
	};
	for (let start = 0; start < 1000; start += 50) {
		expect([kept(500, start), kept(1000, start), kept(-400, start)]).toEqual([true, false, true]);
	}
});
