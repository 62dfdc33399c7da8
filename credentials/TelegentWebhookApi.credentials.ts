import type { ICredentialType, INodeProperties } from 'n8n-workflow';

/** What a person enters at Telegent, and here, so that only Telegent can start a workflow that listens manually. */
export class TelegentWebhookApi implements ICredentialType {
	name = 'telegentWebhookApi';

	displayName = 'Telegent Webhook API';

	icon = {
		light: 'file:../nodes/Telegent/telegent.svg',
		dark: 'file:../nodes/Telegent/telegent.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/telegent/n8n-nodes-telegent#manual-webhooks';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Basic', value: 'basic', description: 'A user name and a password' },
				{ name: 'Bearer', value: 'bearer', description: 'A token' },
			],
			default: 'bearer',
			description:
				'What you choose at Telegent as authentication type. An account webhook calls Bearer "Token".',
		},
		{
			displayName: 'User Name',
			name: 'username',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['basic'] } },
			description: 'The user name that you enter at Telegent',
		},
		{
			displayName: 'Password or Token',
			name: 'secret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description:
				'The password or token that you enter at Telegent: 16 characters or more that nobody can guess',
		},
	];
}
