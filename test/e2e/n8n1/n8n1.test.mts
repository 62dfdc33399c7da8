import { until } from '../../../sandbox/n8n/wait.mts';
import { readExample, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { ask, asking, itemOf, openQuestions, whenThereAre } from '../support/conversations.mts';
import { routeOf } from '../support/routes.mts';
import { manyMessages } from '../support/workflows.mts';
import {
	complaintOf,
	expectSuccess,
	MAIN_LINE,
	MAIN_ROUTE,
	openWorld,
	OUTBOUND,
	outputOf,
	type World,
} from '../support/world.mts';

const LIST = 60;
const PERSON = '+12025550142';

describe('The last n8n 1.x', () => {
	let world: World;
	beforeAll(async () => {
		world = await openWorld('n8n 1');
	});
	beforeEach(() => world.sandbox.control.reset());
	afterAll(async () => await world.close());

	const texts = () => world.sandbox.control.outbox().map(({ body }) => body);
	const bringIn = async (file: WorkflowFile) => {
		const id = await world.bringIn(file);
		await world.api.workflows.publish(id);
		return id;
	};

	test('the Quick start sends', async () => {
		expectSuccess(await world.run(await world.bringIn(readExample('quick-start'))));
		expect(texts().length).toBeGreaterThan(0);
	});

	test('a list is sent once, in order', async () => {
		const sent = await world.run(await world.bringIn(manyMessages(LIST)));
		expectSuccess(sent);
		expect(outputOf(sent, 'Send')).toHaveLength(LIST);
		expect(texts()).toEqual(Array.from({ length: LIST }, (_, index) => `Message ${index + 1}`));
	});

	test('Retry of a list that ended with an unknown outcome sends the rest, once; pressed again, nothing', async () => {
		world.sandbox.control.addFault({ path: OUTBOUND, skip: 25, count: 1, drop: 'after' });
		const failed = await world.run(await world.bringIn(manyMessages(LIST)));
		expect(failed.status).toBe('error');
		expect(texts().length).toBeLessThan(LIST);
		for (let press = 0; press < 2; press++) {
			const retried = await world.api.executions.whenEnded(await world.api.executions.retry(failed.id), 90);
			expect(complaintOf(retried)).toBeUndefined();
			expect(outputOf(retried, 'Send')).toHaveLength(LIST);
			expect(texts()).toHaveLength(LIST);
			expect(new Set(texts()).size).toBe(LIST);
		}
	});

	test('a published trigger replies, and its route is restored', async () => {
		const before = routeOf(world.sandbox, MAIN_ROUTE);
		const replies = await bringIn(readExample('auto-reply'));
		expect(routeOf(world.sandbox, MAIN_ROUTE).MessageUrl).toContain(`${world.n8nUrl}/`);
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body: 'Anyone there?' });
		await until('the reply', () => texts().includes('You said: Anyone there?'), { seconds: 30 });
		await world.api.workflows.unpublish(replies);
		expect(routeOf(world.sandbox, MAIN_ROUTE)).toEqual(before);
	});

	test('Send and Wait continues with the reply', async () => {
		const id = await bringIn(asking('question'));
		await ask(world, 'question', PERSON, 'Can you come?');
		await whenThereAre(world, id, 1, 'waiting');
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body: 'Yes, I can' });
		const [answered] = await whenThereAre(world, id, 1, 'success');
		const item = itemOf(await world.api.executions.get(answered));
		expect(item).toMatchObject({ replied: true, body: 'Yes, I can' });
		await until('the registration to be gone', () => openQuestions(world).length === 0, { seconds: 60 });
	});
});
