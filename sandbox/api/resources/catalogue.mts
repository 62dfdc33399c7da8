import { ACCOUNT_KEY, AGGREGATOR_ID } from '../ids.mts';
import { ownAccountId, type Collection, type Row } from '../state.mts';
import type { Handler, Handlers, World } from '../world.mts';
import {
	byActivity,
	change,
	checkReference,
	crud,
	named,
	pick,
	refuse,
	subscriber,
	text,
} from './helpers.mts';

const OWNERS = { DistributorId: ACCOUNT_KEY, AggregatorId: AGGREGATOR_ID };

const PRODUCT_FIELDS = ['SKU', 'Description', 'Type', 'SubType', 'Cost', 'BillingFrequency'];
const PRODUCT_SHOWN = [
	'ProductId',
	'SKU',
	'Description',
	'AggregatorId',
	'DistributorId',
	'Type',
	'SubType',
	'Cost',
	'BillingFrequency',
	'Active',
];

const products = crud({
	collection: 'products',
	id: 'ProductId',
	prefix: 'PRID-',
	fields: PRODUCT_FIELDS,
	needed: PRODUCT_FIELDS,
	defaults: () => ({ AggregatorId: AGGREGATOR_ID, DistributorId: null, Active: true }),
});

const PACKAGE_SHOWN = [
	'PackageId',
	'PackageName',
	'DistributorId',
	'AggregatorId',
	'SubscriberId',
	'Type',
	'Price',
	'Monthly',
	'Active',
];

const packages = crud({
	collection: 'packages',
	id: 'PackageId',
	prefix: 'PID-',
	fields: ['PackageName', 'Description', 'SubscriberId', 'Type', 'Price', 'Monthly'],
	needed: ['PackageName', 'Type', 'Price', 'Monthly'],
	check: ({ state }, body) => {
		if (text(body.SubscriberId)) subscriber(state, body.SubscriberId);
		for (const item of (body.PackageItems ?? []) as Row[])
			checkReference(state.products, 'PackageItems.ProductId', item.ProductId);
	},
	defaults: () => ({ ...OWNERS, Active: true }),
});

const ITEM_SHOWN = [
	'PackageItemId',
	'PackageId',
	'ProductId',
	'AggregatorId',
	'DistributorId',
	'Type',
	'Price',
	'Monthly',
	'Active',
];

/** An item's price is text in requests and a number in responses (notes of packages/items/add). */
const price = (value: unknown): number | null =>
	value === null || value === undefined ? null : Number(value);

function addItem({ state, random }: World, packageId: string, body: Row): Row {
	const price_ = price(body.Price);
	if (Number.isNaN(price_)) throw refuse(`Price is not a number: ${String(body.Price)}`);
	const item: Row = {
		PackageItemId: random.id('PIID-'),
		PackageId: packageId,
		ProductId: body.ProductId,
		...OWNERS,
		Type: body.Type ?? null,
		Price: price_,
		Monthly: body.Monthly ?? false,
		Active: true,
	};
	state.packageItems.set(item.PackageItemId as string, item);
	return item;
}

function packageItem({ state }: World, body: Row): Row {
	const owner = named(state.packages, 'PackageId', body.PackageId);
	const item = named(state.packageItems, 'PackageItemId', body.PackageItemId);
	if (item.PackageId !== owner.PackageId)
		throw refuse(`PackageItemId ${String(item.PackageItemId)} is not an item of this package`);
	return item;
}

const itemsOf = ({ state }: World, packageId: unknown): Row[] =>
	[...state.packageItems.values()].filter(({ PackageId }) => PackageId === packageId);

const subscriptionsOf = ({ state }: World, packageId: unknown): Row[] =>
	[...state.subscriptions.values()].filter(({ PackageId }) => PackageId === packageId);

const SUBSCRIPTION_FIELDS = ['SubscriberId', 'TNID', 'ICCID', 'PackageId', 'Type'];
const SUBSCRIPTION_SHOWN = ['SubscriptionId', ...SUBSCRIPTION_FIELDS, 'Active'];

const subscriptions = crud({
	collection: 'subscriptions',
	id: 'SubscriptionId',
	prefix: 'SUB-',
	fields: SUBSCRIPTION_FIELDS,
	needed: ['SubscriberId', 'PackageId', 'Type'],
	check: ({ state }, body) => {
		if (text(body.SubscriberId)) body.SubscriberId = subscriber(state, body.SubscriberId).SubscriberId;
		checkReference(state.packages, 'PackageId', body.PackageId);
		const numberIds = [...state.numbers.values()].map((number) => [number.NumberId, number] as const);
		checkReference(new Map(numberIds), 'TNID', body.TNID);
	},
	defaults: () => ({ Active: true }),
});

/** A list with a status filter: `{ <owner>, Total…, Filter, Results }`. */
const filtered =
	(owner: Row | ((world: World) => Row), total: string, collection: Collection, shown: string[]): Handler =>
	({ query, world }) => {
		const found = byActivity(world.state[collection].values(), query.Filter);
		return {
			...(typeof owner === 'function' ? owner(world) : owner),
			[total]: found.length,
			Filter: text(query.Filter) ?? 'All',
			Results: found.map((record) => pick(record, shown)),
		};
	};

