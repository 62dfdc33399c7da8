import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../scripts/setup.mjs';
import { until } from '../../sandbox/n8n/wait.mts';
import { EXAMPLES, type Example, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { openEditor, openPage, type Editor } from './support/editor.mts';
import { ANA, BEN, LINES, useExamples, type Running } from './support/examples.mts';
import { mcpClient, publishMcpServer } from './support/mcp.mts';
import { withAgentCredential } from './support/messageAnAgent.mts';
import { startScriptedModel } from './support/script.mts';

// Makes the pictures of docs/examples.md, from executions of the examples. Not one of the scenarios; it runs with
// npm run test:e2e -- --testMatch '**/examplesPictures.mts'

const CHEN = '+12125550163';
const MCP_TOKEN = randomUUID();
const LARGEST_BYTES = 120_000;
/** The canvas beside the list of executions, and below the tabs. */
const CLIP = { x: 356, y: 88, width: 1200, height: 734 };
const VIEWPORT = { width: 1556, height: 862 };
/** Only the workflow: small files, and nothing that changes with the hour. */
const PLAIN =
	'.vue-flow__background, .vue-flow__controls, [data-test-id=canvas-controls], [data-test-id=canvas-execution-controls] { display: none !important } [data-test-id^=execution-preview-details] { visibility: hidden !important } .vue-flow { background: #fff !important }';

/** Resolves when the canvas has fitted the workflow in: two looks at it are the same. */
async function settled(page: Page): Promise<void> {
	const look = async () => await page.locator('.vue-flow__transformationpane').getAttribute('style');
	let before: string | null | undefined;
	await until('the canvas to be still', async () => before === (before = await look()), {
		seconds: 20,
		everyMs: 500,
	});
}

const isAtWork = ({ status }: { status: string }) => ['new', 'running'].includes(status);

/** What is done for a picture where a click on Execute workflow does not show all. */
type Play = (running: Running) => Promise<unknown>;

describe('Pictures of the examples', () => {
	const examples = useExamples();
	let editor: Editor;
	beforeAll(async () => {
		editor = await openEditor(examples.world.n8nUrl);
		await editor.page.setViewportSize(VIEWPORT);
	});
	afterAll(async () => await editor.close());

	const texted =
		(to: string, body: string, more?: { media?: string[] }): Play =>
		async (running) => {
			await running.publish();
			await running.texted(ANA, to, body, more);
		};
	const waiting =
		(...answers: Array<[from: string, body: string]>): Play =>
		async ({ id }) => {
			const { api, sandbox } = examples.world;
			const execution = await api.executions.start(id, 'Start');
			await api.executions.whenEnded(execution, 60);
			const atRest = () =>
				until('it to rest', async () => !(await api.executions.list(id)).some(isAtWork), { seconds: 60 });
			for (const [from, body] of answers) {
				await until('the question', () => sandbox.control.outbox().some(({ to }) => to === from), {
					seconds: 60,
				});
				await atRest();
				const before = sandbox.control.outbox().length;
				await sandbox.control.inbound({ from, to: LINES.reminders, body });
				await until('what follows', () => sandbox.control.outbox().length > before, { seconds: 60 });
			}
			await atRest();
		};
	const plays: Partial<Record<Example, Play>> = {
		'auto-reply': texted(LINES.main, 'Hello'),
		'receive-without-public-url': async (running) => {
			const { api, sandbox } = examples.world;
			await running.publish();
			const known = await api.executions.list(running.id);
			await sandbox.control.inbound({ from: ANA, to: LINES.notifications, body: 'Are you there?' });
			await api.executions.next(running.id, known, 90);
		},
		'data-usage-watch': async (running) => void (await running.startedBy(running.publish)),
		'keyword-menu': texted(LINES.menu, '3'),
		consent: texted(LINES.offers, 'STOP'),
		'two-way-crm-sync': texted(LINES.desk, 'My parcel is broken'),
		'delivery-receipt-monitor': async (running) => {
			const { control } = examples.world.sandbox;
			await running.publish();
			control.changeSettings({ messageTimings: { sentMs: 1_000, deliveredMs: 60_000 } });
			control.failRecipient({ number: ANA, from: LINES.notifications });
			await running.run();
			await running.startedBy(() => control.time({ advanceSeconds: 61 }));
		},
		'mms-in-and-out': (running) =>
			texted(LINES.pictures, 'My cat', {
				media: [`${examples.world.sandbox.url}/phone/pictures/cat.png`],
			})(running),
		'appointment-reminder': waiting([BEN, 'no']),
		'on-call-alert': waiting([ANA, 'no'], [BEN, 'yes']),
		'ai-agent': texted(LINES.assistant, 'A person please'),
		'agent-memory': texted(LINES.assistant, 'Which neighbor?'),
		'message-an-agent': texted(LINES.assistant, 'Are you open on Friday?'),
		'mcp-server': async (running) => {
			const client = mcpClient(MCP_TOKEN);
			await client.connect();
			const message = { To: '+13125550188', Message: 'Ana asks for her cake' };
			await running.startedBy(() => client.call('Text_a_colleague', message));
		},
	};

	test.each(EXAMPLES)('%s', async (name) => {
		const model = await startScriptedModel();
		const openAi = await examples.credential('openAiApi', { apiKey: 'none', url: model.url, header: false });
		if (name === 'ai-agent')
			model.play({ tool: 'Text_a_colleague', args: { To: '+13125550188', Message: 'Ana wants a person' } });
		model.play({ words: 'Somebody answers soon.' });
		const withModel = (file: WorkflowFile) => ({
			...file,
			nodes: withAgentCredential(file, openAi.id).nodes.map((node) =>
				node.name === 'Model' ? { ...node, credentials: { openAiApi: openAi } } : node,
			),
		});
		const running =
			name === 'mcp-server'
				? await publishMcpServer(examples, MCP_TOKEN)
				: await examples.bringIn(name, withModel);
		await (plays[name] ?? ((one: Running) => one.run()))(running);
		await picture(running.id, name);
		// The next ones may need its route.
		const { workflows } = examples.world.api;
		if ((await workflows.get(running.id)).active) await workflows.unpublish(running.id);
		await model.close();
	});

	test('the phone simulator', async () => {
		const { world } = examples;
		// The play of the delivery receipt monitor made them slow.
		world.sandbox.control.changeSettings({ messageTimings: { sentMs: 300, deliveredMs: 800 } });
		const [reply, menu, consent] = await Promise.all(
			(['auto-reply', 'keyword-menu', 'consent'] as const).map((name) => examples.bringIn(name)),
		);
		for (const running of [reply, menu, consent]) await running.publish();
		const { page } = await openPage();
		await page.setViewportSize({ width: 1400, height: 720 });
		await page.goto(`${world.sandbox.url}/phone#number=${encodeURIComponent(LINES.menu)}`);
		await menu.texted(ANA, LINES.menu, 'hi');
		await menu.texted(ANA, LINES.menu, '2');
		await menu.texted(BEN, LINES.menu, '1');
		await menu.texted(CHEN, LINES.menu, 'Look what came', {
			media: [`${world.sandbox.url}/phone/pictures/parcel.png`],
		});
		await consent.texted(BEN, LINES.offers, 'STOP');
		await page.getByText('✓✓ Delivered').nth(2).waitFor();
		await page.screenshot({
			path: path.join(root, 'docs', 'images', 'phone-page.png'),
			animations: 'disabled',
		});
		await page.context().browser()?.close();
	});

	async function picture(id: string, name: string): Promise<void> {
		const { page } = editor;
		const executions = await examples.world.api.executions.list(id);
		const newest = executions.reduce((one, other) => (Number(other.id) > Number(one.id) ? other : one));
		await page.goto(`${examples.world.n8nUrl}/workflow/${id}/executions/${newest.id}`);
		await page.getByTestId('canvas-node').first().waitFor();
		await page.waitForLoadState('networkidle');
		await page.addStyleTag({ content: PLAIN });
		await settled(page);
		const file = path.join(root, 'docs', 'images', `example-${name}.png`);
		await page.screenshot({ path: file, animations: 'disabled', clip: CLIP });
		expect(statSync(file).size).toBeLessThan(LARGEST_BYTES);
	}
});
