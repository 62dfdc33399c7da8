import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { TelegentApi } from '../../credentials/TelegentApi.credentials.ts';
import { useSandbox, TOKENS } from '../support/sandbox.mts';

const sandbox = useSandbox();
const type = new TelegentApi();
const authenticate = async (request: IHttpRequestOptions, change = {}) => {
	if (typeof type.authenticate !== 'function') throw new Error('authenticate must be a function');
	return await type.authenticate({ ...sandbox.credential, ...change }, request);
};
const bearer = (request: IHttpRequestOptions) =>
	(request.headers?.Authorization as string).slice('Bearer '.length);

test('authenticate is an own property: only then does n8n offer "Custom API Call"', () => {
	expect(Object.hasOwn(type, 'authenticate')).toBe(true);
});

test('the secret is a password field, the address has a default', () => {
	const field = (name: string) => type.properties.find((property) => property.name === name);
	expect(field('accountSecret')?.typeOptions).toEqual({ password: true });
	expect(field('baseUrl')?.default).toBe('https://api.telegent.com');
});

test('each endpoint gets a token of its own, whichever way n8n gives the address', async () => {
	await authenticate({ url: `${sandbox.url}/v1.0/numbers?Number=%2B1` });
	await authenticate({ baseURL: `${sandbox.url}/`, url: '/v1.0/numbers' });
	await authenticate({ uri: `${sandbox.url}/v1.0/numbers` } as never);
	await authenticate({ url: `${sandbox.url}/v1.0/numbers/order` });
	const scopes = sandbox.calls(TOKENS).map(({ body }) => (body as { ApiEndpoint: string }).ApiEndpoint);
	expect(scopes).toEqual([`${sandbox.url}/v1.0/numbers`, `${sandbox.url}/v1.0/numbers/order`]);
});

test('other headers stay', async () => {
	const request = await authenticate({ url: `${sandbox.url}/v1.0/numbers`, headers: { 'X-Mine': '1' } });
	expect(request.headers).toEqual({ 'X-Mine': '1', Authorization: expect.stringMatching(/^Bearer \S+$/) });
});

test('called again with the refused token still in place, as n8n does after a 401: a fresh token', async () => {
	const url = `${sandbox.url}/v1.0/numbers`;
	const first = await authenticate({ url });
	const again = await authenticate({ url, headers: { ...first.headers } });
	expect(bearer(again)).not.toBe(bearer(first));
	expect(sandbox.calls(TOKENS)).toHaveLength(2);
	expect(bearer(await authenticate({ url }))).toBe(bearer(again));
});

test.each([
	'https://evil.example/v1.0/numbers',
	'http://127.0.0.1.evil.example/v1.0',
	'http://127.0.0.1:1/v1.0/numbers',
])('no token leaves for %s', async (url) => {
	await expect(authenticate({ url })).rejects.toThrow(/only works for .*, so nothing was sent to/);
	expect(sandbox.calls()).toHaveLength(0);
});

describe('a base URL beside the URL', () => {
	test.each([
		'http://127.0.0.1:4314/steal',
		'HTTP://evil.example/v1.0/numbers',
		' http://evil.example/v1.0/numbers',
		'//evil.example/v1.0/numbers',
		'/\\evil.example/v1.0/numbers',
		'\\\\evil.example/v1.0/numbers',
		'http:\\\\evil.example/v1.0',
	])('does not take the token to %j', async (url) => {
		await expect(authenticate({ baseURL: sandbox.url, url })).rejects.toThrow(/so nothing was sent to/);
		expect(sandbox.calls()).toHaveLength(0);
	});

	test('what it allows is what axios calls', async () => {
		const url = `${sandbox.url}/v1.0/numbers`;
		for (const [baseURL, path] of [
			[sandbox.url, '/v1.0/numbers'],
			[`${sandbox.url}//`, 'v1.0/numbers'],
			[`${sandbox.url}/v1.0/`, '/v1.0/numbers'],
			[` ${sandbox.url} `, '/v1.0/numbers'],
			['http://127.0.0.1:1', url],
		] as const) {
			const request = await authenticate({ baseURL, url: path });
			expect(axios.getUri(request as never)).toBe(url);
		}
	});

	test('what is no URL is refused in words', async () => {
		await expect(authenticate({ url: 'numbers' })).rejects.toThrow(
			/no valid URL: "numbers". Nothing was sent/,
		);
	});
});

