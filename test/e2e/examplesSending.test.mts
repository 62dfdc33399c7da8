import { withParameters, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { ANA, BEN, DANA, LINES, useExamples } from './support/examples.mts';
import { startScriptedModel, type ScriptedModel } from './support/script.mts';
import { outputOf } from './support/world.mts';

const CHEN = '+12125550163';

/** What the report says of one customer. */
interface Row {
	name: string;
	phone: string;
	result: string;
	reason: string;
}

describe('The example workflow Marketing list', () => {
	const examples = useExamples();
	const { sent } = examples;

	/** The same file, at any hour of the day. */
	const atAnyHour = (file: WorkflowFile) => {
		const { safeguards } = file.nodes.find(({ name }) => name === 'Send')?.parameters as {
			safeguards: { quietHours: { hours: object } };
		};
		const hours = { ...safeguards.quietHours.hours, earliest: '00:00', latest: '24:00' };
		return withParameters(file, 'Send', { safeguards: { ...safeguards, quietHours: { hours } } });
	};

	test('sends by the spreadsheet and by everybody’s clock, leaves out who is there twice, and reports', async () => {
		const list = await examples.bringIn('marketing-list');
		const execution = await list.run();
		const report = outputOf(execution, 'Report') as unknown as Row[];
		// Which of the two it is depends on the hour.
		for (const { result, reason } of report.slice(0, 4))
			expect(`${result} ${reason}`).toMatch(/^(sent $|held .*outside the sending hours)/);
		expect(report.slice(4).map(({ result, reason }) => `${result}: ${reason}`)).toEqual([
			expect.stringMatching(/^(skipped|held): /),
			expect.stringMatching(/^not sent: .*isn't a complete US or Canadian number/),
		]);
		expect(sent()).toHaveLength(Number(outputOf(execution, 'Totals')[0].sent));
		expect(outputOf(execution, 'Preview').map(({ totalSegments }) => totalSegments)).toEqual([
			1, 1, 1, 1, 1, 0,
		]);
	});

	test('leaves out who texted STOP to the workflow Consent', async () => {
		const consent = await examples.bringIn('consent');
		await consent.publish();
		await consent.texted(BEN, LINES.offers, 'STOP');
		expect(sent()).toEqual([expect.stringContaining('You have been unsubscribed')]);

		const list = await examples.bringIn('marketing-list', atAnyHour);
		const execution = await list.run();
		const report = outputOf(execution, 'Report') as unknown as Row[];
		const result = Object.fromEntries(report.map((row) => [row.name, row.result]));
		expect(result).toEqual({
			Ana: 'sent',
			Ben: 'skipped',
			Chen: 'sent',
			Dana: 'sent',
			'Ana again': 'skipped',
			Erin: 'not sent',
		});
		expect(outputOf(execution, 'Totals')).toEqual([
			{ sent: 3, held: 0, skipped: 2, 'not sent': 1, segments: 3 },
		]);
		expect(report[1].reason).toContain('is on the suppression list');
		const offerTo = (name: string) =>
			`Example Shop: Hi ${name}, everything is 20% off this weekend. Reply STOP to opt out.`;
		expect(sent().toSorted()).toEqual(
			[`${ANA}: ${offerTo('Ana')}`, `${CHEN}: ${offerTo('Chen')}`, `${DANA}: ${offerTo('Dana')}`].toSorted(),
		);
	});
});

describe('The example workflow AI agent', () => {
	const examples = useExamples();
	const { sent } = examples;
	let model: ScriptedModel;
	beforeAll(async () => (model = await startScriptedModel()));
	afterAll(async () => await model.close());

	test('answers, remembers, texts the colleague, and can text nobody else', async () => {
		const openAi = await examples.credential('openAiApi', {
			apiKey: 'none-needed',
			url: model.url,
			header: false,
		});
		const agent = await examples.bringIn('ai-agent', (file) => ({
			...file,
			nodes: file.nodes.map((node) =>
				node.name === 'Model' ? { ...node, credentials: { openAiApi: openAi } } : node,
			),
		}));
		await agent.publish();

		model.play({ words: 'We are open until 17:00 today.' });
		await agent.texted(ANA, LINES.assistant, 'How long are you open?');
		expect(sent()).toEqual([`${ANA}: We are open until 17:00 today.`]);

		const tell = (To: string) => ({
			tool: 'Text_a_colleague',
			args: { To, Message: `${ANA} wants a person` },
		});
		model.play(tell('+19005550199'), tell(DANA), { words: 'Somebody answers soon.' });
		await agent.texted(ANA, LINES.assistant, 'A person please');
		expect(sent()).toEqual([`${DANA}: ${ANA} wants a person`, `${ANA}: Somebody answers soon.`]);
		const said = JSON.stringify(model.asked.at(-1)?.messages);
		expect(said).toContain('How long are you open?');
		expect(said).toContain("isn't in 'Allowed Recipients'");

		await agent.texted(ANA, LINES.assistant, 'STOP');
		expect(sent()).toEqual([]);
		expect(model.asked).toHaveLength(4);
	});
});
