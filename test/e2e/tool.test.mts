import { logIn } from '../../sandbox/n8n/session.mts';
import type { WorkflowFile, WorkflowNode } from '../../sandbox/n8n/workflow.mts';
import { PROVISION } from '../support/sandbox.mts';
import { openEditor } from './support/editor.mts';
import { startModel, type Call, type Model } from './support/model.mts';
import { sharedN8n } from './support/shared.mts';
import { expectSuccess, MAIN_LINE, openWorld, OUTBOUND, outputOf, type World } from './support/world.mts';

const TO = '+12025550142';
const STRANGER = '+18015550199';
const MESSAGE = 'Your table is booked for eight.';
const SEND = 'Send an SMS';
const BUY = 'Buy a number';
/** Those that run a tool inside the agent, and those that have n8n run it as a node. */
const AGENTS = [2.2, 3.1];

type Named = { id: string; name: string };

const tool = (name: string, x: number, parameters: Record<string, unknown>): WorkflowNode => ({
	name,
	type: 'n8n-nodes-telegent.telegentTool',
	typeVersion: 1,
	position: [x, 240],
	parameters,
});

/** To and Message are left out: they are the model's to fill in unless somebody else does. */
const sendTool = tool(SEND, 360, {
	resource: 'message',
	operation: 'send',
	from: { __rl: true, mode: 'number', value: MAIN_LINE },
	safeguards: { allowedRecipients: '+1202*', mostMessages: 1 },
});

const buyTool = tool(BUY, 560, PROVISION);

/** n8n's AI Agent with tools of the Telegent node. */
function agentWorkflow(typeVersion: number, credential: Named, tools: WorkflowNode[]): WorkflowFile {
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	return {
		name: `AI Agent ${typeVersion} with Telegent as its tool`,
		nodes: [
			{
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				name: 'Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion,
				position: [240, 0],
				parameters: { promptType: 'define', text: 'Tell Ana that her table is booked.', options: {} },
			},
			{
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.2,
				position: [160, 240],
				parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
				credentials: { openAiApi: credential },
			},
			...tools,
		],
		connections: {
			Start: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			...Object.fromEntries(tools.map(({ name }) => [name, to('Agent', 'ai_tool')])),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe('The node as a tool of n8n’s AI Agent', () => {
	let world: World;
	let model: Model;
	beforeEach(async () => (world = await openWorld('Tool')));
	afterEach(async () => {
		await model.close();
		await world.close();
	});

	/** The credential of a model that makes these calls; n8n keeps it, as a user's n8n does. */
	const modelThat = async (calls: Call[]) => {
		model = await startModel(calls);
		const { url, cookie } = sharedN8n();
		const { call } = await logIn(url, cookie);
		const data = { apiKey: 'none-needed', url: model.url, header: false };
		return await call<Named>('POST', '/credentials', { name: 'Scripted model', type: 'openAiApi', data });
	};

	/** What the model heard of its calls, oldest first. */
	const heard = () => {
		const { messages } = model.asked.at(-1) ?? { messages: [] };
		return messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content));
	};

	test.each(AGENTS)(
		'agent %s is offered it with its description, and what the model chose is sent',
		async (version) => {
			const credential = await modelThat([{ args: { To: TO, Message: MESSAGE } }]);
			const execution = await world.run(await world.bringIn(agentWorkflow(version, credential, [sendTool])));
			expectSuccess(execution);
			expect(world.sandbox.control.outbox()).toEqual([
				expect.objectContaining({ from: MAIN_LINE, to: TO, body: MESSAGE }),
			]);

			expect(model.asked).toHaveLength(2);
			const [{ description = '', name, parameters }, ...others] = model.asked[0].tools;
			expect(others).toEqual([]);
			expect({ name, required: parameters.required?.toSorted(), properties: parameters.properties }).toEqual({
				name: 'Send_an_SMS',
				required: ['Message', 'To'],
				properties: {
					To: {
						type: 'string',
						description:
							"The recipient's phone number. To send the same message to several people, separate the numbers with commas.",
					},
					Message: { type: 'string', description: 'The text of the message' },
				},
			});
			expect(description).toMatch(
				/^Telegent \(phone numbers and text messages\): Send an SMS message, .*Don't try again/,
			);
			expect(heard()[0]).toContain(world.sandbox.control.outbox()[0].messageId);
			expect(outputOf(execution, 'Agent')[0].output).toContain('The tool said:');
		},
	);

	test.each(AGENTS)(
		'agent %s cannot text whom it may not, nor buy a number; its run goes on and ends well',
		async (version) => {
			const credential = await modelThat([
				{ tool: 'Send_an_SMS', args: { To: 'Ana', Message: MESSAGE } },
				{ tool: 'Send_an_SMS', args: { To: STRANGER, Message: MESSAGE } },
				{ tool: 'Buy_a_number', args: {} },
				{ tool: 'Send_an_SMS', args: { To: TO, Message: MESSAGE } },
				{ tool: 'Send_an_SMS', args: { To: TO, Message: 'And another thing' } },
			]);
			const workflow = agentWorkflow(version, credential, [sendTool, buyTool]);
			const execution = await world.run(await world.bringIn(workflow));
			expectSuccess(execution);

			const [unfit, stranger, purchase, allowed, tooMany] = heard();
			expect(unfit).toMatch(/Ana.* isn't a phone number/);
			expect(stranger).toContain(`${STRANGER} isn't in 'Allowed Recipients'. Nothing was sent.`);
			expect(purchase).toMatch(
				/refused.*Provision number.*isn't allowed for this tool, because it can cost money/,
			);
			expect(allowed).toContain(world.sandbox.control.outbox()[0].messageId);
			expect(tooMany).toContain("'Max Messages per Execution' allows 1: 1 was already sent");
			expect(outputOf(execution, 'Agent')[0].output).toContain('Max Messages per Execution');

			expect(world.sandbox.control.outbox()).toEqual([expect.objectContaining({ to: TO, body: MESSAGE })]);
			const reached = world.sandbox.control.requests().map(({ path }) => path);
			expect(reached.filter((path) => path === OUTBOUND)).toHaveLength(1);
			expect(reached.filter((path) => path.includes('provision'))).toEqual([]);
		},
	);

	test('a person reads and sets in the form of the tool what the model may do', async () => {
		const credential = await modelThat([]);
		const id = await world.bringIn(agentWorkflow(3.1, credential, [sendTool, buyTool]));
		const editor = await openEditor(world.n8nUrl);
		try {
			await editor.openWorkflow(id);
			const { page } = editor;
			const open = async (name: string) => {
				await page.getByTestId('canvas-node').filter({ hasText: name }).first().dblclick();
				await page
					.getByTestId('parameter-input-operation')
					.or(page.getByText('Operation', { exact: true }))
					.first()
					.waitFor();
			};
			await open(BUY);
			await page.getByText('Allow Paid or Irreversible Operations').waitFor();
			await page.getByText('Tool Description').waitFor();
			await editor.picture('tool-buy-a-number');
			await page.keyboard.press('Escape');
			await open(SEND);
			await page.getByText('Safeguards', { exact: true }).waitFor();
			await editor.picture('tool-send');
			expect(await page.getByText('Defined automatically by the').count()).toBe(2);
			expect(await page.getByText('Allow Paid or Irreversible Operations').count()).toBe(0);
		} finally {
			await editor.close();
		}
	});
});
