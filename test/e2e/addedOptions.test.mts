import { chain, TELEGENT, type WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { openEditor, type Editor } from './support/editor.mts';
import { closeForm, openForm, withoutMovement } from './support/forms.mts';
import { routeOf } from './support/routes.mts';
import { listenTo } from './support/workflows.mts';
import { expectSuccess, MAIN_LINE, MAIN_ROUTE, openWorld, type World } from './support/world.mts';

/** Numbers of the area codes of New York, Hawaii and Guam: at any time, it is night for one of them at least. */
const PEOPLE = [
	{ to: '+12125550163', zone: 'America/New_York' },
	{ to: '+18085550163', zone: 'Pacific/Honolulu' },
	{ to: '+16715550163', zone: 'Pacific/Guam' },
];

/** By default, messages are sent from 9:00 until 20:00. */
const isDaytime = ({ zone }: { zone: string }, now: Date) => {
	const hour = Number(
		new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(now),
	);
	return hour >= 9 && hour < 20;
};

function sending(body: string, more: object = {}): WorkflowFile {
	const jsCode = `return ${JSON.stringify(PEOPLE.map(({ to }) => ({ json: { to } })))};`;
	return chain(`Added options: ${body}`, [
		{ name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, parameters: {} },
		{ name: 'Items', type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } },
		{
			name: 'Send',
			type: TELEGENT,
			typeVersion: 1,
			parameters: {
				resource: 'message',
				operation: 'send',
				from: { __rl: true, mode: 'number', value: MAIN_LINE },
				to: '={{ $json.to }}',
				body,
				...more,
			},
		},
	]);
}

/** What somebody gets who adds an option in the editor, and touches nothing in it. */
describe('An option that was only added', () => {
	let world: World;
	let editor: Editor;
	beforeAll(async () => {
		world = await openWorld('Added options');
		editor = await openEditor(world.n8nUrl);
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});
	beforeEach(() => world.sandbox.control.reset());

	/** Adds an option to a node in the editor, and saves. */
	const add = async (id: string, node: string, button: RegExp, option: string) => {
		const { page } = editor;
		await editor.openWorkflow(id);
		await withoutMovement(page);
		const form = await openForm(page, node);
		await form.getByPlaceholder(button).click();
		await page.getByTestId('collection-parameter-option').filter({ hasText: option }).click();
		await form.getByText(option, { exact: true }).first().waitFor();
		await closeForm(page);
		const saved = page.waitForResponse(
			(answer) => answer.url().includes(`/rest/workflows/${id}`) && answer.request().method() === 'PATCH',
		);
		await page.keyboard.press('ControlOrMeta+s');
		await saved;
		return (await world.api.workflows.get(id)).nodes.find(({ name }) => name === node)?.parameters;
	};
	const bodies = () => world.sandbox.control.outbox().map(({ to, body }) => `${to}: ${body}`);

	test('Sending Hours hold whoever it is night for', async () => {
		const id = await world.bringIn(sending('Good day'));
		const parameters = await add(id, 'Send', /^Add Safeguard$/i, 'Sending Hours');
		expect(parameters?.safeguards).toHaveProperty('quietHours.hours');
		const before = new Date();
		const execution = await world.run(id);
		expectSuccess(execution);
		const awake = PEOPLE.filter((person) => isDaytime(person, before));
		expect(bodies()).toEqual(awake.map(({ to }) => `${to}: Good day`));
		const [items] = execution.runs.Send[0].data?.main ?? [];
		expect((items ?? []).filter(({ json }) => json.status === 'held')).toHaveLength(
			PEOPLE.length - awake.length,
		);
	});

	test('Dry Run sends nothing', async () => {
		const id = await world.bringIn(sending('Only tried'));
		const parameters = await add(id, 'Send', /^Add Safeguard$/i, 'Dry Run');
		expect(parameters?.safeguards).toEqual({ dryRun: true });
		expectSuccess(await world.run(id));
		expect(bodies()).toEqual([]);
	});

	test.each([
		['Dry Run', { safeguards: { dryRun: '={{ $json.test }}' } }],
		['Skip Duplicates', { options: { skipDuplicates: '={{ $json.test }}' } }],
	])('%s sends nothing where its expression returns no value', async (label, more) => {
		const execution = await world.run(await world.bringIn(sending('Only tried', more)));
		expect(execution.status).toBe('error');
		expect(JSON.stringify(execution.runs.Send)).toContain(
			`'${label}': the expression returned no value. Check it, or remove the field`,
		);
		expect(bodies()).toEqual([]);
	});

	test('Replace Special Characters replaces them', async () => {
		const id = await world.bringIn(sending('It’s “ready”'));
		const parameters = await add(id, 'Send', /^Add Option$/i, 'Replace Special Characters');
		expect(parameters?.options).toEqual({ replaceSpecialCharacters: true });
		expectSuccess(await world.run(id));
		expect(bodies()).toEqual(PEOPLE.map(({ to }) => `${to}: It's "ready"`));
	});

	test('Take Over takes the route of another workflow', async () => {
		const [first, second] = [await world.bringIn(listenTo()), await world.bringIn(listenTo())];
		await world.api.workflows.publish(first);
		const { MessageUrl: before } = routeOf(world.sandbox, MAIN_ROUTE);
		await expect(world.api.workflows.publish(second)).rejects.toThrow(/Take Over/);
		const parameters = await add(second, 'Message received', /^Add Option$/i, 'Take Over');
		expect(parameters?.options).toEqual({ takeOver: true });
		await world.api.workflows.publish(second);
		expect(routeOf(world.sandbox, MAIN_ROUTE).MessageUrl).not.toBe(before);
	});
});
