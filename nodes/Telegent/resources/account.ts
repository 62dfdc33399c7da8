import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { account as existing, limit, returnAll } from '../../shared/form/fields';
import { billingAddress, mailingAddress } from './addressFields';

const accountName: INodeProperties = {
	displayName: 'Account Name',
	name: 'accountName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Telegent Account 3',
	description: 'The name of the account',
};

export const account: Resource = {
	value: 'account',
	name: 'Account',
	description: 'Manage the accounts under your distributor',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create account',
			description: 'Create a new account for subscribers, numbers and subscriptions',
			route: 'POST /v1.0/account/create',
			safety: 'once',
			stakes: 'final',
			fields: [
				{ ...accountName, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [
						{
							displayName: 'Administrator Email',
							name: 'accountAdmin',
							type: 'string',
							default: '',
							placeholder: 'name@email.com',
							description: 'The email address of the account administrator',
						},
						billingAddress,
						mailingAddress,
					],
				},
			],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get account',
			description: 'Retrieve an account with its addresses and number of subscribers',
			route: 'GET /v1.0/account',
			safety: 'read',
			fields: [existing],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many accounts',
			description: 'Retrieve a list of the accounts under your distributor',
			route: 'GET /v1.0/distributor/accounts',
			safety: 'read',
			fields: [returnAll, limit],
			// The vendor's text says a list, its example is a single account; other lists of an account are in Results.
			list: 'Results',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update account',
			description:
				"Update the account that your account key belongs to. Fields you don't add keep their current values.",
			route: 'POST /v1.0/account/update',
			safety: 'idempotent',
			fields: [
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [accountName, billingAddress, mailingAddress],
				},
			],
		},
	],
};
