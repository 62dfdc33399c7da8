import { until } from '../../sandbox/n8n/wait.mts';
import { readExample } from '../../sandbox/n8n/workflow.mts';
import { manyMessages } from './support/workflows.mts';
import { countRequests, expectSuccess, openWorld, OUTBOUND, TOKENS, type World } from './support/world.mts';

describe('Requests and tokens', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Economy')));
	afterEach(async () => await world.close());

	const bodies = () => world.sandbox.control.outbox().map(({ body }) => body);
	const messages = (count: number) => Array.from({ length: count }, (_, index) => `Message ${index + 1}`);

	test('100 messages in one run cost 101 requests: one token', async () => {
		const execution = await world.run(await world.bringIn(manyMessages(100)));
		expectSuccess(execution);
		expect(countRequests(world.sandbox)).toEqual({
			[`token for ${OUTBOUND}`]: 1,
			[`POST ${OUTBOUND}`]: 100,
		});
		expect(bodies().sort()).toEqual(messages(100).sort());
	});

	test('Quick start, run twice, costs one token an endpoint, not two', async () => {
		const id = await world.bringIn(readExample('quick-start'));
		expectSuccess(await world.run(id));
		expectSuccess(await world.run(id));
		const counts = Object.entries(countRequests(world.sandbox));
		const tokens = counts.filter(([name]) => name.startsWith('token for '));
		const calls = counts.filter(([name]) => !name.startsWith('token for '));
		expect(calls.map(([, count]) => count)).toEqual(calls.map(() => 2));
		expect(Object.fromEntries(tokens)).toEqual(
			Object.fromEntries(calls.map(([name]) => [`token for ${name.split(' ')[1]}`, 1])),
		);
	});

	test('A token revoked mid-run costs one fresh token, and nothing is sent twice', async () => {
		const { control } = world.sandbox;
		control.changeSettings({ latencyMs: 40 });
		const id = await world.bringIn(manyMessages(30));
		const running = await world.api.executions.start(id, 'Start');
		await until('some messages to be sent', () => control.outbox().length >= 5, { seconds: 30, everyMs: 5 });
		expect(control.revokeTokens(OUTBOUND)).toBe(1);
		expectSuccess(await world.api.executions.whenEnded(running, 60));

		const requests = control.requests();
		expect(requests.filter(({ path }) => path === TOKENS)).toHaveLength(2);
		expect(requests.filter(({ status }) => status === 401).length).toBeGreaterThan(0);
		expect(bodies().sort()).toEqual(messages(30).sort());
	});
});
