import type { IDataObject, IRun } from 'n8n-workflow';
import { resetProcessState } from '../../../../transport/processState.ts';
import { runNode, type RunOptions } from '../../../support/n8n.mts';
import { OUTBOUND, PROVISION, send, useSandbox } from '../../../support/sandbox.mts';

const ORDER = '/v1.0/numbers/provision';
const FILTER = '/v1.0/message/filter';
const sandbox = useSandbox();
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;
const people = (count: number) =>
	Array.from({ length: count }, (_, n) => ({ to: person(n), text: `Hi ${n}` }));
const outbox = () => sandbox.control.outbox();
const texts = (expression = '={{ $json.text }}', options: IDataObject = {}) => ({
	...send('={{ $json.to }}', expression),
	options: { checkDelay: 0.1, ...options } as never,
});
const run = async (options: Partial<RunOptions>) =>
	await runNode({ credential: sandbox.credential, parameters: texts(), ...options });

/** A list whose connection breaks after `sent` messages, after the work or before it. */
async function breaksAfter(sent: number, count: number, drop: 'after' | 'before') {
	sandbox.control.addFault({ path: OUTBOUND, skip: sent, count: 1, drop });
	const first = await run({ items: people(count) });
	expect(first.error?.context).toMatchObject({ outcome: 'unsure' });
	return first.run;
}

/** Each recipient has exactly one message. */
function expectNobodyTwice(count: number): void {
	const to = outbox().map((message) => message.to);
	expect(new Set(to).size).toBe(to.length);
	expect(to.length).toBe(count);
}

/** Another process of n8n runs the retry: it has what the database has. */
async function retryInNewProcess(retry: IRun, options: Partial<RunOptions> = {}) {
	resetProcessState();
	return await run({ retry, ...options });
}

describe('Retry execution, with what n8n stored of the failed one', () => {
	test.each(['after', 'before'] as const)(
		'sends what was not sent, once, where the connection broke %s the work; pressed three times too',
		async (drop) => {
			const failed = await breaksAfter(12, 30, drop);
			const before = outbox().length;
			expect(before).toBeGreaterThanOrEqual(12);
			expect(before).toBeLessThan(30);
			for (let press = 0; press < 3; press++) {
				const { error, json } = await retryInNewProcess(failed);
				expect(error).toBeUndefined();
				expect(json.map(({ To }) => (To as IDataObject[])[0].Number)).toEqual(people(30).map(({ to }) => to));
				expect(json[0]).toMatchObject({ confirmedBy: 'earlier execution', Body: 'Hi 0' });
				expectNobodyTwice(30);
			}
		},
	);

	test('a second press in the same process needs no look-up, also at the same moment', async () => {
		const failed = await breaksAfter(5, 20, 'after');
		const presses = await Promise.all([run({ retry: failed }), run({ retry: failed })]);
		expect(presses.map(({ error }) => error)).toEqual([undefined, undefined]);
		expectNobodyTwice(20);
		expect(sandbox.calls(FILTER).length).toBeLessThanOrEqual(2);
	});

	test('an item that went out is not sent again because its text changed', async () => {
		const failed = await breaksAfter(5, 10, 'after');
		const { json } = await run({
			retry: failed,
			parameters: texts('=Changed {{ $json.text }}'),
			node: { onError: 'continueRegularOutput' },
		});
		expect(json).toHaveLength(10);
		expect(json[0]).toMatchObject({ confirmedBy: 'earlier execution', Body: 'Hi 0' });
		// Its outcome was unknown, and the message in Telegent's list has the former text.
		expect(json[5]).toMatchObject({ details: { outcome: 'unsure' }, To: [{ Number: person(5) }] });
		expectNobodyTwice(10);
	});

	test('a text that changed between two presses in two processes is reported, not sent', async () => {
		const failed = await breaksAfter(5, 10, 'after');
		await retryInNewProcess(failed);
		const { error, json } = await retryInNewProcess(failed, { parameters: texts('=New {{ $json.text }}') });
		expect(json).toEqual([]);
		expect(error?.message).toContain('a different text');
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expectNobodyTwice(10);
	});

	test('other operations report an unknown outcome again, and continue with the others', async () => {
		sandbox.control.addFault({ path: ORDER, skip: 1, count: 1, drop: 'after' });
		const failed = await run({ parameters: PROVISION, items: [{}, {}, {}, {}] });
		expect(failed.error?.context).toMatchObject({ outcome: 'unsure', itemIndex: 1 });
		const node = { onError: 'continueRegularOutput' as const };
		const { json } = await run({ parameters: PROVISION, retry: failed.run, node });
		expect(json.map(({ details }) => (details as IDataObject)?.outcome)).toEqual([
			undefined,
			'unsure',
			undefined,
			undefined,
		]);
		expect(json[0]).toMatchObject({ confirmedBy: 'earlier execution' });
		expect(sandbox.calls(ORDER)).toHaveLength(4);
	});
});

