import { createServer, get as httpGet, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { segments } from '../../sandbox/api/payloads.mts';
import { startSandbox } from '../../sandbox/api/server.mts';
import { ANA, MAIN, send, useSandbox } from './support.mts';

const client = useSandbox({ listen: true });

describe('the control API', () => {
	test('has the log of all requests in order, and forgets it', async () => {
		await send(client);
		await client.get('/v1.0/nothing?a=1');
		const { data } = await client.get('/_sandbox/requests');
		expect(data.map(({ method, path, status }: any) => [method, path, status])).toEqual([
			['POST', '/v1.0/oauth2/tokens', 200],
			['POST', '/v1.0/message/outbound', 200],
			['GET', '/v1.0/nothing', 404],
		]);
		expect(data[0].body.AccountSecret).toBe('***');
		expect(data[1].body).toEqual({ To: [{ Number: ANA }], From: MAIN, Body: 'Hello' });
		expect(data[2]).toMatchObject({ query: { a: '1' }, error: expect.stringContaining('Not found') });
		const filtered = await client.get(`/_sandbox/requests?path=/v1.0/message/outbound&after=${data[0].n}`);
		expect(filtered.data).toEqual([data[1]]);
		client.sandbox.control.clearRequests();
		expect(client.sandbox.control.requests()).toEqual([]);
	});

	test('shows what went out, and the state', async () => {
		await send(client);
		expect((await client.get('/_sandbox/outbox')).data).toMatchObject([
			{ from: MAIN, to: ANA, body: 'Hello', media: [] },
		]);
		const { data } = await client.get('/_sandbox/state');
		expect(data.messages).toHaveLength(31);
		expect(data.numbers.map(({ Number }: any) => Number)).toContain(MAIN);
	});

	test('starts afresh with ids that were never used, keeping settings unless asked', async () => {
		const first = (await send(client)).data.MessageId;
		await client.post('/_sandbox/settings', { errorShape: 'aspnet' });
		await client.post('/_sandbox/reset', {});
		expect(client.sandbox.control.outbox()).toEqual([]);
		expect(client.sandbox.control.settings().errorShape).toBe('aspnet');
		expect((await send(client)).data.MessageId).not.toBe(first);
		await client.post('/_sandbox/reset', { settings: true });
		expect(client.sandbox.control.settings()).toMatchObject({ errorShape: 'telegent', requestsPerMinute: 0 });
	});

	test('takes only settings that exist, with values that make sense', async () => {
		for (const wrong of [{ nothing: 1 }, { errorShape: 'xml' }, { requestsPerMinute: -1 }]) {
			const { status, data } = await client.post('/_sandbox/settings', wrong);
			expect([status, data.error]).toEqual([400, expect.stringContaining(Object.keys(wrong)[0])]);
		}
	});

	test.each<[string, object, string]>([
		['faults', { statusCode: 500 }, 'statusCode'],
		['faults', { drop: 'now' }, 'drop'],
		['inbound', { from: ANA, to: MAIN, media: 'http://localhost/x.png' }, 'media'],
		['inbound', { from: ANA }, 'to'],
		['time', { advanceSeconds: -1 }, 'advanceSeconds'],
		['orders', { orderId: 'JNUOID-nothing' }, "JNUOID-nothing doesn't exist"],
	])('%s: refuses %p', async (path, body, words) => {
		const { status, data } = await client.post(`/_sandbox/${path}`, body);
		expect([status, data.error]).toEqual([400, expect.stringContaining(words)]);
	});

	test('moves time, makes it run faster and stops it', async () => {
		const now = async () => Date.parse((await client.get('/_sandbox/time')).data.now);
		const before = await now();
		await client.post('/_sandbox/time', { advanceSeconds: 3600 });
		expect((await now()) - before).toBeGreaterThanOrEqual(3_600_000);
		await client.post('/_sandbox/time', { speed: 0 });
		const still = await now();
		expect(await now()).toBe(still);
		const { data } = await client.post('/_sandbox/time', { speed: 60 });
		expect(data.speed).toBe(60);
	});

	test('runs timers by itself as time passes', async () => {
		client.sandbox.control.changeSettings({ messageTimings: { sentMs: 1, deliveredMs: 2 } });
		const delivered = new Promise<void>((resolve) => {
			httpGet(`${client.sandbox.url}/_sandbox/events`, (stream: IncomingMessage) => {
				stream.on('data', (part) => {
					if (!String(part).includes('"status":"Delivered"')) return;
					stream.destroy();
					resolve();
				});
				void send(client);
			});
		});
		await delivered;
		expect(client.sandbox.control.outbox()[0]?.status).toBe('Delivered');
	});

	test('is not for pages of other origins, nor under other names', async () => {
		const refused = [{ origin: 'https://example.com' }, { host: 'example.com' }];
		for (const headers of refused) expect((await client.get('/_sandbox/state', headers)).status).toBe(403);
		expect((await client.get('/_sandbox/state', { origin: client.sandbox.url })).status).toBe(200);
	});

	test('answers broken JSON and unknown addresses without touching the log', async () => {
		const broken = await client.post('/_sandbox/faults', '{', { 'content-type': 'application/json' });
		expect([broken.status, broken.data.error]).toEqual([400, expect.any(String)]);
		expect((await client.get('/_sandbox/nothing')).status).toBe(404);
		expect(client.sandbox.control.requests()).toEqual([]);
	});
});

describe('the server', () => {
	test('stops without waiting for a webhook that does not answer', async () => {
		const silent = createServer(() => undefined);
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		const sandbox = await startSandbox();
		const MessageUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
		const state = sandbox.control.state() as { messageRoutes: { MessageUrl: string }[] };
		Object.assign(state.messageRoutes[0] as object, { MessageUrl });
		const delivered = sandbox.control.inbound({ from: ANA, to: MAIN, body: 'x' });
		await new Promise((resolve) => silent.once('request', resolve));
		await sandbox.close();
		expect((await delivered).attempts[0]?.status).toBeNull();
		silent.closeAllConnections();
		silent.close();
	});

	test('only listens on this machine', async () => {
		await expect(startSandbox({ host: '0.0.0.0' })).rejects.toThrow('only listens on this machine');
	});

	test('takes long bodies and keeps the log short', async () => {
		const Base64 = 'A'.repeat(3_000_000);
		const { status } = await send(client, { MmsBase64: [{ Base64, BaseType: 'image/png' }] });
		expect(status).toBe(200);
		expect(JSON.stringify(client.sandbox.control.requests()).length).toBeLessThan(5_000);
	});
});

test.each([
	['', 1],
	['x'.repeat(160), 1],
	['x'.repeat(161), 2],
	['é'.repeat(160), 1],
	['€'.repeat(81), 2],
	['👋'.repeat(35), 1],
	['👋'.repeat(36), 2],
	['ж'.repeat(135), 3],
])('counts segments of %p', (text, count) => {
	expect(segments(text)).toBe(count);
});
