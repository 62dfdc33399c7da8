import type { IAuthenticate, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import type { TelegentCredential } from '../transport/token';

export class TelegentApi implements ICredentialType {
	name = 'telegentApi';

	displayName = 'Telegent API';

	icon = {
		light: 'file:../nodes/Telegent/telegent.svg',
		dark: 'file:../nodes/Telegent/telegent.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/telegent/n8n-nodes-telegent#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Account Key',
			name: 'accountKey',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. DID-1234567ab-1a2b-3cd4-…',
			description: 'The account key from your Telegent representative. It starts with DID-.',
		},
		{
			displayName: 'Account Secret',
			name: 'accountSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "The secret for the 'Account Key'",
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.telegent.com',
			description: "Change this only if you use this package's local sandbox or your own proxy",
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 50,
			description:
				"Your account's rate limit: 50 requests per minute on the standard tier. All workflows in this n8n process share it. Enter 0 for no limit.",
		},
		{
			displayName: 'Default Country Code',
			name: 'defaultCountryCode',
			type: 'string',
			default: '1',
			placeholder: 'e.g. 1',
			description:
				'Country calling code to add to phone numbers entered without one: 1 for the United States and Canada, 44 for the United Kingdom',
		},
	];

	/** An own property, not a method: only then does n8n offer "Custom API Call". */
	authenticate: IAuthenticate = async (data, request) => {
		const { authenticate } = await import('./authenticate');
		return await authenticate(data as unknown as TelegentCredential, request);
	};

	/** A harmless read: it proves key, secret and address together, because `authenticate` exchanges them first. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: '/v1.0/account/message/routes',
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'Successful', value: false, message: "Telegent didn't accept this credential" },
			},
		],
	};
}
