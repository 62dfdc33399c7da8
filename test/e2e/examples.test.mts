import { readExample } from '../../sandbox/n8n/workflow.mts';
import { expectSuccess, MAIN_LINE, openWorld, outputOf, type World } from './support/world.mts';

describe('The example workflows, from the files that a user imports', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Examples')));
	afterEach(async () => await world.close());

	test('Quick start goes from nothing to a first message', async () => {
		const id = await world.bringIn(readExample('quick-start'));
		const execution = await world.run(id);
		expectSuccess(execution);

		const [route] = outputOf(execution, 'Create message route');
		const [area] = outputOf(execution, 'Search numbers');
		const [person] = outputOf(execution, 'Create subscriber');
		const [order] = outputOf(execution, 'Provision number');
		const [message] = outputOf(execution, 'Send message');
		expect(route.MessageRouteId).toMatch(/^MRID-/);
		expect(area.ResultsTotal).toBeGreaterThan(0);
		expect(order).toMatchObject({ OrderStatus: 'Complete', SubscriberId: person.SubscriberId });

		const state = world.sandbox.control.state() as Record<string, Array<Record<string, unknown>>>;
		expect(state.numbers.find((one) => one.Number === order.PhoneNumberAssigned)).toMatchObject({
			MessageRouteId: route.MessageRouteId,
			AssignedSubscriberId: person.SubscriberId,
			Status: 'Active',
		});
		expect(world.sandbox.control.outbox()).toEqual([
			expect.objectContaining({
				messageId: message.MessageId,
				from: order.PhoneNumberAssigned,
				to: '+12025550142',
				body: 'Example Shop: Hello from my first Telegent number! Reply STOP to opt out.',
			}),
		]);
	});

	test('Auto-reply answers a text with the sender’s words, within 5 seconds', async () => {
		const id = await world.bringIn(readExample('auto-reply'));
		await world.api.workflows.publish(id);
		const known = await world.api.executions.list(id);
		const texted = Date.now();
		await world.sandbox.control.inbound({
			from: '+12025550142',
			to: MAIN_LINE,
			body: 'Is it ready? 🎉 "yes"',
		});
		expectSuccess(await world.api.executions.next(id, known, 5));
		expect(Date.now() - texted).toBeLessThan(5_000);
		expect(world.sandbox.control.outbox()).toEqual([
			expect.objectContaining({
				from: MAIN_LINE,
				to: '+12025550142',
				body: 'You said: Is it ready? 🎉 "yes"',
			}),
		]);
	});
});
