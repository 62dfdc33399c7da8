import axios from 'axios';
import { withParameters } from '../../sandbox/n8n/workflow.mts';
import { changeRoute, routeOf } from './support/routes.mts';
import { listenTo } from './support/workflows.mts';
import { expectSuccess, MAIN_LINE, MAIN_ROUTE, openWorld, outputOf, type World } from './support/world.mts';

const BASIC_ROUTE = 'MRID-5a4d0000-0000-4000-8000-000000000002';
const inbound = { from: '+12025550142', to: MAIN_LINE, body: 'Hello' };

describe('The Telegent Trigger', () => {
	let world: World;
	beforeEach(async () => (world = await openWorld('Trigger')));
	afterEach(async () => await world.close());

	const published = async (messageRouteId = MAIN_ROUTE) => {
		const id = await world.bringIn(listenTo(messageRouteId));
		await world.api.workflows.publish(id);
		return id;
	};
	const postTo = (url: unknown, headers: Record<string, string>) =>
		axios.post(
			String(url),
			{ From: inbound.from, To: MAIN_LINE, Text: 'Forged' },
			{ headers, validateStatus: null },
		);

	test('points the route at n8n’s webhook with a Bearer secret when the workflow is published', async () => {
		await published();
		const route = routeOf(world.sandbox, MAIN_ROUTE);
		expect(route).toMatchObject({ MessageUrlMethod: 'POST', MessageAuthenticationType: 'Bearer' });
		expect(String(route.MessageUrl)).toMatch(new RegExp(`^${world.n8nUrl}/webhook/[^/]+/telegent$`));
		expect(String(route.MessagePasswordToken).length).toBeGreaterThanOrEqual(32);
	});

	test('starts the workflow with one clean shape, whichever spelling arrives', async () => {
		const id = await published();
		for (const style of ['guide', 'pascal', 'snake'] as const) {
			const known = await world.api.executions.list(id);
			const { messageId } = await world.sandbox.control.inbound({ ...inbound, body: `In ${style}`, style });
			const execution = await world.api.executions.next(id, known, 60);
			expectSuccess(execution);
			expect(outputOf(execution, 'Message received')).toEqual([
				expect.objectContaining({ messageId, from: inbound.from, owner: MAIN_LINE, body: `In ${style}` }),
			]);
		}
	});

	test('starts the workflow when a call has ended, and with nothing else of the call', async () => {
		const parameters = { event: 'callCompleted', listenOn: 'accountWebhook' };
		const id = await world.bringIn(withParameters(listenTo(), 'Message received', parameters));
		await world.api.workflows.publish(id);
		const { control } = world.sandbox;
		const { callId } = await control.ring({ from: inbound.from, to: MAIN_LINE });
		await control.goOn({ callId, event: 'Call_In_Progress' });
		await control.goOn({ callId, event: 'Call_Completed' });
		const execution = await world.api.executions.next(id, [], 60);
		expectSuccess(execution);
		expect(outputOf(execution, 'Message received')).toEqual([
			expect.objectContaining({ callId, status: 'Completed', from: inbound.from, to: MAIN_LINE }),
		]);
		expect(await world.api.executions.list(id)).toHaveLength(1);
	});

	test('answers 401 to a request without the secret, or with a wrong one, and starts nothing', async () => {
		const id = await published();
		const { MessageUrl } = routeOf(world.sandbox, MAIN_ROUTE);
		expect((await postTo(MessageUrl, {})).status).toBe(401);
		expect((await postTo(MessageUrl, { Authorization: 'Bearer guessed' })).status).toBe(401);
		await world.sandbox.control.inbound(inbound);
		await world.api.executions.next(id, [], 60);
		expect(await world.api.executions.list(id)).toHaveLength(1);
	});

	test.each(['application/json', 'text/plain', 'application/octet-stream', undefined])(
		'takes a message whatever content type it says: %s',
		async (type) => {
			const id = await published();
			const { MessagePasswordToken, MessageUrl } = routeOf(world.sandbox, MAIN_ROUTE);
			const message = { MessageId: `TMID-${type}`, From: inbound.from, To: MAIN_LINE, Text: 'Any type' };
			const headers = {
				Authorization: `Bearer ${String(MessagePasswordToken)}`,
				...(type && { 'content-type': type }),
			};
			const body = Buffer.from(JSON.stringify(message));
			// Unlike axios, this sends no content type of its own.
			const { status } = await fetch(String(MessageUrl), { method: 'POST', headers, body });
			expect(status).toBe(200);
			const execution = await world.api.executions.next(id, [], 60);
			expect(outputOf(execution, 'Message received')).toEqual([
				expect.objectContaining({ messageId: message.MessageId, body: 'Any type' }),
			]);
		},
	);

	test.each([
		['a route without authentication', MAIN_ROUTE],
		['a route with GET, user name and password', BASIC_ROUTE],
	])('puts back %s exactly when the workflow is unpublished', async (_kind, messageRouteId) => {
		const before = routeOf(world.sandbox, messageRouteId);
		const id = await published(messageRouteId);
		expect(routeOf(world.sandbox, messageRouteId)).not.toEqual(before);
		await world.api.workflows.unpublish(id);
		expect(routeOf(world.sandbox, messageRouteId)).toEqual(before);
	});

	test('leaves a route alone that somebody else changed meanwhile', async () => {
		const id = await published();
		await changeRoute(world.sandbox, MAIN_ROUTE, { MessageUrl: 'http://127.0.0.1:9/other' });
		const changed = routeOf(world.sandbox, MAIN_ROUTE);
		await world.api.workflows.unpublish(id);
		expect(routeOf(world.sandbox, MAIN_ROUTE)).toEqual(changed);
	});

	test('publishes again after unpublishing, and answers to the new secret only', async () => {
		const id = await published();
		const first = routeOf(world.sandbox, MAIN_ROUTE);
		await world.api.workflows.unpublish(id);
		await world.api.workflows.publish(id);
		const second = routeOf(world.sandbox, MAIN_ROUTE);
		expect(second.MessagePasswordToken).not.toBe(first.MessagePasswordToken);
		const old = { Authorization: `Bearer ${String(first.MessagePasswordToken)}` };
		expect((await postTo(second.MessageUrl, old)).status).toBe(401);
	});
});
