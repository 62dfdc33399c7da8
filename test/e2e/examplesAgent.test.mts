import type { WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { ANA, BEN, LINES, useExamples, type Running } from './support/examples.mts';
import { withAgentCredential } from './support/messageAnAgent.mts';
import { startScriptedModel, type ScriptedModel } from './support/script.mts';
import { outputOf } from './support/world.mts';

describe('The example workflow Message an Agent', () => {
	const examples = useExamples();
	const { sent } = examples;
	let agent: Running;
	let model: ScriptedModel;
	beforeAll(async () => {
		model = await startScriptedModel();
		const openAi = await examples.credential('openAiApi', {
			apiKey: 'none-needed',
			url: model.url,
			header: false,
		});
		agent = await examples.bringIn('message-an-agent', (file: WorkflowFile) =>
			withAgentCredential(file, openAi.id),
		);
		await agent.publish();
	});
	afterAll(async () => await model.close());

	/** What the model was last told by people and by itself. */
	const said = () =>
		(model.asked.at(-1)?.messages ?? [])
			.filter(({ role }) => role === 'user' || role === 'assistant')
			.map(({ content, role }) => `${role}: ${textOf(content)}`);

	test('replies to a text, remembers the conversation, and keeps people apart', async () => {
		model.play({ words: 'Example Shop: Yes, until 17:00.' });
		const first = await agent.texted(ANA, LINES.assistant, 'Are you open on Friday?');
		expect(outputOf(first, 'Message an Agent')).toMatchObject([{ text: 'Example Shop: Yes, until 17:00.' }]);
		expect(sent()).toEqual([`${ANA}: Example Shop: Yes, until 17:00.`]);

		model.play({ words: 'No, sorry.' });
		await agent.texted(ANA, LINES.assistant, 'And on Sunday?');
		expect(sent()).toEqual([`${ANA}: No, sorry.`]);
		expect(said()).toEqual([
			'user: Are you open on Friday?',
			'assistant: Example Shop: Yes, until 17:00.',
			'user: And on Sunday?',
		]);

		model.play({ words: 'Example Shop: Hello.' });
		await agent.texted(BEN, LINES.assistant, 'Hi');
		expect(said()).toEqual(['user: Hi']);
		expect(sent()).toEqual([`${BEN}: Example Shop: Hello.`]);
	});

	test('leaves opt-outs alone', async () => {
		const asked = model.asked.length;
		await agent.texted(ANA, LINES.assistant, 'STOP');
		expect(model.asked).toHaveLength(asked);
		expect(sent()).toEqual([]);
	});
});

const textOf = (content: unknown): string =>
	Array.isArray(content)
		? content.map((part: { text?: string }) => part.text ?? '').join('')
		: String(content);
