import { freePort } from '../../sandbox/n8n/ports.mts';
import { httpRequests } from './support/workflows.mts';
import { countRequests, expectSuccess, openWorld, outputOf, type World } from './support/world.mts';

describe('The credential', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Credential')));
	afterEach(async () => await world.close());

	const tried = (change: object) => world.api.credentials.test({ ...world.account, ...change });

	test('passes the connection test when key and secret are right', async () => {
		expect(await tried({})).toMatchObject({ status: 'OK' });
	});

	test.each(['200', '401'] as const)(
		'names a wrong secret in plain words (Telegent answers %s)',
		async (style) => {
			world.sandbox.control.changeSettings({ tokenFailureStyle: style });
			const { status, message } = await tried({ accountSecret: 'wrong-secret' });
			expect(status).toBe('Error');
			expect(message).toMatch(/'Account Key' or 'Account Secret'/);
			expect(message).not.toContain('wrong-secret');
		},
	);

	test('names a wrong key in plain words', async () => {
		const { status, message } = await tried({ accountKey: 'DID-00000000-0000-4000-8000-000000000000' });
		expect(status).toBe('Error');
		expect(message).toMatch(/'Account Key' or 'Account Secret'/);
	});

	test('names an address where nobody answers', async () => {
		const { status, message } = await tried({ baseUrl: `http://127.0.0.1:${await freePort()}` });
		expect(status).toBe('Error');
		expect(message).toMatch(/can't be reached/i);
	});

	test.each(['/v2', '/v1.0/numbers'])(
		'names a wrong Base URL (%s), and does not blame the key',
		async (path) => {
			const { status, message } = await tried({ baseUrl: world.account.baseUrl + path });
			expect(status).toBe('Error');
			expect(message).toMatch(/Base URL/);
			expect(message).not.toMatch(/account key|account secret/i);
		},
	);

	test('passes with blanks around the key, the secret and the Base URL', async () => {
		const { accountKey, accountSecret, baseUrl } = world.account;
		const pasted = {
			accountKey: ` ${accountKey}`,
			accountSecret: `${accountSecret}\n`,
			baseUrl: ` ${baseUrl}/v1.0/ `,
		};
		expect(await tried(pasted)).toMatchObject({ status: 'OK' });
	});

	test('works in the HTTP Request node, on any endpoint', async () => {
		const id = await world.bringIn(httpRequests(world.account.baseUrl, world.credential));
		const execution = await world.run(id);
		expectSuccess(execution);
		expect(JSON.stringify(outputOf(execution, 'Routes'))).toContain('Main SMS Webhook');
		expect(JSON.stringify(outputOf(execution, 'Number'))).toContain('+15005550100');
		expect(countRequests(world.sandbox)).toEqual({
			'token for /v1.0/account/message/routes': 1,
			'GET /v1.0/account/message/routes': 1,
			'token for /v1.0/numbers': 1,
			'GET /v1.0/numbers': 1,
		});
	});
});