describe('Retry execution, with nothing stored of the one that n8n’s crash ended', () => {
	/** Items that the process sent before it was killed. */
	async function crashesAfter(sent: number): Promise<void> {
		await run({ items: people(sent) });
		resetProcessState();
	}

	test('sends to those who have no message yet, with one more request per 100 messages', async () => {
		await crashesAfter(120);
		const { error, json, run: data } = await run({ items: people(200), mode: 'retry' });
		expect(error).toBeUndefined();
		expectNobodyTwice(200);
		expect(json.map(({ confirmedBy }) => confirmedBy === 'lookup')).toEqual(
			people(200).map((_, n) => n < 120),
		);
		expect(sandbox.calls(FILTER)).toHaveLength(2);
		const hints = data.data.resultData.runData.Telegent.at(-1)?.hints?.map(({ message }) => message);
		expect(hints?.join()).toContain('120 of 200 items were already sent by an earlier execution');
	});

	test('a list that leaves the + of numbers away has the messages all the same', async () => {
		await crashesAfter(3);
		const Messages = outbox().map(({ body, from, messageId, time, to }) => ({
			...{ MessageId: messageId, From: from.slice(1), To: to.slice(1), Body: body },
			...{ CreatedAt: time, Direction: 'outbound', Status: 'sent' },
		}));
		sandbox.control.addFault({ path: FILTER, status: 200, body: { Messages, Total: 3 }, count: 9 });
		const { error, json } = await run({ items: people(5), mode: 'retry' });
		expect(error).toBeUndefined();
		expect(json.map(({ confirmedBy }) => confirmedBy)).toEqual([
			...['lookup', 'lookup', 'lookup'],
			...[undefined, undefined],
		]);
		expectNobodyTwice(5);
	});

	test('an execution that is no retry sends, and asks for no list', async () => {
		await crashesAfter(3);
		await run({ items: people(3), mode: 'trigger' });
		expect(outbox()).toHaveLength(6);
		expect(sandbox.calls(FILTER)).toHaveLength(0);
	});

	test('two equal items are two messages, of which one was sent', async () => {
		await crashesAfter(1);
		await run({ items: [...people(1), ...people(1)], mode: 'retry' });
		expect(outbox()).toHaveLength(2);
	});

	test('several recipients: found together; where only some of them have the text, reported', async () => {
		const item = { to: `${person(1)}, ${person(2)}`, text: 'Group' };
		await run({ items: [item] });
		const { json } = await run({ items: [item], mode: 'retry' });
		expect(json[0]).toMatchObject({ confirmedBy: 'lookup' });
		const { error } = await run({ items: [{ to: person(1), text: 'Group' }], mode: 'retry' });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(outbox()).toHaveLength(2);
	});

	test('Stop and Report sends nothing; Send Again sends everything', async () => {
		await crashesAfter(2);
		const report = await run({
			items: people(2),
			mode: 'retry',
			parameters: texts(undefined, { onRetry: 'report' }),
		});
		expect(report.error?.context).toMatchObject({ outcome: 'unsure' });
		expect(outbox()).toHaveLength(2);
		await run({ items: people(2), mode: 'retry', parameters: texts(undefined, { onRetry: 'send' }) });
		expect(outbox()).toHaveLength(4);
		expect(sandbox.calls(FILTER)).toHaveLength(0);
	});

	test.each([
		['cannot be read', { status: 400 }],
		['has another shape', { status: 200, body: { Items: [] } }],
		['ends before its total', { status: 200, body: { Messages: [], Total: 5 } }],
	])('a list that %s: reported, not sent', async (_case, fault) => {
		sandbox.control.addFault({ path: FILTER, count: 9, ...fault });
		const { error } = await run({ items: people(2), mode: 'retry' });
		expect(error).toBeDefined();
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(outbox()).toHaveLength(0);
	});
});
