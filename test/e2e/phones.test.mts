import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox/api/server.mts';
import { openPage, type Window } from './support/editor.mts';
import { ANA, BEN, DANA, LINES } from './support/examples.mts';
import { MAIN_ROUTE } from './support/world.mts';

const MENU_ROUTE = 'MRID-5a4d0000-0000-4000-8000-000000000003';

/** In the page: the texts that do not fit into their place. */
const cutTexts = `[...document.querySelectorAll('.who h2, .who p, .call strong, .who-line, .top .quiet')]
	.filter((part) => part.offsetParent && (part.scrollWidth > part.clientWidth + 1 ||
		(part.matches('.quiet') && part.getBoundingClientRect().right > innerWidth)))
	.map((part) => part.textContent)`;

/** The phone simulator in a browser, with a sandbox of its own and no n8n. */
describe('The phone simulator', () => {
	let sandbox: Sandbox;
	let window: Window;
	const phone = (name: string): Locator => window.page.getByRole('region', { name: `${name}’s phone` });
	/** A workflow calls the API. */
	const calls = async (path: string, body: object): Promise<void> => {
		const { data } = await call('/v1.0/oauth2/tokens', {
			AccountKey: sandbox.accountKey,
			AccountSecret: sandbox.accountSecret,
			ApiEndpoint: `${sandbox.url}${path}`,
		});
		await call(path, body, data.token);
	};
	const sends = (from: string, to: string, body: string) =>
		calls('/v1.0/message/outbound', { From: from, To: [{ Number: to }], Body: body });
	const call = async (path: string, body: object, token?: string) => {
		const answer = await fetch(`${sandbox.url}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
			body: JSON.stringify(body),
		});
		return { data: (await answer.json()) as { token: string } };
	};

	beforeAll(async () => {
		sandbox = await startSandbox({ exampleLines: true, requestsPerMinute: 0 });
		window = await openPage();
		await window.page.goto(`${sandbox.url}/phone`);
	});
	afterAll(async () => {
		await window.close();
		await sandbox.close();
	});

	test('shows several phones, a text with a picture, and which webhook was called with what answer', async () => {
		const { page } = window;
		await phone('Chen Wei').waitFor();
		expect(await page.locator('section.phone[data-person]').count()).toBe(3);
		await phone('Ana Silva')
			.getByRole('button', { name: /Attach media/ })
			.click();
		await phone('Ana Silva').getByRole('button', { name: 'picture of a cat' }).click();
		await phone('Ana Silva').getByLabel('Text message').fill('Look at this');
		await phone('Ana Silva').getByRole('button', { name: 'Send' }).click();
		await phone('Ana Silva').getByRole('log').getByText('Look at this').waitFor();
		await phone('Ana Silva').getByRole('img', { name: 'Picture in the message' }).waitFor();
		await phone('Ana Silva').getByText('No workflow is listening').waitFor();
		const called = page.locator('#calls .call').first();
		await called.getByText('Text received').waitFor();
		expect(await called.textContent()).toMatch(
			/Ana Silva → Main line.*POST http:\/\/127\.0\.0\.1:5678\/webhook\/telegent/,
		);
		expect(await phone('Ben Okafor').getByRole('log').textContent()).not.toContain('Look at this');
		await window.picture('9-phones');
	});

	test('shows how far a message came, and what a phone that is off does', async () => {
		await sends(LINES.main, BEN, 'Your table is ready');
		const log = phone('Ben Okafor').getByRole('log');
		await log.locator('.message', { hasText: 'Your table is ready' }).getByText('✓✓ Delivered').waitFor();
		await phone('Ben Okafor').getByLabel('phone is').selectOption('Switched off');
		await expectFailing([{ number: BEN }]);
		await sends(LINES.main, BEN, 'Still there?');
		await log
			.locator('.message', { hasText: 'Still there?' })
			.getByText('Unreachable destination handset')
			.waitFor();
		await phone('Ben Okafor').getByLabel('phone is').selectOption('On');
		await expectFailing([]);
	});

	test('marks who opted out, on that number only, and what was sent after it', async () => {
		const ana = phone('Ana Silva');
		await ana.getByRole('button', { name: 'STOP' }).click();
		await ana.getByText('Opted out at').waitFor();
		await sandbox.control.time({ advanceSeconds: 60 });
		await sends(LINES.main, ANA, 'Buy now');
		await ana.locator('.message', { hasText: 'Buy now' }).getByText('sent after STOP').waitFor();
		await window.page.getByRole('button', { name: /^Menu/ }).click();
		await ana.getByText('No messages yet').waitFor();
		await ana.getByText('Opted out at').waitFor({ state: 'hidden' });
		await window.page.getByRole('button', { name: /^Main line/ }).click();
		await ana.getByText('Opted out at').waitFor();
		await ana.getByRole('button', { name: 'START' }).click();
		await ana.getByText('Opted out at').waitFor({ state: 'hidden' });
	});

	test('calls a number that takes calls, and shows each step', async () => {
		const ben = phone('Ben Okafor');
		await ben.getByRole('button', { name: 'Call from Ben Okafor' }).click();
		await ben.getByText('Calling Main line').waitFor();
		await ben.getByText('No workflow is listening for Call Ringing').waitFor();
		await ben.getByRole('button', { name: 'Answer' }).click();
		await ben.getByRole('button', { name: 'Hold' }).click();
		await ben.getByText('On hold at Main line').waitFor();
		await ben.getByRole('button', { name: 'Resume' }).click();
		await ben.getByText('On the phone with Main line').waitFor();
		await window.picture('9-call');
		await ben.getByRole('button', { name: 'Hang up' }).click();
		await ben.getByRole('button', { name: 'Add recording' }).click();
		await ben.getByText('ended, recorded').waitFor();
		await window.page.getByRole('button', { name: /^Notifications/ }).click();
		await ben.getByRole('button', { name: 'Call from Ben Okafor' }).waitFor({ state: 'hidden' });
		await window.page.getByRole('button', { name: /^Main line/ }).click();
	});

	test('tells of texts on another number, opens the phone of whoever gets one, and fits beside the editor', async () => {
		await sends(LINES.reminders, DANA, 'See you at ten');
		await phone('Dana Levi').getByRole('button', { name: '1 new from Reminders' }).click();
		await phone('Dana Levi').getByRole('log').getByText('See you at ten').waitFor();
		await window.page.setViewportSize({ width: 430, height: 860 });
		const { width } = (await phone('Ana Silva').boundingBox()) ?? {};
		expect(width).toBeLessThan(430);
		const overflow = await window.page.evaluate('document.documentElement.scrollWidth');
		expect(overflow).toBeLessThanOrEqual(430);
		await window.page.getByRole('button', { name: /Webhooks/ }).click();
		await window.page.locator('#calls .call').first().waitFor();
		expect(window.complaints).toEqual([]);
	});

	describe('for the first minutes', () => {
		const badge = (line: RegExp) => window.page.getByRole('button', { name: line }).locator('.badge');
		const open = (name: RegExp) => window.page.getByRole('button', { name }).click();
		const fresh = async () => {
			await window.close();
			window = await openPage();
			await window.page.goto(`${sandbox.url}/phone`);
			await phone('Chen Wei').waitFor();
		};

		test.each([360, 430, 560, 760, 980, 1024, 1280, 1440])(
			'shows whole numbers, titles and buttons at %i px, the first phone first',
			async (width) => {
				await fresh();
				await window.page.setViewportSize({ width, height: 800 });
				await window.page.reload();
				await phone('Ana Silva').waitFor();
				const cut = await window.page.evaluate(cutTexts);
				expect(cut).toEqual([]);
				const text = await phone('Ana Silva').locator('header').innerText();
				expect(text).toContain('+1\u00a0(202)\u00a0555-0142');
				expect((await phone('Ana Silva').boundingBox())?.x).toBeGreaterThanOrEqual(0);
				expect((await phone('Ana Silva').boundingBox())?.x).toBeLessThan(30);
				await open(/^Reminders/);
				await window.page.getByRole('button', { name: /^Reminders/, pressed: true }).waitFor();
				const chip = await window.page.getByRole('button', { name: /^Reminders/ }).boundingBox();
				expect((chip?.x ?? -1) >= 0 && (chip?.x ?? 0) + (chip?.width ?? 0) <= width).toBe(true);
			},
		);

		test('has a badge for what came before the phones were opened, until somebody looks', async () => {
			await sends(LINES.desk, ANA, 'Before you came');
			await fresh();
			await badge(/^Service desk/).waitFor();
			await phone('Ana Silva').getByRole('button', { name: '1 new from Service desk' }).click();
			await phone('Ana Silva').getByRole('log').getByText('Before you came').waitFor();
			await open(/^Main line/);
			await window.page.reload();
			await phone('Chen Wei').waitFor();
			await badge(/^Service desk/).waitFor({ state: 'detached' });
		});

		test('keeps the focus on a number while texts come in', async () => {
			await fresh();
			const offers = window.page.getByRole('button', { name: /^Offers/ });
			await offers.focus();
			await sends(LINES.desk, ANA, 'A text meanwhile');
			await badge(/^Service desk/).waitFor();
			expect(await window.page.locator(':focus').getAttribute('data-number')).toBe(LINES.offers);
		});

		test('a list of strangers opens few phones, can be read away, and is forgotten with its sandbox', async () => {
			await fresh();
			for (let n = 10; n < 30; n++) await sends(LINES.offers, `+180155501${n}`, 'An offer');
			await badge(/^Offers/)
				.getByText('20')
				.waitFor();
			expect(await window.page.locator('section.phone[data-person]').count()).toBe(5);
			await open(/^Offers/);
			await window.page.getByText(/^and \d+ more/).waitFor();
			await window.page.locator('#others').getByText('555-0129').waitFor();
			await open(/^Main line/);
			await badge(/^Offers/).waitFor({ state: 'detached' });
			sandbox.control.reset();
			// Not waitForFunction: its polling evaluates text, which the page's security policy forbids.
			await window.page.locator('section.phone[data-person]').nth(3).waitFor({ state: 'detached' });
			expect(await window.page.locator('section.phone[data-person]').count()).toBe(3);
		});

		test('says at once that a route is gone, and when it leads elsewhere', async () => {
			await fresh();
			await calls('/v1.0/message/routes/update', {
				MessageRouteId: MAIN_ROUTE,
				MessageUrl: `${sandbox.url}/x`,
			});
			await window.page.getByText(`texts are sent to ${sandbox.url}/x`).waitFor();
			await calls('/v1.0/message/routes/delete', { MessageRouteId: MAIN_ROUTE });
			await window.page.getByText('This number has no message route').waitFor();
			await calls('/v1.0/numbers/update', { Number: LINES.main, MessageRouteId: MENU_ROUTE });
			await window.page.getByText('route “Menu”').waitFor();
		});

		test('says in plain words that a workflow received a text', async () => {
			const listener = createServer((_request, response) => response.end('{}')).listen(0, '127.0.0.1');
			await once(listener, 'listening');
			const { port } = listener.address() as AddressInfo;
			await calls('/v1.0/message/routes/update', {
				MessageRouteId: MENU_ROUTE,
				MessageUrl: `http://127.0.0.1:${port}/`,
			});
			await fresh();
			await open(/^Menu/);
			await sandbox.control.inbound({ from: ANA, to: LINES.menu, body: 'Hello?' });
			await phone('Ana Silva').getByText('✓ Your workflow received this.').waitFor();
			listener.close();
		});
	});

	async function expectFailing(wanted: object[]): Promise<void> {
		for (;;) {
			const answer = (await (await fetch(`${sandbox.url}/_sandbox/phone`)).json()) as { failing: object[] };
			if (JSON.stringify(answer.failing) === JSON.stringify(wanted)) return;
		}
	}
});
