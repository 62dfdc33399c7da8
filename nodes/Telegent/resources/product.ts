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
	description: "The product's stock-keeping unit (SKU)",
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Telegent eSim',
	description: 'A description of the product',
};

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: '',
	placeholder: 'e.g. esim',
	description: 'The type of product, for example esim or vas',
};

const subType: INodeProperties = {
	displayName: 'Subtype',
	name: 'subType',
	type: 'string',
	default: '',
	placeholder: 'e.g. esim',
	description: 'The subtype of the product',
};

const cost: INodeProperties = {
	displayName: 'Cost',
	name: 'cost',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'The cost of the product',
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
	description: 'Manage the products that packages are built from',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create product',
			description: 'Create a new product that can be added to packages',
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
			action: 'Delete product',
			description:
				'Delete a product permanently. Remove it from all active packages first, or Telegent rejects the request.',
			route: 'POST /v1.0/products/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, productLocator],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get product',
			description: 'Retrieve a product with its cost',
			route: 'GET /v1.0/products',
			safety: 'read',
			fields: [productLocator],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many products',
			description: 'Retrieve a list of the products in your account',
			route: 'GET /v1.0/account/products',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update product',
			description:
				"Update a product. Fields you don't add keep their current values. Changes apply to every package that contains it.",
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
