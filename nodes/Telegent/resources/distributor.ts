import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { limit, returnAll, secretOptions, statusFilter } from '../../shared/form/fields';
import { billingAddress, mailingAddress } from './addressFields';

const distributorId: INodeProperties = {
	displayName: 'Distributor ID',
	name: 'distributorId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. DID-1e24785ab-3f3c-7db1-89d7-956d80fdnn5',
	description: 'The ID of the distributor, which all its accounts belong to',
};

const distributorName: INodeProperties = {
	displayName: 'Distributor Name',
	name: 'distributorName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Telegent Distributor 2',
	description: 'The name of the distributor',
};

/** With the account key, this secret gives access to the whole API. */
const SECRETS = ['Secret'];

export const distributor: Resource = {
	value: 'distributor',
	name: 'Distributor',
	description: 'Manage distributors and see what belongs to all their accounts',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a distributor',
			description: 'Create a distributor with an account key and a secret of its own',
			route: 'POST /v1.0/distributor/create',
			safety: 'once',
			stakes: 'final',
			fields: [
				{ ...distributorName, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [billingAddress, mailingAddress],
				},
				secretOptions,
			],
			secrets: SECRETS,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a distributor',
			description: 'Retrieve one distributor with its addresses and number of accounts',
			route: 'GET /v1.0/distributor',
			safety: 'read',
			fields: [distributorId, secretOptions],
			secrets: SECRETS,
		},
		{
			value: 'getPackages',
			name: 'Get Many Packages',
			action: 'Get many packages of the distributor',
			description: 'Retrieve the packages that the distributor offers',
			route: 'GET /v1.0/distributor/packages',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getProducts',
			name: 'Get Many Products',
			action: 'Get many products of the distributor',
			description: 'Retrieve the products that the distributor can put into packages',
			route: 'GET /v1.0/distributor/products',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getSubscriptions',
			name: 'Get Many Subscriptions',
			action: 'Get many subscriptions of the distributor',
			description: 'Retrieve the subscriptions of all accounts of the distributor',
			route: 'GET /v1.0/distributor/subscriptions',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a distributor',
			description: 'Change name and addresses of a distributor. What you leave out stays as it is.',
			route: 'POST /v1.0/distributor/update',
			safety: 'idempotent',
			fields: [
				distributorId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [billingAddress, distributorName, mailingAddress],
				},
				secretOptions,
			],
			secrets: SECRETS,
		},
	],
};
