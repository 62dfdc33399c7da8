import path from 'node:path';
import { NodeHelpers, type INode, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import type { Locator, Page } from 'playwright-core';
import type { Operation } from '../../../nodes/Telegent/engine/operation.ts';
import { root } from '../../../scripts/setup.mjs';
import { until } from '../../../sandbox/n8n/wait.mts';
import { chain, TELEGENT, type WorkflowFile } from '../../../sandbox/n8n/workflow.mts';

/** A field of a form, as the person sees it. */
export interface Field {
	name: string;
	label: string;
	/** The red sign beside a field that must not stay empty. */
	marked: boolean;
}

/** Telegent nodes in a row, each with what its form is to hold. */
export function nodesWith(name: string, forms: Record<string, Record<string, unknown>>): WorkflowFile {
	return chain(
		name,
		Object.entries(forms).map(([node, parameters]) => ({
			name: node,
			type: TELEGENT,
			typeVersion: 1,
			parameters,
		})),
	);
}

/** Menus open and close at once, without the time for their movements. */
export async function withoutMovement(page: Page): Promise<void> {
	await page.addStyleTag({
		content: '*, *::before, *::after { transition: none !important; animation: none !important; }',
	});
}

/** Opens a node's form from the canvas. */
export async function openForm(page: Page, node: string): Promise<Locator> {
	await page
		.getByTestId('canvas-node')
		.and(page.locator(`[data-node-name="${node}"]`))
		.dblclick();
	const form = page.getByTestId('ndv').getByTestId('node-parameters');
	await form.waitFor();
	return form;
}

export async function closeForm(page: Page): Promise<void> {
	await page.getByTestId('ndv-close-button').click();
	await page.getByTestId('ndv').waitFor({ state: 'hidden' });
}

/**
 * Opens a choice of the form and gives what it offers, in order: when it is as expected, or as it is when it does not
 * become so.
 * @param expected tells whether these are the names to wait for: the list of the choice before may still be on screen
 */
export async function offered(
	page: Page,
	form: Locator,
	parameter: string,
	expected: (names: string[]) => boolean,
): Promise<string[]> {
	const headlines = page.locator('[data-test-id=parameter-input-item] .option-headline:visible');
	let names: string[] = [];
	await until(
		`the choices of ${parameter}`,
		async () => {
			if ((await headlines.count()) === 0) await opened(page, form, parameter);
			names = (await headlines.allTextContents()).map((text) => text.trim());
			return expected(names);
		},
		{ seconds: 20, everyMs: 50 },
	).catch(() => undefined);
	return names;
}

/**
 * Takes one of what a choice offers. The editor loses a click now and then while it is still busy, so a try that came
 * to nothing is made again, every other time without the mouse.
 */
export async function choose(
	page: Page,
	form: Locator,
	parameter: string,
	{ name: option, value }: { name: string; value?: string },
): Promise<void> {
	const items = page.locator('[data-test-id=parameter-input-item]:visible');
	const input = form.getByTestId(`parameter-input-${parameter}`).locator('input');
	// n8n shows the value instead of the name where it chose the option itself, before it had the list.
	const isChosen = async () => [option, value].includes(await input.inputValue({ timeout: TRY_MS }));
	let tries = 0;
	const tried = async () => {
		if ((await items.count()) === 0 && (await isChosen())) return true;
		if ((await items.count()) === 0) await opened(page, form, parameter);
		const item = items.filter({ has: page.getByText(option, { exact: true }) }).first();
		const isSelected = await item.evaluate((element) => /selected/.test(element.className));
		// A click on what is chosen already may leave the choice open.
		if (isSelected) await page.keyboard.press('Tab');
		else if (tries++ % 2 === 0) await item.click({ timeout: TRY_MS });
		else await item.dispatchEvent('click', {}, { timeout: TRY_MS });
		const closed = async () => (await items.count()) === 0;
		await until('the choice to close', closed, { seconds: TRY_MS / 1000, everyMs: 20 });
		return await until(`"${option}" to be chosen`, isChosen, { seconds: TRY_MS / 1000, everyMs: 20 });
	};
	const again = async () => {
		// A choice that does not close would stand before the next one.
		if ((await items.count()) > 0) await page.keyboard.press('Tab');
		return false;
	};
	await until(`"${option}" to be chosen at last`, () => tried().catch(again), {
		seconds: 120,
		everyMs: 50,
	}).catch(async (error: Error) => {
		const shown = await input.inputValue();
		const names = await items.allTextContents();
		throw new Error(`${error.message} It shows "${shown}"; offered: ${names.join(' | ') || 'nothing'}.`);
	});
}

async function opened(page: Page, form: Locator, parameter: string): Promise<void> {
	await form.getByTestId(`parameter-input-${parameter}`).click({ timeout: TRY_MS });
	await page
		.locator('[data-test-id=parameter-input-item]:visible')
		.first()
		.waitFor({ timeout: TRY_MS })
		.catch(() => undefined);
}

const TRY_MS = 5_000;

/** The fields of the open form, in order. Those inside collections are not among them. */
export async function fieldsOf(form: Locator): Promise<Field[]> {
	return await form.evaluate((root) => {
		// The node's Settings are there too, behind their tab.
		const items = Array.from(root.querySelectorAll<HTMLElement>('[data-test-id=parameter-item]')).filter(
			(item) => item.offsetParent !== null && !item.parentElement?.closest('[data-test-id=parameter-item]'),
		);
		return items.flatMap((item) => {
			const label = item.querySelector('label[for]');
			if (!label) return [];
			const text = label.querySelector('.n8n-text')?.textContent ?? '';
			const marked = item.querySelector('[data-test-id=parameter-issues]') !== null;
			return [{ name: label.getAttribute('for') ?? '', label: text.trim(), marked }];
		});
	});
}

/** The fields of the form when it is as expected, or as it is when it does not become so. */
export async function settledFields(form: Locator, expected: Field[]): Promise<Field[]> {
	let fields: Field[] = [];
	await until(
		'the form to show the fields of the operation',
		async () => {
			fields = await fieldsOf(form);
			return JSON.stringify(fields) === JSON.stringify(expected);
		},
		{ seconds: 3, everyMs: 50 },
	).catch(() => undefined);
	return fields;
}

/**
 * What the form of a fresh node must show: by the node's description, as n8n's own rules read it, in the order of the
 * operation's table entry.
 */
export function expectedFields(
	{ properties, ...rest }: INodeTypeDescription,
	resource: string,
	{ fields, value: operation }: Operation,
): Field[] {
	const description = { ...rest, properties };
	const order = ['resource', 'operation', ...fields.map(({ name }) => name)];
	const node = { name: 'Telegent', type: TELEGENT, typeVersion: 1, parameters: {} } as unknown as INode;
	const values = NodeHelpers.getNodeParameters(
		properties,
		{ resource, operation },
		true,
		false,
		node,
		description,
	);
	return properties
		.filter((property) => NodeHelpers.displayParameter(values ?? {}, property, node, description))
		.filter(({ type }) => !['notice', 'hidden', 'callout'].includes(type))
		.map((property) => ({
			name: property.name,
			label: property.displayName,
			marked: Boolean(property.required) && isEmpty(property),
		}))
		.sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
}

/** All fields of an operation, notices too, in the order in which the form has them. */
export function orderIn({ properties }: INodeTypeDescription, resource: string, operation: string): string[] {
	return properties
		.filter(({ displayOptions: { show = {} } = {} }) => {
			return show.resource?.includes(resource) && show.operation?.includes(operation) && !show['@tool']?.[0];
		})
		.map(({ name }) => name);
}

function isEmpty({ default: value, type }: INodeProperties): boolean {
	if (type === 'resourceLocator') return (value as { value?: unknown }).value === '';
	return value === '' || (Array.isArray(value) && value.length === 0);
}

/**
 * A picture of the open form, without what lies around it. Keeps it in .sandbox/screenshots/.
 * @param below what else must be on it
 */
export async function formPicture(page: Page, form: Locator, name: string, below?: Locator): Promise<void> {
	// A field under the mouse shows more than the others.
	await page.mouse.move(0, 0);
	const top = (await boxOf(page.getByTestId('ndv').getByTestId('node-execute-button'))).y - EDGE;
	const panel = await boxOf(form);
	const parts = form.locator(
		'[data-test-id=parameter-item]:visible, [data-test-id=collection-parameter-add]:visible, button:visible',
	);
	const boxes = await Promise.all(
		(await parts.or(below ?? parts).all()).map(async (part) => await boxOf(part)),
	);
	const ends = boxes.map(({ height, y }) => y + height).filter((end) => end <= panel.y + panel.height);
	const height = Math.max(...ends) + 2 * EDGE - top;
	await page.screenshot({
		path: path.join(root, '.sandbox', 'screenshots', `${name}.png`),
		clip: { x: panel.x, y: top, width: panel.width, height },
		animations: 'disabled',
		scale: 'css',
	});
}

const EDGE = 8;

async function boxOf(place: Locator) {
	const box = await place.boundingBox();
	if (!box) throw new Error(`There is nothing to see of ${String(place)}.`);
	return box;
}
