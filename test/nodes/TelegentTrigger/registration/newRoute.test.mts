import { useFasterTime } from '../../../support/fasterTime.mts';
import {
	MAIN,
	BASIC,
	MAIN_LINE,
	NOTIFICATIONS,
	onNumbers,
	onRoute,
	sms,
	SPARE,
	useWorld,
	type TriggerWorld,
} from '../../../support/trigger/world.mts';

// The pauses before a request is repeated are not what is tested here.
useFasterTime();

const world = useWorld();
const made = () => world.routes.filter(({ RouteName }) => String(RouteName).startsWith('n8n: '));
const homes = (of: TriggerWorld) => [MAIN_LINE, NOTIFICATIONS, SPARE].map((number) => of.routeOf(number));

test('makes a route, moves the numbers, and undoes all of it', async () => {
	const before = [world.routes, homes(world)];
	await world.host.publish('one', onNumbers([MAIN_LINE, SPARE]));
	const [route, ...others] = made();
	expect(others).toEqual([]);
	expect(route).toMatchObject({
		RouteName: 'n8n: one',
		MessageUrl: world.host.webhookUrl('one'),
		MessageUrlMethod: 'POST',
		MessageAuthenticationType: 'Bearer',
		MessageUsername: expect.stringMatching(/^n8n workflow one \| /),
	});
	expect(homes(world)).toEqual([route.MessageRouteId, BASIC, route.MessageRouteId]);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
	await world.host.unpublish('one', onNumbers([MAIN_LINE, SPARE]));
	expect([world.routes, homes(world)]).toEqual(before);
});

test('n8n’s log says which numbers were taken from which route', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE, SPARE]), 'production', { name: 'Auto-reply' });
	expect(world.host.log.filter((line) => line.startsWith('info: '))).toEqual([
		`info: Telegent: messages to ${MAIN_LINE} now go to workflow "Auto-reply" instead of through message route ${MAIN}; unpublishing the workflow moves the number back`,
	]);
});

test('the switches of a number stay as they are', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	const update = world.telegent.control.requests({ path: '/v1.0/numbers/update' })[0];
	expect(update.body).toEqual({
		Number: MAIN_LINE,
		MessageEnabled: true,
		VoiceEnabled: true,
		MessageRouteId: made()[0].MessageRouteId,
	});
});

test.each([
	[
		'as text',
		{ MessageEnabled: 'true', VoiceEnabled: 'false' },
		{ MessageEnabled: true, VoiceEnabled: false },
	],
	[
		'in capitals',
		{ MessageEnabled: 'True', VoiceEnabled: 'FALSE' },
		{ MessageEnabled: true, VoiceEnabled: false },
	],
	['not at all', { MessageEnabled: true, VoiceEnabled: null }, { MessageEnabled: true }],
])('the switches of a number, where Telegent shows them %s', async (_case, shown, sent) => {
	Object.assign(world.telegent.state.numbers.get(MAIN_LINE) as object, shown);
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	const [{ body }] = world.telegent.control.requests({ path: '/v1.0/numbers/update' });
	const { MessageRouteId, Number: number, ...switches } = body as Record<string, unknown>;
	expect([number, MessageRouteId, switches]).toEqual([MAIN_LINE, made()[0].MessageRouteId, sent]);
});

test('publishing again changes nothing, also when static data is lost', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	const writes = world.writes.length;
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	world.host.loseStaticData('one');
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	expect(world.writes).toHaveLength(writes);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
});

test('numbers come and go when the workflow is edited', async () => {
	const before = homes(world);
	await world.host.publish('one', onNumbers([MAIN_LINE, NOTIFICATIONS]));
	await world.host.publish('one', onNumbers([NOTIFICATIONS, SPARE]));
	const id = made()[0].MessageRouteId;
	expect(homes(world)).toEqual([MAIN, id, id]);
	await world.host.unpublish('one', onNumbers([NOTIFICATIONS, SPARE]));
	expect(homes(world)).toEqual(before);
});

test('numbers as people write them', async () => {
	await world.host.publish('one', onNumbers(['(500) 555-0100']));
	expect(world.routeOf(MAIN_LINE)).toBe(made()[0].MessageRouteId);
});

