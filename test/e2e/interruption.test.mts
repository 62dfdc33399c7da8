import axios from 'axios';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { readExample } from '../../sandbox/n8n/workflow.mts';
import { manyMessages } from './support/workflows.mts';
import { complaintOf, MAIN_LINE, openWorldAt, OUTBOUND, outputOf, type World } from './support/world.mts';

describe('n8n killed in the middle of a run, and started again', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-kill-'));
	let n8n: N8n;
	let world: World;
	/** The execution that the crash ended. */
	let stopped: string;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Interruption', { latencyMs: 40 });
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('sends nothing twice, and the published Auto-reply goes on answering', async () => {
		const { control } = world.sandbox;
		const replies = await world.bringIn(readExample('auto-reply'));
		await world.api.workflows.publish(replies);
		const sending = await world.bringIn(manyMessages(60, '+12025550142', 'list'));
		await world.api.workflows.publish(sending);
		await axios.post(`${n8n.url}/webhook/list`, {}, { proxy: false });
		const [{ id: running }] = await world.api.executions.list(sending);
		await until('some messages to be sent', () => control.outbox().length >= 5, { seconds: 30, everyMs: 5 });
		process.kill(n8n.process.pid, 'SIGKILL');
		await n8n.process.ended;
		await n8n.restart();

		expect((await n8n.api.executions.whenEnded(running, 30)).status).toBe('crashed');
		await control.inbound({ from: '+12025550142', to: MAIN_LINE, body: 'Still there?' });
		const reply = await until(
			'the reply',
			() => control.outbox().find(({ body }) => body === 'You said: Still there?'),
			{ seconds: 10 },
		);
		expect(reply).toMatchObject({ from: MAIN_LINE, to: '+12025550142' });
		const bodies = control.outbox().map(({ body }) => body);
		expect(new Set(bodies).size).toBe(bodies.length);
		expect(bodies.length).toBeLessThan(60);
		stopped = running;
	});

	test('Retry of the crashed execution sends the rest, once; pressed again, nothing', async () => {
		const { control } = world.sandbox;
		for (let press = 0; press < 2; press++) {
			const retried = await n8n.api.executions.whenEnded(await n8n.api.executions.retry(stopped), 60);
			expect(complaintOf(retried)).toBeUndefined();
			const listed = control.outbox().filter(({ body }) => body.startsWith('Message '));
			expect(listed.map(({ body }) => body).sort()).toEqual(
				Array.from({ length: 60 }, (_, n) => `Message ${n + 1}`).sort(),
			);
		}
	});

	test('Retry of a list that ended with an unknown outcome sends the rest, once; pressed again, nothing', async () => {
		const { control } = world.sandbox;
		control.reset();
		const sending = await world.bringIn(manyMessages(60));
		control.addFault({ path: OUTBOUND, skip: 25, count: 1, drop: 'after' });
		const failed = await world.run(sending);
		expect(failed.status).toBe('error');
		expect(failed.error?.description).toContain('Retry this execution to continue');
		for (let press = 0; press < 2; press++) {
			const retried = await n8n.api.executions.whenEnded(await n8n.api.executions.retry(failed.id), 90);
			expect(complaintOf(retried)).toBeUndefined();
			expect(outputOf(retried, 'Send')).toHaveLength(60);
			expect(control.outbox()).toHaveLength(60);
			expect(new Set(control.outbox().map(({ body }) => body)).size).toBe(60);
		}
	});
});
