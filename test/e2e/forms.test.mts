import { isDeepStrictEqual } from 'node:util';
import type { INodeTypeDescription } from 'n8n-workflow';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { TELEGENT } from '../../sandbox/n8n/workflow.mts';
import { openEditor, type Editor } from './support/editor.mts';
import {
	choose,
	closeForm,
	expectedFields,
	formPicture,
	nodesWith,
	offered,
	openForm,
	orderIn,
	settledFields,
	withoutMovement,
} from './support/forms.mts';
import { FORMS, LISTS } from './support/formsFilled.mts';
import { openWorld, type World } from './support/world.mts';

/** What n8n adds to the choices of a node whose credential can be used elsewhere. */
const OF_N8N = 'Custom API Call';

describe('Every form, in n8n’s editor', () => {
	let world: World;
	let editor: Editor;
	let description: INodeTypeDescription;
	beforeAll(async () => {
		world = await openWorld('Telegent sandbox');
		editor = await openEditor(world.n8nUrl);
		description = (await world.api.nodes.describe(TELEGENT)) as unknown as INodeTypeDescription;
		await editor.openWorkflow(await world.bringIn(nodesWith('Forms', { Telegent: {} })));
		await withoutMovement(editor.page);
		await openForm(editor.page, 'Telegent');
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});

	test.each(resources.map((resource): [string, (typeof resources)[number]] => [resource.name, resource]))(
		'%s: each operation shows its fields, in order, and marks those that must not stay empty',
		async (name, { operations, value }) => {
			const { page } = editor;
			const form = page.getByTestId('ndv').getByTestId('node-parameters');
			expect(await offered(page, form, 'resource', (names) => names.includes(name))).toContain(name);
			await choose(page, form, 'resource', { name, value });
			const wrong: unknown[] = [];
			for (const operation of operations) {
				const names = operations.map((one) => one.name);
				const ours = (choices: string[]) => choices.filter((choice) => choice !== OF_N8N);
				const isRight = (choices: string[]) => isDeepStrictEqual(ours(choices), names);
				expect(ours(await offered(page, form, 'operation', isRight))).toEqual(names);
				await choose(page, form, 'operation', operation);
				const fields = expectedFields(description, value, operation);
				const shown = await settledFields(form, fields);
				if (!isDeepStrictEqual(shown, fields)) wrong.push({ operation: operation.value, shown, fields });
				const order = orderIn(description, value, operation.value);
				const table = operation.fields.map((field) => field.name);
				if (!isDeepStrictEqual(order, table)) wrong.push({ operation: operation.value, order, table });
			}
			expect(wrong).toEqual([]);
		},
	);

	test('opens a workflow with the filled forms', async () => {
		const { page } = editor;
		const parameters = Object.fromEntries(
			Object.entries(LISTS).map(([name, list]) => [name, list.parameters]),
		);
		const file = nodesWith('Filled forms', { ...FORMS, ...parameters });
		await page.setViewportSize({ width: 1440, height: 1600 });
		await editor.openWorkflow(await world.bringIn(file));
		await withoutMovement(page);
	});

	test.each(Object.keys(FORMS))('looks as it should when it is filled: %s', async (name) => {
		const { page } = editor;
		const form = await openForm(page, name);
		expect(await form.getByTestId('parameter-issues').count()).toBe(0);
		await page.waitForLoadState('networkidle');
		await formPicture(page, form, pictureOf('form', name));
		await closeForm(page);
	});

	test.each(Object.entries(LISTS))('opens the list of %s', async (name, { field, first }) => {
		const { page } = editor;
		const form = await openForm(page, name);
		await form.getByTestId(`parameter-input-${field}`).getByTestId('rlc-input').click();
		const entry = page.getByTestId('rlc-item').filter({ hasText: first }).first();
		await entry.waitFor();
		await formPicture(page, form, pictureOf('list', name), page.getByTestId('rlc-item'));
		await entry.click();
		await closeForm(page);
	});

	test('had nothing to complain about in the browser’s console', () => {
		const knownOfN8n = /\/rest\/login\)|401 \(Unauthorized\)/;
		expect(editor.complaints.filter((complaint) => !knownOfN8n.test(complaint))).toEqual([]);
	});
});

const pictureOf = (what: string, name: string) => `${what}-${name.toLowerCase().replaceAll(' ', '-')}`;
