import { Script } from 'node:vm';
import { phonePage } from '../../sandbox/api/phone/page.mts';
import { script } from '../../sandbox/api/phone/script.mts';
import { startPage } from '../../sandbox/api/startPage.mts';
import { OWNER } from '../../sandbox/n8n/session.mts';
import {
	ANA,
	BEN,
	id,
	MAIN,
	NOTIFICATIONS,
	send,
	startClient,
	useListener,
	useSandbox,
	type Row,
} from './support.mts';

const client = useSandbox();
const listener = useListener();

const snapshot = async (): Promise<Row> => (await client.get('/_sandbox/phone')).data;
const inbound = (body: string, more: Row = {}) =>
	client.post('/_sandbox/inbound', { from: ANA, to: MAIN, body, ...more });
const setRoute = (url: string, route = 1) =>
	client.ok('POST /v1.0/message/routes/update', {
		body: { MessageRouteId: id('MRID-', route), MessageUrl: url, CallbackMessageUrl: `${url}/receipts` },
	});

describe('the pages', () => {
	test('are served and load nothing from elsewhere', async () => {
		const page = await client.get('/phone');
		expect(page.data).toBe(phonePage);
		expect(page.headers['content-security-policy']).toContain("default-src 'none'");
		expect(() => new Script(script)).not.toThrow();
		expect(script).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/);
		const start = await client.get('/');
		expect(start.data).toContain('href="/phone"');
		expect(start.headers['content-security-policy']).toContain("default-src 'none'");
		for (const html of [phonePage, start.data]) expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
	});

	test('tell where the editor is, and its login', () => {
		const facts = { url: 'http://127.0.0.1:4010', accountKey: 'key', accountSecret: 'secret' };
		const html = startPage({ ...facts, editorUrl: 'http://127.0.0.1:5678/"><script>' });
		expect(html).toContain('href="http://127.0.0.1:5678/&#34;&#62;&#60;script&#62;"');
		expect(html).toContain(OWNER.email);
		expect(html).toContain(OWNER.password);
		expect(startPage(facts)).not.toContain(OWNER.password);
	});

	test('tell key, secret and Base URL for a credential of one’s own, with the one host name that works', async () => {
		const { accountKey, accountSecret, url } = client.sandbox;
		const html = String((await client.get('/')).data);
		for (const fact of [accountKey, accountSecret, url]) expect(html).toContain(`<code>${fact}</code>`);
		expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect(html).not.toMatch(/http:\/\/localhost/);
		expect(html).toContain('local Telegent sandbox');
	});

	test('have pictures to send', async () => {
		const picture = await client.get('/phone/pictures/cat.png');
		expect(picture.headers['content-type']).toBe('image/png');
		expect(String(picture.data).slice(1, 4)).toBe('PNG');
		expect((await client.get('/phone/pictures/..%2Fpage.mts')).status).toBe(404);
	});
});

describe('what the phones show', () => {
	test('has every webhook that was called, with its event, answer and time', async () => {
		await setRoute(listener.url);
		await client.ok('POST /v1.0/webhook/create', {
			body: {
				AccountId: id('AID-'),
				WebhookUrl: `${listener.url}/account`,
				Method: 'POST',
				SubscribedEvents: 'New_Sms',
			},
		});
		const { data } = await inbound('Hello');
		await client.sandbox.control.idle();
		await send(client);
		await client.sandbox.control.time({ advanceSeconds: 2 });
		const { deliveries } = await snapshot();
		const told = (deliveries as Row[]).map(({ kind, url, status, payload }) => [
			kind,
			url.slice(listener.url.length),
			status,
			payload.Status ?? payload.Event ?? payload.Message_Body,
		]);
		expect(told.toSorted()).toEqual([
			['event', '/account', 200, 'New_Sms'],
			['inbound', '', 200, 'Hello'],
			['receipt', '/receipts', 200, 'Delivered'],
			['receipt', '/receipts', 200, 'Sent'],
		]);
		const ofText = (deliveries as Row[]).filter(({ messageId }) => messageId === data.messageId);
		expect(ofText.map(({ kind }) => kind).toSorted()).toEqual(['event', 'inbound']);
		for (const { time, durationMs } of deliveries) expect([Date.parse(time), durationMs]).not.toContain(NaN);
	});

	test('knows who opted out of which number, until they opt in again', async () => {
		await inbound('stop.');
		await inbound('Stop all', { from: BEN, to: NOTIFICATIONS });
		await inbound('please stop calling me', { from: BEN });
		expect((await snapshot()).optOuts).toEqual([
			{ number: MAIN, person: ANA, since: expect.any(Number) },
			{ number: NOTIFICATIONS, person: BEN, since: expect.any(Number) },
		]);
		await inbound('YES');
		expect((await snapshot()).optOuts).toHaveLength(2);
		await inbound('START');
		expect((await snapshot()).optOuts).toEqual([expect.objectContaining({ person: BEN })]);
	});

	test('can switch a phone off, or have it block one number', async () => {
		const statusOf = async (From: string, to: string): Promise<string> => {
			await client.ok('POST /v1.0/message/outbound', {
				body: { To: [{ Number: to }], From, Body: 'Hello' },
			});
			await client.sandbox.control.time({ advanceSeconds: 2 });
			return client.sandbox.control.outbox().at(-1)?.status ?? '';
		};
		await client.post('/_sandbox/recipients', { number: ANA });
		await client.post('/_sandbox/recipients', { number: BEN, from: NOTIFICATIONS });
		expect((await snapshot()).failing).toEqual([{ number: ANA }, { number: BEN, from: NOTIFICATIONS }]);
		expect(await statusOf(MAIN, ANA)).toBe('Failed');
		expect(await statusOf(MAIN, BEN)).toBe('Delivered');
		expect(await statusOf(NOTIFICATIONS, BEN)).toBe('Failed');
		client.sandbox.control.clearRecipients(BEN);
		expect((await snapshot()).failing).toEqual([{ number: ANA }]);
		expect(await statusOf(NOTIFICATIONS, BEN)).toBe('Delivered');
	});
});

test('has a line for each example workflow when asked, and is as small as before otherwise', async () => {
	const large = await startClient({ exampleLines: true });
	const numbersOf = (one: typeof client) =>
		one.get('/_sandbox/phone').then(({ data }) => data.numbers as Row[]);
	const [few, many] = [await numbersOf(client), await numbersOf(large)];
	await large.close();
	expect(few).toHaveLength(4);
	expect(many.slice(0, 4)).toEqual(few);
	expect(many.slice(4).map(({ label, number }) => `${label} ${number}`)).toEqual([
		'Menu +15005550104',
		'Offers +15005550105',
		'Service desk +15005550106',
		'Pictures +15005550107',
		'Assistant +15005550108',
		'Reminders +15005550109',
	]);
	expect(new Set(many.map(({ route }) => route?.url)).size).toBe(9);
});
