import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, selectors, type Page } from 'playwright-core';
import { root } from '../../../scripts/setup.mjs';
import { OWNER } from '../../../sandbox/n8n/session.mts';

const BROWSERS = [
	process.env.CHROMIUM_PATH,
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const SCREENSHOTS = path.join(root, '.sandbox', 'screenshots');
const QUIET = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/** A page in a headless browser. */
export interface Window {
	page: Page;
	/** what the browser's console complained about */
	complaints: string[];
	/** Keeps a picture in .sandbox/screenshots/. */
	picture(name: string): Promise<void>;
	close(): Promise<void>;
}

/** n8n's editor, with its owner logged in. */
export interface Editor extends Window {
	openWorkflow(id: string): Promise<void>;
	newWorkflow(): Promise<void>;
	/** Imports a file into a new workflow, as its menu does. Gives the id of the workflow. */
	importFile(file: string): Promise<string>;
	/** Opens the node panel, searches it, and gives the names found. */
	searchNodes(text: string): Promise<string[]>;
}

export async function openPage(): Promise<Window> {
	selectors.setTestIdAttribute('data-test-id');
	mkdirSync(SCREENSHOTS, { recursive: true });
	const browser = await chromium.launch({ executablePath: browserPath(), args: QUIET });
	const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
	page.setDefaultTimeout(45_000);
	await stayOnThisMachine(page);
	return {
		page,
		complaints: complaintsOf(page),
		picture: async (name) => {
			await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`), animations: 'disabled' });
		},
		close: () => browser.close(),
	};
}

export async function openEditor(n8nUrl: string): Promise<Editor> {
	const window = await openPage();
	const { page } = window;
	await logIn(page, n8nUrl);
	return {
		...window,
		openWorkflow: async (id) => {
			await page.goto(`${n8nUrl}/workflow/${id}`);
			await page.getByTestId('canvas-node').first().waitFor();
		},
		newWorkflow: async () => {
			await page.goto(`${n8nUrl}/workflow/new`);
			await page.getByTestId('canvas-add-button').waitFor();
		},
		importFile: async (file) => {
			await page.goto(`${n8nUrl}/workflow/new`);
			await page.getByTestId('canvas-add-button').waitFor();
			const saved = page.waitForResponse(
				(answer) => answer.url().endsWith('/rest/workflows') && answer.request().method() === 'POST',
			);
			await page.getByTestId('workflow-import-input').setInputFiles(file);
			return ((await (await saved).json()) as { data: { id: string } }).data.id;
		},
		searchNodes: async (text) => {
			await page.getByTestId('node-creator-plus-button').click();
			await page.getByTestId('node-creator-search-bar').fill(text);
			const names = page.getByTestId('node-creator').getByTestId('node-creator-item-name');
			await names
				.filter({ hasText: new RegExp(text, 'i') })
				.first()
				.waitFor();
			return (await names.allTextContents()).map((name) => name.trim());
		},
		picture: async (name) => {
			await page.waitForLoadState('networkidle');
			await window.picture(name);
		},
	};
}

function browserPath(): string {
	const found = BROWSERS.find((file) => file && existsSync(file));
	if (found) return found;
	throw new Error(
		'No Chromium was found. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH to a Chrome or Chromium.',
	);
}

function complaintsOf(page: Page): string[] {
	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message) => {
		const { url } = message.location();
		if (message.type() === 'error') complaints.push(`${message.text()} (${url})`);
	});
	return complaints;
}

/** The editor looks up npm and others by itself: nothing that is tested here. */
async function stayOnThisMachine(page: Page): Promise<void> {
	await page.route(
		({ hostname }) => !['localhost', '127.0.0.1'].includes(hostname),
		(route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{}' }),
	);
}

async function logIn(page: Page, n8nUrl: string): Promise<void> {
	await page.goto(`${n8nUrl}/signin`);
	const form = page.getByTestId('auth-form');
	await form.locator('input[type=email]').fill(OWNER.email);
	await form.locator('input[type=password]').fill(OWNER.password);
	await page.getByTestId('form-submit-button').click();
	await page.waitForURL(/\/home\//);
}
