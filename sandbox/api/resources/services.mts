import { notFound } from '../errors.mts';
import type { Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { change, crud, pick, text } from './helpers.mts';

const SHOWN = ['ServiceId', 'ServiceName', 'Cost', 'Monthly', 'Active'];

const services = crud({
	collection: 'services',
	id: 'ServiceId',
	prefix: 'SID-',
	fields: ['ServiceName', 'Cost', 'Monthly'],
	needed: ['ServiceName', 'Cost'],
	defaults: () => ({ Active: true }),
});

/** Items have no id: they are found by their service, and by aggregator and distributor when these are given. */
function itemsOf(world: World, { ServiceId, ...scope }: Row): Row[] {
	services.find(world, ServiceId);
	return world.state.serviceItems.filter(
		(item) =>
			item.ServiceId === ServiceId &&
			['AggregatorId', 'DistributorId'].every((field) => !text(scope[field]) || item[field] === scope[field]),
	);
}

function existingItems(world: World, body: Row): Row[] {
	const items = itemsOf(world, body);
	if (!items.length) throw notFound('an item of ServiceId', String(body.ServiceId));
	return items;
}

export const serviceHandlers: Handlers = {
	'GET /v1.0/services': services.get(SHOWN),
	'POST /v1.0/services': services.create(SHOWN),
	/** Update and delete document no content for their 200. */
	'POST /v1.0/services/update': services.update(() => undefined),
	'POST /v1.0/services/delete': services.remove(
		() => undefined,
		(world, id) => {
			world.state.serviceItems = world.state.serviceItems.filter(({ ServiceId }) => ServiceId !== id);
		},
	),

	'GET /v1.0/services/items': ({ query, world }) => ({
		ServiceId: services.find(world, query.ServiceId).ServiceId,
		Items: itemsOf(world, query).map((item) => pick(item, ['Price', 'Monthly', 'Active'])),
	}),
	'POST /v1.0/services/items/add': ({ body, world }) => {
		const { ServiceId } = services.find(world, body.ServiceId);
		const item = { ...pick(body, ['AggregatorId', 'DistributorId', 'Price', 'Monthly']), Active: true };
		world.state.serviceItems.push({ ServiceId, ...item });
		return { ServiceId, ...pick(body, ['Price', 'Monthly']), Successful: true };
	},
	'POST /v1.0/services/items/update': ({ body, world }) => {
		const items = existingItems(world, body);
		for (const item of items) change(item, body, ['Price', 'Monthly']);
		return { ...pick(items[0], ['Price', 'Monthly']), Successful: true };
	},
	'POST /v1.0/services/items/delete': ({ body, world }) => {
		const doomed = new Set(existingItems(world, body));
		world.state.serviceItems = world.state.serviceItems.filter((item) => !doomed.has(item));
		return { Successful: true };
	},
};
