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

describe('no token', () => {
	const url = () => `${sandbox.url}/v1.0/numbers`;

	test.each(['200', '401'] as const)('a wrong secret, told with HTTP %s', async (tokenFailureStyle) => {
		sandbox.control.changeSettings({ tokenFailureStyle });
		const attempt = authenticate({ url: url() }, { accountSecret: 'wrong-secret-1' });
		await expect(attempt).rejects.toThrow(/didn’t accept the 'Account Key' or 'Account Secret'.*Check both/);
		await expect(attempt).rejects.not.toThrow(/wrong-secret-1/);
	});

	test('nobody there', async () => {
		const baseUrl = 'http://127.0.0.1:9';
		await expect(authenticate({ url: `${baseUrl}/v1.0/numbers` }, { baseUrl })).rejects.toThrow(
			/can’t be reached at http:\/\/127\.0\.0\.1:9/,
		);
	});

	test.each([429, 500])('%i is no verdict on the key', async (status) => {
		sandbox.control.addFault({ path: TOKENS, status });
		await expect(authenticate({ url: url() })).rejects.toThrow(/couldn’t issue a token right now.*Try again in a minute/);
	});

	test('a page of HTML instead of an answer', async () => {
		sandbox.control.addFault({ path: TOKENS, status: 200, body: '<html></html>' });
		await expect(authenticate({ url: url() })).rejects.toThrow(/Check the Base URL/);
	});
});
