import { logIn } from '../../sandbox/n8n/session.mts';
import { TELEGENT, type WorkflowFile, type WorkflowNode } from '../../sandbox/n8n/workflow.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { openQuestions } from './support/conversations.mts';
import { startModel, type Model } from './support/model.mts';
import { sharedN8n } from './support/shared.mts';
import { expectSuccess, MAIN_LINE, openWorld, type World } from './support/world.mts';

const ANA = '+12025550142';
const BOSS = '+12025550170';
const from = { __rl: true, mode: 'number', value: MAIN_LINE };

type Named = { id: string; name: string };

const node = (name: string, type: string, parameters: Record<string, unknown>): WorkflowNode => ({
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters,
});

/** An agent whose only tool sends a text, after a person has allowed it by text. */
function reviewed(credential: Named): WorkflowFile {
	const to = (name: string, type: string) => ({ [type]: [[{ node: name, type, index: 0 }]] });
	return {
		name: 'A person reviews what the agent does',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			{
				...node('Agent', '@n8n/n8n-nodes-langchain.agent', {
					promptType: 'define',
					text: 'Go.',
					options: {},
				}),
				typeVersion: 3.1,
			},
			{
				...node('Model', '@n8n/n8n-nodes-langchain.lmChatOpenAi', {
					model: { __rl: true, mode: 'id', value: 'scripted' },
					options: {},
				}),
				typeVersion: 1.2,
				credentials: { openAiApi: credential },
			},
			node('Review', `${TELEGENT}HitlTool`, {
				resource: 'message',
				operation: 'sendAndWait',
				message: '=The agent wants to run {{ $tool.name }}. OK?',
				from,
				to: BOSS,
				waitAmount: 10,
				waitUnit: 'minutes',
			}),
			node('Send an SMS', `${TELEGENT}Tool`, { resource: 'message', operation: 'send', from }),
		],
		connections: {
			Start: to('Agent', 'main'),
			Model: to('Agent', 'ai_languageModel'),
			Review: to('Agent', 'ai_tool'),
			'Send an SMS': to('Review', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

describe('A person who reviews an agent’s tool by text', () => {
	let world: World;
	let model: Model;
	beforeEach(async () => (world = await openWorld('Review')));
	afterEach(async () => {
		await model.close();
		await world.close();
	});

	test.each([
		['yes', 'Yes, go ahead', ['Your table is booked.']],
		['no', 'No', []],
	])('is asked before it runs, and says %s', async (_what, body, sent) => {
		const args = { toolParameters: { To: ANA, Message: 'Your table is booked.' }, hitlParameters: {} };
		model = await startModel([{ args }]);
		const { url, cookie } = sharedN8n();
		const { call } = await logIn(url, cookie);
		const data = { apiKey: 'none-needed', url: model.url, header: false };
		const credential = await call<Named>('POST', '/credentials', {
			name: 'Scripted model',
			type: 'openAiApi',
			data,
		});
		const id = await world.bringIn(reviewed(credential));
		const waiting = await world.run(id);
		expect(waiting.status).toBe('waiting');
		const { control } = world.sandbox;
		const textsTo = (to: string) => control.outbox().flatMap((one) => (one.to === to ? [one.body] : []));
		expect(textsTo(BOSS)).toEqual([expect.stringMatching(/^The agent wants to run .*OK\?$/)]);
		await control.inbound({ from: BOSS, to: MAIN_LINE, body });
		const ended = await until(
			'the agent to go on',
			async () => {
				const execution = await world.api.executions.get(waiting.id);
				return execution.status !== 'waiting' && execution.status !== 'running' && execution;
			},
			{ seconds: 60 },
		);
		expectSuccess(ended);
		expect(textsTo(ANA)).toEqual(sent);
		await until('the registration to be gone', () => openQuestions(world).length === 0, { seconds: 30 });
	});
});