test.each([
	['no number', [], "'Phone Number Names or IDs' is empty"],
	['something else', ['main line'], /'Phone Number Names or IDs': "main line" isn't a phone number/],
	['a number of somebody else', ['+18015550999'], /\+18015550999 does not exist/],
])('%s: refused', async (_case, numbers, words) => {
	await expect(world.host.publish('one', onNumbers(numbers))).rejects.toThrow(words);
	expect(made()).toEqual([]);
});

test('a number whose messages another workflow gets is refused; with Take Over it goes back there', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	const [first] = made();
	await expect(world.host.publish('two', onNumbers([MAIN_LINE]))).rejects.toThrow(
		`The workflow "one" already receives the messages for ${MAIN_LINE}`,
	);
	expect(made()).toEqual([first]);
	await world.host.publish('two', onNumbers([MAIN_LINE], { takeOver: true }));
	await world.host.unpublish('two', onNumbers([MAIN_LINE]));
	expect(world.routeOf(MAIN_LINE)).toBe(first.MessageRouteId);
});

test('the first is unpublished while the second has its number: the number comes home all the same', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	await world.host.publish('two', onNumbers([MAIN_LINE], { takeOver: true }));
	await world.host.unpublish('one', onNumbers([MAIN_LINE]));
	expect(made()).toHaveLength(1);
	await world.host.unpublish('two', onNumbers([MAIN_LINE]));
	expect([made(), world.routeOf(MAIN_LINE)]).toEqual([[], MAIN]);
});

test('a number on a route that another workflow listens to is refused', async () => {
	await world.host.publish('one', onRoute());
	await expect(world.host.publish('two', onNumbers([MAIN_LINE]))).rejects.toThrow(
		`The workflow "one" already receives the messages for ${MAIN_LINE}`,
	);
});

test('a test is refused while the published workflow has the number, and is possible where it is allowed', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	const [{ MessageRouteId: id }] = made();
	await expect(world.host.publish('one', onNumbers([MAIN_LINE]), 'test')).rejects.toThrow(
		`This workflow already receives the messages for ${MAIN_LINE}`,
	);
	await world.host.publish('one', onNumbers([MAIN_LINE], { allowTests: true }), 'test');
	expect(made().map(({ RouteName }) => RouteName)).toEqual(['n8n: one', 'n8n: one (test)']);
	await world.host.unpublish('one', onNumbers([MAIN_LINE]), 'test');
	expect([made().length, world.routeOf(MAIN_LINE)]).toEqual([1, id]);
});

test('somebody moved a number meanwhile: it stays where it is', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE, SPARE]));
	Object.assign(world.telegent.state.numbers.get(MAIN_LINE) as object, { MessageRouteId: BASIC });
	await world.host.unpublish('one', onNumbers([MAIN_LINE, SPARE]));
	expect([made(), homes(world)]).toEqual([[], [BASIC, BASIC, null]]);
});

test('somebody put a number on the route: it is not deleted under it, and that is said', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	const [{ MessageRouteId: id }] = made();
	Object.assign(world.telegent.state.numbers.get(SPARE) as object, { MessageRouteId: id });
	await expect(world.host.unpublish('one', onNumbers([MAIN_LINE]))).rejects.toThrow(
		`${SPARE} is still on the message route that this workflow created, so the route wasn't deleted`,
	);
	expect(homes(world)).toEqual([MAIN, BASIC, id]);
	Object.assign(world.telegent.state.numbers.get(SPARE) as object, { MessageRouteId: null });
	await world.host.unpublish('one', onNumbers([MAIN_LINE]));
	expect(made()).toEqual([]);
});

test('somebody deleted the route: publishing makes another, and the numbers still find home', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	world.telegent.state.messageRoutes.delete(String(made()[0].MessageRouteId));
	Object.assign(world.telegent.state.numbers.get(MAIN_LINE) as object, { MessageRouteId: null });
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	expect(await world.deliver(sms())).toMatchObject({ started: true });
	await world.host.unpublish('one', onNumbers([MAIN_LINE]));
	expect([made(), world.routeOf(MAIN_LINE)]).toEqual([[], MAIN]);
});

test('the former route of a number is gone: the number stays without, and everything else is undone', async () => {
	await world.host.publish('one', onNumbers([MAIN_LINE, NOTIFICATIONS]));
	world.telegent.state.messageRoutes.delete(MAIN);
	await world.host.unpublish('one', onNumbers([MAIN_LINE, NOTIFICATIONS]));
	expect([made(), homes(world)]).toEqual([[], [null, BASIC, null]]);
});