test('the token does not follow a redirect to another origin', async () => {
	const request = await authenticate({ url: `${sandbox.url}/v1.0/numbers` });
	expect(request.sendCredentialsOnCrossOriginRedirect).toBe(false);
});

test('n8n’s own signal gives way to the one that has a time-out', async () => {
	const attemptSignal = AbortSignal.timeout(1_000);
	const request = { url: `${sandbox.url}/v1.0/numbers`, abortSignal: undefined, attemptSignal };
	expect((await authenticate(request)).abortSignal).toBe(attemptSignal);
});

test('blanks around a pasted key and secret are none of them', async () => {
	const url = `${sandbox.url}/v1.0/numbers`;
	const first = await authenticate({ url });
	const { accountKey, accountSecret } = sandbox.credential;
	const pasted = { accountKey: ` ${accountKey}\n`, accountSecret: `\t${accountSecret} ` };
	expect(bearer(await authenticate({ url }, pasted))).toBe(bearer(first));
	expect((await authenticate({ url: `${url}/order` }, pasted)).headers).toHaveProperty('Authorization');
});

describe('no token', () => {
	const url = () => `${sandbox.url}/v1.0/numbers`;

	test.each(['200', '401'] as const)('a wrong secret, told with HTTP %s', async (tokenFailureStyle) => {
		sandbox.control.changeSettings({ tokenFailureStyle });
		const attempt = authenticate({ url: url() }, { accountSecret: 'wrong-secret-1' });
		await expect(attempt).rejects.toThrow(/didn't accept the 'Account Key' or 'Account Secret'.*Check both/);
		await expect(attempt).rejects.not.toThrow(/wrong-secret-1/);
	});

	test('nobody there', async () => {
		const baseUrl = 'http://127.0.0.1:9';
		await expect(authenticate({ url: `${baseUrl}/v1.0/numbers` }, { baseUrl })).rejects.toThrow(
			/can't be reached at http:\/\/127\.0\.0\.1:9/,
		);
	});

	test.each([429, 500])('%i is no verdict on the key', async (status) => {
		sandbox.control.addFault({ path: TOKENS, status });
		await expect(authenticate({ url: url() })).rejects.toThrow(
			/couldn't issue a token right now.*Try again in a minute/,
		);
	});

	test.each<[string, object]>([
		['not found', { status: 404, body: { Message: 'Not found' } }],
		['a redirect', { status: 302, headers: { location: 'https://telegent.example/login' } }],
		['JSON of another service', { status: 200, body: { status: 'ok' } }],
		['a page that says no', { status: 403, body: '<html>Blocked</html>' }],
		['a word', { status: 200, body: 'OK' }],
	])('%s: the Base URL is wrong, not the key', async (_what, fault) => {
		sandbox.control.addFault({ path: TOKENS, ...fault });
		const attempt = authenticate({ url: url() });
		await expect(attempt).rejects.toThrow(
			/^The 'Base URL' in the Telegent credential doesn't lead to Telegent/,
		);
		await expect(attempt).rejects.not.toThrow(/Account (Key|Secret)/);
	});

	test('an exchange without an end is given up', async () => {
		const controller = new AbortController();
		const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(controller.signal);
		const server = createServer((_, response) => {
			response.writeHead(200, { 'content-type': 'application/json' }).write('{"token":"');
			response.once('close', () => {
				server.close();
				server.closeAllConnections();
			});
			setImmediate(() => controller.abort());
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const closed = new Promise((resolve) => server.once('close', resolve));
		const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
		await expect(authenticate({ url: `${baseUrl}/v1.0/numbers` }, { baseUrl })).rejects.toThrow(
			/can't be reached/,
		);
		expect(timeout).toHaveBeenCalledWith(30_000);
		timeout.mockRestore();
		await closed;
	});

	test('a page of HTML instead of an answer', async () => {
		sandbox.control.addFault({ path: TOKENS, status: 200, body: '<html></html>' });
		await expect(authenticate({ url: url() })).rejects.toThrow(/Check the 'Base URL'/);
	});
});
