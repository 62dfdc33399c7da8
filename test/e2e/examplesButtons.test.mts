import { firstOf } from '../../sandbox/n8n/executions.mts';
import { PUBLISHED } from '../../sandbox/n8n/furnish.mts';
import { EXAMPLES, readExample, type Example, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { openEditor, type Editor } from './support/editor.mts';
import { useExamples } from './support/examples.mts';

const SECONDS = 30;
/** n8n's button at the bottom of the canvas, which starts at the trigger that the editor selects by itself. */
const BELOW = /click \*\*Execute workflow\*\* below/;
/** The button next to one trigger. */
const BESIDE = /point at \*\*(?<trigger>[^*]+)\*\* and click \*\*Execute workflow\*\* next to it/;

const notesOf = ({ nodes }: WorkflowFile) =>
	nodes
		.filter(({ type }) => type === 'n8n-nodes-base.stickyNote')
		.map(({ parameters }) => String(parameters.content));
const tryIt = (name: Example) =>
	notesOf(readExample(name)).find((content) => content.includes('**Try it:**')) ?? '';
const started = EXAMPLES.filter((name) => tryIt(name).includes('Execute workflow'));

/** What a newcomer does who reads the yellow note: click the very button that it names. */
describe('The button that the note of an example names', () => {
	const examples = useExamples();
	let editor: Editor;
	beforeAll(async () => (editor = await openEditor(examples.world.n8nUrl)));
	afterAll(async () => await editor.close());

	const click = async (note: string) => {
		const { page } = editor;
		const trigger = BESIDE.exec(note)?.groups?.trigger;
		if (trigger) {
			const node = page.getByTestId('canvas-node').and(page.locator(`[data-node-name="${trigger}"]`));
			await node.hover();
			await page.getByTestId(`execute-workflow-button-${trigger}`).click();
		} else {
			expect(note).toMatch(BELOW);
			await page.getByTestId('execute-workflow-button').first().click();
		}
	};

	test('is named by more than one', () => expect(started.length).toBeGreaterThan(6));

	test.each(started)('%s: starts at Start, and runs', async (name) => {
		const { executions } = examples.world.api;
		const running = await examples.bringIn(name);
		if (PUBLISHED.includes(name)) await running.publish();
		await editor.openWorkflow(running.id);
		await click(tryIt(name));
		const refused = editor.page.locator('.el-notification', { hasText: /Problem/ }).first();
		const { id } = await until(
			'an execution of the workflow',
			async () => {
				if (await refused.isVisible()) throw new Error(await refused.innerText());
				return firstOf(await executions.list(running.id));
			},
			{ seconds: SECONDS },
		);
		const execution = await executions.whenEnded(id, SECONDS);
		await editor.picture(`execute-${name}`);
		expect(execution.runs).toHaveProperty('Start');
		expect(['success', 'waiting']).toContain(execution.status);
	});
});
