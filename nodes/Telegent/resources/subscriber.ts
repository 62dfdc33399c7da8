import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { account, limit, returnAll, subscriber as person } from '../fields';
import { existingPhones, phones } from '../values';

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Hill',
	description: 'The full name',
};

const phoneNumbers: INodeProperties = {
	displayName: 'Phone Numbers',
	name: 'phoneNumbers',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18015550123',
	description: 'The subscriber’s phone numbers. Separate several with commas.',
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
	description: 'What the subscriber may do in the account',
};

const password: INodeProperties = {
	displayName: 'Password',
	name: 'password',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The password that the subscriber signs in with',
};

export const subscriber: Resource = {
	value: 'subscriber',
	name: 'Subscriber',
	description: 'Manage the people who use your numbers',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a subscriber',
			description: 'Create the person who will use a number',
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
					description: 'An e-mail address that no other subscriber of the whole platform has',
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
			action: 'Get a subscriber',
			description: 'Retrieve one subscriber',
			route: 'GET /v1.0/subscribers/get',
			safety: 'read',
			fields: [person],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many subscribers',
			description: 'Retrieve the subscribers of all accounts of your distributor',
			route: 'GET /v1.0/distributor/subscribers',
			safety: 'read',
			fields: [returnAll, limit],
			list: 'Subscribers',
			paging: { page: 'PageNumber', size: 'TotalPerPage', most: 100, total: 'TotalSubscribers' },
		},
		{
			value: 'transfer',
			name: 'Transfer',
			action: 'Transfer a subscriber',
			description: 'Move a subscriber to another account. Numbers and subscriptions go along.',
			route: 'POST /v1.0/subscribers/transfer',
			safety: 'once',
			stakes: 'final',
			fields: [
				person,
				{
					...account,
					displayName: 'From Account',
					name: 'fromAccountId',
					description: 'The account that the subscriber is in now',
				},
				{
					...account,
					displayName: 'To Account',
					name: 'toAccountId',
					description: 'The account that the subscriber moves to',
				},
			],
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a subscriber',
			description: 'Change a subscriber. What you leave out stays as it is.',
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
