import { send, useSandbox } from './support.mts';

const client = useSandbox({ listen: true });
const OUTBOUND = '/v1.0/message/outbound';

const outcome = () =>
	send(client).then(
		({ status }) => status,
		(error: { code: string }) => error.code,
	);
const outboxSize = () => client.sandbox.control.outbox().length;

describe('faults', () => {
	test('answer before the work: nothing goes out', async () => {
		await client.post('/_sandbox/faults', { path: OUTBOUND, status: 503, retryAfter: 2 });
		const answer = await send(client);
		expect([answer.status, answer.headers['retry-after'], outboxSize()]).toEqual([503, '2', 0]);
		expect(answer.data).toEqual({ StatusCode: 503, Message: expect.stringMatching(/^Service unavailable/) });
		expect([await outcome(), outboxSize()]).toEqual([200, 1]);
	});

	test('answer after the work was done', async () => {
		client.sandbox.control.addFault({ path: OUTBOUND, status: 504, timing: 'after' });
		expect([await outcome(), outboxSize()]).toEqual([504, 1]);
	});

	test.each([
		['before', 0],
		['after', 1],
	] as const)('break the connection %s the work', async (drop, sent) => {
		client.sandbox.control.addFault({ path: OUTBOUND, drop });
		expect([await outcome(), outboxSize()]).toEqual(['ECONNRESET', sent]);
		expect(client.sandbox.control.requests({ path: OUTBOUND })).toMatchObject([
			{ status: 0, fault: expect.any(Number) },
		]);
	});

	test('after the work wait for a request that succeeds', async () => {
		client.sandbox.control.addFault({ path: OUTBOUND, status: 500, timing: 'after' });
		expect((await send(client, { From: '+15005559999' })).status).toBe(400);
		expect([await outcome(), await outcome()]).toEqual([500, 200]);
	});

	test('apply so often, to the method and path they name', async () => {
		client.sandbox.control.addFault({ method: 'POST', path: '/v1.0/message/*', count: 2, status: 429 });
		const routes = await client.call('GET /v1.0/message/routes');
		expect(routes.status).toBe(400);
		expect([await outcome(), await outcome(), await outcome()]).toEqual([429, 429, 200]);
	});

	test('can answer 200 with another body, after or instead of the work', async () => {
		const body = { Successful: false, Message: 'No' };
		client.sandbox.control.addFault({ path: OUTBOUND, body });
		expect((await send(client)).data).toEqual(body);
		expect(outboxSize()).toBe(0);
	});

	test('can only take time', async () => {
		client.sandbox.control.addFault({ path: OUTBOUND, latencyMs: 30 });
		const started = performance.now();
		expect(await outcome()).toBe(200);
		expect(performance.now() - started).toBeGreaterThanOrEqual(29);
	});

	test('come at random, the same for the same seed', async () => {
		const run = async () => {
			client.sandbox.control.clearFaults();
			client.sandbox.control.addFault({ path: OUTBOUND, probability: 0.5, seed: 7, status: 500 });
			const outcomes = [];
			for (let count = 0; count < 20; count++) outcomes.push(await outcome());
			return outcomes;
		};
		const first = await run();
		expect(new Set(first)).toEqual(new Set([200, 500]));
		expect(await run()).toEqual(first);
	});

	test('are listed and cleared', async () => {
		await client.post('/_sandbox/faults', { path: OUTBOUND, status: 500, count: 5 });
		expect((await client.get('/_sandbox/faults')).data).toMatchObject([{ count: 5, applied: 0 }]);
		client.sandbox.control.clearFaults();
		expect(await outcome()).toBe(200);
	});
});
