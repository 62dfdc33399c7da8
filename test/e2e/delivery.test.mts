import axios from 'axios';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { TELEGENT, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { openEditor } from './support/editor.mts';
import { closeForm, openForm, withoutMovement } from './support/forms.mts';
import { askingByHand } from './support/conversations.mts';
import { called, connectedTo, nodeAt } from './support/workflows.mts';
import {
	complaintOf,
	expectSuccess,
	MAIN_LINE,
	openWorld,
	openWorldAt,
	outputOf,
	type World,
} from './support/world.mts';

const SECOND_LINE = '+15005550101';
const FILTER = '/v1.0/message/filter';
const [ANNA, BEN, CHEN] = ['+12025550142', '+12025550143', '+12025550144'];

/** Sends to these people, waits, and sends once more from the second line. */
function campaign(people: string[], start?: string): WorkflowFile {
	const jsCode = `return ${JSON.stringify(people.map((to) => ({ to })))};`;
	const first = start
		? { ...called(start), position: [0, 0] as [number, number] }
		: nodeAt('Start', 'n8n-nodes-base.manualTrigger', 0, 0);
	return {
		name: 'Wait for delivery',
		nodes: [
			first,
			nodeAt('People', 'n8n-nodes-base.code', 200, 0, { jsCode }, 2),
			nodeAt('Send', TELEGENT, 400, 0, {
				resource: 'message',
				operation: 'send',
				from: { __rl: true, mode: 'number', value: MAIN_LINE },
				to: '={{ $json.to }}',
				body: 'Your order is ready',
				additionalFields: {},
				safeguards: {},
				options: {
					waitForDelivery: {
						delivery: {
							seconds: 60,
							ifNotDelivered: 'fallback',
							fallbackFrom: { __rl: true, mode: 'number', value: SECOND_LINE },
						},
					},
				},
			}),
			nodeAt('Arrived', 'n8n-nodes-base.noOp', 600, -100),
			nodeAt('Call them', 'n8n-nodes-base.noOp', 600, 100),
		],
		connections: {
			[first.name]: connectedTo('People'),
			People: connectedTo('Send'),
			Send: connectedTo('Arrived', 'Call them'),
		},
		settings: { executionOrder: 'v1' },
	};
}

const sentTo = ({ sandbox }: World) => sandbox.control.outbox().map(({ from, to }) => `${from} ${to}`);

describe('Wait for Delivery', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Wait for delivery')));
	afterEach(async () => await world.close());

	test('delivered, delivered from the second number, and not delivered', async () => {
		const { control } = world.sandbox;
		control.failRecipient({ number: BEN, from: MAIN_LINE });
		control.failRecipient({ number: CHEN });
		const id = await world.bringIn(campaign([ANNA, BEN, CHEN]));
		const execution = await world.run(id);
		expectSuccess(execution);
		expect(sentTo(world).slice(3).sort()).toEqual([`${SECOND_LINE} ${BEN}`, `${SECOND_LINE} ${CHEN}`]);
		expect(sentTo(world)).toHaveLength(5);
		expect(outputOf(execution, 'Arrived')).toMatchObject([
			{ To: [{ Number: ANNA }], delivery: 'delivered', deliverySeconds: expect.any(Number) },
			{ To: [{ Number: BEN }], delivery: 'delivered', fallback: { from: SECOND_LINE, outcome: 'done' } },
		]);
		expect(outputOf(execution, 'Call them')).toMatchObject([
			{ To: [{ Number: CHEN }], delivery: 'failed', fallback: { from: SECOND_LINE, outcome: 'done' } },
		]);
		expect(control.requests({ path: FILTER }).length).toBeLessThanOrEqual(4);

		const editor = await openEditor(world.n8nUrl);
		try {
			await editor.openWorkflow(id);
			await editor.page.getByText('Not Delivered', { exact: true }).first().waitFor();
			await editor.page.getByText('Sent', { exact: true }).first().waitFor();
			await editor.picture('wait-for-delivery');
		} finally {
			await editor.close();
		}
	});

	test('is in force as soon as the editor adds it, with an output of its own', async () => {
		const file = campaign([ANNA]);
		const nodes = file.nodes.map((node) =>
			node.name === 'Send' ? { ...node, parameters: { ...node.parameters, options: {} } } : node,
		);
		const id = await world.bringIn({ ...file, nodes });
		const editor = await openEditor(world.n8nUrl);
		try {
			await editor.openWorkflow(id);
			const { page } = editor;
			await withoutMovement(page);
			const form = await openForm(page, 'Send');
			await form.getByPlaceholder('Add option').click();
			await page.getByTestId('collection-parameter-option').filter({ hasText: 'Wait for Delivery' }).click();
			await form.getByTestId('parameter-input-seconds').waitFor();
			await editor.picture('wait-for-delivery-added');
			await closeForm(page);
			await page.getByText('Not Delivered', { exact: true }).first().waitFor();
			const saved = page.waitForResponse(
				(answer) => answer.url().includes(`/rest/workflows/${id}`) && answer.request().method() === 'PATCH',
			);
			await page.keyboard.press('ControlOrMeta+s');
			const { nodes: stored } = (await saved).request().postDataJSON() as WorkflowFile;
			expect(stored.find(({ name }) => name === 'Send')?.parameters?.options).toMatchObject({
				waitForDelivery: {},
			});
		} finally {
			await editor.close();
		}
	});
});

