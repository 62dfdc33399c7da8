import type { IHttpRequestOptions } from 'n8n-workflow';
import { clockTime, patienceFor } from '../../transport/patience.ts';
import { connect } from '../../transport/client.ts';
import { resetProcessState } from '../../transport/processState.ts';

const credential = {
	accountKey: 'DID-1',
	accountSecret: 'secret',
	baseUrl: 'https://api.telegent.com',
};
type Answer = { statusCode: number; body?: unknown; headers?: object };

/** n8n's context of an execution with so many items, whose requests are answered without a network. */
async function execution(answer: (count: number) => Answer, items = 1, requestsPerMinute = 50) {
	const sent: number[] = [];
	const context = {
		getCredentials: async () => ({ ...credential, requestsPerMinute }),
		getTimezone: () => 'UTC',
		getNode: () => ({ name: 'Telegent', parameters: {} }),
		getExecutionCancelSignal: () => undefined,
		getInputData: () => Array(items).fill({}),
		helpers: {
			httpRequest: async () => ({ statusCode: 200, body: { token: 'opaque-1234', successful: true } }),
			httpRequestWithAuthentication: async (_name: string, _options: IHttpRequestOptions) => {
				sent.push(performance.now());
				return answer(sent.length);
			},
		},
	};
	return { sent, telegent: await connect(context as never) };
}
const SEND = { route: 'POST /v1.0/message/outbound', body: {}, safety: 'once' } as const;

beforeEach(() => {
	resetProcessState();
	jest.useFakeTimers({ now: Date.UTC(2026, 10, 26, 12, 4, 30), doNotFake: ['nextTick', 'queueMicrotask'] });
	jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
	jest.useRealTimers();
	jest.restoreAllMocks();
});

test('a send waits at most ten minutes for the rate limit, then reports until when to wait', async () => {
	const { sent, telegent } = await execution(() => ({
		statusCode: 429,
		body: { StatusCode: 429, Message: 'Too many' },
		headers: { 'retry-after': '99999999999' },
	}));
	const end = telegent.call(SEND).then(
		() => undefined,
		(error: Error) => error,
	);
	await jest.advanceTimersByTimeAsync(11 * 60_000);
	expect(await end).toMatchObject({
		message: 'Telegent asks to wait until further notice: Too many',
		context: { outcome: 'notDone' },
	});
	expect(sent).toHaveLength(2);
});

test('a rate limit that ends within minutes is waited for', async () => {
	const { telegent } = await execution((count) =>
		count < 5
			? { statusCode: 429, headers: { 'retry-after': '60' } }
			: { statusCode: 200, body: { MessageId: '1' } },
	);
	const end = telegent.call(SEND);
	await jest.advanceTimersByTimeAsync(5 * 60_000);
	expect(await end).toEqual({ MessageId: '1' });
});

test('a list waits in the queue without a time limit', async () => {
	const { sent, telegent } = await execution(() => ({ statusCode: 200, body: { MessageId: '1' } }), 65, 5);
	const calls = Promise.all(Array.from({ length: 65 }, async () => await telegent.call(SEND)));
	await jest.advanceTimersByTimeAsync(15 * 60_000);
	await calls;
	expect(sent).toHaveLength(65);
	expect(Math.max(...sent) - Math.min(...sent)).toBeGreaterThan(12 * 60_000);
});

test('the further pages of a long list, and bulk items, leave a reserve for other requests', async () => {
	const answer = () => ({ statusCode: 200, body: { MessageId: '1' } });
	const list = await execution(answer, 60);
	void Promise.all(Array.from({ length: 60 }, async () => await list.telegent.call(SEND)));
	await jest.advanceTimersByTimeAsync(1_000);
	// One of them was the token.
	expect(list.sent).toHaveLength(44);
	const single = await execution(answer);
	const page = { route: 'GET /v1.0/numbers', safety: 'read' } as const;
	void single.telegent.call({ ...page, bulk: true });
	await jest.advanceTimersByTimeAsync(1_000);
	expect(single.sent).toHaveLength(0);
	void single.telegent.call(page);
	await jest.advanceTimersByTimeAsync(1_000);
	expect(single.sent).toHaveLength(1);
	await jest.advanceTimersByTimeAsync(120_000);
	expect(list.sent).toHaveLength(60);
});

