import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import {
	account,
	deleteNotice,
	limit,
	messageRoute as route,
	optional,
	returnAll,
	secretOptions,
	simplify,
	sorted,
} from '../../shared/form/fields';
import { deleteInUseOptions } from '../routes/deleteInUse';
import { deleteSteps, ownerHooks, updateSteps } from '../routes/holderSteps';

const AUTHENTICATION = [
	{ name: 'Basic', value: 'Basic', description: 'Username and password' },
	{ name: 'Bearer', value: 'Bearer', description: 'A secret token' },
	{ name: 'None', value: 'None', description: 'Anyone can send requests to the URL' },
];

const METHODS = [
	{ name: 'GET', value: 'GET' },
	{ name: 'POST', value: 'POST' },
];

const routeName: INodeProperties = {
	displayName: 'Route Name',
	name: 'routeName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Main SMS Webhook',
	description: 'A friendly name for the route',
};

const messageUrl: INodeProperties = {
	displayName: 'Message URL',
	name: 'messageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/inbound',
	description: 'The primary webhook URL for inbound messages',
};

const messageUrlMethod: INodeProperties = {
	displayName: 'Message URL Method',
	name: 'messageUrlMethod',
	type: 'options',
	options: METHODS,
	default: 'POST',
	description: "The HTTP method Telegent uses to call the 'Message URL'",
};

const settings: INodeProperties[] = [
	optional(account, 'The account the route belongs to'),
	{
		displayName: 'Bypass AI Guardian (Inbound)',
		name: 'inboundBypass',
		type: 'boolean',
		default: true,
		description: 'Whether inbound messages bypass AI Guardian filtering',
	},
	{
		displayName: 'Bypass AI Guardian (Outbound)',
		name: 'outboundBypass',
		type: 'boolean',
		default: true,
		description: 'Whether outbound messages bypass AI Guardian filtering',
	},
	{
		displayName: 'Callback Authentication',
		name: 'callbackMessageAuthenticationType',
		type: 'options',
		options: AUTHENTICATION,
		default: 'Bearer',
		description: "The authentication Telegent uses to call the 'Callback URL'",
	},
	{
		displayName: 'Callback Password or Token',
		name: 'callbackMessagePasswordToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { callbackMessageAuthenticationType: ['None'] } },
		description: 'The password for Basic authentication, or the token for Bearer authentication',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackMessageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/receipts',
		description:
			"The webhook URL for delivery receipts, and for inbound messages if the 'Message URL' doesn't respond",
	},
	{
		displayName: 'Callback URL Method',
		name: 'callbackMessageUrlMethod',
		type: 'options',
		options: METHODS,
		default: 'POST',
		description: "The HTTP method Telegent uses to call the 'Callback URL'",
	},
	{
		displayName: 'Callback Username',
		name: 'callbackMessageUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { callbackMessageAuthenticationType: ['Bearer', 'None'] } },
		description: 'The username for Basic authentication',
	},
	{
		displayName: 'Enabled',
		name: 'messageRouteEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether the route is enabled',
	},
	{
		displayName: 'Intelligent Routing',
		name: 'intelligentRouteEnabled',
		type: 'boolean',
		default: true,
		description: "Whether to use Telegent's AI-assisted message routing",
	},
	{
		displayName: 'Message Authentication',
		name: 'messageAuthenticationType',
		type: 'options',
		options: AUTHENTICATION,
		default: 'Bearer',
		description: "The authentication Telegent uses to call the 'Message URL'",
	},
	{
		displayName: 'Message Password or Token',
		name: 'messagePasswordToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { messageAuthenticationType: ['None'] } },
		description: 'The password for Basic authentication, or the token for Bearer authentication',
	},
	{
		displayName: 'Message Username',
		name: 'messageUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { messageAuthenticationType: ['Bearer', 'None'] } },
		description: 'The username for Basic authentication',
	},
];

const deleteOptions = deleteInUseOptions(
	'Whether to delete the route even if a published workflow receives messages or delivery receipts through it. That workflow then no longer receives them.',
);

const SECRETS = ['MessagePasswordToken', 'CallbackMessagePasswordToken'];

const SIMPLE = [
	'MessageRouteId',
	'RouteName',
	'MessageUrl',
	'MessageAuthenticationType',
	'MessageUsername',
	'CallbackMessageUrl',
	'CallbackMessageUsername',
	'MessageRouteEnabled',
	'AccountId',
	'AccountID',
];

export const messageRoute: Resource = {
	value: 'messageRoute',
	name: 'Message Route',
	description: 'Manage the message routes that deliver inbound messages and delivery receipts',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create message route',
			description: "Create a new message route that delivers your numbers' inbound messages to a URL",
			route: 'POST /v1.0/message/routes',
			safety: 'once',
			fields: [
				{ ...routeName, required: true },
				{ ...messageUrl, required: true },
				{ ...messageUrlMethod, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: settings,
				},
				secretOptions,
			],
			secrets: SECRETS,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete message route',
			description:
				'Delete a message route permanently. Assign its numbers to another route first, or their inbound messages are lost.',
			route: 'POST /v1.0/message/routes/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, route, deleteOptions],
			deletes: true,
			hooks: deleteSteps,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get message route',
			description: 'Retrieve a message route with its main settings and the workflows that use it',
			route: 'GET /v1.0/message/routes',
			safety: 'read',
			fields: [route, simplify, secretOptions],
			simple: SIMPLE,
			secrets: SECRETS,
			hooks: ownerHooks,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many message routes',
			description: 'Retrieve a list of the message routes in an account',
			route: 'GET /v1.0/account/message/routes',
			safety: 'read',
			fields: [
				returnAll,
				limit,
				simplify,
				{
					displayName: 'Filters',
					name: 'filters',
					type: 'collection',
					placeholder: 'Add Filter',
					default: {},
					options: [optional(account, 'The account to retrieve routes for')],
				},
				secretOptions,
			],
			list: 'Results',
			simple: SIMPLE,
			secrets: SECRETS,
			hooks: ownerHooks,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update message route',
			description:
				"Update a message route. Fields you don't add keep their current values. Changes apply immediately to all its numbers.",
			route: 'POST /v1.0/message/routes/update',
			safety: 'idempotent',
			fields: [
				route,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([...settings, messageUrl, messageUrlMethod, routeName]),
				},
				secretOptions,
			],
			secrets: SECRETS,
			hooks: updateSteps,
		},
	],
};
