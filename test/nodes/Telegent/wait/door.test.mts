import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import axios from 'axios';
import { until } from '../../../../sandbox/n8n/wait.mts';
import { OWN_NUMBER, TOKENS, useSandbox } from '../../../support/sandbox.mts';
import { sendAndWait, WaitHost } from '../../../support/n8n/waitHost.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

/* What strangers, holders of another question's secret, and servers beside n8n can do with an open question: nothing. */

jest.setTimeout(120_000);
useFasterTime(10);
const sandbox = useSandbox();
let host: WaitHost;
beforeAll(async () => (host = await WaitHost.start(() => sandbox.credential)));
beforeEach(() => {
	host.restart();
	delete host.publicUrl;
});
afterAll(async () => await host.stop());

type Row = Record<string, string>;
const LIST = '/v1.0/account/webhooks';
const ANNA = '+12025550142';
const webhooks = () => sandbox.control.state().webhooks as Row[];
const asked = async (to: string) => (await host.run(sendAndWait(to))).id;
const webhookOf = (id: string) =>
	webhooks().find((one) => one.AuthenticationUsername.split(' ')[2] === id) as Row;
const reply = { Event: 'New_Sms', From: ANNA, To: OWN_NUMBER, Body: 'YES', MessageId: 'TMID-forged' };
const undelivered = { Event: 'n8n_Question_Not_Delivered', Reason: 'forged' };

test('no forged call resumes an execution, or has anything asked or sent at Telegent', async () => {
	const [mine, other] = [await asked(ANNA), await asked('+12025550143')];
	const { AuthenticationToken: secret, WebhookUrl: url } = webhookOf(mine);
	const foreign = webhookOf(other).AuthenticationToken;
	const tokens = [
		...['', '.forwards', 'undefined', 'null', '{{ 1 }}', foreign, `${foreign}.forwards`],
		...[`${secret}x`, secret.slice(1), `${secret}.forwards.forwards`, `${secret}.FORWARDS`],
		...[secret.toUpperCase(), `x${secret}`, `${secret},${secret}`],
	];
	const headers = [
		{},
		{ Authorization: secret },
		{ Authorization: `Basic ${Buffer.from(`Bearer:${secret}`).toString('base64')}` },
		{ Authorization: `Bearer ${secret} ${secret}` },
		{ 'X-Authorization': `Bearer ${secret}` },
		...tokens.map((token) => ({ Authorization: `Bearer ${token}` })),
	];
	const bodies: unknown[] = [
		...[reply, undelivered, { ...undelivered, secret, secretDigest: secret, token: secret }],
		...[[undelivered], { Event: [undelivered.Event] }, { __proto__: undelivered }, 'x'.repeat(100_000)],
	];
	const before = sandbox.calls().length;
	for (const header of headers)
		for (const body of bodies) {
			const { data, status } = await axios.post<unknown>(url, body, {
				headers: header,
				validateStatus: () => true,
			});
			expect([status, data]).toEqual([401, { message: 'Not authorized' }]);
		}
	for (const path of [`${url}&token=${secret}`, `${url}&Authorization=Bearer%20${secret}`])
		expect((await axios.post(path, reply, { validateStatus: () => true })).status).toBe(401);
	expect([mine, other].map((id) => host.ended(id).status)).toEqual(['waiting', 'waiting']);
	// The looks for early replies and for the delivery are the node's own.
	const made = sandbox.calls().slice(before);
	expect(made.filter(({ method, path }) => method !== 'GET' && path !== TOKENS)).toEqual([]);
});

describe('with the secret', () => {
	const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
	const send = async (id: string, body: unknown, type = 'application/json') => {
		const { AuthenticationToken: secret, WebhookUrl: url } = webhookOf(id);
		const headers = { Authorization: `Bearer ${secret}`, 'content-type': type };
		return await axios.post<Row>(url, body, { headers, validateStatus: () => true });
	};

	test.each<[name: string, body: unknown, type: string | undefined, status: number]>([
		['nothing', '', undefined, 200],
		['no object', '"YES"', undefined, 400],
		['a list of lists', '[[[]]]', undefined, 200],
		['broken JSON', '{"From":', undefined, 400],
		['deep JSON', `{"From":"${ANNA}","To":"${OWN_NUMBER}","Body":"YES","x":${deep(5_000)}}`, undefined, 400],
		['more than a megabyte', JSON.stringify({ ...reply, x: 'x'.repeat(1_100_000) }), undefined, 413],
		['20,000 names in a form', 'a=1&'.repeat(20_000), 'application/x-www-form-urlencoded', 200],
		['a reply of somebody else', { ...reply, From: '+12025550199' }, undefined, 200],
		['a reply to somebody else', { ...reply, To: '+12025550199' }, undefined, 200],
		['names of JavaScript', '{"__proto__":{"From":"x"},"constructor":{"prototype":{}}}', undefined, 200],
	])('%s resumes nothing', async (_name, body, type, status) => {
		const id = await asked(ANNA);
		expect((await send(id, body, type)).status).toBe(status);
		expect(host.ended(id).status).toBe('waiting');
		expect(({} as Row).From).toBeUndefined();
	});

	test('the reply, delivered fifty times at once and again, resumes once', async () => {
		const id = await asked(ANNA);
		const { AuthenticationToken: secret, WebhookUrl: url } = webhookOf(id);
		const options = { headers: { Authorization: `Bearer ${secret}` }, validateStatus: () => true };
		const before = sandbox.control.outbox().length;
		await Promise.all(Array.from({ length: 50 }, () => axios.post(url, reply, options)));
		await axios.post(url, reply, options);
		expect(host.ended(id)).toMatchObject({ status: 'success', items: [{ json: { body: 'YES' } }] });
		expect(host.ended(id).items).toHaveLength(1);
		expect(sandbox.control.outbox()).toHaveLength(before);
	});
});

