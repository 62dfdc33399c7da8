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
	description: 'What the package is for, for example sip or esim',
};

const price: INodeProperties = {
	displayName: 'Price',
	name: 'price',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description: 'What the package costs',
};

const monthly: INodeProperties = {
	displayName: 'Monthly',
	name: 'monthly',
	type: 'boolean',
	default: true,
	description: 'Whether the price is charged every month instead of once',
};

const description: INodeProperties = {
	displayName: 'Description',
	name: 'description',
	type: 'string',
	default: '',
	placeholder: 'e.g. Everything that a small office needs',
	description: 'What the package offers',
};

const subscriberId = optional(subscriber, 'The subscriber that the package is made for');

const packageItemId: INodeProperties = {
	displayName: 'Item',
	name: 'packageItemId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The product in the package. Choose the package first.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose an item…',
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
	description: 'What the item costs within the package',
};

const itemMonthly: INodeProperties = {
	...monthly,
	default: false,
	description: 'Whether the item is charged every month instead of once',
};

const itemType: INodeProperties = {
	...type,
	placeholder: 'e.g. mvno',
	description: 'What kind of item it is',
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
			values: [optional(productLocator, 'The product to put in'), itemPrice, itemMonthly, itemType],
		},
	],
	description: 'The products that the package is made of',
};

export const packageResource: Resource = {
	value: 'package',
	name: 'Package',
	description: 'Bundle products at a price, for subscribers to subscribe to',
	operations: [
		{
			value: 'addItem',
			name: 'Add Item',
			action: 'Add an item to a package',
			description: 'Put a product into a package. Everybody with an active subscription to it can use it.',
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
			action: 'Create a package',
			description: 'Create a package, with its products or without',
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
			action: 'Delete a package',
			description: 'Delete a package for good. Delete its active subscriptions first, else Telegent refuses.',
			route: 'POST /v1.0/packages/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, packageLocator],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a package',
			description: 'Retrieve one package with its price',
			route: 'GET /v1.0/packages',
			safety: 'read',
			fields: [packageLocator],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many packages',
			description: 'Retrieve the packages of your account',
			route: 'GET /v1.0/account/packages',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'getItems',
			name: 'Get Many Items',
			action: 'Get many items of a package',
			description: 'Retrieve the products in a package with their prices',
			route: 'GET /v1.0/packages/items',
			safety: 'read',
			fields: [packageLocator, returnAll, limit],
			list: '',
		},
		{
			value: 'getSubscriptions',
			name: 'Get Many Subscriptions',
			action: 'Get many subscriptions of a package',
			description: 'Retrieve who subscribes to a package, active or not',
			route: 'GET /v1.0/packages/subscriptions',
			safety: 'read',
			fields: [packageLocator, returnAll, limit],
			list: 'Subscriptions',
		},
		{
			value: 'removeItem',
			name: 'Remove Item',
			action: 'Remove an item from a package',
			description: 'Take a product out of a package. Its subscribers lose it; the product itself stays.',
			route: 'POST /v1.0/packages/items/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [packageLocator, packageItemId],
			deletes: true,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a package',
			description: 'Change name, price or type of a package. What you leave out stays as it is.',
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
			action: 'Update an item of a package',
			description: 'Change what a product costs within a package. What you leave out stays as it is.',
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
