import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import {
	deleteNotice,
	limit,
	productLocator,
	returnAll,
	sorted,
	statusFilter,
} from '../../shared/form/fields';

const sku: INodeProperties = {
	displayName: 'SKU',
	name: 'sku',
	type: 'string',
	default: '',
	placeholder: 'e.g. eSim',
	description: 'Your short code for the product',
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Telegent eSim',
	description: 'What the product is',
};

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: '',
	placeholder: 'e.g. esim',
	description: 'What kind of product it is, for example esim or vas',
};

const subType: INodeProperties = {
	displayName: 'Subtype',
	name: 'subType',
	type: 'string',
	default: '',
	placeholder: 'e.g. esim',
	description: 'A finer kind within the type',
};

const cost: INodeProperties = {
	displayName: 'Cost',
	name: 'cost',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'What the product costs',
};

const billingFrequency: INodeProperties = {
	displayName: 'Billing Frequency',
	name: 'billingFrequency',
	type: 'options',
	options: [
		{ name: 'Monthly', value: 'MRC', description: 'Monthly recurring charge' },
		{ name: 'Once', value: 'NRC', description: 'Non-recurring charge' },
	],
	default: 'MRC',
	description: 'How often the cost is charged',
};

export const product: Resource = {
	value: 'product',
	name: 'Product',
	description: 'Manage what packages are made of',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a product',
			description: 'Create a product, which can then be put into packages',
			route: 'POST /v1.0/products',
			safety: 'once',
			fields: [
				{ ...sku, required: true },
				{ ...description, required: true },
				{ ...type, required: true },
				{ ...cost, required: true },
				{ ...billingFrequency, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [subType],
				},
			],
			send: { sku: 'SKU' },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a product',
			description:
				'Delete a product for good. Remove it from all active packages first, else Telegent refuses.',
			route: 'POST /v1.0/products/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, productLocator],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a product',
			description: 'Retrieve one product with its cost',
			route: 'GET /v1.0/products',
			safety: 'read',
			fields: [productLocator],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many products',
			description: 'Retrieve the products of your account',
			route: 'GET /v1.0/account/products',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a product',
			description:
				'Change a product. What you leave out stays as it is; all packages with the product follow.',
			route: 'POST /v1.0/products/update',
			safety: 'idempotent',
			fields: [
				productLocator,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([billingFrequency, cost, description, sku, subType, type]),
				},
			],
			send: { sku: 'SKU' },
		},
	],
};
