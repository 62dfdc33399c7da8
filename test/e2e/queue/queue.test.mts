import axios from 'axios';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../../scripts/setup.mjs';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { startQueue, type Queue } from '../../../sandbox/n8n/queue.mts';
import { until } from '../../../sandbox/n8n/wait.mts';
import { readExample, withParameters, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { routeOf } from '../support/routes.mts';
import { ask, asking, itemOf, openQuestions, whenThereAre } from '../support/conversations.mts';
import { manyMessages } from '../support/workflows.mts';
import {
	complaintOf,
	expectSuccess,
	MAIN_LINE,
	MAIN_ROUTE,
	openWorldAt,
	type World,
} from '../support/world.mts';

const LIST = 200;
const PEOPLE = 100;
const PERSON = '+12025550142';

/** n8n looks for dead workers every five seconds here, and not only every thirty. */
const ENVIRONMENT = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
	// As docs/scaling.md says for n8n 1; n8n 2 has no such setting.
	QUEUE_WORKER_MAX_STALLED_COUNT: '0',
};

describe('n8n in queue mode: a main process, two workers, a webhook process', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-queue-'));
	// PostgreSQL runs as another user where this runs as root.
	chmodSync(folder, 0o711);
	let queue: Queue;
	let world: World;
	beforeAll(async () => {
		const logs = path.join(root, '.sandbox', 'logs', 'e2e-queue');
		queue = await startQueue({ folder, port: await freePort(), logs, env: ENVIRONMENT });
		world = await openWorldAt(queue.webhookUrl, queue.api, 'Queue', { latencyMs: 50 });
	});
	afterAll(async () => {
		await world.close();
		await queue.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const texts = () => world.sandbox.control.outbox().map(({ body }) => body);
	const bringIn = async (file: WorkflowFile) => {
		const id = await world.bringIn(file);
		await world.api.workflows.publish(id);
		return id;
	};
	/** Starts a published list. @returns the id of its execution */
	const call = async (workflowId: string, webhook: string) => {
		const known = (await world.api.executions.list(workflowId)).map(({ id }) => id);
		await axios.post(`${queue.webhookUrl}/webhook/${webhook}`, {}, { proxy: false });
		const started = async () =>
			(await world.api.executions.list(workflowId)).find(({ id }) => !known.includes(id))?.id;
		return await until('the execution to start', started, { seconds: 20 });
	};
	const workerOf = (execution: string) =>
		queue.workers.find(({ process: program }) =>
			program.lastLines(200).some((line) => line.includes(`Worker started execution ${execution} `)),
		);

	test('the Quick start sends, executed by a worker', async () => {
		const execution = await world.run(await world.bringIn(readExample('quick-start')), 'Start');
		expectSuccess(execution);
		expect(texts().length).toBeGreaterThan(0);
		expect(workerOf(execution.id)).toBeDefined();
	});

	test(`a list of ${LIST} whose worker is killed: the workflow started again sends the rest, once`, async () => {
		world.sandbox.control.reset();
		const options = { checkDelay: 1, sendOnce: 'recipientAndText' };
		const to = '=+1202556{{ 1000 + $json.n }}';
		const list = await bringIn(withParameters(manyMessages(LIST, to, 'list'), 'Send', { options }));
		const cut = await call(list, 'list');
		await until('a part to be sent', () => texts().length >= 60, { seconds: 30, everyMs: 5 });
		const worker = workerOf(cut);
		if (!worker) throw new Error(`No worker's log names execution ${cut}.`);
		process.kill(worker.process.pid, 'SIGKILL');
		await worker.process.ended;
		await worker.restart();
		expect(texts().length).toBeLessThan(LIST);
		// "crashed" where the worker is back before n8n has missed it.
		expect(['error', 'crashed']).toContain((await world.api.executions.whenEnded(cut, 90)).status);

		for (let time = 0; time < 2; time++) {
			const execution = await world.api.executions.whenEnded(await call(list, 'list'), 90);
			expect(complaintOf(execution)).toBeUndefined();
			expect(texts()).toHaveLength(LIST);
			expect(new Set(texts()).size).toBe(LIST);
		}
	});

	test('two executions of a list at the same moment, by two workers: each person gets the message once', async () => {
		world.sandbox.control.reset();
		const options = { checkDelay: 5, sendOnce: 'recipientAndText' };
		const to = '=+1202557{{ 1000 + $json.n }}';
		const list = await bringIn(withParameters(manyMessages(PEOPLE, to, 'twice'), 'Send', { options }));
		const start = async () => await axios.post(`${queue.webhookUrl}/webhook/twice`, {}, { proxy: false });
		await Promise.all([start(), start()]);
		const both = await until(
			'two executions',
			async () => {
				const executions = await world.api.executions.list(list);
				return executions.length === 2 && executions.map(({ id }) => id);
			},
			{ seconds: 20 },
		);
		const ended = await Promise.all(both.map(async (id) => await world.api.executions.whenEnded(id, 90)));
		expect(ended.map(complaintOf)).toEqual([undefined, undefined]);
		expect(new Set(both.map(workerOf)).size).toBe(2);
		expect(texts()).toHaveLength(PEOPLE);
		expect(new Set(texts()).size).toBe(PEOPLE);
	});

	test('a published trigger is served by the webhook process, and its route is restored', async () => {
		const before = routeOf(world.sandbox, MAIN_ROUTE);
		const replies = await bringIn(readExample('auto-reply'));
		expect(routeOf(world.sandbox, MAIN_ROUTE).MessageUrl).toContain(`${queue.webhookUrl}/`);
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body: 'Anyone there?' });
		await until('the reply', () => texts().includes('You said: Anyone there?'), { seconds: 30 });
		await world.api.workflows.unpublish(replies);
		expect(routeOf(world.sandbox, MAIN_ROUTE)).toEqual(before);
	});

	test('Send and Wait is answered through the webhook process', async () => {
		const id = await bringIn(asking('question'));
		await ask(world, 'question', PERSON, 'Can you come?');
		await whenThereAre(world, id, 1, 'waiting');
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body: 'Yes, I can' });
		const [answered] = await whenThereAre(world, id, 1, 'success');
		expect(itemOf(await world.api.executions.get(answered))).toMatchObject({
			replied: true,
			body: 'Yes, I can',
		});
		await until('the registration to be gone', () => openQuestions(world).length === 0, { seconds: 60 });
	});
});
