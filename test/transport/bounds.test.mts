import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { HookContext, LoadOptionsContext } from 'n8n-core';
import { Workflow, type ILoadOptionsFunctions, type INode } from 'n8n-workflow';
import { listSearch } from '../../nodes/shared/form/listSearch.ts';
import { connect } from '../../transport/client.ts';
import { rateLimiterFor } from '../../transport/rateLimiter.ts';
import { accountDigest, getToken } from '../../transport/token.ts';
import {
	additionalData,
	Credentials,
	nodeTypes,
	runNode,
	TELEGENT,
	type CredentialValues,
} from '../support/n8n.mts';
import { OUTBOUND, send, TOKENS, useSandbox, when } from '../support/sandbox.mts';
import { resetProcessState } from '../../transport/processState.ts';
import { useFasterTime } from '../support/fasterTime.mts';

/* How long a call may take, who goes first, and what an ended connection says. */

useFasterTime();
const sandbox = useSandbox();
const INVENTORY = '/v1.0/numbers/inventory';
const node: INode = { ...TELEGENT, parameters: {} };
const workflow = () =>
	new Workflow({
		id: 'w',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: { timezone: 'Asia/Tokyo' },
	});
const parts = (values: CredentialValues) => additionalData(new Credentials(values));
const editor = (values: CredentialValues = sandbox.credential) =>
	new LoadOptionsContext(workflow(), node, parts(values), '') as unknown as ILoadOptionsFunctions;
const publishing = () =>
	new HookContext(workflow(), node, parts(sandbox.credential), 'trigger', 'activate') as never;
const inTokyo = (time: number) =>
	new Intl.DateTimeFormat('en-US', {
		timeZone: 'Asia/Tokyo',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	}).format(Math.ceil(time / 60_000) * 60_000);

describe('after a 429 with a long Retry-After', () => {
	test('a list in the editor reports at once until when to wait, and sends no further request', async () => {
		sandbox.control.addFault({ path: INVENTORY, count: 9, status: 429, retryAfter: 7_200 });
		const withoutJitter = jest.spyOn(Math, 'random').mockReturnValue(0);
		const began = Date.now();
		const first = await listSearch.searchNumbers.call(editor()).catch((error: Error) => error);
		// The minute may change during the call.
		const times = [began, Date.now()];
		const messages = (ms: number) => times.map((time) => `Telegent asks to wait until ${inTokyo(time + ms)}`);
		expect(messages(7_200_000)).toContain((first as Error).message.split(': ')[0]);
		expect(first).toMatchObject({
			message: expect.stringContaining(': Too many requests'),
			description: expect.stringContaining("Lower 'Requests per Minute'"),
			context: { outcome: 'notDone' },
		});
		const calls = sandbox.calls().length;
		const second = await listSearch.searchNumbers.call(editor()).catch((error: Error) => error);
		expect(messages(600_000)).toContain((second as Error).message);
		expect(sandbox.calls()).toHaveLength(calls);
		withoutJitter.mockRestore();
	});

	test('publishing fails when it would wait for more than a minute', async () => {
		const pause = jest.spyOn(Math, 'random').mockReturnValue(0);
		sandbox.control.addFault({ path: '/v1.0/numbers', count: 9, status: 429, retryAfter: 61 });
		const telegent = await connect(publishing());
		const call = telegent.call({ route: 'GET /v1.0/numbers', safety: 'read' });
		await expect(call).rejects.toThrow(/^Telegent asks to wait until \d\d:\d\d/);
		expect(sandbox.calls('/v1.0/numbers')).toHaveLength(1);
		pause.mockRestore();
	});
});

test('a list in the editor does not wait behind a list of messages', async () => {
	const credential = { ...sandbox.credential, requestsPerMinute: 50 };
	const people = Array.from({ length: 80 }, (_, i) => ({ to: `+1801555${String(i).padStart(4, '0')}` }));
	let listed: unknown;
	await runNode({
		credential,
		parameters: { ...send('={{ $json.to }}'), options: { concurrency: 80 } },
		items: people,
		started: ({ cancel }) =>
			when(
				() => sandbox.calls(OUTBOUND).length >= 44,
				() =>
					void listSearch.searchNumbers.call(editor(credential)).then((found) => {
						listed = found;
						cancel();
					}, cancel),
			),
	});
	expect(listed).toMatchObject({ results: expect.arrayContaining([expect.anything()]) });
	expect(sandbox.calls(OUTBOUND).length).toBeLessThan(50);
});

