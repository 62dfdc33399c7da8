import { send, useSandbox } from './support.mts';

const client = useSandbox();
const INVENTORY = '/v1.0/numbers/inventory';

const inventory = (token: string, path = INVENTORY) => client.get(path, { authorization: `Bearer ${token}` });

describe('tokens', () => {
	test('are JWTs with the expiry in the vendor’s format, UTC', async () => {
		const { data, status } = await client.token(INVENTORY);
		const claims = JSON.parse(Buffer.from(data.token.split('.')[1], 'base64url').toString());
		expect(status).toBe(200);
		expect(data).toEqual({
			token: expect.any(String),
			successful: true,
			tokenExpiry: expect.stringMatching(/^\d\d\/\d\d\/\d{4} \d\d:\d\d:\d\d [AP]M$/),
		});
		expect(claims).toMatchObject({ scope: INVENTORY, exp: claims.iat + 3600 });
		expect(Date.parse(`${data.tokenExpiry} UTC`)).toBe(claims.exp * 1000);
	});

	test('open their own endpoint, whatever the case of the path and the query', async () => {
		const { data } = await client.token(INVENTORY);
		expect((await inventory(data.token, `${INVENTORY}?PageNumber=1`)).status).toBe(200);
		expect((await inventory(data.token, '/v1.0/Numbers/Inventory')).status).toBe(200);
	});

	test('are also had at the other spelling of the path', async () => {
		const body = {
			AccountKey: client.sandbox.accountKey,
			AccountSecret: client.sandbox.accountSecret,
			ApiEndpoint: `${client.sandbox.url}${INVENTORY}?PageNumber=2`,
		};
		const { data } = await client.post('/v1.0/OAuth2/tokens', body);
		expect((await inventory(data.token)).status).toBe(200);
	});

	test.each([401, 403] as const)('of another endpoint get %i when that is set', async (scopeErrorStatus) => {
		client.sandbox.control.changeSettings({ scopeErrorStatus });
		const { data } = await client.token('/v1.0/numbers');
		const answer = await inventory(data.token);
		expect(answer.status).toBe(scopeErrorStatus);
		expect(answer.data).toEqual({ StatusCode: scopeErrorStatus, Message: expect.any(String) });
	});

	test('expire by the virtual clock', async () => {
		const { data } = await client.token(INVENTORY);
		await client.sandbox.control.time({ advanceSeconds: 3599 });
		expect((await inventory(data.token)).status).toBe(200);
		await client.sandbox.control.time({ advanceSeconds: 1 });
		expect((await inventory(data.token)).status).toBe(401);
	});

	test('live as long as is set', async () => {
		client.sandbox.control.changeSettings({ tokenSeconds: 60 });
		const { data } = await client.token(INVENTORY);
		await client.sandbox.control.time({ advanceSeconds: 61 });
		expect((await inventory(data.token)).status).toBe(401);
	});

	test('can be revoked, by path and all together', async () => {
		const first = (await client.token(INVENTORY)).data.token;
		const second = (await client.token('/v1.0/numbers')).data.token;
		const revoke = (body: object) => client.post('/_sandbox/tokens/revoke', body);
		expect((await revoke({ path: '/v1.0/numbers' })).data).toEqual({ revoked: 1 });
		expect((await inventory(first)).status).toBe(200);
		expect((await inventory(second, '/v1.0/numbers?Number=x')).status).toBe(401);
		expect((await revoke({})).data).toEqual({ revoked: 1 });
		expect((await inventory(first)).status).toBe(401);
	});

	test.each(['', 'Bearer', 'Bearer nonsense', 'Bearer a.b.c', 'Basic dTpw'])(
		'refuses %p',
		async (authorization) => {
			const answer = await client.get(INVENTORY, authorization ? { authorization } : {});
			expect(answer.status).toBe(401);
			expect(answer.data.Message).toMatch(/^Unauthorized: Bearer token is missing, expired, or invalid/);
		},
	);

	test('refuses a token that was signed by someone else', async () => {
		const { data } = await client.token(INVENTORY);
		const [header, claims, signature] = data.token.split('.');
		const other = (signature.startsWith('A') ? 'B' : 'A') + signature.slice(1);
		expect((await inventory(`${header}.${claims}.${other}`)).status).toBe(401);
	});

	test('answers a wrong key or secret with 200 and successful false, or with 401 when set', async () => {
		const wrong = { AccountSecret: 'wrong' };
		const answer = await client.token(INVENTORY, wrong);
		expect(answer.status).toBe(200);
		expect(answer.data).toEqual({
			token: null,
			successful: false,
			tokenExpiry: null,
			error: expect.stringContaining('AccountSecret'),
		});
		client.sandbox.control.changeSettings({ tokenFailureStyle: '401' });
		expect((await client.token(INVENTORY, { AccountKey: 'DID-other' })).status).toBe(401);
	});

	test('asks for ApiEndpoint in the ASP.NET shape', async () => {
		const { status, data } = await client.token('', { ApiEndpoint: undefined });
		expect(status).toBe(400);
		expect(data).toMatchObject({
			Status: 400,
			Errors: { ApiEndpoint: ['The ApiEndpoint field is required.'] },
		});
	});

	test('leave their id in the log, and the secret out of it', async () => {
		await send(client);
		const [exchange, call] = client.sandbox.control.requests();
		expect(exchange?.tokenId).toEqual(expect.any(String));
		expect(call?.tokenId).toBe(exchange?.tokenId);
		expect(JSON.stringify(client.sandbox.control.requests())).not.toContain(client.sandbox.accountSecret);
	});
});
