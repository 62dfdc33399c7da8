import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import {
	deleteNotice,
	limit,
	optional,
	packageLocator,
	productLocator,
	returnAll,
	sorted,
	statusFilter,
	subscriber,
} from '../../shared/form/fields';

const packageName: INodeProperties = {
	displayName: 'Package Name',
	name: 'packageName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Package 10',
	description: 'The name of the package',
};

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: '',
	placeholder: 'e.g. sip',
	description: 'The type of package, for example sip or esim',
};

const price: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'The price of the package',
};

const monthly: INodeProperties = {
	displayName: 'Monthly',
	name: 'monthly',
	type: 'boolean',
	default: true,
	description: 'Whether the price is charged monthly instead of once',
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Everything a small office needs',
	description: 'A description of the package',
};

const subscriberId = optional(subscriber, 'The subscriber the package is made for');

const packageItemId: INodeProperties = {
	displayName: 'Item',
	name: 'packageItemId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The product in the package. Select the package first.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an item…',
			typeOptions: { searchListMethod: 'searchPackageItems', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. PIID-4efee842-16f0-4803-9780-8c3c30d19b74',
		},
	],
};

/** The API takes a package's own price as a number, an item's price as text. */
const itemPrice: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'string',
	default: '',
	placeholder: 'e.g. 1.12',
	description: 'The price of the item within the package',
};

const itemMonthly: INodeProperties = {
	...monthly,
	default: false,
	description: 'Whether the item is charged monthly instead of once',
};

const itemType: INodeProperties = {
	...type,
	placeholder: 'e.g. mvno',
	description: 'The type of item',
};

const packageItems: INodeProperties = {
	displayName: 'Items',
	name: 'packageItems',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Item',
	default: {},
	options: [
		{
			displayName: 'Item',
			name: 'item',
			values: [optional(productLocator, 'The product to add'), itemPrice, itemMonthly, itemType],
		},
	],
	description: 'The products in the package',
};

export const packageResource: Resource = {
	value: 'package',
	name: 'Package',
	description: 'Bundle products into priced packages that subscribers can subscribe to',
	operations: [
		{
			value: 'addItem',
			name: 'Add Item',
			action: 'Add item to package',
			description:
				'Add a product to a package. It becomes available to everyone with an active subscription to the package.',
			route: 'POST /v1.0/packages/items/add',
			safety: 'once',
			fields: [
				packageLocator,
				productLocator,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [{ ...itemMonthly, default: true }, itemPrice, itemType],
				},
			],
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create package',
			description: 'Create a new package, with or without products',
			route: 'POST /v1.0/packages',
			safety: 'once',
			fields: [
				{ ...packageName, required: true },
				{ ...type, required: true },
				{ ...price, required: true },
				{ ...monthly, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [description, packageItems, subscriberId],
				},
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete package',
			description:
				'Delete a package permanently. Delete its active subscriptions first, or Telegent rejects the request.',
			route: 'POST /v1.0/packages/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, packageLocator],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get package',
			description: 'Retrieve a package with its price',
			route: 'GET /v1.0/packages',
			safety: 'read',
			fields: [packageLocator],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many packages',
			description: 'Retrieve a list of the packages in your account',
			route: 'GET /v1.0/account/packages',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getItems',
			name: 'Get Many Items',
			action: 'Get many package items',
			description: 'Retrieve a list of the products in a package, with their prices',
			route: 'GET /v1.0/packages/items',
			safety: 'read',
			fields: [packageLocator, returnAll, limit],
			list: '',
		},
		{
			value: 'getSubscriptions',
			name: 'Get Many Subscriptions',
			action: 'Get many subscriptions of package',
			description: 'Retrieve a list of the subscriptions to a package, active and inactive',
			route: 'GET /v1.0/packages/subscriptions',
			safety: 'read',
			fields: [packageLocator, returnAll, limit],
			list: 'Subscriptions',
		},
		{
			value: 'removeItem',
			name: 'Remove Item',
			action: 'Remove item from package',
			description:
				'Remove a product from a package. Subscribers lose access to it, but the product itself is kept.',
			route: 'POST /v1.0/packages/items/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [packageLocator, packageItemId],
			deletes: true,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update package',
			description:
				"Update the name, price or type of a package. Fields you don't add keep their current values.",
			route: 'POST /v1.0/packages/update',
			safety: 'idempotent',
			fields: [
				packageLocator,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([description, monthly, packageName, price, subscriberId, type]),
				},
			],
		},
		{
			value: 'updateItem',
			name: 'Update Item',
			action: 'Update package item',
			description:
				"Update the price of an item in a package. Fields you don't add keep their current values.",
			route: 'POST /v1.0/packages/items/update',
			safety: 'idempotent',
			fields: [
				packageLocator,
				packageItemId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [{ ...itemMonthly, default: true }, itemPrice, itemType],
				},
			],
		},
	],
};
