import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { TELEGENT, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { PROVISION } from '../support/sandbox.mts';
import { connectedTo, nodeAt } from './support/workflows.mts';
import { expectSuccess, openWorldAt, outputOf, type World } from './support/world.mts';

/** n8n keeps shorter waits in the process, and stores longer ones. */
const STORED_WAIT_SECONDS = 66;

/** Orders a number, and looks at the order again after each wait until it has ended. */
function workflow(): WorkflowFile {
	return {
		name: 'Order that takes days',
		nodes: [
			nodeAt('Start', 'n8n-nodes-base.manualTrigger', 0, 0),
			nodeAt('Order', TELEGENT, 200, 0, {
				...PROVISION,
				options: { waitForOutcome: false },
			}),
			nodeAt('Look', TELEGENT, 400, 0, {
				resource: 'number',
				operation: 'getOrder',
				orderId: '={{ $json.OrderId }}',
				options: { separatePending: true },
			}),
			nodeAt(
				'Wait',
				'n8n-nodes-base.wait',
				600,
				0,
				{ resume: 'timeInterval', amount: STORED_WAIT_SECONDS, unit: 'seconds' },
				1.1,
			),
			nodeAt('Done', 'n8n-nodes-base.noOp', 600, 0),
		],
		connections: {
			Start: connectedTo('Order'),
			Order: connectedTo('Look'),
			Look: connectedTo('Done', 'Wait'),
			Wait: connectedTo('Look'),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe('An order that takes longer than n8n runs', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-order-'));
	let n8n: N8n;
	let world: World;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Orders');
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	test('is looked at again after a restart, until it is completed', async () => {
		const { control } = world.sandbox;
		control.order({ status: 'Complete', delaySeconds: 86_400 });
		const id = await world.bringIn(workflow());
		const waiting = await world.run(id);
		expect(waiting.status).toBe('waiting');
		const [order] = outputOf(waiting, 'Order');
		expect(outputOf(waiting, 'Done')).toEqual([]);

		await n8n.stop();
		control.order({ orderId: String(order.OrderId), status: 'Complete' });
		await n8n.restart();

		const ended = await until(
			'the execution to go on',
			async () => {
				const execution = await n8n.api.executions.whenEnded(waiting.id, 60);
				return execution.status !== 'waiting' && execution;
			},
			{ seconds: 3 * STORED_WAIT_SECONDS, everyMs: 1000 },
		);
		expectSuccess(ended);
		expect(outputOf(ended, 'Done')).toMatchObject([
			{ OrderId: order.OrderId, OrderStatus: 'Complete', completed: true },
		]);
		const paths = control.requests().map(({ path: place }) => place);
		expect(paths.filter((place) => place === '/v1.0/numbers/provision')).toHaveLength(1);
		expect(paths.filter((place) => place === '/v1.0/numbers/order')).toHaveLength(2);
	});
});
