import { openEditor, type Editor } from './support/editor.mts';
import { exampleFile, readExample } from '../../sandbox/n8n/workflow.mts';
import { manyMessages } from './support/workflows.mts';
import { openWorld, type World } from './support/world.mts';

describe('n8n’s editor, in a browser', () => {
	let world: World;
	let editor: Editor;
	beforeAll(async () => {
		world = await openWorld('Telegent sandbox');
		editor = await openEditor(world.n8nUrl);
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});

	const panel = () => editor.page.getByTestId('node-creator');
	const details = () => editor.page.getByTestId('ndv');
	const title = () => details().getByTestId('inline-edit-preview').textContent();
	const field = (name: string) => details().getByTestId(`parameter-input-${name}`);

	test('finds the trigger by search, opens it, and lists the routes to choose from', async () => {
		await editor.newWorkflow();
		expect(await editor.searchNodes('telegent')).toEqual(['Telegent', 'Telegent Poll']);
		await editor.picture('1-search');
		await panel().getByText('Telegent', { exact: true }).click();
		await panel().getByText('On message received').click();
		expect(await title()).toBe('Telegent Trigger');
		await field('event').waitFor();
		await field('messageRouteId').getByTestId('rlc-input').click();
		await editor.page.getByText(/^Main SMS Webhook/).click();
		await editor.picture('2-trigger');
		expect(await field('messageRouteId').getByTestId('rlc-input').inputValue()).toMatch(/^Main SMS Webhook/);
		await editor.page.getByTestId('ndv-close-button').click();
	});

	test('finds the node’s actions by search, and opens Send with its fields', async () => {
		await editor.openWorkflow(await world.bringIn(manyMessages(1)));
		expect(await editor.searchNodes('telegent')).toContain('Telegent');
		await panel().getByText('Telegent', { exact: true }).click();
		await editor.picture('3-actions');
		await panel().getByText('Send message', { exact: true }).click();
		for (const name of ['resource', 'operation', 'from', 'to', 'body']) await field(name).waitFor();
		await field('from').getByTestId('rlc-input').click();
		await editor.page
			.getByText(/^\+15005550100/)
			.first()
			.click();
		await editor.picture('4-send');
		expect(await field('from').getByTestId('rlc-input').inputValue()).toMatch(/^\+15005550100/);
	});

	test('imports the Quick start from its file, gives it the credential, and runs it by its button', async () => {
		world.adopt(await editor.importFile(exampleFile('quick-start')));
		await editor.page.getByTestId('canvas-node').nth(5).waitFor();
		await editor.picture('5-quick-start');
		await editor.page.getByTestId('execute-workflow-button').first().click();
		const done = editor.page.getByTestId('canvas-node-status-success');
		await done.nth(5).waitFor();
		await editor.picture('6-quick-start-done');
		expect(world.sandbox.control.outbox()).toHaveLength(1);
	});

	test('shows the Auto-reply with its notes', async () => {
		const id = await world.bringIn(readExample('auto-reply'));
		await editor.openWorkflow(id);
		await editor.picture('7-auto-reply');
		await editor.page.getByText('With your own account').waitFor();
		expect(await editor.page.getByTestId('canvas-node').count()).toBe(2);
	});

	test('had nothing to complain about in the browser’s console', () => {
		// Before the login, the editor asks who is logged in.
		const knownOfN8n = /401 \(Unauthorized\) \(.*\/rest\/login\)$/;
		expect(editor.complaints.filter((complaint) => !knownOfN8n.test(complaint))).toEqual([]);
	});
});
