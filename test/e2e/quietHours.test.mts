import { TELEGENT, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { openEditor } from './support/editor.mts';
import { closeForm, openForm, withoutMovement } from './support/forms.mts';
import { connectedTo, nodeAt } from './support/workflows.mts';
import { expectSuccess, MAIN_LINE, openWorld, outputOf, type World } from './support/world.mts';

const TO = '+12025550142';
const TODAY = new Date().getUTCDay();
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** Sends now what may go out now; the rest leaves by the second output. */
function workflow(): WorkflowFile {
	const items = [
		{ text: 'now', days: EVERY_DAY },
		{ text: 'later', days: [(TODAY + 3) % 7] },
	];
	const hours = {
		earliest: '00:00',
		latest: '24:00',
		days: '={{ $json.days }}',
		zoneBy: 'given',
		timeZone: { __rl: true, mode: 'list', value: 'UTC' },
		otherwise: 'secondOutput',
	};
	return {
		name: 'Sending hours',
		nodes: [
			nodeAt('Start', 'n8n-nodes-base.manualTrigger', 0, 0),
			nodeAt('Items', 'n8n-nodes-base.code', 200, 0, { jsCode: `return ${JSON.stringify(items)}` }, 2),
			nodeAt('Send', TELEGENT, 400, 0, {
				resource: 'message',
				operation: 'send',
				from: { __rl: true, mode: 'number', value: MAIN_LINE },
				to: TO,
				body: '={{ $json.text }}',
				additionalFields: {},
				safeguards: { quietHours: { hours } },
			}),
			nodeAt('After sending', 'n8n-nodes-base.noOp', 600, -100),
			nodeAt('After holding', 'n8n-nodes-base.noOp', 600, 100),
		],
		connections: {
			Start: connectedTo('Items'),
			Items: connectedTo('Send'),
			Send: connectedTo('After sending', 'After holding'),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe('Sending hours', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Sending hours')));
	afterEach(async () => await world.close());

	test('lead to a second output, which the editor shows', async () => {
		const id = await world.bringIn(workflow());
		const execution = await world.run(id);
		expectSuccess(execution);
		expect(world.sandbox.control.outbox().map(({ body }) => body)).toEqual(['now']);
		expect(outputOf(execution, 'After sending')).toMatchObject([{ Body: 'now' }]);
		expect(outputOf(execution, 'After holding')).toMatchObject([
			{ text: 'later', status: 'held', sendAfter: expect.stringMatching(/T00:00:00\.000Z$/) },
		]);

		const editor = await openEditor(world.n8nUrl);
		try {
			await editor.openWorkflow(id);
			const { page } = editor;
			await page.getByText('Held', { exact: true }).first().waitFor();
			await page.getByText('Sent', { exact: true }).first().waitFor();
			await editor.picture('quiet-hours');
			await page.getByTestId('canvas-node').filter({ hasText: 'Send' }).first().dblclick();
			await page.getByText('Sending Hours', { exact: true }).scrollIntoViewIfNeeded();
			await editor.picture('quiet-hours-form');
		} finally {
			await editor.close();
		}
	});

	test('are in force as soon as the editor adds them, and a dry run is on', async () => {
		const file = workflow();
		const id = await world.bringIn({
			...file,
			nodes: file.nodes.map((node) =>
				node.name === 'Send' ? { ...node, parameters: { ...node.parameters, safeguards: {} } } : node,
			),
		});
		const editor = await openEditor(world.n8nUrl);
		try {
			await editor.openWorkflow(id);
			const { page } = editor;
			await withoutMovement(page);
			const form = await openForm(page, 'Send');
			for (const label of ['Sending Hours', 'Dry Run']) {
				await form.getByPlaceholder('Add Safeguard').click();
				await page.getByTestId('collection-parameter-option').filter({ hasText: label }).click();
			}
			await form.getByTestId('parameter-input-earliest').waitFor();
			await editor.picture('sending-hours-added');
			const shown = async (name: string) =>
				await form.getByTestId(`parameter-input-${name}`).locator('input').first().inputValue();
			expect([await shown('earliest'), await shown('latest')]).toEqual(['09:00', '20:00']);
			await closeForm(page);
			const saved = page.waitForResponse(
				(answer) => answer.url().includes(`/rest/workflows/${id}`) && answer.request().method() === 'PATCH',
			);
			await page.keyboard.press('ControlOrMeta+s');
			const { nodes } = (await saved).request().postDataJSON() as WorkflowFile;
			expect(nodes.find(({ name }) => name === 'Send')?.parameters?.safeguards).toMatchObject({
				quietHours: { hours: {} },
				dryRun: true,
			});
		} finally {
			await editor.close();
		}
	});
});
