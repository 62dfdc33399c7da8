import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { deleteNotice, limit, returnAll, sorted, statusFilter } from '../../shared/form/fields';

const serviceId: INodeProperties = {
	displayName: 'Service',
	name: 'serviceId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The billable service to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a service…',
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
	description: 'The cost of the service',
};

const monthly: INodeProperties = {
	displayName: 'Monthly',
	name: 'monthly',
	type: 'boolean',
	default: true,
	description: "Whether it's charged monthly instead of once",
};

/** An item is a price of the service, for everyone or for one distributor or aggregator. It has no ID. */
const itemFields: INodeProperties[] = [
	{
		displayName: 'Aggregator ID',
		name: 'aggregatorId',
		type: 'string',
		default: '',
		placeholder: 'e.g. AGG-abc123',
		description: 'The aggregator the price applies to',
	},
	{
		displayName: 'Distributor ID',
		name: 'distributorId',
		type: 'string',
		default: '',
		placeholder: 'e.g. DID-abc123',
		description: 'The distributor the price applies to',
	},
	monthly,
	{
		displayName: 'Price',
		name: 'price',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'The price of the service',
	},
];

export const service: Resource = {
	value: 'service',
	name: 'Service',
	description: 'Manage billable services and their prices',
	operations: [
		{
			value: 'addItem',
			name: 'Add Item',
			action: 'Add item to service',
			description: 'Add a price to a service, for everyone or for one distributor',
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
			action: 'Create service',
			description: 'Create a new billable service',
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
			action: 'Delete service',
			description: 'Delete a service permanently. Make sure that no active product or package uses it.',
			route: 'POST /v1.0/services/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, serviceId],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get service',
			description: 'Retrieve a service with its cost',
			route: 'GET /v1.0/services',
			safety: 'read',
			fields: [serviceId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many services',
			description: 'Retrieve a list of the services in your account',
			route: 'GET /v1.0/account/services',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getItems',
			name: 'Get Many Items',
			action: 'Get many service items',
			description: 'Retrieve a list of the prices of a service',
			route: 'GET /v1.0/services/items',
			safety: 'read',
			fields: [serviceId, returnAll, limit],
			list: 'Items',
		},
		{
			value: 'removeItem',
			name: 'Remove Item',
			action: 'Remove item from service',
			description:
				"Remove a price from a service. If there are several, Telegent doesn't document which one it removes.",
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
			action: 'Update service',
			description:
				"Update a service. Fields you don't add keep their current values. Changes apply immediately to packages and subscriptions with it.",
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
			action: 'Update service item',
			description: 'Update a price of a service, starting with the next billing cycle',
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