test('the answer to the creation is lost: the route is found, not made twice', async () => {
	world.telegent.control.addFault({
		path: '/v1.0/message/routes',
		method: 'POST',
		timing: 'after',
		status: 504,
	});
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	expect(made()).toHaveLength(1);
	expect(await world.deliver(sms())).toMatchObject({ started: true });
});

test('the way is edited from an existing route to a new one, and back, with a crash between', async () => {
	const before = [world.routes, homes(world)];
	await world.host.publish('one', onRoute());
	world.host.loseStaticData('one');
	await world.host.publish('one', onNumbers([MAIN_LINE]));
	expect(world.route()).toEqual((before[0] as object[])[0]);
	world.host.loseStaticData('one');
	await world.host.publish('one', onRoute());
	expect([made(), world.routeOf(MAIN_LINE)]).toEqual([[], MAIN]);
	await world.host.unpublish('one', onRoute());
	expect([world.routes, homes(world)]).toEqual(before);
});

describe('responses that say nothing', () => {
	const EMPTY: Array<[name: string, body: unknown]> = [
		['an empty text', ''],
		['an empty object', {}],
		['only success', { Successful: true }],
		['a list of null', [null]],
	];
	const creation = (body: unknown, timing: 'before' | 'after' = 'before') =>
		world.telegent.control.addFault({
			path: '/v1.0/message/routes',
			method: 'POST',
			status: 200,
			body,
			timing,
		});

	test.each(EMPTY)('%s, and no route: refused before a number is moved', async (_case, body) => {
		creation(body);
		await expect(world.host.publish('one', onNumbers([MAIN_LINE]))).rejects.toThrow(
			/returned no ID for it and doesn't list it\. No number was moved/,
		);
		expect([made(), world.routeOf(MAIN_LINE)]).toEqual([[], MAIN]);
		expect(world.writes).toEqual(['/v1.0/message/routes']);
	});

	test.each(EMPTY)('%s, although the route was made: found in the list', async (_case, body) => {
		const before = [world.routes, homes(world)];
		creation(body, 'after');
		await world.host.publish('one', onNumbers([MAIN_LINE]));
		expect(world.routeOf(MAIN_LINE)).toBe(made()[0].MessageRouteId);
		expect(await world.deliver(sms())).toMatchObject({ started: true });
		await world.host.unpublish('one', onNumbers([MAIN_LINE]));
		expect([world.routes, homes(world)]).toEqual(before);
	});

	test('an empty object, and a list that shows no user names: found by its URL', async () => {
		creation({}, 'after');
		// As long as the list is asked for, it leaves the notes out.
		const routes = world.telegent.state.messageRoutes;
		const values = routes.values.bind(routes);
		const bare = ({ MessageUsername: _note, ...route }: Record<string, unknown>) => route as never;
		routes.values = () => [...values()].map(bare)[Symbol.iterator]() as never;
		await world.host.publish('one', onNumbers([MAIN_LINE]));
		routes.values = values;
		expect(world.routeOf(MAIN_LINE)).toBe(made()[0].MessageRouteId);
	});

	test.each([
		['accepted and not done', {}],
		['with another route in the response', { Number: MAIN_LINE, MessageRouteId: MAIN }],
	])('a number that does not move, %s: refused, and everything is undone', async (_case, body) => {
		const before = [world.routes, homes(world)];
		world.telegent.control.addFault({ path: '/v1.0/numbers/update', status: 200, body });
		await expect(world.host.publish('one', onNumbers([MAIN_LINE]))).rejects.toThrow(
			`Telegent accepted the new route for ${MAIN_LINE}, but the number isn't on it`,
		);
		expect([world.routes, homes(world)]).toEqual(before);
	});

	test('a number that moves, with an empty response', async () => {
		world.telegent.control.addFault({ path: '/v1.0/numbers/update', status: 200, body: {}, timing: 'after' });
		await world.host.publish('one', onNumbers([MAIN_LINE]));
		expect(await world.deliver(sms())).toMatchObject({ started: true });
	});

	test.each([
		['an empty object', {}],
		['null', null],
	])('%s instead of a number: nothing is changed, so its route is not lost', async (_case, body) => {
		world.telegent.control.addFault({ path: '/v1.0/numbers', status: 200, body });
		await expect(world.host.publish('one', onNumbers([MAIN_LINE]))).rejects.toThrow(
			`Telegent's response for ${MAIN_LINE} contains no number`,
		);
		expect(world.writes).toEqual([]);
	});
});
