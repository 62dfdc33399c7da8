import { TELEGENT, TRIGGER } from '../../sandbox/n8n/workflow.mts';
import { MAIN_LINE, MAIN_ROUTE, openWorld, type World } from './support/world.mts';

describe('“From List”, through n8n', () => {
	let world: World;
	beforeAll(async () => (world = await openWorld('Lists')));
	afterAll(async () => await world.close());

	const search = (node: string, method: string, path: string, filter?: string) =>
		world.api.nodes.search({
			node,
			method,
			path: `parameters.${path}`,
			parameters: {},
			credential: world.credential,
			...(filter && { filter }),
		});

	test.each([
		['message routes', TELEGENT, 'searchMessageRoutes', 'messageRouteId', MAIN_ROUTE],
		['message routes, in the trigger', TRIGGER, 'searchMessageRoutes', 'messageRouteId', MAIN_ROUTE],
		['numbers to send from', TELEGENT, 'searchSenders', 'from', MAIN_LINE],
		[
			'voice routes',
			TELEGENT,
			'searchVoiceRoutes',
			'callRouteId',
			'CRID-5a4d0000-0000-4000-8000-000000000001',
		],
		[
			'subscribers',
			TELEGENT,
			'searchSubscribers',
			'subscriberId',
			'TSUID-5a4d0000-0000-4000-8000-000000000001',
		],
		['accounts', TELEGENT, 'searchAccounts', 'accountId', 'AID-5a4d0000-0000-4000-8000-000000000001'],
	])('lists %s', async (_what, node, method, path, seeded) => {
		const { results } = await search(node, method, path);
		expect(results).toContainEqual(expect.objectContaining({ name: expect.any(String), value: seeded }));
	});

	test('finds a route by a part of its name', async () => {
		const { results } = await search(TELEGENT, 'searchMessageRoutes', 'messageRouteId', 'notif');
		expect(results.map(({ name }) => name)).toEqual([expect.stringContaining('Notifications')]);
	});
});
