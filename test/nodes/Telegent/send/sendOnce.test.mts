import type { ICheckProcessedContextData, IDataObject } from 'n8n-workflow';
import { until } from '../../../../sandbox/n8n/wait.mts';
import { ClaimTable } from '../../../../nodes/Telegent/engine/claimTable.ts';
import { mostClaims, period } from '../../../../nodes/Telegent/send/sendOnce.ts';
import { resetProcessState } from '../../../../transport/processState.ts';
import { useFasterTime } from '../../../support/fasterTime.mts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { processedData } from '../../../support/processedData.mts';
import { OUTBOUND, send, useSandbox } from '../../../support/sandbox.mts';

useFasterTime();
const sandbox = useSandbox();
const FILTER = '/v1.0/message/filter';
/** The row of the node's entries in n8n's table. */
const ROW = {
	context: {
		node: { id: 'telegent' },
		workflow: { id: 'workflow' },
	} as unknown as ICheckProcessedContextData,
	options: { mode: 'entries', maxEntries: 50_000 } as never,
	scope: 'node',
};
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const people = (count: number) =>
	Array.from({ length: count }, (_, n) => ({ to: person(n), text: `Offer ${n}` }));
const sentTo = () => sandbox.control.outbox().map(({ to }) => to);
const once = (options: IDataObject = {}) => ({
	...send('={{ $json.to }}', '={{ $json.text }}'),
	options: { sendOnce: 'recipientAndText', checkDelay: 0.1, ...options } as never,
});
/** A run in an n8n that was restarted: only its database is left. */
async function run(options: Partial<RunOptions> = {}) {
	resetProcessState();
	return await runNode({
		credential: sandbox.credential,
		parameters: once(),
		items: people(3),
		mode: 'trigger',
		...options,
	});
}

test('a list that runs again texts nobody twice, and says so', async () => {
	await run();
	const { error, json } = await run({ items: people(5) });
	expect(error).toBeUndefined();
	expect(sentTo()).toEqual(people(5).map(({ to }) => to));
	expect(json[0]).toEqual({
		status: 'skipped',
		reason: `${person(0)} already got this message ('Send Once Per')`,
		To: [{ Number: person(0) }],
	});
});

test('another text is another message, unless the key is the recipient', async () => {
	await run();
	const other = people(3).map(({ to }) => ({ to, text: 'News' }));
	await run({ items: other });
	expect(sentTo()).toHaveLength(6);
	const parameters = once({ sendOnce: 'recipient' });
	await run({ parameters });
	await run({ parameters, items: other });
	expect(sentTo()).toHaveLength(9);
});

test('Custom Key: one message for each value', async () => {
	const parameters = once({ sendOnce: 'key', sendOnceKey: '={{ $json.campaign }} {{ $json.customer }}' });
	const items = [1, 2, 1].map((customer) => ({
		to: person(customer),
		text: `Hi ${customer}`,
		campaign: 'May',
		customer,
	}));
	const { json } = await run({ parameters, items });
	expect(sentTo()).toEqual([person(1), person(2)]);
	expect(json[2]).toMatchObject({
		status: 'skipped',
		reason: "A message with this 'Send Once Key' was sent before",
	});
	await run({ parameters, items: items.map((item) => ({ ...item, campaign: 'June' })) });
	expect(sentTo()).toHaveLength(4);
	const empty = await run({ parameters: once({ sendOnce: 'key', sendOnceKey: '' }) });
	expect(empty.error?.message).toBe("'Send Once Key' is empty. Enter a value that identifies the message");
	expect(sentTo()).toHaveLength(4);
});

test('what was redirected to a phone, or sent from another number, was not sent', async () => {
	const parameters = once({ sendOnce: 'recipient' });
	const safeguards = { redirectTo: person(99) };
	await run({ items: people(1), parameters: { ...parameters, safeguards } });
	expect(sentTo()).toEqual([person(99)]);
	await run({ items: people(1), parameters });
	const from = { __rl: true, mode: 'number', value: '+15005550101' };
	await run({ items: people(1), parameters: { ...parameters, from } });
	expect(sentTo()).toEqual([person(99), person(0), person(0)]);
});

test('of two claims of one key that are stored together, only the first is new', async () => {
	let ended = () => {};
	const storing = new Promise<void>((resolve) => (ended = resolve));
	const known = new Set<string>();
	const table = new ClaimTable({
		getWorkflow: () => ({ id: 'workflow' }),
		getNode: () => ({ id: 'node' }),
		helpers: {
			checkProcessedAndRecord: async (entries: string[]) => {
				await storing;
				const processed = entries.filter((entry) => known.has(entry));
				for (const entry of entries) known.add(entry);
				return { new: [], processed };
			},
			removeProcessed: async (entries: string[]) => entries.forEach((entry) => known.delete(entry)),
		},
	} as never);
	// The first call is under way while the others come, so they go together.
	const claims = ['before', 'same', 'same'].map(async (key) => await table.claim(key));
	ended();
	expect(await Promise.all(claims)).toEqual(['new', 'new', 'open']);
});

