import { runNode } from '../../../support/n8n.mts';
import { OUTBOUND, OWN_NUMBER, send, TOKENS, useSandbox, when } from '../../../support/sandbox.mts';
import { useFasterTime } from '../../../support/fasterTime.mts';

useFasterTime();
const sandbox = useSandbox();

const people = (count: number) =>
	Array.from({ length: count }, (_, i) => ({ to: `+1801555${String(i).padStart(4, '0')}` }));

const whenCalled = (path: string, then: () => void) => when(() => sandbox.calls(path).length > 0, then);

describe('sending', () => {
	test('an item each: one message out, the answer linked to its item', async () => {
		const { items, error } = await runNode({
			credential: sandbox.credential,
			parameters: send('={{ $json.to }}', '=Hi {{ $json.name }}'),
			items: [
				{ to: '(801) 555-0123', name: 'Ann' },
				{ to: '+44 20 7946 0958', name: 'Bob' },
			],
		});
		expect(error).toBeUndefined();
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
		expect(items.map(({ json }) => json.Status)).toEqual(['Queued', 'Queued']);
		expect(sandbox.control.outbox().map(({ to, from, body }) => ({ to, from, body }))).toEqual([
			{ to: '+18015550123', from: OWN_NUMBER, body: 'Hi Ann' },
			{ to: '+442079460958', from: OWN_NUMBER, body: 'Hi Bob' },
		]);
	});

	test('100 messages in one run cost 101 requests: one token, and the credential is read once', async () => {
		const { json } = await runNode({
			credential: sandbox.credential,
			parameters: send('={{ $json.to }}'),
			items: people(100),
		});
		expect(json).toHaveLength(100);
		expect(sandbox.calls()).toHaveLength(101);
		expect(sandbox.calls(TOKENS)).toHaveLength(1);
	});

	test('a second run in the same process uses the same token', async () => {
		for (const round of [1, 2]) {
			await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
			expect(sandbox.calls(OUTBOUND)).toHaveLength(round);
		}
		expect(sandbox.calls(TOKENS)).toHaveLength(1);
	});

	test('a token revoked mid-run: one fresh token, nothing sent twice', async () => {
		await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		sandbox.control.revokeTokens();
		const parameters = send('={{ $json.to }}');
		const { json, error } = await runNode({ credential: sandbox.credential, parameters, items: people(3) });
		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
		expect(sandbox.control.outbox()).toHaveLength(4);
		expect(sandbox.calls(TOKENS)).toHaveLength(2);
	});

	test('pages disagree on 401 or 403 for a token that is out of scope: either gets one fresh token', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 403 });
		const { json } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(json).toHaveLength(1);
		expect(sandbox.calls(TOKENS)).toHaveLength(2);
		sandbox.control.addFault({
			path: OUTBOUND,
			count: 9,
			status: 403,
			body: { StatusCode: 403, Message: 'Forbidden' },
		});
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(error?.httpCode).toBe('403');
		expect(sandbox.calls(OUTBOUND)).toHaveLength(4);
	});

	test('an expired token is replaced before it is used', async () => {
		sandbox.control.changeSettings({ tokenSeconds: 0 });
		await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(sandbox.control.outbox()).toHaveLength(0);
		sandbox.control.changeSettings({ tokenSeconds: 60 });
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(error).toBeUndefined();
		expect(sandbox.control.outbox()).toHaveLength(1);
	});
});

