import type { Locator, Page } from 'playwright-core';
import { until } from '../../../sandbox/n8n/wait.mts';
import type { Editor } from './editor.mts';
import { choose, withoutMovement } from './forms.mts';
import type { World } from './world.mts';

const TRY_MS = 5_000;
/** The editor loses a click now and then while it is still busy: a try that came to nothing is made again. */
const PATIENCE = { seconds: 90, everyMs: 100 };

async function repeated(what: string, act: () => Promise<unknown>): Promise<void> {
	await until(
		what,
		async () =>
			await act().then(
				() => true,
				() => false,
			),
		PATIENCE,
	);
}

/** Puts a Telegent Trigger into a new workflow, from the node panel, as a new user does. Gives its open form. */
export async function addTrigger({ newWorkflow, page, searchNodes }: Editor): Promise<Locator> {
	const panel = page.getByTestId('node-creator');
	const form = page.getByTestId('ndv').getByTestId('node-parameters');
	await newWorkflow();
	await withoutMovement(page);
	await searchNodes('telegent');
	await panel.getByText('Telegent', { exact: true }).click();
	await panel.getByText('On message received').click();
	await form.getByTestId('parameter-input-event').waitFor();
	return form;
}

export async function listenOn(page: Page, form: Locator, way: string): Promise<void> {
	await choose(page, form, 'listenOn', { name: way });
}

/** Chooses from the list of a resource locator. */
export async function chooseRoute(page: Page, form: Locator, name: RegExp): Promise<void> {
	const input = form.getByTestId('parameter-input-messageRouteId').getByTestId('rlc-input');
	const entry = page.getByTestId('rlc-item').filter({ hasText: name }).first();
	await repeated('the route to be chosen', async () => {
		if (name.test(await input.inputValue())) return;
		if (!(await entry.isVisible())) await input.click({ timeout: TRY_MS });
		await entry.click({ timeout: TRY_MS });
		await until('its name', async () => name.test(await input.inputValue()), { seconds: 2 });
	});
}

/** Chooses one of the account's numbers for a route of their own. */
export async function chooseNumber(page: Page, form: Locator, number: string): Promise<void> {
	const field = form.getByTestId('parameter-input-phoneNumbers');
	const entry = page.locator('.el-select-dropdown__item:visible').filter({ hasText: number });
	await repeated('the number to be chosen', async () => {
		const chosen = async () => (await field.textContent({ timeout: TRY_MS }))?.includes(number);
		if (await chosen()) return;
		if ((await entry.count()) === 0) await field.click({ timeout: TRY_MS });
		await entry.first().click({ timeout: TRY_MS });
		await until('the number to show', chosen, { seconds: 2 });
	});
	await page.keyboard.press('Escape');
}

/** What a person does to copy the token: a double click, Ctrl+A, Ctrl+C. Gives what is selected then. */
export async function copiedToken(page: Page, form: Locator): Promise<string> {
	const input = form.getByTestId('parameter-input-token').locator('input');
	return await until(
		'the token to be selected',
		async () => {
			if ((await input.inputValue({ timeout: TRY_MS })) === '') return false;
			await input.dblclick({ timeout: TRY_MS });
			await page.keyboard.press('Control+a');
			// Code for the browser: its types are not known here.
			const selected = await page.evaluate<string>('String(getSelection())');
			return selected.startsWith('n8n-telegent-') && selected;
		},
		PATIENCE,
	);
}

/** The production address that the form shows for a person to copy. */
export async function shownUrl(page: Page): Promise<string> {
	const part = page.getByTestId('ndv').locator('.webhooks');
	const production = part.getByText('Production URL', { exact: true });
	const shown = part.locator('.webhook-url').filter({ hasText: '/webhook/' });
	await repeated('the webhook’s address to show', async () => {
		if ((await shown.count()) === 1) return;
		if ((await production.count()) === 0)
			await part.getByText('Webhook URLs', { exact: true }).click({ timeout: TRY_MS });
		await production.click({ timeout: TRY_MS });
		await shown.waitFor({ timeout: TRY_MS });
	});
	return ((await shown.textContent()) ?? '').trim();
}

/** Closes the form and publishes the workflow with the editor's buttons. Gives its id, when it listens. */
export async function publishNow({ page }: Editor, world: World): Promise<string> {
	const close = page.getByTestId('ndv-close-button');
	await repeated('the form to close', async () => {
		if (await close.isVisible()) await close.click({ timeout: TRY_MS });
		await page.getByTestId('ndv').waitFor({ state: 'hidden', timeout: TRY_MS });
	});
	const confirm = page.getByTestId('workflow-publish-button');
	const id = () => /\/workflow\/(\w{16})/.exec(page.url())?.[1];
	const status = async () => {
		const workflowId = id();
		return workflowId === undefined ? 'unsaved' : (await world.api.workflows.publication(workflowId)).status;
	};
	await repeated('the workflow to be published', async () => {
		if ((await status()) === 'published') return;
		if (!(await confirm.isVisible()))
			await page.getByTestId('workflow-open-publish-modal-button').click({ timeout: TRY_MS });
		await confirm.click({ timeout: TRY_MS });
		await until('n8n to publish it', async () => (await status()) === 'published', { seconds: 20 });
	});
	const workflowId = id() as string;
	world.adopt(workflowId);
	return workflowId;
}
