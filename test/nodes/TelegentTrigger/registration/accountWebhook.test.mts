import { useFasterTime } from '../../../support/fasterTime.mts';
import { onAccount, onRoute, sms, useWorld } from '../../../support/trigger/world.mts';

// The pauses before a request is repeated are not what is tested here.
useFasterTime();

const world = useWorld();
const others = [
	{ WebhookId: 'WHID-1', WebhookUrl: 'https://crm.example.com/events', AuthenticationUsername: null },
	{
		WebhookId: 'WHID-2',
		WebhookUrl: 'http://127.0.0.1:1/webhook/one/telegent',
		AuthenticationUsername: 'someone',
	},
];

beforeEach(() => {
	const [{ AccountId }] = world.telegent.state.accounts.values();
	for (const webhook of others) {
		const rest = {
			AccountId,
			Method: 'POST',
			SubscribedEvents: 'New_Sms',
			AuthenticationType: 'None',
			Active: true,
		};
		world.telegent.state.webhooks.set(webhook.WebhookId, { ...rest, ...webhook });
	}
});

const own = () => world.webhooks.filter(({ WebhookUrl }) => String(WebhookUrl).startsWith(world.host.url));

test('subscribes with a token, and ends the subscription; others are never touched', async () => {
	const before = world.webhooks;
	await world.host.publish('one', onAccount('callCompleted'));
	expect(own()).toEqual([
		expect.objectContaining({
			WebhookUrl: world.host.webhookUrl('one'),
			Method: 'POST',
			DataFormat: 'json',
			AuthenticationType: 'Token',
			AuthenticationUsername: 'n8n workflow one',
			AuthenticationToken: expect.stringMatching(/^[\w-]{30}\.[\w-]{43}$/),
			SubscribedEvents: 'Call_Completed',
		}),
	]);
	await world.host.unpublish('one', onAccount('callCompleted'));
	expect(world.webhooks).toEqual(before);
});

test.each([
	['messageReceived', 'New_Sms'],
	['optOut', 'New_Sms'],
	['newSms', 'New_Sms'],
	['orderUpdate', 'Order_Update'],
	['callRinging', 'Call_Ringing'],
	['callInProgress', 'Call_In_Progress'],
	['callOnHold', 'Call_On_Hold'],
	['callRecording', 'Call_Recording'],
])('%s subscribes to %s', async (event, subscription) => {
	await world.host.publish('one', onAccount(event));
	expect(own()).toMatchObject([{ SubscribedEvents: subscription }]);
});

test('publishing again makes no second one, also when static data is lost', async () => {
	await world.host.publish('one', onAccount());
	const before = world.webhooks;
	await world.host.publish('one', onAccount());
	world.host.loseStaticData('one');
	await world.host.publish('one', onAccount());
	expect(world.webhooks).toEqual(before);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
});

test('another event: the subscription is changed, and authentication is called Bearer there', async () => {
	await world.host.publish('one', onAccount());
	await world.host.publish('one', onAccount('callRinging'));
	expect(own()).toMatchObject([{ SubscribedEvents: 'Call_Ringing', AuthenticationType: 'Bearer' }]);
	expect(await world.deliver({ CallId: '1', From: '+1', To: '+2' })).toMatchObject({ started: true });
});

test('inbound messages are New_Sms when it is created and when it is changed, as Webhook → Update sends it', async () => {
	await world.host.publish('one', onAccount('callRinging'));
	await world.host.publish('one', onAccount());
	expect(own()).toMatchObject([{ SubscribedEvents: 'New_Sms' }]);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
	const writes = world.writes.length;
	await world.host.publish('one', onAccount());
	expect(world.writes).toHaveLength(writes);
});

test('doubles of a crash are removed', async () => {
	await world.host.publish('one', onAccount());
	const [webhook] = own();
	world.telegent.state.webhooks.set('WHID-double', { ...webhook, WebhookId: 'WHID-double' });
	await world.host.publish('one', onAccount());
	expect(own()).toHaveLength(1);
	world.telegent.state.webhooks.set('WHID-double', { ...webhook, WebhookId: 'WHID-double' });
	await world.host.unpublish('one', onAccount());
	expect(own()).toEqual([]);
});

test('the answer to the creation is lost: the webhook is found, not made twice', async () => {
	world.telegent.control.addFault({ path: '/v1.0/webhook/create', timing: 'after', status: 504 });
	await world.host.publish('one', onAccount());
	expect(own()).toHaveLength(1);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
});

