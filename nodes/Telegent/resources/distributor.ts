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
	description: 'The ID of the distributor',
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
	description: 'Manage distributors, and list the packages, products and subscriptions of their accounts',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create distributor',
			description: 'Create a new distributor with its own account key and secret',
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
			action: 'Get distributor',
			description: 'Retrieve a distributor with its addresses and number of accounts',
			route: 'GET /v1.0/distributor',
			safety: 'read',
			fields: [distributorId, secretOptions],
			secrets: SECRETS,
		},
		{
			value: 'getPackages',
			name: 'Get Many Packages',
			action: 'Get many packages of distributor',
			description: 'Retrieve a list of the packages your distributor offers',
			route: 'GET /v1.0/distributor/packages',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getProducts',
			name: 'Get Many Products',
			action: 'Get many products of distributor',
			description: 'Retrieve a list of the products your distributor can add to packages',
			route: 'GET /v1.0/distributor/products',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getSubscriptions',
			name: 'Get Many Subscriptions',
			action: 'Get many subscriptions of distributor',
			description: 'Retrieve a list of the subscriptions in all accounts of your distributor',
			route: 'GET /v1.0/distributor/subscriptions',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update distributor',
			description:
				"Update the name and addresses of a distributor. Fields you don't add keep their current values.",
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
