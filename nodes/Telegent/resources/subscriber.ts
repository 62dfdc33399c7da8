import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { account, limit, returnAll, subscriber as person } from '../../shared/form/fields';
import { existingPhones, phones } from '../../shared/values';

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Hill',
	description: "The subscriber's full name",
};

const phoneNumbers: INodeProperties = {
	displayName: 'Phone Numbers',
	name: 'phoneNumbers',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18015550123',
	description: "The subscriber's phone numbers, separated by commas",
};

const role: INodeProperties = {
	displayName: 'Role',
	name: 'role',
	type: 'options',
	options: [
		{ name: 'Account Admin', value: 'Account Admin' },
		{ name: 'Manager', value: 'Manager' },
		{ name: 'Subscriber', value: 'Subscriber' },
	],
	default: 'Subscriber',
	description: "The subscriber's role in the account",
};

const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password the subscriber signs in with',
};

export const subscriber: Resource = {
	value: 'subscriber',
	name: 'Subscriber',
	description: 'Manage the people who use your numbers',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create subscriber',
			description: 'Create a new subscriber, so that this person can use a number',
			route: 'POST /v1.0/subscribers/create',
			safety: 'once',
			fields: [
				{ ...name, required: true },
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'name@email.com',
					description: "The subscriber's email address. It must be unique across all Telegent subscribers.",
				},
				{ ...phoneNumbers, required: true },
				{ ...role, required: true },
				{ ...password, required: true },
				account,
			],
			send: { phoneNumbers: phones },
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get subscriber',
			description: 'Retrieve a subscriber',
			route: 'GET /v1.0/subscribers/get',
			safety: 'read',
			fields: [person],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many subscribers',
			description: 'Retrieve a list of the subscribers in all accounts of your distributor',
			route: 'GET /v1.0/distributor/subscribers',
			safety: 'read',
			fields: [returnAll, limit],
			list: 'Subscribers',
			paging: { page: 'PageNumber', size: 'TotalPerPage', most: 100, total: 'TotalSubscribers' },
		},
		{
			value: 'transfer',
			name: 'Transfer',
			action: 'Transfer subscriber',
			description: 'Transfer a subscriber to another account, including their numbers and subscriptions',
			route: 'POST /v1.0/subscribers/transfer',
			safety: 'once',
			stakes: 'final',
			fields: [
				person,
				{
					...account,
					displayName: 'From Account',
					name: 'fromAccountId',
					description: 'The account the subscriber is currently in',
				},
				{
					...account,
					displayName: 'To Account',
					name: 'toAccountId',
					description: 'The account to transfer the subscriber to',
				},
			],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update subscriber',
			description: "Update a subscriber. Fields you don't add keep their current values.",
			route: 'POST /v1.0/subscribers/update',
			safety: 'idempotent',
			fields: [
				person,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [name, password, phoneNumbers, role],
				},
			],
			send: { phoneNumbers: existingPhones },
		},
	],
};
