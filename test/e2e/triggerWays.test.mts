import type { Locator } from 'playwright-core';
import { openEditor, type Editor } from './support/editor.mts';
import { changeRoute, routeOf } from './support/routes.mts';
import {
	addTrigger,
	chooseNumber,
	chooseRoute,
	copiedToken,
	listenOn,
	publishNow,
	shownUrl,
} from './support/triggerForm.mts';
import { expectSuccess, MAIN_LINE, MAIN_ROUTE, openWorld, outputOf, type World } from './support/world.mts';

const PERSON = '+12025550142';
const TRIGGER_NODE = 'Telegent Trigger';

describe('Each way to listen, set up in n8n’s editor', () => {
	let world: World;
	let editor: Editor;
	let form: Locator;
	let before: unknown;
	beforeAll(async () => {
		world = await openWorld('Telegent account');
		editor = await openEditor(world.n8nUrl);
	});
	afterAll(async () => {
		await editor.close();
		await world.close();
	});
	beforeEach(async () => {
		before = account();
		form = await addTrigger(editor);
	});

	/** What triggers could change at Telegent. */
	const account = () => {
		const { messageRoutes, numbers, webhooks } = world.sandbox.control.state();
		return structuredClone({ messageRoutes, numbers, webhooks });
	};
	const route = () => routeOf(world.sandbox, MAIN_ROUTE);

	/** Somebody writes to the main line: the workflow gets it, once, clean. */
	const receives = async (workflowId: string, body: string) => {
		const known = await world.api.executions.list(workflowId);
		const { messageId } = await world.sandbox.control.inbound({ from: PERSON, to: MAIN_LINE, body });
		const execution = await world.api.executions.next(workflowId, known, 60);
		expectSuccess(execution);
		expect(outputOf(execution, TRIGGER_NODE)).toEqual([
			{
				event: 'messageReceived',
				messageId,
				from: PERSON,
				to: MAIN_LINE,
				owner: MAIN_LINE,
				body,
				media: [],
				segments: 1,
				receivedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
				raw: expect.objectContaining({ Message_ID: messageId }),
				intent: null,
				intentBy: null,
				conversation: `${MAIN_LINE}|${PERSON}`,
			},
		]);
		await world.sandbox.control.idle();
		expect(await world.api.executions.list(workflowId)).toHaveLength(known.length + 1);
	};

	test('Existing Route: it calls the workflow, and is as before in the end', async () => {
		await chooseRoute(editor.page, form, /^Main SMS Webhook/);
		await editor.picture('trigger-existing-route');
		const id = await publishNow(editor, world);
		expect(route()).toMatchObject({ MessageUrlMethod: 'POST', MessageAuthenticationType: 'Bearer' });
		await receives(id, 'By the route');
		await world.api.workflows.unpublish(id);
		expect(account()).toEqual(before);
	});

	test('New Route: the number moves there, and is where it was in the end', async () => {
		await listenOn(editor.page, form, 'New Route');
		await chooseNumber(editor.page, form, MAIN_LINE);
		await editor.picture('trigger-new-route');
		const id = await publishNow(editor, world);
		const { messageRoutes } = world.sandbox.control.state() as { messageRoutes: unknown[] };
		expect(messageRoutes).toHaveLength((before as { messageRoutes: unknown[] }).messageRoutes.length + 1);
		await receives(id, 'By a route of its own');
		await world.api.workflows.unpublish(id);
		expect(account()).toEqual(before);
	});

	test('Account Webhook: one more while it is published', async () => {
		await listenOn(editor.page, form, 'Account Webhook');
		await editor.picture('trigger-account-webhook');
		const id = await publishNow(editor, world);
		const { webhooks } = world.sandbox.control.state() as { webhooks: unknown[] };
		expect(webhooks).toHaveLength((before as { webhooks: unknown[] }).webhooks.length + 1);
		await receives(id, 'By the account');
		await world.api.workflows.unpublish(id);
		expect(account()).toEqual(before);
	});

	test('Manual: a person enters address and token at Telegent; nothing is touched, nothing is saved of it', async () => {
		await listenOn(editor.page, form, 'Manual');
		const token = await copiedToken(editor.page, form);
		const MessageUrl = await shownUrl(editor.page);
		await editor.picture('trigger-manual');
		const id = await publishNow(editor, world);
		expect(account()).toEqual(before);
		expect(JSON.stringify(await world.api.workflows.get(id))).not.toContain(token.slice(-20));
		const former = route();
		const entered = { MessageUrl, MessageUrlMethod: 'POST' };
		await changeRoute(world.sandbox, MAIN_ROUTE, {
			...entered,
			MessageAuthenticationType: 'Bearer',
			MessagePasswordToken: token,
		});
		await receives(id, 'By hand, Bearer');
		await changeRoute(world.sandbox, MAIN_ROUTE, {
			...entered,
			MessageAuthenticationType: 'Basic',
			MessageUsername: 'telegent',
			MessagePasswordToken: token,
		});
		await receives(id, 'By hand, Basic');
		await world.api.workflows.unpublish(id);
		expect(route()).toMatchObject({ ...entered, MessageUsername: 'telegent' });
		await changeRoute(world.sandbox, MAIN_ROUTE, former);
	});
});
