import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { deleteNotice, limit, returnAll, sorted, statusFilter } from '../../shared/form/fields';

const serviceId: INodeProperties = {
	displayName: 'Service',
	name: 'serviceId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The service, which products and packages charge for',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a service…',
			typeOptions: { searchListMethod: 'searchServices', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. SID-65d007be-8b49-45ac-b8ae-77b8d6a66c8b',
		},
	],
};

const serviceName: INodeProperties = {
	displayName: 'Service Name',
	name: 'serviceName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Caller ID',
	description: 'The name of the service',
};

const cost: INodeProperties = {
	displayName: 'Cost',
	name: 'cost',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'What the service costs',
};

const monthly: INodeProperties = {
	displayName: 'Monthly',
	name: 'monthly',
	type: 'boolean',
	default: true,
	description: 'Whether it is charged every month instead of once',
};

/** An item is a price of the service, for everyone or for one distributor or aggregator. It has no ID. */
const itemFields: INodeProperties[] = [
	{
		displayName: 'Aggregator ID',
		name: 'aggregatorId',
		type: 'string',
		default: '',
		placeholder: 'e.g. AGG-abc123',
		description: 'The aggregator that the price is for',
	},
	{
		displayName: 'Distributor ID',
		name: 'distributorId',
		type: 'string',
		default: '',
		placeholder: 'e.g. DID-abc123',
		description: 'The distributor that the price is for',
	},
	monthly,
	{
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'What the service costs there',
	},
];

export const service: Resource = {
	value: 'service',
	name: 'Service',
	description: 'Manage what is charged for, and at which prices',
	operations: [
		{
			value: 'addItem',
			name: 'Add Item',
			action: 'Add an item to a service',
			description: 'Add a price to a service, for everybody or for one distributor',
			route: 'POST /v1.0/services/items/add',
			safety: 'once',
			fields: [
				serviceId,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: itemFields,
				},
			],
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create a service',
			description: 'Create a service that can be charged for',
			route: 'POST /v1.0/services',
			safety: 'once',
			fields: [
				{ ...serviceName, required: true },
				{ ...cost, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [monthly],
				},
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a service',
			description: 'Delete a service for good. Make sure that no active product or package uses it.',
			route: 'POST /v1.0/services/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, serviceId],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a service',
			description: 'Retrieve one service with its cost',
			route: 'GET /v1.0/services',
			safety: 'read',
			fields: [serviceId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many services',
			description: 'Retrieve the services of your account',
			route: 'GET /v1.0/account/services',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getItems',
			name: 'Get Many Items',
			action: 'Get many items of a service',
			description: 'Retrieve the prices of a service',
			route: 'GET /v1.0/services/items',
			safety: 'read',
			fields: [serviceId, returnAll, limit],
			list: 'Items',
		},
		{
			value: 'removeItem',
			name: 'Remove Item',
			action: 'Remove an item from a service',
			description:
				'Remove a price from a service. Telegent takes no item ID: which one goes, if there are several, is not documented.',
			route: 'POST /v1.0/services/items/delete',
			// The request identifies only the service, so a retry could remove a second item.
			safety: 'once',
			stakes: 'final',
			fields: [deleteNotice, serviceId],
			deletes: true,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a service',
			description:
				'Change a service. What you leave out stays as it is; packages and subscriptions with it follow at once.',
			route: 'POST /v1.0/services/update',
			safety: 'idempotent',
			fields: [
				serviceId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([cost, monthly, serviceName]),
				},
			],
		},
		{
			value: 'updateItem',
			name: 'Update Item',
			action: 'Update an item of a service',
			description: 'Change a price of a service from the next billing cycle on',
			route: 'POST /v1.0/services/items/update',
			safety: 'idempotent',
			fields: [
				serviceId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: itemFields,
				},
			],
		},
	],
};
