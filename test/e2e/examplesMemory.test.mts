import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../sandbox/n8n/wait.mts';
import type { WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { ANA, BEN, DANA, LINES, useExamples } from './support/examples.mts';
import { startScriptedModel, type ScriptedModel } from './support/script.mts';
import { outputOf } from './support/world.mts';

/** Longer than a busy machine takes from the colleague's text to the end of the execution. */
const SILENT_SECONDS = 40;

describe('The example workflow Agent memory', () => {
	const examples = useExamples();
	const { sent } = examples;
	let model: ScriptedModel;
	beforeAll(async () => (model = await startScriptedModel()));
	afterAll(async () => await model.close());

	/** What the agent gave the model at its last question. */
	const told = () => {
		const messages = model.asked.at(-1)?.messages ?? [];
		const contentOf = (role: string) => String(messages.find((one) => one.role === role)?.content);
		return { system: contentOf('system'), user: contentOf('user'), count: messages.length };
	};
	/** A text from the agent's number that the workflow does not know of: by a person, or by a campaign. */
	const texted = async (to: string, body: string, campaignId?: string) => {
		const { accountKey, accountSecret, url } = examples.world.sandbox;
		const post = async (path: string, content: object, token?: string) =>
			await fetch(`${url}${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
				body: JSON.stringify(content),
			});
		const OUTBOUND = '/v1.0/message/outbound';
		const access = { AccountKey: accountKey, AccountSecret: accountSecret, ApiEndpoint: `${url}${OUTBOUND}` };
		const { token } = (await (await post('/v1.0/oauth2/tokens', access)).json()) as { token: string };
		const message = { From: LINES.assistant, To: [{ Number: to }], Body: body };
		const response = await post(
			OUTBOUND,
			{ ...message, ...(campaignId && { CampaignId: campaignId }) },
			token,
		);
		expect(response.status).toBe(200);
	};

	const bringIn = async (options: object) => {
		const openAi = await examples.credential('openAiApi', {
			apiKey: 'none-needed',
			url: model.url,
			header: false,
		});
		return await examples.bringIn('agent-memory', (file: WorkflowFile) => ({
			...file,
			nodes: file.nodes.map((node) => {
				if (node.name === 'Model') return { ...node, credentials: { openAiApi: openAi } };
				const given = node.parameters.options as object;
				const parameters = { ...node.parameters, options: { ...given, ...options } };
				return node.name === 'Text received' ? { ...node, parameters } : node;
			}),
		}));
	};

	test('knows what people and campaigns texted, from both sides, and nothing of other people', async () => {
		const agent = await bringIn({ collectSeconds: 1, staySilentMinutes: 0 });
		await texted(ANA, 'Example Shop: Everything is 20% off this weekend.', 'JCID-Sale');
		await texted(BEN, 'Example Shop: Ben, your invoice is due.');
		await agent.publish();

		model.play({ words: 'Example Shop: Yes, until Sunday.' });
		const first = await agent.texted(ANA, LINES.assistant, 'Is the sale still on?');
		expect(told()).toMatchObject({ user: 'Is the sale still on?', count: 2 });
		expect(told().system).toMatch(/assistant: Example Shop: Everything is 20% off this weekend\.\n/);
		expect(told().system).not.toContain('invoice');
		expect(outputOf(first, 'Conversation')).toMatchObject([{ count: 2, complete: true }]);

		await texted(ANA, 'Your parcel is with your neighbor, Mr. Lee.');
		model.play({ words: 'With Mr. Lee.' });
		await agent.texted(ANA, LINES.assistant, 'Where is it?');
		const lines = told()
			.system.split('\n')
			.map((line) => line.replace(/^\[.*? UTC\] /, ''));
		expect(lines.slice(-5)).toEqual([
			'assistant: Example Shop: Everything is 20% off this weekend.',
			'user: Is the sale still on?',
			'assistant: Example Shop: Yes, until Sunday.',
			'assistant: Your parcel is with your neighbor, Mr. Lee.',
			'user: Where is it?',
		]);
		expect(sent()).toContain(`${ANA}: With Mr. Lee.`);

		await agent.texted(ANA, LINES.assistant, 'STOP');
		expect(model.asked).toHaveLength(2);
		await examples.world.api.workflows.unpublish(agent.id);
	});

	test('gives several texts one reply, and leaves the conversation to a colleague for a while', async () => {
		const agent = await bringIn({ staySilentMinutes: SILENT_SECONDS / 60 });
		await agent.publish();
		const { control } = examples.world.sandbox;
		const writes = async (body: string) => await control.inbound({ from: DANA, to: LINES.assistant, body });
		const seen = model.asked.length;
		sent();

		model.play({ words: 'Example Shop: Yes, we are.' });
		for (const body of ['Hi', 'are you', 'open on', 'Friday?']) {
			await writes(body);
			// n8n starts executions side by side: those of messages within a moment can begin in either order.
			await pause(1_100);
		}
		await until('the reply', () => examples.unseen() > 0, { seconds: 90 });
		expect(sent()).toEqual([`${DANA}: Example Shop: Yes, we are.`]);
		expect(told().user).toBe('Hi\nare you\nopen on\nFriday?');
		expect(model.asked).toHaveLength(seen + 1);

		await texted(DANA, 'Ann here, how can I help?');
		const ended = (await examples.world.api.executions.list(agent.id)).length + 1;
		await writes('Do you deliver?');
		await until(
			'the execution to end',
			async () => {
				const all = await examples.world.api.executions.list(agent.id);
				return all.length >= ended && all.every(({ stoppedAt }) => stoppedAt !== null);
			},
			{ seconds: 90, everyMs: 500 },
		);
		expect(model.asked).toHaveLength(seen + 1);
		expect(sent()).toEqual([`${DANA}: Ann here, how can I help?`]);

		await pause(SILENT_SECONDS * 1000);
		model.play({ words: 'Yes, on Fridays.' });
		await writes('On Fridays?');
		await until('the reply', () => examples.unseen() > 0, { seconds: 90 });
		expect(sent()).toEqual([`${DANA}: Yes, on Fridays.`]);
		expect(told().system).toMatch(/assistant: Ann here, how can I help\?\n/);
	});
});
