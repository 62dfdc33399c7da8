import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { useSandbox, OWN_NUMBER } from '../../../support/sandbox.mts';
import { TriggerHost } from '../../../support/n8n/triggerHost.mts';

const sandbox = useSandbox();
let host: TriggerHost;

beforeEach(async () => {
	host = await TriggerHost.start(sandbox.credential);
});
afterEach(async () => await host.stop());

const rows = (table: string) =>
	Object.values((sandbox.control.state() as Record<string, IDataObject[]>)[table]);
const routes = () => rows('messageRoutes');
/** The route of the sandbox's main line. */
const routeId = () => rows('numbers').find(({ Number }) => Number === OWN_NUMBER)?.MessageRouteId as string;
const route = () => routes().find(({ MessageRouteId }) => MessageRouteId === routeId()) as IDataObject;
const listen = () => ({
	event: 'messageReceived',
	messageRouteId: { __rl: true, mode: 'id', value: routeId() },
});
const change = async (update: IDataObject) => {
	const { getToken } = await import('../../../../transport/token.ts');
	const url = `${sandbox.url}/v1.0/message/routes/update`;
	const token = await getToken(
		sandbox.credential,
		url,
		async (to, body) => (await axios.post(to, body)).data,
	);
	await axios.post(
		url,
		{ MessageRouteId: routeId(), ...update },
		{ headers: { Authorization: `Bearer ${token}` } },
	);
};

test('publish, receive, unpublish: the route comes back exactly as it was', async () => {
	const before = route();
	await host.publish('one', listen());
	expect(route()).toMatchObject({
		MessageUrl: host.webhookUrl('one'),
		MessageUrlMethod: 'POST',
		MessageAuthenticationType: 'Bearer',
	});
	expect(route().CallbackMessageUrl).toBe(before.CallbackMessageUrl);

	const { attempts } = await sandbox.control.inbound({ from: '+18015550123', to: OWN_NUMBER, body: 'Hello' });
	expect(attempts[0]).toMatchObject({ status: 200 });
	expect(host.started).toEqual([
		{
			workflow: 'one',
			items: [
				{
					json: expect.objectContaining({
						messageId: expect.stringMatching(/^TMID-/),
						from: '+18015550123',
						to: OWN_NUMBER,
						owner: OWN_NUMBER,
						body: 'Hello',
						media: [],
						segments: 1,
						raw: expect.objectContaining({ Message_Body: 'Hello' }),
					}),
				},
			],
		},
	]);

	await host.unpublish('one', listen());
	expect(route()).toEqual(before);
	expect(host.stored.get('production one')).not.toMatch(/telegent\b.*MRID/);
});

test('a route with Basic authentication gets its user and password back, and static data shows neither', async () => {
	await change({
		MessageAuthenticationType: 'Basic',
		MessageUsername: 'crm',
		MessagePasswordToken: 'crm-password',
	});
	const before = route();
	await host.publish('one', listen());
	expect(host.stored.get('production one')).not.toMatch(/crm-password|Bearer/);
	expect(host.stored.get('production one')).not.toContain(route().MessagePasswordToken as string);
	await host.unpublish('one', listen());
	expect(route()).toEqual(before);
});

test.each([
	['without a secret', {}],
	['with a wrong secret', { Authorization: 'Bearer wrong' }],
	['with Basic', { Authorization: 'Basic dXNlcjpwYXNz' }],
	['with an empty secret', { Authorization: 'Bearer ' }],
])('a request %s gets 401 and starts nothing', async (_case, headers) => {
	await host.publish('one', listen());
	const response = await axios.post(
		host.webhookUrl('one'),
		{ From: '+1', Message_Body: 'spoof' },
		{ headers, validateStatus: () => true },
	);
	expect(response.status).toBe(401);
	expect(response.data).toEqual({ message: 'Not authorized' });
	expect(host.started).toEqual([]);
});

test('a route that somebody pointed elsewhere meanwhile is left alone', async () => {
	await host.publish('one', listen());
	await change({ MessageUrl: 'https://crm.example.com/new' });
	const changed = route();
	await host.unpublish('one', listen());
	expect(route()).toEqual(changed);
});

test('publishing again after a restart of n8n registers nothing twice and keeps the original', async () => {
	const before = route();
	await host.publish('one', listen());
	const held = route();
	host.forget();
	await host.publish('one', listen());
	expect(route()).toEqual(held);
	expect(
		(await sandbox.control.inbound({ from: '+18015550123', to: OWN_NUMBER, body: 'x' })).attempts[0].status,
	).toBe(200);
	await host.unpublish('one', listen());
	expect(route()).toEqual(before);
});

test('a route that is gone does not keep a workflow from being unpublished', async () => {
	await host.publish('one', listen());
	sandbox.control.addFault({
		path: '/v1.0/message/routes',
		status: 404,
		body: { StatusCode: 404, Message: 'Not found' },
	});
	await host.unpublish('one', listen());
	expect(JSON.parse(host.stored.get('production one') as string)).toEqual({ 'node:Telegent Trigger': {} });
});

test('when Telegent does not answer, unpublishing says so and forgets nothing', async () => {
	const before = route();
	await host.publish('one', listen());
	sandbox.control.addFault({ path: '/v1.0/account/message/routes', status: 403, count: 10 });
	await expect(host.unpublish('one', listen())).rejects.toThrow();
	sandbox.control.clearFaults();
	await host.unpublish('one', listen());
	expect(route()).toEqual(before);
});

test('an address that Telegent cannot reach is refused before anything is changed', async () => {
	const remote = await TriggerHost.start({ ...sandbox.credential, baseUrl: 'https://api.telegent.example' });
	await expect(remote.publish('one', listen())).rejects.toMatchObject({
		message: expect.stringMatching(/Telegent can't reach 127\.0\.0\.1.* Set n8n's WEBHOOK_URL/),
	});
	await remote.stop();
	expect(sandbox.calls('/v1.0/message/routes/update')).toHaveLength(0);
});

test('no route chosen: said in one sentence', async () => {
	const parameters = { ...listen(), messageRouteId: { __rl: true, mode: 'list', value: '' } };
	await expect(host.publish('one', parameters)).rejects.toThrow("'Message Route' is empty. Select a route");
});