const DISTRIBUTOR = { DistributorId: ACCOUNT_KEY };
const packageList = filtered(DISTRIBUTOR, 'TotalPackages', 'packages', PACKAGE_SHOWN);
const productList = filtered(DISTRIBUTOR, 'TotalProducts', 'products', PRODUCT_SHOWN);
const ownAccount = ({ state }: World) => ({ AccountId: ownAccountId(state) });

export const catalogueHandlers: Handlers = {
	'GET /v1.0/products': products.get(PRODUCT_SHOWN),
	'POST /v1.0/products': products.create(PRODUCT_SHOWN),
	'POST /v1.0/products/update': products.update((record) => pick(record, ['ProductId', ...PRODUCT_FIELDS])),
	'POST /v1.0/products/delete': products.remove(
		(id) => ({ ProductId: id, ProductStatus: 'Deleted' }),
		({ state }, id) => {
			if ([...state.packageItems.values()].some(({ ProductId }) => ProductId === id))
				throw refuse('The product is included in active packages: remove it from them first');
		},
	),
	'GET /v1.0/account/products': productList,
	'GET /v1.0/distributor/products': productList,

	'GET /v1.0/packages': packages.get(PACKAGE_SHOWN),
	'POST /v1.0/packages': (call) => {
		const created = packages.create(PACKAGE_SHOWN)(call) as Row;
		for (const item of (call.body.PackageItems ?? []) as Row[])
			addItem(call.world, created.PackageId as string, item);
		return created;
	},
	'POST /v1.0/packages/update': packages.update((record) => pick(record, PACKAGE_SHOWN)),
	'POST /v1.0/packages/delete': packages.remove(
		(id) => ({ PackageId: id, PackageStatus: 'Deleted' }),
		(world, id) => {
			if (subscriptionsOf(world, id).some(({ Active }) => Active))
				throw refuse('The package has active subscriptions: cancel them first');
			for (const { PackageItemId } of itemsOf(world, id))
				world.state.packageItems.delete(PackageItemId as string);
		},
	),
	'GET /v1.0/packages/subscriptions': ({ query, world }) => {
		const record = packages.find(world, query.PackageId);
		const own = subscriptionsOf(world, record.PackageId);
		return {
			...pick(record, PACKAGE_SHOWN),
			Subscriptions: own.map((one) => pick(one, SUBSCRIPTION_SHOWN)),
		};
	},
	'GET /v1.0/account/packages': packageList,
	'GET /v1.0/distributor/packages': packageList,

	/** A bare list. */
	'GET /v1.0/packages/items': ({ query, world }) =>
		itemsOf(world, packages.find(world, query.PackageId).PackageId).map((item) => pick(item, ITEM_SHOWN)),
	'POST /v1.0/packages/items/add': ({ body, world }) => {
		packages.find(world, body.PackageId);
		checkReference(world.state.products, 'ProductId', body.ProductId);
		const item = addItem(world, body.PackageId as string, body);
		return pick(item, ['PackageItemId', 'PackageId', 'Type', 'Price', 'Monthly', 'Active']);
	},
	'POST /v1.0/packages/items/update': ({ body, world }) => {
		const item = packageItem(world, body);
		const sent = body.Price === undefined ? body : { ...body, Price: price(body.Price) };
		change(item, sent, ['Price', 'Monthly', 'Type']);
		return pick(item, ITEM_SHOWN);
	},
	'POST /v1.0/packages/items/delete': ({ body, world }) => {
		const { PackageItemId, PackageId } = packageItem(world, body);
		world.state.packageItems.delete(PackageItemId as string);
		return { PackageItemId, PackageId, PackageItemStatus: 'Deleted' };
	},

	'GET /v1.0/subscriptions': subscriptions.get(SUBSCRIPTION_SHOWN),
	'POST /v1.0/subscriptions': subscriptions.create(SUBSCRIPTION_SHOWN),
	'POST /v1.0/subscriptions/update': subscriptions.update((record) => pick(record, SUBSCRIPTION_SHOWN)),
	'POST /v1.0/subscriptions/delete': subscriptions.remove((id) => ({
		SubscriptionId: id,
		SubscriptionStatus: 'Deleted',
	})),
	'GET /v1.0/account/subscriptions': filtered(
		ownAccount,
		'TotalSubscriptions',
		'subscriptions',
		SUBSCRIPTION_SHOWN,
	),
	'GET /v1.0/distributor/subscriptions': filtered(
		DISTRIBUTOR,
		'TotalSubscriptions',
		'subscriptions',
		SUBSCRIPTION_SHOWN,
	),
	'GET /v1.0/account/services': filtered({ AggregatorId: AGGREGATOR_ID }, 'TotalServices', 'services', [
		'ServiceId',
		'ServiceName',
		'Cost',
		'Monthly',
		'Active',
	]),
};
