import { logIn } from '../../sandbox/n8n/session.mts';
import type { WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { startModel, type Model } from './support/model.mts';
import { sharedN8n } from './support/shared.mts';
import { expectSuccess, MAIN_LINE, openWorld, outputOf, type World } from './support/world.mts';

const TO = '+12025550142';
const MESSAGE = 'Your table is booked for eight.';
const TOOL = 'Send an SMS';

/** n8n's AI Agent with one tool: the Telegent node, which leaves To and Message to the model. */
function agentWorkflow(credential: { id: string; name: string }): WorkflowFile {
	const to = (node: string, type: string) => ({ [type]: [[{ node, type, index: 0 }]] });
	return {
		name: 'AI Agent with Telegent as its tool',
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
				typeVersion: 2.2,
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
			{
				name: TOOL,
				type: 'n8n-nodes-telegent.telegentTool',
				typeVersion: 1,
				position: [360, 240],
				parameters: {
					resource: 'message',
					operation: 'send',
					from: { __rl: true, mode: 'number', value: MAIN_LINE },
					to: "={{ $fromAI('To', 'Who receives the message', 'string') }}",
					body: "={{ $fromAI('Message', 'The text of the message', 'string') }}",
					additionalFields: {},
					options: {},
				},
			},
		],
		connections: {
			Start: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			[TOOL]: to('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe('The node as a tool of n8n’s AI Agent', () => {
	let world: World;
	let model: Model;
	beforeAll(async () => {
		world = await openWorld('Tool');
		model = await startModel({ To: TO, Message: MESSAGE });
	});
	afterAll(async () => {
		await model.close();
		await world.close();
	});

	/** The credential of the model; n8n keeps it, as a user's n8n does. */
	const modelCredential = async () => {
		const { url, cookie } = sharedN8n();
		const { call } = await logIn(url, cookie);
		const data = { apiKey: 'none-needed', url: model.url, header: false };
		return await call<{ id: string; name: string }>('POST', '/credentials', {
			name: 'Scripted model',
			type: 'openAiApi',
			data,
		});
	};

	it('is offered with its description, called with what the model chose, and really sends', async () => {
		const execution = await world.run(await world.bringIn(agentWorkflow(await modelCredential())));
		expectSuccess(execution);
		expect(world.sandbox.control.outbox()).toEqual([
			expect.objectContaining({ from: MAIN_LINE, to: TO, body: MESSAGE }),
		]);

		const [first, second] = model.asked;
		expect(model.asked).toHaveLength(2);
		expect(first.tools).toHaveLength(1);
		const [{ description, name, parameters }] = first.tools;
		expect({ name, required: parameters.required?.toSorted(), properties: parameters.properties }).toEqual({
			name: 'Send_an_SMS',
			required: ['Message', 'To'],
			properties: {
				To: { type: 'string', description: 'Who receives the message' },
				Message: { type: 'string', description: 'The text of the message' },
			},
		});
		expect(description).toMatch(/message/i);
		const told = second.messages.find(({ role }) => role === 'tool');
		expect(String(told?.content)).toContain(world.sandbox.control.outbox()[0].messageId);
		const [{ output }] = outputOf(execution, 'Agent');
		expect(output).toContain('The tool said:');
		process.stdout.write(`The model knows the tool as: ${name}: ${description}\n`);
	});
});