describe('what went wrong is said, with the item and a way out', () => {
	test('Telegent refuses: its words, the status, the item, what to do', async () => {
		const parameters = {
			...send('={{ $json.to }}'),
			from: { __rl: true, mode: 'number', value: '+12025550000' },
		};
		const { error } = await runNode({ credential: sandbox.credential, parameters, items: people(1) });
		expect(error?.message).toMatch(/\+12025550000/);
		expect(error?.httpCode).toBe('400');
		expect(error?.context).toMatchObject({ itemIndex: 0, outcome: 'notDone' });
		expect(error?.description).toMatch(
			/^In 'From', select a number in your account.*POST \/v1\.0\/message\/outbound, HTTP status 400/,
		);
	});

	test('the ASP.NET shape of older pages is understood too', async () => {
		sandbox.control.changeSettings({ errorShape: 'aspnet' });
		const parameters = {
			resource: 'messageRoute',
			operation: 'get',
			messageRouteId: { __rl: true, mode: 'id', value: 'MRID-none' },
		};
		const { error } = await runNode({ credential: sandbox.credential, parameters });
		expect(error?.httpCode).toBe('404');
		expect(error?.message).toMatch(/MRID-none|not found/i);
		expect(error?.description).toMatch(/Select it from the list/);
	});

	test('HTTP 200 with Successful: false is a failure', async () => {
		sandbox.control.addFault({
			path: OUTBOUND,
			count: 1,
			status: 200,
			body: { Successful: false, Message: 'Carrier said no' },
		});
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(error?.message).toBe('Carrier said no');
		expect(sandbox.control.outbox()).toHaveLength(0);
	});

	test('a wrong secret is named, and shown nowhere', async () => {
		const credential = { ...sandbox.credential, accountSecret: 'top-secret-value' };
		const { error } = await runNode({ credential, parameters: send('+18015550123') });
		expect(error?.message).toMatch(/^Telegent didn't accept the 'Account Key' or 'Account Secret'/);
		expect(error?.description).toMatch(/^Check both for missing characters/);
		expect(JSON.stringify(error) + String(error?.stack)).not.toContain('top-secret-value');
	});

	test('an address that nobody answers at: said plainly, nothing retried blindly into an error', async () => {
		const credential = { ...sandbox.credential, baseUrl: 'https://telegent.invalid' };
		const { error } = await runNode({ credential, parameters: send('+18015550123') });
		expect(error?.message).toBe("Telegent can't be reached from this n8n");
		expect(error?.context).toMatchObject({ outcome: 'notDone' });
	});

	test('a Base URL that is none is refused before any request', async () => {
		const { error } = await runNode({
			credential: { ...sandbox.credential, baseUrl: 'telegent' },
			parameters: send('+18015550123'),
		});
		expect(error?.message).toMatch(/The 'Base URL' in the Telegent credential isn't a valid URL: "telegent"/);
	});

	test.each([
		["isn't a phone number", 'call me', /'To': "call me" isn't a phone number/],
		['an empty recipient', '', /^'To' is required/],
		['too few digits', '+1234', /too few or too many digits/],
	])('%s is refused before any request', async (_case, to, message) => {
		const { error } = await runNode({
			credential: sandbox.credential,
			parameters: send('={{ $json.to }}'),
			items: [{ to }],
		});
		expect(error?.message).toMatch(message);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(sandbox.calls()).toHaveLength(0);
	});

	test.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'%s: the other items go on',
		async (onError) => {
			const { outputs } = await runNode({
				credential: sandbox.credential,
				parameters: send('={{ $json.to }}'),
				items: [{ to: '+18015550101' }, { to: 'nobody' }, { to: '+18015550103' }],
				node: { onError },
			});
			expect(sandbox.control.outbox().map(({ to }) => to)).toEqual(['+18015550101', '+18015550103']);
			const failed = outputs.flat().find(({ json }) => json.error);
			expect(failed).toMatchObject({
				json: {
					error: expect.stringMatching(/^'To': "nobody" isn't a phone number/),
					details: { outcome: 'notDone' },
				},
				pairedItem: { item: 1 },
			});
			if (onError === 'continueErrorOutput') {
				expect(outputs.map((output) => output.length)).toEqual([2, 1]);
				expect(outputs[1][0].json.to).toBe('nobody');
			}
		},
	);
});

describe('the network and the service fail', () => {
	test.each(['before', 'after'] as const)(
		'a send whose connection broke %s the work is not repeated, and says that it is unsure',
		async (drop) => {
			sandbox.control.addFault({ path: OUTBOUND, count: 1, drop });
			const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
			expect(error?.message).toBe('The connection to Telegent was lost before a response arrived');
			expect(error?.description).toMatch(
				/may or may not have gone through.*wasn't retried.*Message → Get Many/s,
			);
			expect(error?.context).toMatchObject({ outcome: 'unsure' });
			expect(sandbox.control.outbox()).toHaveLength(drop === 'after' ? 1 : 0);
		},
	);

	test.each([408, 500, 502, 504])('a send answered with %i is not repeated', async (status) => {
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status, timing: 'after' });
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(error?.httpCode).toBe(String(status));
		expect(sandbox.control.outbox()).toHaveLength(1);
	});

	test.each([429, 503])(
		'a send answered with %i, when nothing was done, is repeated after Retry-After',
		async (status) => {
			sandbox.control.addFault({ path: OUTBOUND, count: 2, status, retryAfter: 0 });
			const { error, json } = await runNode({
				credential: sandbox.credential,
				parameters: send('+18015550123'),
			});
			expect(error).toBeUndefined();
			expect(json).toHaveLength(1);
			expect(sandbox.control.outbox()).toHaveLength(1);
			expect(sandbox.calls(OUTBOUND)).toHaveLength(3);
		},
	);

	test('a redirect is not followed: it could repeat the send elsewhere and take the token along', async () => {
		const headers = { location: `${sandbox.url}/v1.0/message/outbound?again` };
		sandbox.control.addFault({ path: OUTBOUND, count: 1, status: 307, headers });
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(error?.httpCode).toBe('307');
		expect(sandbox.calls(OUTBOUND)).toHaveLength(1);
		expect(sandbox.control.outbox()).toHaveLength(0);
	});

	test('a gateway that says 503 in its own words may have let the request through: not repeated', async () => {
		sandbox.control.addFault({
			path: OUTBOUND,
			count: 1,
			status: 503,
			body: '<html>Service Unavailable</html>',
			timing: 'after',
		});
		const { error } = await runNode({ credential: sandbox.credential, parameters: send('+18015550123') });
		expect(error?.context).toMatchObject({ outcome: 'unsure' });
		expect(error?.message).not.toMatch(/</);
		expect(sandbox.control.outbox()).toHaveLength(1);
	});

	test.each([{ status: 500 }, { status: 504 }, { drop: 'before' as const }])(
		'a read is repeated: %j',
		async (fault) => {
			sandbox.control.addFault({ path: '/v1.0/numbers', count: 1, ...fault });
			const parameters = {
				resource: 'number',
				operation: 'get',
				number: { __rl: true, mode: 'number', value: OWN_NUMBER },
				simplify: false,
			};
			const { error, json } = await runNode({ credential: sandbox.credential, parameters });
			expect(error).toBeUndefined();
			expect(json[0].Number).toBe(OWN_NUMBER);
		},
	);

	test('stopping the workflow stops the waiting at once', async () => {
		sandbox.control.addFault({ path: OUTBOUND, count: 50, status: 429, retryAfter: 300 });
		const started = Date.now();
		await runNode({
			credential: sandbox.credential,
			parameters: send('+18015550123'),
			started: ({ cancel }) => whenCalled(OUTBOUND, cancel),
		}).catch(() => undefined);
		expect(Date.now() - started).toBeLessThan(20_000);
		expect(sandbox.control.outbox()).toHaveLength(0);
	});

	test('a workflow that is stopped takes no other down that waits for the same token', async () => {
		sandbox.control.addFault({ path: TOKENS, count: 1, drop: 'before' });
		const parameters = send('+18015550123');
		const stopped = runNode({
			credential: sandbox.credential,
			parameters,
			started: ({ cancel }) => whenCalled(TOKENS, cancel),
		});
		const other = runNode({ credential: sandbox.credential, parameters, items: people(2) });
		await stopped.catch(() => undefined);
		expect((await other).error).toBeUndefined();
		expect(sandbox.control.outbox()).toHaveLength(2);
	});
});

describe('lists', () => {
	const ask = (parameters: object) => ({
		resource: 'message',
		operation: 'getAll',
		phoneNumber: { __rl: true, mode: 'number', value: OWN_NUMBER },
		...parameters,
	});

	test('Return All pages to the end, Limit stops early', async () => {
		const all = await runNode({ credential: sandbox.credential, parameters: ask({ returnAll: true }) });
		expect(all.json.length).toBeGreaterThanOrEqual(30);
		expect(new Set(all.json.map(({ MessageId }) => MessageId)).size).toBe(all.json.length);
		const some = await runNode({
			credential: sandbox.credential,
			parameters: ask({ returnAll: false, limit: 7 }),
		});
		expect(some.json).toEqual(all.json.slice(0, 7));
	});

	test('an API that gives fewer a page than asked for does not end the list early', async () => {
		const page = (from: number) => ({
			Messages: [{ MessageId: `m${from}` }, { MessageId: `m${from + 1}` }],
			Total: 6,
		});
		for (const from of [1, 3, 5])
			sandbox.control.addFault({ path: '/v1.0/message/filter', count: 1, status: 200, body: page(from) });
		const { json } = await runNode({ credential: sandbox.credential, parameters: ask({ returnAll: true }) });
		expect(json.map(({ MessageId }) => MessageId)).toEqual(['m1', 'm2', 'm3', 'm4', 'm5', 'm6']);
	});

	test('an API that answers every page with the first one does not loop', async () => {
		const body = { Messages: [{ MessageId: 'same' }], Total: 1000 };
		sandbox.control.addFault({ path: '/v1.0/message/filter', count: 1000, status: 200, body });
		const { json } = await runNode({ credential: sandbox.credential, parameters: ask({ returnAll: true }) });
		expect(json).toEqual([{ MessageId: 'same' }]);
		expect(sandbox.calls('/v1.0/message/filter')).toHaveLength(2);
	});

	test('an empty list gives no item', async () => {
		const parameters = ask({
			phoneNumber: { __rl: true, mode: 'number', value: '+12025550000' },
			returnAll: true,
		});
		const { json, error } = await runNode({ credential: sandbox.credential, parameters });
		expect(error).toBeUndefined();
		expect(json).toEqual([]);
	});
});

describe('answers', () => {
	const route = { __rl: true, mode: 'id', value: '' };

	test('passwords stay masked unless the person asks for them', async () => {
		const created = await runNode({
			credential: sandbox.credential,
			parameters: {
				resource: 'messageRoute',
				operation: 'create',
				routeName: 'Mine',
				messageUrl: 'https://example.com/in',
				messageUrlMethod: 'POST',
				additionalFields: { messageAuthenticationType: 'Bearer', messagePasswordToken: 'the-password' },
			},
		});
		expect(created.error).toBeUndefined();
		expect(created.json[0].MessagePasswordToken).toBe('********');
		const messageRouteId = { ...route, value: created.json[0].MessageRouteId as string };
		const get = { resource: 'messageRoute', operation: 'get', messageRouteId, simplify: false };
		const masked = await runNode({ credential: sandbox.credential, parameters: get });
		expect(JSON.stringify(masked.json)).not.toContain('the-password');
		const shown = await runNode({
			credential: sandbox.credential,
			parameters: { ...get, options: { showSecrets: true } },
		});
		expect(shown.json[0].MessagePasswordToken).toBe('the-password');
		const simple = await runNode({ credential: sandbox.credential, parameters: { ...get, simplify: true } });
		expect(Object.keys(simple.json[0]).length).toBeLessThanOrEqual(10);

		const deleted = await runNode({
			credential: sandbox.credential,
			parameters: { resource: 'messageRoute', operation: 'delete', messageRouteId },
		});
		expect(deleted.json).toEqual([
			{
				deleted: true,
				MessageRouteId: messageRouteId.value,
				MRID: messageRouteId.value,
				MessageRouteStatus: 'Deleted',
			},
		]);
	});

	test('an update sends only what was added, null and empty text included', async () => {
		const [first] = Object.values(
			(sandbox.control.state() as { messageRoutes: Record<string, { MessageRouteId: string }> })
				.messageRoutes,
		);
		const { error } = await runNode({
			credential: sandbox.credential,
			parameters: {
				resource: 'messageRoute',
				operation: 'update',
				messageRouteId: { ...route, value: first.MessageRouteId },
				updateFields: { routeName: 'New name', callbackMessageUsername: '={{ null }}' },
			},
		});
		expect(error).toBeUndefined();
		expect(sandbox.calls('/v1.0/message/routes/update')[0].body).toEqual({
			MessageRouteId: first.MessageRouteId,
			RouteName: 'New name',
			CallbackMessageUsername: null,
		});
	});
});