test('of several recipients, only those who have it are left out', async () => {
	await run({ items: [{ to: person(1), text: 'Group' }] });
	const { json } = await run({ items: [{ to: `${person(1)}, ${person(2)}`, text: 'Group' }] });
	expect(json[0]).toMatchObject({ To: [{ Number: person(2) }], skipped: [{ number: person(1) }] });
	expect(sentTo()).toEqual([person(1), person(2)]);
});

test('a message that surely was not sent can be sent later', async () => {
	sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
	const failed = await run({ items: people(1) });
	expect(failed.error?.context).toMatchObject({ outcome: 'notDone' });
	await run({ items: people(1) });
	expect(sentTo()).toEqual([person(0)]);
	// Its claim was taken back, so there was nothing to look up.
	expect(sandbox.calls(FILTER)).toHaveLength(0);
});

test.each([
	['after', 1],
	['before', 2],
] as const)(
	'an outcome that is unknown (connection lost %s the work) is looked up the next time',
	async (drop, calls) => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop });
		const failed = await run({ items: people(1) });
		expect(failed.error?.context).toMatchObject({ outcome: 'unsure' });
		const { json } = await run({ items: people(1) });
		expect(json[0].status).toBeUndefined();
		expect(sentTo()).toEqual([person(0)]);
		expect(sandbox.calls(OUTBOUND)).toHaveLength(calls);
		const looked = sandbox.calls(FILTER).length;
		expect(looked).toBeGreaterThan(0);
		const third = await run({ items: people(1) });
		expect(third.json[0]).toMatchObject({ status: 'skipped' });
		expect(sandbox.calls(FILTER)).toHaveLength(looked);
	},
);

test('what a look-up of a retried execution found counts as sent', async () => {
	sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
	const failed = await run({ items: people(1) });
	await run({ retry: failed.run, mode: undefined });
	const looked = sandbox.calls(FILTER).length;
	const { json } = await run({ items: people(1) });
	expect(json[0]).toMatchObject({ status: 'skipped' });
	expect(sandbox.calls(FILTER)).toHaveLength(looked);
	expect(sentTo()).toHaveLength(1);
});

test('a safeguard that holds a message does not claim it', async () => {
	const dry = { ...once(), safeguards: { dryRun: true } as never };
	const { json } = await run({ parameters: dry });
	expect(json[0]).toMatchObject({ status: 'dryRun' });
	await run();
	expect(sentTo()).toHaveLength(3);
});

test('claims go in batches while the database is busy', async () => {
	processedData.latencyMs = 5;
	processedData.calls = 0;
	await run({ items: people(100) });
	processedData.latencyMs = 0;
	expect(sentTo()).toHaveLength(100);
	expect(processedData.calls).toBeLessThan(60);
});

test('two executions of one process at the same moment text nobody twice', async () => {
	processedData.latencyMs = 2;
	const options = {
		credential: sandbox.credential,
		parameters: once(),
		items: people(20),
		mode: 'trigger' as const,
	};
	const both = await Promise.all([runNode(options), runNode(options)]);
	processedData.latencyMs = 0;
	expect(both.map(({ error }) => error?.message).filter(Boolean)).toEqual([]);
	expect(new Set(sentTo()).size).toBe(sentTo().length);
});

test('an open claim is looked up in a list that is read after it was found, not in one read before', async () => {
	const node = { onError: 'continueRegularOutput' as const };
	const parameters = once({ concurrency: 1 });
	sandbox.control.addFault({ path: OUTBOUND, count: 2, drop: 'after' });
	await run({ items: people(2), node, parameters });
	expect(sentTo()).toHaveLength(2);
	// When the first item is looked up, Telegent's list shows the second one not yet.
	const [{ body, from, messageId, time, to }] = sandbox.control.outbox();
	const first = { MessageId: messageId, From: from, To: to, Body: body, CreatedAt: time, Status: 'sent' };
	const listed = { Messages: [{ ...first, Direction: 'outbound' }], Total: 1 };
	sandbox.control.addFault({ path: FILTER, count: 1, status: 200, body: listed });
	const { json } = await run({ items: people(2), node, parameters });
	expect(json.map(({ confirmedBy }) => confirmedBy)).toEqual(['lookup', 'lookup']);
	expect(sentTo()).toHaveLength(2);
});

test('what another execution sends or gives up during the look-up counts', async () => {
	const node = { onError: 'continueRegularOutput' as const };
	const parameters = once({ concurrency: 1 });
	const written = jest.spyOn(processedData, 'checkProcessedAndRecord');
	sandbox.control.addFault({ path: OUTBOUND, count: 2, drop: 'before' });
	await run({ items: people(2), node, parameters });
	const [sends, givesUp] = new Set(
		written.mock.calls.flatMap(([entries]) => entries.map(String)).filter((entry) => !entry.includes(' ')),
	);
	written.mockRestore();
	const { context, options, scope } = ROW;
	sandbox.control.addFault({ path: FILTER, count: 2, latencyMs: 300 });
	const running = run({ items: people(2), node, parameters: once({ checkDelay: 0.01 }) });
	await until('the look-up', () => sandbox.calls(FILTER).length > 0, { seconds: 10, everyMs: 10 });
	await processedData.checkProcessedAndRecord([`done ${sends}`], scope, context, options);
	await processedData.removeProcessed([givesUp], scope, context);
	const { json } = await running;
	expect(json.map(({ status }) => status)).toEqual(['skipped', undefined]);
	expect(sentTo()).toEqual([person(1)]);
});

