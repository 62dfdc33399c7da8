import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { animatedWebp, type Frame } from '../../scripts/docs/animatedWebp.mts';
import { root } from '../../scripts/setup.mjs';
import { until } from '../../sandbox/n8n/wait.mts';
import type { WorkflowFile } from '../../sandbox/n8n/workflow.mts';
import { openEditor, openPage, type Editor, type Window } from './support/editor.mts';
import { ANA, LINES, useExamples, type Running } from './support/examples.mts';

// Makes the moving picture of README.md: n8n's editor beside the phone simulator. Not one of the scenarios; it runs with
// npm run test:e2e -- --testMatch '**/movingPicture.mts'

const FILE = path.join(root, 'docs', 'images', 'hero.webp');
const LARGEST_BYTES = 2_000_000;
const SIZE = { width: 1200, height: 600 };
/** Only the workflow, on white. */
const PLAIN =
	'.vue-flow__background, .vue-flow__controls, [data-test-id=canvas-controls], [data-test-id=canvas-execution-controls], [data-test-id^=execute-workflow-button] { display: none !important } [data-test-id^=execution-preview-details] { visibility: hidden !important } .vue-flow { background: #fff !important }';

const withoutNotes = (file: WorkflowFile): WorkflowFile => ({
	...file,
	nodes: file.nodes.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote'),
});

/** The area of the nodes and their names: no toolbar, and the same size in the editor and in an execution. */
async function areaOf(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
	const found = await Promise.all(
		(await page.getByTestId('canvas-node').all()).map((node) => node.boundingBox()),
	);
	const boxes = found.filter((box) => box !== null);
	const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
	const right = Math.max(...boxes.map(({ width, x }) => x + width));
	const bottom = Math.max(...boxes.map(({ height, y }) => y + height));
	const names = 60;
	return { x: left - names, y: top - 20, width: right - left + 2 * names, height: bottom - top + 20 + names };
}

/** Draws both pictures beside each other. Runs in the page; gives a WebP picture as a data URL. */
async function draw({
	canvas,
	phone,
	width,
	height,
}: {
	canvas: string;
	phone: string;
	width: number;
	height: number;
}) {
	const load = async (source: string) => {
		const image = new Image();
		image.src = source;
		await image.decode();
		return image;
	};
	const surface = Object.assign(document.createElement('canvas'), { width, height });
	const context = surface.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
	context.imageSmoothingQuality = 'high';
	context.fillStyle = '#f1f3f6';
	context.fillRect(0, 0, width, height);
	const place = async (source: string, x: number, boxWidth: number, title: string) => {
		const image = await load(source);
		const [top, boxHeight] = [56, height - 76];
		context.fillStyle = '#57606a';
		context.font = '600 20px system-ui, sans-serif';
		context.fillText(title, x, 36);
		context.save();
		context.beginPath();
		context.roundRect(x, top, boxWidth, boxHeight, 14);
		context.fillStyle = '#ffffff';
		context.fill();
		context.strokeStyle = '#d0d7de';
		context.lineWidth = 2;
		context.stroke();
		context.clip();
		const scale = Math.min(boxWidth / image.width, boxHeight / image.height);
		const [drawnWidth, drawnHeight] = [image.width * scale, image.height * scale];
		context.drawImage(
			image,
			x + (boxWidth - drawnWidth) / 2,
			top + (boxHeight - drawnHeight) / 2,
			drawnWidth,
			drawnHeight,
		);
		context.restore();
	};
	await place(canvas, 20, 770, 'Your workflow in n8n');
	await place(phone, 810, 370, 'A customer’s phone');
	return surface.toDataURL('image/webp', 0.86);
}

describe('The moving picture of README', () => {
	const examples = useExamples();
	const frames: Frame[] = [];
	let editor: Editor;
	let phones: Window;
	let studio: Page;
	let menu: Running;
	let canvas: string;

	const dataUrl = (picture: Buffer) => `data:image/png;base64,${picture.toString('base64')}`;
	const phone = (): Locator => phones.page.getByRole('region', { name: 'Ana Silva’s phone' });

	const settled = async (): Promise<void> => {
		const { page } = editor;
		await page.getByTestId('canvas-node').first().waitFor();
		await page.waitForLoadState('networkidle');
		await page.addStyleTag({ content: PLAIN });
		const look = async () => await page.locator('.vue-flow__transformationpane').getAttribute('style');
		let before: string | null | undefined;
		await until('the canvas to be still', async () => before === (before = await look()), {
			seconds: 20,
			everyMs: 500,
		});
		const clip = await areaOf(page);
		canvas = dataUrl(await page.screenshot({ animations: 'disabled', clip }));
	};

	const shoot = async (milliseconds: number): Promise<void> => {
		const picture = dataUrl(await phone().screenshot({ animations: 'disabled' }));
		const drawn = await studio.evaluate(draw, { canvas, phone: picture, ...SIZE });
		frames.push({ picture: Buffer.from(drawn.split(',')[1], 'base64'), milliseconds });
	};

	/** Ana types a text, sends it, and gets the reply. */
	const converse = async (text: string): Promise<void> => {
		for (let length = 1; length <= text.length; length++) {
			await phone().getByLabel('Text message').fill(text.slice(0, length));
			await shoot(length === text.length ? 500 : 200);
		}
		await menu.startedBy(async () => await phone().getByRole('button', { name: 'Send' }).click());
		const [reply] = String(examples.world.sandbox.control.outbox().at(-1)?.body).split('\n');
		const message = phone().getByRole('log').locator('.message', { hasText: reply });
		await message.last().getByText('✓✓ Delivered').waitFor();
		const executions = await examples.world.api.executions.list(menu.id);
		const newest = executions.reduce((one, other) => (Number(other.id) > Number(one.id) ? other : one));
		await editor.page.goto(`${examples.world.n8nUrl}/workflow/${menu.id}/executions/${newest.id}`);
		await settled();
		await shoot(2_600);
	};

	beforeAll(async () => {
		[editor, phones] = await Promise.all([openEditor(examples.world.n8nUrl), openPage()]);
		await editor.page.setViewportSize({ width: 1500, height: 820 });
		studio = (await openPage()).page;
		menu = await examples.bringIn('keyword-menu', withoutNotes);
		await menu.publish();
	});
	afterAll(async () => {
		await Promise.all([editor.close(), phones.close(), studio.context().browser()?.close()]);
	});

	test('is small', async () => {
		await phones.page.setViewportSize({ width: 1200, height: 640 });
		await phones.page.goto(`${examples.world.sandbox.url}/phone#number=${encodeURIComponent(LINES.menu)}`);
		await phone().waitFor();
		await editor.openWorkflow(menu.id);
		await settled();
		await shoot(1_200);
		await converse('hi');
		await converse('2');
		(frames.at(-1) as Frame).milliseconds = 4_000;
		writeFileSync(FILE, animatedWebp(frames, SIZE.width, SIZE.height));
		expect(statSync(FILE).size).toBeLessThan(LARGEST_BYTES);
		expect(examples.world.sandbox.control.outbox().filter(({ to }) => to === ANA)).toHaveLength(2);
	});
});
