import { until } from '../../sandbox/n8n/wait.mts';
import { openEditor } from './support/editor.mts';
import { openForm } from './support/forms.mts';
import { routeOf } from './support/routes.mts';
import { listenTo } from './support/workflows.mts';
import { expectSuccess, MAIN_LINE, MAIN_ROUTE, openWorld, outputOf, type World } from './support/world.mts';

const NODE = 'Message received';
const NOWHERE = 'MRID-00000000-0000-4000-8000-000000000000';

describe('What a published Telegent Trigger holds', () => {
	let world: World;
	let original: unknown;
	beforeEach(async () => {
		world = await openWorld('Ownership');
		original = route();
	});
	afterEach(async () => await world.close());
	const unpublish = async (...ids: string[]) => {
		for (const id of ids) await world.api.workflows.unpublish(id);
	};

	const route = () => routeOf(world.sandbox, MAIN_ROUTE);
	const listening = (options: object = {}, messageRouteId = MAIN_ROUTE) => {
		const file = listenTo(messageRouteId);
		Object.assign(file.nodes[0].parameters, { options });
		return file;
	};
	const published = async (options: object = {}) => {
		const id = await world.bringIn(listening(options));
		await world.api.workflows.publish(id);
		return id;
	};
	/** The next execution that a message starts in this workflow. */
	const startedBy = async (id: string, body: string) => {
		const known = await world.api.executions.list(id);
		await world.sandbox.control.inbound({ from: '+12025550142', to: MAIN_LINE, body });
		const execution = await world.api.executions.next(id, known, 60);
		expectSuccess(execution);
		expect(outputOf(execution, NODE)).toEqual([expect.objectContaining({ body })]);
		return execution;
	};

	test('a test in the editor is refused with the reason and the ways out, and takes nothing', async () => {
		const id = await published();
		const held = route();
		const editor = await openEditor(world.n8nUrl);
		const { page } = editor;
		await editor.openWorkflow(id);
		await openForm(page, NODE);
		const said = page.getByText(
			/uses this message route, and a test would intercept its messages.*New Route.*Account Webhook.*Allow Tests/,
		);
		await until(
			'n8n to say why',
			async () => {
				if (await said.first().isVisible()) return true;
				await page
					.getByTestId('ndv')
					.getByTestId('node-execute-button')
					.click({ timeout: 5_000 })
					.catch(() => undefined);
				return await said
					.first()
					.waitFor({ timeout: 5_000 })
					.then(
						() => true,
						() => false,
					);
			},
			{ seconds: 90 },
		);
		await editor.picture('trigger-test-refused');
		await editor.close();
		expect(route()).toEqual(held);
		expect((await startedBy(id, 'Still for production')).mode).toBe('webhook');
		await unpublish(id);
		expect(route()).toEqual(original);
	});

	test('with Allow Tests, a test gets one message, and the published workflow the next', async () => {
		const id = await published({ allowTests: true });
		const held = route();
		// n8n says that it waits, where it would give the execution otherwise.
		await expect(world.api.executions.start(id, NODE)).rejects.toThrow(/n8n waits for/);
		expect(route().MessageUrl).toMatch(/\/webhook-test\//);
		expect((await startedBy(id, 'For the test')).mode).toBe('manual');
		await until('the test to end', () => route().MessageUrl === held.MessageUrl, { seconds: 60 });
		expect(route()).toEqual(held);
		expect((await startedBy(id, 'For production')).mode).toBe('webhook');
		await unpublish(id);
		expect(route()).toEqual(original);
	});

	test('a second workflow, and a route that is not there, are refused in words; nothing changes', async () => {
		const first = await published();
		const held = route();
		const second = await world.bringIn(listening());
		const lost = await world.bringIn(listening({}, NOWHERE));
		// n8n tries again for a quarter of a minute before it gives up: both at the same time.
		await Promise.all([
			expect(world.api.workflows.publish(second)).rejects.toThrow(
				new RegExp(`uses this message route \\(http.*/workflow/${first}\\)\\. .*Take Over`),
			),
			expect(world.api.workflows.publish(lost)).rejects.toThrow(/MRID-0000.* does not exist/),
		]);
		expect(route()).toEqual(held);
		await unpublish(second, lost);
		expect(route()).toEqual(held);
		await startedBy(first, 'Still for the first');
		await unpublish(first);
		expect(route()).toEqual(original);
	});

	test('with Take Over, the second has it, and gives it back to the first', async () => {
		const first = await published();
		const held = route();
		const second = await published({ takeOver: true });
		await startedBy(second, 'For the second');
		await unpublish(second);
		expect(route()).toEqual(held);
		await startedBy(first, 'For the first again');
		await unpublish(first);
		expect(route()).toEqual(original);
	});

	test('the first may go before the second: the original comes back in the end', async () => {
		const first = await published();
		const second = await published({ takeOver: true });
		await unpublish(first);
		await startedBy(second, 'For the one that is left');
		await unpublish(second);
		expect(route()).toEqual(original);
	});
});
