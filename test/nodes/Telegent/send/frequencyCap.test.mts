import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Item } from '../../../../nodes/Telegent/engine/operation.ts';
import { FrequencyCap } from '../../../../nodes/Telegent/send/frequencyCap.ts';
import { fakeTelegent } from '../../../support/fakeTelegent.mts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, send, useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();
const FILTER = '/v1.0/message/filter';
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const cap = (most: number, hours = 24) => ({ frequencyCap: { cap: { most, hours } } });

const run = async (safeguards: IDataObject, to: string[], more: Partial<RunOptions> = {}) =>
	await runNode({
		credential: sandbox.credential,
		parameters: { ...send('={{ $json.to }}'), safeguards: safeguards as never, options: { concurrency: 50 } },
		items: to.map((one) => ({ to: one })),
		...more,
	});

describe('Max Messages per Recipient', () => {
	test('messages of other workflows count, and who reached the limit is skipped', async () => {
		await run({}, [person(1), person(1), person(2)]);
		const { error, json } = await run(cap(2), [person(1), person(2), person(3)]);
		expect(error).toBeUndefined();
		expect(json.map(({ status }) => status)).toEqual(['skipped', undefined, undefined]);
		expect(json[0]).toEqual({
			status: 'skipped',
			reason: `${person(1)} got 2 messages from ${OWN_NUMBER} in the last 24 hours, and 'Max Messages per Recipient' is 2`,
			To: [{ Number: person(1) }],
		});
	});

	test('what the run itself sends counts', async () => {
		const { json } = await run(cap(2), [person(1), person(1), person(1), person(2)]);
		expect(json.map(({ status }) => status)).toEqual([undefined, undefined, 'skipped', undefined]);
	});

	test('of several recipients in one item the others get it', async () => {
		await run({}, [person(1)]);
		const { json } = await run(cap(1), [`${person(1)}, ${person(2)}`]);
		expect(json[0]).toMatchObject({ MessageId: expect.any(String), skipped: [{ number: person(1) }] });
		expect(sandbox.control.outbox().map(({ to }) => to)).toEqual([person(1), person(2)]);
	});

	test('a list costs one more request per 100 messages that the sender sent', async () => {
		await run(
			{},
			Array.from({ length: 120 }, (_, n) => person(n)),
		);
		const before = sandbox.calls().length;
		const { json } = await run(
			cap(1),
			Array.from({ length: 200 }, (_, n) => person(n)),
		);
		expect(json.filter(({ status }) => status === 'skipped')).toHaveLength(120);
		const added = sandbox
			.calls()
			.slice(before)
			.map(({ path }) => path);
		expect(added.filter((path) => path === OUTBOUND)).toHaveLength(80);
		expect(added.filter((path) => path === FILTER).length).toBeLessThanOrEqual(3);
	});

	test('a list that cannot be read sends nothing', async () => {
		sandbox.control.addFault({ path: FILTER, status: 400 });
		const { error } = await run(cap(1), [person(1)]);
		expect(error?.message).toMatch(/^The messages that \+15005550100 sent can't be counted: /);
		expect(error?.description).toMatch(/^Nothing was sent\./);
		expect(error?.context?.outcome ?? 'notDone').toBe('notDone');
		expect(sandbox.calls(OUTBOUND)).toHaveLength(0);
	});

	test.each<[IDataObject, RegExp]>([
		[{ frequencyCap: { cap: { most: -1 } } }, /^'Max Messages per Recipient'/],
		[{ frequencyCap: { cap: { hours: 0 } } }, /'Period \(Hours\)' must be more than 0/],
		[{ frequencyCap: { cap: { hours: 'x' } } }, /isn't a number of hours/],
	])('%j sends nothing', async (safeguards, message) => {
		const { error } = await run(safeguards, [person(1)]);
		expect(error?.message).toMatch(message);
		expect(sandbox.calls()).toHaveLength(0);
	});
});

describe('the list', () => {
	const HOUR = 3_600_000;
	const NOW = Date.parse('2026-11-26T12:00:00Z');
	const listed = (more: IDataObject = {}) => ({
		MessageId: String(more.MessageId ?? 'one'),
		From: OWN_NUMBER,
		To: person(1),
		Direction: 'outbound',
		Status: 'Delivered',
		CreatedAt: new Date(NOW - HOUR).toISOString(),
		...more,
	});

	/** A cap of one message in two hours, with these messages in the list. */
	function world(messages: IDataObject[], total = messages.length) {
		const safeguards = cap(1, 2);
		const { requests, telegent } = fakeTelegent(({ query }) => {
			const end = Number(query?.Page) * 100;
			return { Messages: messages.slice(end - 100, end), Total: total };
		});
		const context = {
			getNode: () => ({ name: 'Telegent', type: 'x', parameters: { safeguards } }),
		} as unknown as IExecuteFunctions;
		const request = { body: { From: OWN_NUMBER, To: [{ Number: person(1) }] } };
		const read = () => safeguards.frequencyCap;
		const item = { context, index: 0, read, request, options: {}, telegent } as unknown as Item;
		return { item, requests, limit: new FrequencyCap(() => NOW) };
	}

	test.each<[what: string, message: IDataObject, reached: boolean]>([
		['a message in the period', {}, true],
		['an older one', { CreatedAt: new Date(NOW - 3 * HOUR).toISOString() }, false],
		['one that they sent', { Direction: 'inbound', From: person(1), To: OWN_NUMBER }, false],
		['one that did not arrive', { Status: 'Undelivered' }, false],
		['one to another person', { To: person(2) }, false],
	])('%s: counts %j', async (_what, message, reached) => {
		const { item, limit } = world([listed(message)]);
		expect(await limit.reached(item, [person(1)])).toHaveLength(reached ? 1 : 0);
	});

	test('a campaign of 1,000 costs three requests where the sender sent 250 messages in the period', async () => {
		const messages = Array.from({ length: 250 }, (_, n) =>
			listed({ MessageId: `M${n}`, To: person(n), CreatedAt: new Date(NOW - n * 1_000).toISOString() }),
		);
		const older = Array.from({ length: 5_000 }, (_, n) =>
			listed({ MessageId: `Old${n}`, CreatedAt: new Date(NOW - (3 + n) * HOUR).toISOString() }),
		);
		const { item, limit, requests } = world([...messages, ...older]);
		const work = Array.from({ length: 1_000 }, async (_, n) => await limit.reached(item, [person(n)]));
		expect((await Promise.all(work)).filter((reached) => reached.length > 0)).toHaveLength(250);
		expect(requests).toHaveLength(3);
	});

	test('a message of this run that is in the list too counts once', async () => {
		const { item, limit } = world([]);
		expect(await limit.reached(item, [person(1)])).toEqual([]);
		limit.add(item, [{ MessageId: 'one' }]);
		const [{ reason }] = await limit.reached(item, [person(1)]);
		expect(reason).toContain('got 1 message from');
		const both = world([listed()]);
		both.limit.add(both.item, [{ MessageId: 'one' }]);
		expect((await both.limit.reached(both.item, [person(1)]))[0].reason).toContain('got 1 message from');
	});

	test.each<[IDataObject[], number | undefined, string]>([
		[[listed()], 2, "Telegent's message list couldn't be read completely"],
		[[listed({ CreatedAt: 'yesterday' })], undefined, "message one in Telegent's list has no time"],
	])('is not guessed at: %#', async (messages, total, why) => {
		const { item, limit, requests } = world(messages, total);
		await expect(limit.reached(item, [person(1)])).rejects.toThrow(why);
		const before = requests.length;
		await expect(limit.reached(item, [person(1)])).rejects.toThrow(why);
		expect(requests).toHaveLength(before);
	});
});