test('the creation did not come about: said, and nothing is left', async () => {
	world.telegent.control.addFault({ path: '/v1.0/webhook/create', status: 504 });
	await expect(world.host.publish('one', onAccount())).rejects.toMatchObject({
		description: expect.stringMatching(/may or may not have gone through/),
	});
	expect(own()).toEqual([]);
});

test('somebody ended it meanwhile: unpublishing is no setback', async () => {
	await world.host.publish('one', onAccount());
	world.telegent.state.webhooks.delete(String(own()[0].WebhookId));
	await world.host.unpublish('one', onAccount());
	expect(world.webhooks).toHaveLength(2);
});

test('a test has a webhook of its own: production is not disturbed', async () => {
	await world.host.publish('one', onAccount());
	const [production] = own();
	await world.host.publish('one', onAccount(), 'test');
	expect(own()).toHaveLength(2);
	expect(await world.deliver(sms(), { mode: 'test' })).toMatchObject({ started: true });
	await world.host.unpublish('one', onAccount(), 'test');
	expect(own()).toEqual([production]);
});

test('a test that nobody ended goes when the workflow is published', async () => {
	await world.host.publish('one', onAccount(), 'test');
	world.host.restart();
	await world.host.publish('one', onRoute());
	expect(own()).toEqual([]);
});

test('an account that has no webhooks can still use routes', async () => {
	world.telegent.control.addFault({ path: '/v1.0/account/webhooks', status: 403, count: 100 });
	await world.host.publish('one', onRoute());
	await world.host.unpublish('one', onRoute());
});

test('another account of the distributor', async () => {
	const [, second] = [...world.telegent.state.accounts.keys()];
	const accountId = { __rl: true, mode: 'id', value: second };
	await world.host.publish('one', onAccount('newSms', { accountId }));
	expect(own()).toMatchObject([{ AccountId: second }]);
	await world.host.unpublish('one', onAccount('newSms', { accountId }));
	expect(own()).toEqual([]);
});

describe('responses that say nothing', () => {
	const EMPTY: Array<[name: string, body: unknown]> = [
		['an empty text', ''],
		['an empty object', {}],
		['only success', { Successful: true }],
		['a list of null', [null]],
	];
	const answers = (path: string, body: unknown, timing: 'before' | 'after' = 'before') =>
		world.telegent.control.addFault({ path, status: 200, body, timing });

	test.each(EMPTY)('%s, and no webhook: refused, so that no trigger is deaf', async (_case, body) => {
		answers('/v1.0/webhook/create', body);
		await expect(world.host.publish('one', onAccount())).rejects.toThrow(
			/no ID for it and doesn't list it\. So the workflow wouldn't receive anything/,
		);
		expect(own()).toEqual([]);
	});

	test.each(EMPTY)('%s, although the webhook was made: found in the list', async (_case, body) => {
		answers('/v1.0/webhook/create', body, 'after');
		await world.host.publish('one', onAccount());
		expect(own()).toHaveLength(1);
		expect(await world.deliver(sms())).toMatchObject({ started: true });
	});

	test('a change that was not made: refused', async () => {
		await world.host.publish('one', onAccount());
		answers('/v1.0/webhook/update', {});
		await expect(world.host.publish('one', onAccount('callRinging'))).rejects.toThrow(
			/wouldn't receive anything/,
		);
	});

	test.each([
		['a list with null', [null]],
		['a text', 'nothing'],
	])('%s instead of the webhooks', async (_case, body) => {
		const faults = { path: '/v1.0/account/webhooks', status: 200, body, count: 1 };
		world.telegent.control.addFault(faults);
		await world.host.publish('one', onAccount());
		expect(own()).toHaveLength(1);
	});

	test('a webhook of its own without an ID: nothing else is removed, and it is said', async () => {
		await world.host.publish('one', onAccount());
		const [webhook] = own();
		world.telegent.state.webhooks.delete(String(webhook.WebhookId));
		world.telegent.state.webhooks.set('', { ...webhook, WebhookId: '' });
		await expect(world.host.unpublish('one', onAccount())).rejects.toThrow(
			/webhook of this workflow without an ID, so it couldn't be removed\. In Telegent, remove/,
		);
		const deletions = world.telegent.control.requests({ path: '/v1.0/webhook/delete' });
		expect(deletions).toEqual([]);
	});
});