describe('Send and Wait', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Question that is not delivered')));
	afterEach(async () => await world.close());

	test('ends at once if its question is not delivered', async () => {
		world.sandbox.control.failRecipient({ number: BEN });
		const file = askingByHand(BEN, { expectedAnswer: 'yesNo', waitAmount: 2, waitUnit: 'days' });
		const asked = await world.run(await world.bringIn(file));
		expect(asked.status).toBe('waiting');
		const execution = await until(
			'the end',
			async () => {
				const now = await world.api.executions.get(asked.id);
				return now.status !== 'waiting' && now.status !== 'running' && now;
			},
			{ seconds: 60, everyMs: 500 },
		);
		expectSuccess(execution);
		expect(outputOf(execution, 'After')).toMatchObject([{ from: BEN, replied: false, delivered: false }]);
		const webhooks = () => world.sandbox.control.state().webhooks as unknown[];
		await until('its webhook to be removed', () => webhooks().length === 0, { seconds: 30 });
	});
});

describe('n8n killed in the middle of Wait for Delivery, and started again', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-delivery-'));
	let n8n: N8n;
	let world: World;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Wait for delivery');
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('Retry sends nothing again, neither the messages nor the one from the second number', async () => {
		const { control } = world.sandbox;
		control.failRecipient({ number: BEN, from: MAIN_LINE });
		const sending = await world.bringIn(campaign([ANNA, BEN], 'campaign'));
		await world.api.workflows.publish(sending);
		await axios.post(`${n8n.url}/webhook/campaign`, {}, { proxy: false });
		const [{ id: running }] = await world.api.executions.list(sending);
		await until('both messages', () => control.outbox().length === 2, { seconds: 30, everyMs: 5 });
		// The message from the second number stays without an outcome.
		control.changeSettings({ messageTimings: { sentMs: 300, deliveredMs: 3_600_000 } });
		await until('the second wait', () => control.requests({ path: FILTER }).length >= 2, {
			seconds: 60,
			everyMs: 5,
		});
		expect(sentTo(world)[2]).toBe(`${SECOND_LINE} ${BEN}`);
		process.kill(n8n.process.pid, 'SIGKILL');
		await n8n.process.ended;
		await n8n.restart();
		expect((await n8n.api.executions.whenEnded(running, 30)).status).toBe('crashed');

		await control.time({ advanceSeconds: 3600 });
		for (let press = 0; press < 2; press++) {
			const retried = await n8n.api.executions.whenEnded(await n8n.api.executions.retry(running), 90);
			expect(complaintOf(retried)).toBeUndefined();
			expect(sentTo(world)).toHaveLength(3);
			expect(outputOf(retried, 'Arrived')).toMatchObject([
				{ confirmedBy: 'lookup', delivery: 'delivered' },
				{ confirmedBy: 'lookup', delivery: 'delivered', fallback: { outcome: 'done' } },
			]);
		}
	});
});
