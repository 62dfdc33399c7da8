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
import { deleteSteps, ownerHooks, updateSteps } from '../routes/holderSteps';

const AUTHENTICATION = [
	{ name: 'Basic', value: 'Basic', description: 'User name and password' },
	{ name: 'Bearer', value: 'Bearer', description: 'A secret token' },
	{ name: 'None', value: 'None', description: 'Anyone can call the address' },
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
	description: 'A name that you recognise the route by',
};

const messageUrl: INodeProperties = {
	displayName: 'Message URL',
	name: 'messageUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/inbound',
	description: 'The address that Telegent calls for each inbound message',
};

const messageUrlMethod: INodeProperties = {
	displayName: 'Message URL Method',
	name: 'messageUrlMethod',
	type: 'options',
	options: METHODS,
	default: 'POST',
	description: 'How Telegent calls the Message URL',
};

const settings: INodeProperties[] = [
	optional(account, 'The account that the route belongs to'),
	{
		displayName: 'AI Guardian Bypass Inbound',
		name: 'inboundBypass',
		type: 'boolean',
		default: true,
		description: 'Whether inbound messages skip the AI Guardian filters',
	},
	{
		displayName: 'AI Guardian Bypass Outbound',
		name: 'outboundBypass',
		type: 'boolean',
		default: true,
		description: 'Whether outbound messages skip the AI Guardian filters',
	},
	{
		displayName: 'Callback Authentication',
		name: 'callbackMessageAuthenticationType',
		type: 'options',
		options: AUTHENTICATION,
		default: 'Bearer',
		description: 'How Telegent proves who it is when it calls the Callback URL',
	},
	{
		displayName: 'Callback Password or Token',
		name: 'callbackMessagePasswordToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { callbackMessageAuthenticationType: ['None'] } },
		description: 'The password for Basic, or the token for Bearer',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackMessageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/receipts',
		description:
			'The address for delivery receipts, and for inbound messages when the Message URL does not answer',
	},
	{
		displayName: 'Callback URL Method',
		name: 'callbackMessageUrlMethod',
		type: 'options',
		options: METHODS,
		default: 'POST',
		description: 'How Telegent calls the Callback URL',
	},
	{
		displayName: 'Callback User Name',
		name: 'callbackMessageUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { callbackMessageAuthenticationType: ['Bearer', 'None'] } },
		description: 'The user name for Basic',
	},
	{
		displayName: 'Enabled',
		name: 'messageRouteEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether the route is in use',
	},
	{
		displayName: 'Intelligent Routing',
		name: 'intelligentRouteEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether Telegent’s AI helps to route messages',
	},
	{
		displayName: 'Message Authentication',
		name: 'messageAuthenticationType',
		type: 'options',
		options: AUTHENTICATION,
		default: 'Bearer',
		description: 'How Telegent proves who it is when it calls the Message URL',
	},
	{
		displayName: 'Message Password or Token',
		name: 'messagePasswordToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { messageAuthenticationType: ['None'] } },
		description: 'The password for Basic, or the token for Bearer',
	},
	{
		displayName: 'Message User Name',
		name: 'messageUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { messageAuthenticationType: ['Bearer', 'None'] } },
		description: 'The user name for Basic',
	},
];

const deleteOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Delete Even If in Use',
			name: 'deleteInUse',
			type: 'boolean',
			// On when added: it is added to be used.
			default: true,
			description:
				'Whether to delete the route even if a published workflow receives messages or delivery receipts through it. That workflow then receives nothing.',
		},
	],
};

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
	description: 'Say where inbound messages and delivery receipts go',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a message route',
			description: 'Create the route that inbound messages of your numbers take',
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
			action: 'Delete a message route',
			description:
				'Delete a route for good. Give its numbers another route first, else they lose their messages.',
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
			action: 'Get a message route',
			description: 'Retrieve one route with its main settings, and the workflows that listen to it',
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
			description: 'Retrieve the routes of an account',
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
					options: [optional(account, 'Whose routes to retrieve')],
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
			action: 'Update a message route',
			description:
				'Change settings of a route. What you leave out stays as it is; numbers on it follow at once.',
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
