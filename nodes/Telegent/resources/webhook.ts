import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import {
	account,
	accountFields,
	accountFilter,
	deleteNotice,
	limit,
	optional,
	returnAll,
	secretOptions,
	simplify,
	sorted,
} from '../../shared/form/fields';
import { list, told } from '../../shared/values';
import { deleteInUseOptions } from '../routes/deleteInUse';
import { webhookDeleteHooks, webhookUpdateHooks } from '../routes/webhookHolder';

const webhookId: INodeProperties = {
	displayName: 'Webhook',
	name: 'webhookId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The webhook to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a webhook…',
			typeOptions: { searchListMethod: 'searchWebhooks', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. WHID-1234567' },
	],
};

const owner = optional(account, 'The account the webhook belongs to');

const webhookUrl: INodeProperties = {
	displayName: 'Webhook URL',
	name: 'webhookUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/telegent/events',
	description: 'The HTTPS URL that receives the events',
};

const subscribedEvents: INodeProperties = {
	displayName: 'Events',
	name: 'subscribedEvents',
	type: 'multiOptions',
	options: [
		{ name: 'Call Completed', value: 'Call_Completed' },
		{ name: 'Call in Progress', value: 'Call_In_Progress' },
		{ name: 'Call on Hold', value: 'Call_On_Hold' },
		{ name: 'Call Recording', value: 'Call_Recording' },
		{ name: 'Call Ringing', value: 'Call_Ringing' },
		{ name: 'New SMS', value: 'New_Sms' },
		{ name: 'Order Update', value: 'Order_Update' },
	],
	default: [],
	description: 'The events to send to the webhook URL',
};

const authenticationType: INodeProperties = {
	displayName: 'Authentication',
	name: 'authenticationType',
	type: 'options',
	options: [
		{ name: 'Basic', value: 'Basic', description: 'Username and password' },
		{ name: 'None', value: 'None', description: 'Anyone can send requests to the URL' },
		{ name: 'Token', value: 'Token', description: 'A secret token' },
	],
	default: 'Token',
	description: 'The authentication Telegent uses to call the webhook URL',
};

const updatedAuthenticationType: INodeProperties = {
	...authenticationType,
	options: [
		{ name: 'Basic', value: 'Basic', description: 'Username and password' },
		{ name: 'Bearer', value: 'Bearer', description: 'A secret token' },
		{ name: 'None', value: 'None', description: 'Anyone can send requests to the URL' },
	],
	default: 'Bearer',
};

const settings: INodeProperties[] = [
	{
		displayName: 'Authentication Password',
		name: 'authenticationPassword',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { authenticationType: ['Bearer', 'None', 'Token'] } },
		description: 'The password for Basic authentication',
	},
	{
		displayName: 'Authentication Token',
		name: 'authenticationToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { authenticationType: ['Basic', 'None'] } },
		description: 'The secret token Telegent sends with each request',
	},
	{
		displayName: 'Authentication Username',
		name: 'authenticationUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { authenticationType: ['Bearer', 'None', 'Token'] } },
		description: 'The username for Basic authentication',
	},
	{
		displayName: 'Data Format',
		name: 'dataFormat',
		type: 'options',
		options: [
			{ name: 'JSON', value: 'json' },
			{ name: 'XML', value: 'xml' },
		],
		default: 'json',
		description: 'The format of the data Telegent sends',
	},
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		options: [
			{ name: 'POST', value: 'POST' },
			{ name: 'PUT', value: 'PUT' },
		],
		default: 'POST',
		description: 'The HTTP method Telegent uses to call the webhook URL',
	},
];

/**
 * Events in Telegent's form: `Order_Update, New_Sms`, in the spelling of `field`. The page of webhook/create lists them;
 * the example of webhook/update has New_SMS (docs/decisions/what-is-sent.md).
 */
function eventsOf({ options = [] }: INodeProperties): (value: unknown) => string {
	const known = options.flatMap((option) => ('value' in option ? [String(option.value)] : []));
	const spelled = (event: unknown) => {
		const given = told(event);
		return known.find((name) => name.toLowerCase() === given.toLowerCase()) ?? given;
	};
	return (value) => list(value).map(spelled).join(', ');
}

/** The vendor's page: Basic requires username and password, Token requires the token. */
function assertAuthenticated(request: IDataObject): IDataObject {
	const { AuthenticationPassword, AuthenticationToken, AuthenticationType, AuthenticationUsername } = request;
	if (AuthenticationType === 'Basic' && !(AuthenticationUsername && AuthenticationPassword)) {
		throw new Error(
			"Basic authentication requires a username and a password. Add 'Authentication Username' and 'Authentication Password'",
		);
	}
	if (AuthenticationType === 'Token' && !AuthenticationToken) {
		throw new Error("Token authentication requires a token. Add 'Authentication Token'");
	}
	return request;
}

const deleteOptions = deleteInUseOptions(
	'Whether to delete the webhook even if a published workflow or a question that waits for a reply uses it. That workflow then receives nothing.',
);

const SECRETS = ['AuthenticationPassword', 'AuthenticationToken'];

const SIMPLE = [
	'WebhookId',
	'WebhookUrl',
	'SubscribedEvents',
	'Active',
	'Method',
	'DataFormat',
	'AuthenticationType',
	'AuthenticationUsername',
	'AccountId',
];

export const webhook: Resource = {
	value: 'webhook',
	name: 'Webhook',
	description: 'Manage webhooks that notify a URL about orders, messages and calls in an account',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create webhook',
			description: 'Create a new webhook that notifies a URL when the selected events occur',
			route: 'POST /v1.0/webhook/create',
			safety: 'once',
			fields: [
				{ ...webhookUrl, required: true },
				subscribedEvents,
				owner,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([authenticationType, ...settings]),
				},
				secretOptions,
			],
			send: { subscribedEvents: eventsOf(subscribedEvents) },
			finalizeRequest: assertAuthenticated,
			secrets: SECRETS,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete webhook',
			description: 'Delete a webhook permanently. Telegent stops sending events to its URL.',
			route: 'POST /v1.0/webhook/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, webhookId, accountFields, deleteOptions],
			deletes: true,
			hooks: webhookDeleteHooks,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get webhook',
			description: 'Retrieve a webhook with its events',
			route: 'GET /v1.0/webhook',
			safety: 'read',
			fields: [webhookId, simplify, accountFields, secretOptions],
			simple: SIMPLE,
			secrets: SECRETS,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many webhooks',
			description: 'Retrieve a list of the webhooks in an account',
			route: 'GET /v1.0/account/webhooks',
			safety: 'read',
			fields: [returnAll, limit, simplify, accountFilter, secretOptions],
			list: '',
			simple: SIMPLE,
			secrets: SECRETS,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update webhook',
			description: 'Update the URL, events or authentication of a webhook',
			route: 'POST /v1.0/webhook/update',
			safety: 'idempotent',
			fields: [
				webhookId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([owner, updatedAuthenticationType, subscribedEvents, webhookUrl, ...settings]),
				},
				secretOptions,
			],
			send: { subscribedEvents: eventsOf(subscribedEvents) },
			secrets: SECRETS,
			hooks: webhookUpdateHooks,
		},
	],
};
