import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import type { Exchange, TelegentCredential } from '../transport/token';

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
			description: 'The key that your Telegent representative gave you. It starts with DID-.',
		},
		{
			displayName: 'Account Secret',
			name: 'accountSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The secret that belongs to the Account Key',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: 'https://api.telegent.com',
			description: 'Change it only to use the sandbox of this package, or a proxy of your own',
		},
		{
			displayName: 'Requests per Minute',
			name: 'requestsPerMinute',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 50,
			description:
				'How many requests Telegent allows your account in a minute: 50 on the standard tier. All workflows of this n8n together stay inside. 0 for no limit.',
		},
		{
			displayName: 'Default Country Code',
			name: 'defaultCountryCode',
			type: 'string',
			default: '1',
			placeholder: 'e.g. 1',
			description:
				'Calling code of phone numbers that are written without it: 1 for the United States and Canada',
		},
	];

	/**
	 * Gives a request the token for its endpoint. n8n calls it for every request that uses this credential: from the
	 * Telegent nodes, the HTTP Request node and its Custom API Call. After a 401, n8n calls it again with the refused
	 * `Authorization` header still in place, and that token is replaced.
	 * An own property, not a method: only then does n8n offer "Custom API Call".
	 * @throws Error when the URL is not below the credential's Base URL, or Telegent gives no token
	 */
	authenticate: IAuthenticate = async (
		data: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const credential = data as unknown as TelegentCredential;
		const url = fullUrl(request);
		const { belongsToTelegent, getToken } = await import('../transport/token');
		if (!belongsToTelegent(credential, url)) {
			throw new Error(
				`The Telegent credential works for ${credential.baseUrl} only, so nothing was sent to ${new URL(url).origin}. Use another credential there.`,
			);
		}
		const refused = /^Bearer (.+)$/.exec(String(request.headers?.Authorization ?? ''))?.[1];
		const token = await getToken(credential, url, exchange, refused);
		request.headers = { ...request.headers, Authorization: `Bearer ${token}` };
		return request;
	};

	/** A harmless read: it proves key, secret and address together, because `authenticate` exchanges them first. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl.trim().replace(/\\/+(v1\\.0\\/*)?$/i, "") }}',
			url: '/v1.0/account/message/routes',
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: { key: 'Successful', value: false, message: 'Telegent did not accept this credential' },
			},
		],
	};
}

/** The address that a request goes to: some callers of n8n give `uri`, some a base URL and a relative `url`. */
function fullUrl(request: IHttpRequestOptions & { uri?: string }): string {
	const url = request.url ?? request.uri ?? '';
	return request.baseURL ? `${request.baseURL.replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}` : url;
}

/** n8n gives `authenticate` no request helper, so this exchange goes out by itself. The nodes bring their tokens along. */
const exchange: Exchange = async (url, body) => {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
		body: JSON.stringify(body),
		redirect: 'error',
	}).catch(() => undefined);
	if (!response)
		throw new Error(
			`Telegent cannot be reached at ${new URL(url).origin}. Check the Base URL and the network.`,
		);
	const answer = ((await response.json().catch(() => null)) ?? {}) as object;
	const { holdsToken } = await import('../transport/token');
	if (response.ok && holdsToken(answer)) return answer;
	const { answerMessage, redact } = await import('../transport/errors');
	const said = redact(answerMessage(answer, response.status), [body.AccountSecret]);
	if (response.status === 429 || response.status >= 500)
		throw new Error(`Telegent gave no token just now: ${said}. Try again in a minute.`);
	throw new Error(
		`Telegent did not accept the Account Key or Account Secret (${said}). Check both for missing characters.`,
	);
};
