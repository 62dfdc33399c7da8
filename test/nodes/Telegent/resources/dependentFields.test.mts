import type { INodeParameters } from 'n8n-workflow';
import { runNode } from '../../../support/n8n.mts';
import { useSandbox } from '../../../support/sandbox.mts';

/* Fields that depend on each other: what does not fit together is refused before any request. */

const sandbox = useSandbox();
const run = async (parameters: object) =>
	await runNode({ credential: sandbox.credential, parameters: parameters as INodeParameters });

const webhook = (additionalFields: object) => ({
	resource: 'webhook',
	operation: 'create',
	webhookUrl: 'https://crm.example/events',
	subscribedEvents: ['New_Sms'],
	additionalFields,
});
const member = (fields: object) => ({
	resource: 'workgroup',
	operation: 'addMember',
	workgroupId: { __rl: true, mode: 'id', value: 'WGID-1' },
	...fields,
});

test.each([
	[
		'Basic without a password',
		webhook({ authenticationType: 'Basic', authenticationUsername: 'admin' }),
		/Basic/,
	],
	[
		'Basic without a username',
		webhook({ authenticationType: 'Basic', authenticationPassword: 'pw' }),
		/Basic/,
	],
	['Token without a token', webhook({ authenticationType: 'Token' }), /Authentication Token/],
	['a user member without a user', member({ type: 'User', referenceUserId: '' }), /User ID/],
	['a workgroup member without a workgroup', member({ type: 'Workgroup' }), /Member Workgroup/],
])('%s', async (_case, parameters, message) => {
	const { error } = await run(parameters);
	expect(error?.message).toMatch(message);
	expect(sandbox.calls().filter(({ method }) => method === 'POST')).toEqual([]);
});

test.each([
	[
		'Basic with both',
		{ authenticationType: 'Basic', authenticationUsername: 'a', authenticationPassword: 'b' },
	],
	['Token with a token', { authenticationType: 'Token', authenticationToken: 'secret' }],
	['None', { authenticationType: 'None' }],
])('%s creates the webhook', async (_case, fields) => {
	expect((await run(webhook(fields))).json).toMatchObject([{ WebhookId: expect.any(String) }]);
});

test('events are sent in the spelling of the page, unknown ones as they are', async () => {
	sandbox.control.addFault({ path: '/v1.0/webhook/create', status: 200, body: { WebhookId: 'WHID-1' } });
	await run({ ...webhook({ authenticationType: 'None' }), subscribedEvents: ['new_SMS', 'Fax_Received'] });
	expect(sandbox.calls('/v1.0/webhook/create')[0].body).toMatchObject({
		SubscribedEvents: 'New_Sms, Fax_Received',
	});
});
