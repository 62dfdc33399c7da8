import { createRequire } from 'node:module';
import path from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import { Telegent } from '../../nodes/Telegent/Telegent.node.ts';
import { TelegentTrigger } from '../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { until } from '../../sandbox/n8n/wait.mts';
import { chain, TELEGENT, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { root } from '../../scripts/setup.mjs';
import { askingByHand, itemOf, whenThereAre } from './support/conversations.mts';
import { openEditor, type Editor } from './support/editor.mts';
import { openForm } from './support/forms.mts';
import { addTrigger, chooseRoute, publishNow } from './support/triggerForm.mts';
import { manyMessages } from './support/workflows.mts';
import { MAIN_LINE, openWorld, type World } from './support/world.mts';

/* What n8n shows of the nodes outside their forms. Pictures of each: .sandbox/screenshots/surfaces-*.png */

const PERSON = '+12025550142';
const trigger = new TelegentTrigger().description;
const node = new Telegent().description;

describe('What n8n shows outside the forms', () => {
	let world: World;
	let editor: Editor;
	beforeAll(async () => {
		world = await openWorld('Telegent account');
		editor = await openEditor(world.n8nUrl);
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});

	const picture = async (name: string) => await editor.picture(`surfaces-${name}`);
	const details = () => editor.page.getByTestId('ndv');
	const hintTexts = async () => await details().getByTestId('node-hint').allInnerTexts();
	const closeDetails = async () => {
		await editor.page.getByTestId('ndv-close-button').click();
		await details().waitFor({ state: 'hidden' });
	};
	const opened = async (file: WorkflowFile) => {
		const id = await world.bringIn(file);
		await editor.openWorkflow(id);
		return id;
	};
	const executed = async () => await editor.page.getByTestId('execute-workflow-button').first().click();

	test('the trigger says beside its form and on the canvas which number to text', async () => {
		const form = await addTrigger(editor);
		await chooseRoute(editor.page, form, /^Main SMS Webhook/);
		const panel = trigger.triggerPanel as Record<string, Record<string, string>>;
		await details().getByTestId('trigger-header').getByText(String(panel.header)).waitFor();
		await details().getByText(panel.activationHint.inactive).waitFor();
		await details().getByText('When will this node trigger my flow?').click();
		await details()
			.getByText(/then text a number that uses the selected route/)
			.waitFor();
		await picture('trigger-panel');
		await details().getByTestId('trigger-execute-button').click();
		await details().getByTestId('trigger-listening').waitFor();
		await picture('trigger-listening');
		await closeDetails();
		await editor.page.getByText(String(trigger.eventTriggerDescription)).waitFor();
		await picture('trigger-waiting');
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body: 'Hello' });
		await editor.page.getByTestId('canvas-node-status-success').first().waitFor();
	});

	test('publishing says that the route’s URL is replaced, and the panel that the workflow is published', async () => {
		await publishNow(editor, world);
		await editor.page.getByText(String(trigger.activationMessage)).waitFor();
		await picture('trigger-published');
		await editor.page.keyboard.press('Escape');
	});

	test('the output of a node that waits says for whom, and later when the reply came', async () => {
		const id = await opened(askingByHand(PERSON));
		await executed();
		await whenThereAre(world, id, 1, 'waiting');
		await openForm(editor.page, 'Ask');
		const waits = `Waiting for a reply from ${PERSON}, for up to 10 minutes`;
		await details().getByText(waits).first().waitFor();
		await picture('waiting');
		await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body: 'Yes' });
		const [execution] = await whenThereAre(world, id, 1, 'success');
		const { respondedAt } = itemOf(await world.api.executions.get(execution));
		expect(Date.now() - Date.parse(String(respondedAt))).toBeLessThan(60_000);
	});

	test('warns that several items cannot be asked in one execution', async () => {
		const several = manyMessages(2);
		const ask = askingByHand(PERSON).nodes.find(({ name }) => name === 'Ask');
		const [start, items] = several.nodes;
		await opened(
			chain('Ask two', [
				start,
				items,
				{ ...ask, name: 'Ask', type: TELEGENT, typeVersion: 1, parameters: ask?.parameters ?? {} },
			]),
		);
		await executed();
		await editor.page.getByTestId('node-issues').first().waitFor();
		await openForm(editor.page, 'Ask');
		const [hint] = node.hints ?? [];
		await until('the warning', async () => (await hintTexts()).some((text) => text.includes(hint.message)), {
			seconds: 20,
		});
		await picture('several-items');
		expect(world.sandbox.control.outbox().filter(({ body }) => body === 'By hand?')).toHaveLength(1);
	});

	test('says after a run what was not sent, and what Retry On Fail leaves out', async () => {
		const file = manyMessages(3, '={{ $json.n === 2 ? "nobody" : "+1202555014" + $json.n }}');
		const nodes = file.nodes.map((one) =>
			one.name === 'Send' ? { ...one, onError: 'continueRegularOutput', retryOnFail: true } : one,
		);
		await opened({ ...file, nodes });
		await executed();
		await editor.page.getByTestId('canvas-node-status-success').nth(2).waitFor();
		await openForm(editor.page, 'Send');
		const said = async () => (await hintTexts()).join('\n');
		await until('the hints', async () => /2 sent .* 1 failed/.test(await said()), { seconds: 20 });
		expect(await said()).toMatch(/'Retry On Fail' is on\. .* aren't sent again/);
		await picture('run-hints');
	});

	test('a tool offers which fields the model gets', async () => {
		const parameters = { resource: 'message', operation: 'search' };
		const tool = { name: 'Tool', type: `${TELEGENT}Tool`, typeVersion: 1, parameters };
		await opened(chain('Tool', [tool]));
		const form = await openForm(editor.page, 'Tool');
		await form.getByTestId('parameter-input-outputFields').scrollIntoViewIfNeeded();
		await picture('tool-fields');
	});

	test('n8n’s AI builder reads how to choose and wire the nodes', () => {
		const load = createRequire(path.join(root, 'sandbox', 'n8n', 'package.json'));
		const { generateNodeTypeFile } = load('@n8n/workflow-sdk') as {
			generateNodeTypeFile(description: INodeTypeDescription): string;
		};
		const told = [node, trigger].map(generateNodeTypeFile).join('\n');
		const hints = [...told.matchAll(/@builderHint (.{20})/g)].map(([, text]) => text);
		expect(hints).toEqual(expect.arrayContaining(['Starts a workflow wh', 'Write numbers as +18']));
	});
});