test('a send is not abandoned before two minutes, even where a read is', async () => {
	const timeouts: Array<number | undefined> = [];
	const context = {
		getCredentials: async () => credential,
		getTimezone: () => 'UTC',
		getNode: () => ({ name: 'Telegent', parameters: {} }),
		getRequestObject: () => ({}),
		helpers: {
			httpRequest: async () => ({ statusCode: 200, body: { token: 'opaque-1234', successful: true } }),
			httpRequestWithAuthentication: async (_name: string, { timeout }: IHttpRequestOptions) => {
				timeouts.push(timeout);
				return { statusCode: 200, body: { MessageId: '1' } };
			},
		},
	};
	const telegent = await connect(context as never);
	await telegent.call(SEND);
	await telegent.call({ route: 'GET /v1.0/numbers', safety: 'read' });
	expect(timeouts).toEqual([120_000, 20_000]);
});

test.each([
	['once', 'unsure'],
	['idempotent', 'unsure'],
	['read', 'notDone'],
] as const)('a request (%s) that is stopped under way is %s', async (safety, outcome) => {
	const stop = new AbortController();
	const context = {
		getCredentials: async () => credential,
		getTimezone: () => 'UTC',
		getNode: () => ({ name: 'Telegent', parameters: {} }),
		getExecutionCancelSignal: () => stop.signal,
		helpers: {
			httpRequest: async () => ({ statusCode: 200, body: { token: 'opaque-1234', successful: true } }),
			httpRequestWithAuthentication: async () => {
				stop.abort();
				throw new Error('canceled');
			},
		},
	};
	const telegent = await connect(context as never);
	await expect(telegent.call({ ...SEND, safety })).rejects.toMatchObject({ context: { outcome } });
});

test('a token that Telegent repeats in a response is masked', async () => {
	const { telegent } = await execution(() => ({
		statusCode: 200,
		body: { MessageId: '1', Note: 'with opaque-1234', Key: ['secret'] },
	}));
	expect(await telegent.call(SEND)).toEqual({ MessageId: '1', Note: 'with ***', Key: ['***'] });
});

test('a password of the request that Telegent repeats is redacted', async () => {
	const { telegent } = await execution(() => ({
		statusCode: 400,
		body: { StatusCode: 400, Message: 'The password Hunter-2468 is too short' },
	}));
	const body = { Route: { CallPassword: 'Hunter-2468' } };
	await expect(telegent.call({ ...SEND, body })).rejects.toThrow(/^The password \*\*\* is too short$/);
});

test('a token that is not a JWT is redacted too', async () => {
	const { telegent } = await execution(() => ({
		statusCode: 400,
		body: { StatusCode: 400, Message: 'Scope of opaque-1234 is another' },
	}));
	await expect(telegent.call(SEND)).rejects.toThrow(/^Scope of \*\*\* is another$/);
});

test('a system clock that is set back delays no request', async () => {
	const { sent, telegent } = await execution(() => ({ statusCode: 200, body: { MessageId: '1' } }));
	await Promise.all(Array.from({ length: 30 }, async () => await telegent.call(SEND)));
	jest.setSystemTime(Date.now() - 3_600_000);
	const call = telegent.call(SEND);
	const pause = telegent.wait(1_000);
	await jest.advanceTimersByTimeAsync(1_500);
	await call;
	await pause;
	expect(sent).toHaveLength(31);
});

test('an update with an unknown outcome is not reported as "notDone" because its last attempt was refused', async () => {
	const { telegent } = await execution((count) => ({
		statusCode: count === 1 ? 500 : 400,
		body: { StatusCode: count === 1 ? 500 : 400, Message: 'No' },
	}));
	const update = { route: 'POST /v1.0/numbers/update', body: {}, safety: 'idempotent' } as const;
	const end = telegent.call(update).catch((error: Error) => error);
	await jest.advanceTimersByTimeAsync(5_000);
	expect(await end).toMatchObject({
		context: { outcome: 'unsure' },
		description: expect.stringMatching(/^Check the values.*An earlier attempt may have gone through\. \(/),
	});
});

test.each([
	['an execution', 'getExecutionCancelSignal', 660_000],
	['the editor', 'getCurrentNodeParameter', 10_000],
	['a webhook', 'getRequestObject', 10_000],
	['publishing', 'getNodeWebhookUrl', 60_000],
])('%s, which has %s, waits %i ms', (_who, method, waitMs) => {
	expect(patienceFor({ [method]: () => {} })).toMatchObject({ waitMs, limitsQueue: waitMs < 100_000 });
});

test.each([
	[30_000, 'UTC', '12:05'],
	[30_001, 'UTC', '12:06'],
	[600_000, 'America/New_York', '07:15'],
	[36 * 3_600_000, 'UTC', 'Nov 28, 00:05'],
	[1e14, 'UTC', 'further notice'],
])('in %i ms, in %s: %s', (ms, timeZone, expected) => {
	const now = Date.UTC(2026, 10, 26, 12, 4, 30);
	expect(clockTime(now + ms, now, timeZone)).toBe(expected);
});
