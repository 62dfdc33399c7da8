import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { hasEnded } from '../../sandbox/n8n/executions.mts';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { chain, POLL_TRIGGER } from '../../sandbox/n8n/workflow.mts';
import { MAIN_LINE, openWorldAt, outputOf, type World } from './support/world.mts';

const PERSON = '+12025550142';
const FILTER = '/v1.0/message/filter';
const NODE = 'New message';
/** n8n polls once a minute. */
const SECONDS = 90;

const polling = (parameters: object) =>
	chain('Poll', [
		{
			name: NODE,
			type: POLL_TRIGGER,
			typeVersion: 1,
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
		},
		{ name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} },
	]);

describe('Messages without a public URL, in an n8n that is started again', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-poll-'));
	let n8n: N8n;
	let world: World;
	let id: string;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Poll');
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const text = async (body: string) =>
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body });
	/** The texts that started executions, oldest first. */
	const received = async () => {
		const summaries = (await n8n.api.executions.list(id)).filter(({ mode }) => mode === 'trigger');
		const all = await Promise.all(summaries.map(async (one) => await n8n.api.executions.get(one.id)));
		const executions = all.filter(hasEnded);
		expect(executions.map(({ status }) => status)).toEqual(executions.map(() => 'success'));
		return executions.reverse().flatMap((one) => outputOf(one, NODE).map(({ body }) => body));
	};
	const untilReceived = async (...texts: string[]) =>
		await until(`the texts ${texts.join(', ')}`, async () => (await received()).length >= texts.length, {
			seconds: SECONDS,
		}).then(async () => expect(await received()).toEqual(texts));

	test('Execute step gives the newest message', async () => {
		await text('before');
		id = await world.bringIn(polling({ event: 'messageReceived', phoneNumbers: [MAIN_LINE] }));
		const execution = await n8n.api.executions.whenEnded(await n8n.api.executions.start(id, NODE), 60);
		expect(outputOf(execution, NODE)).toEqual([
			expect.objectContaining({ body: 'before', owner: MAIN_LINE }),
		]);
	});

	test('a published workflow starts with messages after that, one request per check', async () => {
		await n8n.api.workflows.publish(id);
		world.sandbox.control.clearRequests();
		await world.sandbox.control.time({ advanceSeconds: 2 });
		await text('one');
		await text('two');
		await untilReceived('one', 'two');
		expect(world.sandbox.control.requests().filter((one) => one.path === FILTER)).toHaveLength(1);
	});

	test('messages that arrive while n8n is down start it once afterward', async () => {
		await n8n.stop();
		await world.sandbox.control.time({ advanceSeconds: 3_600 });
		await text('down one');
		await world.sandbox.control.time({ advanceSeconds: 7_200 });
		await text('down two');
		await n8n.restart();
		await untilReceived('one', 'two', 'down one', 'down two');
		await n8n.stop();
		await n8n.restart();
		await text('again');
		await untilReceived('one', 'two', 'down one', 'down two', 'again');
	});

	test('Telegent being unreachable shows as a failed execution that says what happens next', async () => {
		const known = await n8n.api.executions.list(id);
		world.sandbox.control.addFault({ path: FILTER, count: 20, status: 403 });
		const failed = await n8n.api.executions.next(id, known, SECONDS);
		expect(failed.status).toBe('error');
		expect(JSON.stringify(failed.error)).toContain('The next check continues where this one stopped.');
		world.sandbox.control.clearFaults();
	});
});
