import type { Locator } from 'playwright-core';
import { startSandbox, type Sandbox } from '../../sandbox/api/server.mts';
import { openPage, type Window } from './support/editor.mts';
import { ANA, BEN, DANA, LINES } from './support/examples.mts';

/** The phone page in a browser, with a sandbox of its own and no n8n. */
describe('The phone page', () => {
	let sandbox: Sandbox;
	let window: Window;
	const phone = (name: string): Locator => window.page.getByRole('region', { name: `${name}’s phone` });
	/** A workflow sends a text: what the sandbox does when the API is asked to. */
	const sends = async (from: string, to: string, body: string): Promise<void> => {
		const { data } = await call('/v1.0/oauth2/tokens', {
			AccountKey: sandbox.accountKey,
			AccountSecret: sandbox.accountSecret,
			ApiEndpoint: `${sandbox.url}/v1.0/message/outbound`,
		});
		await call('/v1.0/message/outbound', { From: from, To: [{ Number: to }], Body: body }, data.token);
	};
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

	it('shows several phones, a text with a picture, and which webhook was called with what answer', async () => {
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
		await phone('Ana Silva').getByText('Nobody listens').waitFor();
		const called = page.locator('#calls .call').first();
		await called.getByText('Text received').waitFor();
		expect(await called.textContent()).toMatch(
			/Ana Silva → Main line.*POST http:\/\/127\.0\.0\.1:5678\/webhook\/telegent/,
		);
		expect(await phone('Ben Okafor').getByRole('log').textContent()).not.toContain('Look at this');
		await window.picture('9-phones');
	});

	it('shows how far a message came, and what a phone that is off does', async () => {
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

	it('marks who opted out, on that number only, and what was sent after it', async () => {
		const ana = phone('Ana Silva');
		await ana.getByRole('button', { name: 'STOP' }).click();
		await ana.getByText('Opted out at').waitFor();
		await sandbox.control.time({ advanceSeconds: 60 });
		await sends(LINES.main, ANA, 'Buy now');
		await ana.locator('.message', { hasText: 'Buy now' }).getByText('sent after STOP').waitFor();
		await window.page.getByRole('button', { name: /^Menu/ }).click();
		await ana.getByText('No messages yet').waitFor();
		expect(await ana.getByText('Opted out at').isVisible()).toBe(false);
		await window.page.getByRole('button', { name: /^Main line/ }).click();
		await ana.getByText('Opted out at').waitFor();
		await ana.getByRole('button', { name: 'START' }).click();
		await ana.getByText('Opted out at').waitFor({ state: 'hidden' });
	});

	it('calls a number that takes calls, and shows each step', async () => {
		const ben = phone('Ben Okafor');
		await ben.getByRole('button', { name: 'Call from Ben Okafor' }).click();
		await ben.getByText('Calling Main line').waitFor();
		await ben.getByText('No workflow listens for Call Ringing').waitFor();
		await ben.getByRole('button', { name: 'Answer' }).click();
		await ben.getByRole('button', { name: 'Hold' }).click();
		await ben.getByText('On hold at Main line').waitFor();
		await ben.getByRole('button', { name: 'Go on' }).click();
		await ben.getByText('On the phone with Main line').waitFor();
		await window.picture('9-call');
		await ben.getByRole('button', { name: 'Hang up' }).click();
		await ben.getByRole('button', { name: 'Recording is there' }).click();
		await ben.getByText('ended, recorded').waitFor();
		await window.page.getByRole('button', { name: /^Notifications/ }).click();
		await ben.getByRole('button', { name: 'Call from Ben Okafor' }).waitFor({ state: 'hidden' });
		await window.page.getByRole('button', { name: /^Main line/ }).click();
	});

	it('tells of texts on another number, opens the phone of whoever gets one, and fits beside the editor', async () => {
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

	async function expectFailing(wanted: object[]): Promise<void> {
		for (;;) {
			const answer = (await (await fetch(`${sandbox.url}/_sandbox/phone`)).json()) as { failing: object[] };
			if (JSON.stringify(answer.failing) === JSON.stringify(wanted)) return;
		}
	}
});