test('a list in the editor reports until when to wait when the limit is used up', async () => {
	const credential = { ...sandbox.credential, requestsPerMinute: 2 };
	const pacer = rateLimiterFor(accountDigest(credential));
	for (let i = 0; i < 2; i++) pacer.admit(pacer.enter('interactive'), performance.now(), 2);
	await expect(listSearch.searchNumbers.call(editor(credential))).rejects.toThrow(
		/^Your account's rate limit is used up until \d\d:\d\d$/,
	);
	expect(sandbox.calls()).toHaveLength(0);
});

describe('a connection that was established and ends with a code of an unreachable host', () => {
	const clients: Socket[] = [];
	const remember = (message: unknown) => clients.push((message as { socket: Socket }).socket);
	beforeEach(() => subscribe('net.client.socket', remember));
	afterEach(() => unsubscribe('net.client.socket', remember));

	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED'])(
		'%s: the request is sent once and its outcome is unknown',
		async (code) => {
			sandbox.control.addFault({ path: OUTBOUND, count: 1, latencyMs: 60_000, timing: 'after' });
			when(
				() => sandbox.control.outbox().length > 0,
				() => {
					const error = Object.assign(new Error(`read ${code}`), { code, errno: -113, syscall: 'read' });
					for (const client of clients) client.destroy(error);
				},
			);
			const { error } = await runNode({
				credential: sandbox.credential,
				parameters: send('+18015550123'),
				node: { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 },
			});
			expect(error?.context).toMatchObject({ outcome: 'unsure' });
			expect(sandbox.control.outbox()).toHaveLength(1);
		},
	);
});

describe('a response that never ends', () => {
	let server: Server;
	let dripping: string;
	let closed: Promise<void>;
	let begun: Promise<void>;
	let requests: string[];

	beforeEach(async () => {
		requests = [];
		resetProcessState();
		let began: () => void;
		let ended: () => void;
		begun = new Promise((resolve) => (began = resolve));
		closed = new Promise((resolve) => (ended = resolve));
		const drip = (response: ServerResponse) => {
			response.writeHead(200, { 'content-type': 'application/json' }).write('{');
			response.on('close', () => ended());
			began();
		};
		server = createServer((request, response) => {
			requests.push(request.url ?? '');
			if (request.url?.startsWith(dripping)) return drip(response);
			response
				.writeHead(200, { 'content-type': 'application/json' })
				.end('{"token":"abcdef","successful":true}');
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	});
	afterEach(() => {
		jest.restoreAllMocks();
		server.closeAllConnections();
		server.close();
	});

	/** Time is up for each attempt as soon as its answer has begun. */
	const timeIsUp = (path: string) => {
		dripping = path;
		const asked: number[] = [];
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			asked.push(ms);
			const controller = new AbortController();
			void begun.then(() => controller.abort());
			return controller.signal;
		});
		return asked;
	};
	const credential = () => ({
		...sandbox.credential,
		baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
	});

	test('a send ends after two minutes with an unknown outcome, and its connection is closed', async () => {
		const asked = timeIsUp(OUTBOUND);
		const { error } = await runNode({ credential: credential(), parameters: send('+18015550123') });
		expect(error).toMatchObject({
			message: "Telegent didn't finish its response within 120 seconds",
			context: { outcome: 'unsure' },
		});
		expect(asked).toEqual([31_000, 121_000]);
		expect(requests).toEqual([TOKENS, OUTBOUND]);
		await closed;
	});

	test('a list in the editor ends after a few seconds and few attempts', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const asked = timeIsUp(INVENTORY);
		await expect(listSearch.searchNumbers.call(editor(credential()))).rejects.toThrow(/within 20 seconds/);
		expect(new Set(asked)).toEqual(new Set([21_000]));
		await closed;
	}, 20_000);
});

test('a token that Telegent repeats in a message is redacted in every notation', async () => {
	const echo = (message: string) =>
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 400, body: { Message: message } });
	await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
	const used = await getToken(sandbox.credential, sandbox.url + OUTBOUND, async () => {
		throw new Error('it is there already');
	});
	expect(used.length).toBeGreaterThan(10);
	echo(`${'x'.repeat(290)} ${used} is no longer valid`);
	const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
	expect(error?.message).toContain('*** is no longer valid');
	expect(JSON.stringify(error) + String(error?.stack)).not.toContain(used.slice(0, 12));
});