describe('where the address of n8n redirects', () => {
	let elsewhere: string[];
	/** Events of the calls that were redirected. */
	let redirected: unknown[];
	let servers: Server[];
	const listen = async (server: Server) => {
		servers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	};
	beforeEach(() => {
		elsewhere = [];
		redirected = [];
		servers = [];
	});
	afterEach(() => servers.forEach((server) => server.closeAllConnections()));
	afterEach(async () => {
		await Promise.all(servers.map(async (one) => await new Promise((resolve) => one.close(resolve))));
	});

	/** Redirects calls with a secret, and answers all others as n8n would. */
	const front = async (status: number) => {
		const other = await listen(
			createServer((request, response) => {
				elsewhere.push(`${request.method} ${request.url}`);
				response.end('{"message":"Continued"}');
			}),
		);
		return await listen(
			createServer(async (request, response) => {
				if (request.headers.authorization) {
					redirected.push(((await json(request)) as Row).Event);
					return void response.writeHead(status, { location: `${other}/taken` }).end();
				}
				response.writeHead(401).end('{"message":"Not authorized"}');
			}),
		);
	};

	test.each([301, 307])('%d: a question that was not delivered stays as it is', async (status) => {
		host.publicUrl = await front(status);
		sandbox.control.failRecipient({ number: ANNA });
		const id = await asked(ANNA);
		await until('a look', () => sandbox.calls('/v1.0/message/filter').length >= 2, { seconds: 100 });
		await new Promise((resolve) => setTimeout(resolve, 20_000));
		expect([elsewhere, host.ended(id).status, webhooks().length]).toEqual([[], 'waiting', 1]);
	});

	test.each([301, 307])('%d: a reminder is asked for at no other address', async (status) => {
		host.publicUrl = await front(status);
		const reminder = { once: { amount: 1, unit: 'minutes', message: 'Still there?' } };
		const { id } = await host.run(sendAndWait(ANNA, { options: { reminder } }));
		await until('the reminder to be due', () => redirected.includes('n8n_Reminder_Due'), { seconds: 300 });
		await new Promise((resolve) => setTimeout(resolve, 10_000));
		expect([elsewhere, host.ended(id).status]).toEqual([[], 'waiting']);
		expect(sandbox.calls('/v1.0/message/outbound')).toHaveLength(1);
	});
});

test('a dispatcher forwards a message to questions of its own n8n, and to no other address of the list', async () => {
	const calls: string[] = [];
	const server = createServer((request, response) => {
		calls.push(String(request.url));
		response.end('{}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const stranger = `127.0.0.1:${(server.address() as AddressInfo).port}`;
	const [to, dispatcher, quiet] = ['+12025550177', await asked(ANNA), await asked('+12025550177')];
	const [own, real] = [webhookOf(dispatcher), webhookOf(quiet)];
	const { host: n8n } = new URL(own.WebhookUrl);
	const urls = [
		`http://${stranger}/webhook-waiting/9/node`,
		`http://${n8n}@${stranger}/webhook-waiting/9/node`,
		`http://${stranger}\\@${n8n}/webhook-waiting/9/node`,
		`http://${stranger}#@${n8n}/webhook-waiting/9/node`,
		`//${stranger}/webhook-waiting/9/node`,
		...['javascript:alert(1)', 'file:///etc/passwd', '', '/webhook-waiting/9/node'],
	];
	// Asked earlier: the real one is the one that the message answers.
	const AuthenticationUsername = real.AuthenticationUsername.replace(/asked \d{4}/, 'asked 2020');
	const forged = urls.map((url, n) => ({
		...{ ...real, AuthenticationUsername },
		...{ WebhookId: `WHID-${n}`, WebhookUrl: url },
	}));
	const others = [...forged, real].map((one) => ({ ...one, SubscribedEvents: 'Order_Update' }));
	const Webhooks = [...others, { ...own, AuthenticationToken: `${own.AuthenticationToken}.forwards` }];
	sandbox.control.addFault({ path: LIST, count: 100, status: 200, body: Webhooks });
	const message = { Event: 'New_Sms', From: to, To: OWN_NUMBER, Body: 'YES', MessageId: 'TMID-1' };
	const headers = { Authorization: `Bearer ${own.AuthenticationToken}.forwards` };
	await axios.post(own.WebhookUrl, message, { headers, validateStatus: () => true });
	await until('the answer', () => host.ended(quiet).status === 'success', { seconds: 60 });
	expect([calls, host.ended(dispatcher).status]).toEqual([[], 'waiting']);
	server.close();
});