describe('A claim that was left open three days ago', () => {
	const DAYS = 3 * 24 * 3_600;
	/** A message went out, and its connection broke. */
	beforeEach(async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, drop: 'after' });
		await run({ items: people(1) });
		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + DAYS * 1000);
		await sandbox.control.time({ advanceSeconds: DAYS });
	});
	afterEach(() => jest.restoreAllMocks());

	test.each(['trigger', 'retry'] as const)('is looked up by an execution of mode %s', async (mode) => {
		await run({ items: people(1), mode });
		expect(sentTo()).toEqual([person(0)]);
	});

	test('is looked up by the retry of an execution that began later', async () => {
		const items = [people(2)[1], people(1)[0]];
		const parameters = once({ concurrency: 1 });
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400 });
		const failed = await run({ items, parameters });
		expect(failed.error).toBeDefined();
		await run({ items, parameters, retry: failed.run, mode: undefined });
		expect(sentTo()).toEqual([person(0), person(1)]);
	});
});

test('messages are claimed no earlier than they can be sent long before another process looks them up', () => {
	const options = { sendOnce: 'recipient' };
	expect(mostClaims(options, 50)).toBe(6);
	expect(mostClaims(options, 600)).toBe(75);
	expect(mostClaims(options, 1)).toBe(1);
	expect(mostClaims({ ...options, checkDelay: 120 }, 50)).toBe(25);
	expect([mostClaims(options, 0), mostClaims({}, 50)]).toEqual([Infinity, Infinity]);
});

test('a Lookup Time that is no amount is refused for its item, and the others are sent', async () => {
	const { error, json } = await run({
		credential: { ...sandbox.credential, requestsPerMinute: 6_000 },
		parameters: once({ checkDelay: '={{ $json.delay }}' }),
		items: people(2).map((one, n) => ({ ...one, delay: n === 0 ? 'soon' : 1 })),
		node: { onError: 'continueRegularOutput' },
	});
	expect(error).toBeUndefined();
	expect(json[0].error).toContain("'Lookup Time (Seconds)'");
	expect(sentTo()).toEqual([person(1)]);
});

test('two processes that send the same list at the same moment have no message both', async () => {
	processedData.latencyMs = 3;
	const { context, options, scope } = ROW;
	const helpers = {
		checkProcessedAndRecord: async (entries: string[]) =>
			await processedData.checkProcessedAndRecord(entries, scope, context, options),
		removeProcessed: async (entries: string[]) =>
			await processedData.removeProcessed(entries, scope, context),
	};
	// Each has a lock of its own for the one row of the table.
	const tableIn = (process: string) =>
		new ClaimTable({
			getNode: () => ({ id: process }),
			getWorkflow: () => context.workflow,
			helpers,
		} as never);
	const keys = Array.from({ length: 20 }, (_, n) => `message ${n}`);
	const claimed = await Promise.all(
		['one', 'another'].map(async (process) => {
			const table = tableIn(process);
			const own: string[] = [];
			for (const key of keys) {
				if ((await table.claim(key)) !== 'new') continue;
				own.push(key);
				table.markDone(key);
			}
			await table.flush();
			return own;
		}),
	);
	processedData.latencyMs = 0;
	expect(claimed.flat().sort()).toEqual([...keys].sort());
	// Every later execution finds them sent.
	const later = tableIn('later');
	expect(await Promise.all(keys.map(async (key) => await later.claim(key)))).toEqual(keys.map(() => 'done'));
});

test('a workflow that was never saved says what to do', async () => {
	const { error } = await run({ workflowId: '' });
	expect(error?.message).toBe("n8n can't store what was sent");
	expect(error?.description).toContain('Save the workflow first');
	expect(sentTo()).toEqual([]);
});

test('a period is a day, a week from Monday or a month in the workflow’s time zone', () => {
	const sunday = Date.UTC(2026, 10, 29, 23, 30);
	expect(period('ever', sunday, 'UTC')).toBe('');
	expect(period('day', sunday, 'UTC')).toBe('2026-11-29');
	expect(period('day', sunday, 'Europe/Berlin')).toBe('2026-11-30');
	expect(period('week', sunday, 'UTC')).toBe('week of 2026-11-23');
	expect(period('week', sunday, 'Europe/Berlin')).toBe('week of 2026-11-30');
	expect(period('month', sunday, 'UTC')).toBe('2026-11');
});
