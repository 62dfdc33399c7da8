import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { routeOf } from './support/routes.mts';
import { listenTo } from './support/workflows.mts';
import { expectSuccess, MAIN_LINE, MAIN_ROUTE, openWorldAt, outputOf, type World } from './support/world.mts';

const PERSON = '+12025550142';

describe('Deliveries that Telegent repeats after n8n was started again', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-redelivery-'));
	let n8n: N8n;
	let world: World;
	let workflowId: string;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Redelivery');
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const deliver = async (id: string) => {
		const { MessagePasswordToken, MessageUrl } = routeOf(world.sandbox, MAIN_ROUTE);
		const payload = { Message_ID: id, From: PERSON, To: MAIN_LINE, Message_Body: `Message ${id}` };
		const headers = { authorization: `Bearer ${String(MessagePasswordToken)}` };
		const { data, status } = await axios.post(String(MessageUrl), payload, { headers, validateStatus: null });
		expect(status).toBe(200);
		return (data as { message: string }).message;
	};
	/** Delivers, waits for the execution, and gives the messages that each node had. */
	const had = async (id: string) => {
		const known = await n8n.api.executions.list(workflowId);
		await deliver(id);
		const execution = await n8n.api.executions.next(workflowId, known, 60);
		expectSuccess(execution);
		return ['Message received', 'Done'].map((node) =>
			outputOf(execution, node).map(({ messageId }) => messageId),
		);
	};

	test('starts the workflow with a delivery', async () => {
		workflowId = await world.bringIn(listenTo());
		await n8n.api.workflows.publish(workflowId);
		expect(await had('TMID-1')).toEqual([['TMID-1'], ['TMID-1']]);
	});

	test('starts no execution for the same delivery in the same process', async () => {
		expect(await deliver('TMID-1')).toBe('Received before');
	});

	test('ends the execution at the trigger for the same delivery after a restart', async () => {
		await n8n.restart();
		expect(await had('TMID-1')).toEqual([[], []]);
		expect(await had('TMID-2')).toEqual([['TMID-2'], ['TMID-2']]);
		expect(await deliver('TMID-1')).toBe('Received before');
	});

	test('does so after a crash as well', async () => {
		process.kill(n8n.process.pid, 'SIGKILL');
		await n8n.process.ended;
		await n8n.restart();
		expect(await had('TMID-2')).toEqual([[], []]);
		expect(await n8n.api.executions.list(workflowId)).toHaveLength(4);
	});
});
