import { useFasterTime } from '../../../support/fasterTime.mts';
import type { INodeParameters } from 'n8n-workflow';
import {
	BASIC,
	MAIN_LINE,
	onAccount,
	onNumbers,
	onRoute,
	sms,
	SPARE,
	TriggerWorld,
} from '../../../support/trigger/world.mts';

// The pauses before a request is repeated are not what is tested here.
useFasterTime();

const WAYS: Array<[name: string, parameters: INodeParameters, edited: INodeParameters]> = [
	['an existing route', onRoute(BASIC), onNumbers([MAIN_LINE])],
	['a new route', onNumbers([MAIN_LINE, SPARE]), onNumbers([SPARE])],
	['an account webhook', onAccount(), onRoute(BASIC)],
];

type When = 'before' | 'after';

/** What stands at Telegent, without what nobody cares about. */
const seen = (world: TriggerWorld) => ({
	routes: world.routes,
	webhooks: world.webhooks,
	numbers: [MAIN_LINE, SPARE].map((number) => world.routeOf(number)),
});

/** Never more than one registration, whatever happened. */
function expectNoDoubles(world: TriggerWorld): void {
	const urls = [
		...world.routes.map(({ MessageUrl }) => MessageUrl),
		...world.webhooks.map(({ WebhookUrl }) => WebhookUrl),
	];
	expect(urls.filter((url) => url === world.host.webhookUrl('one')).length).toBeLessThanOrEqual(1);
}

/** Something that n8n does, with the connection or the process lost at one of its calls. */
type Step = (world: TriggerWorld) => Promise<void>;

async function run(first: Step | undefined, step: Step, at: number, when: When, only?: 'connection') {
	const world = new TriggerWorld();
	await world.open();
	const before = seen(world);
	await first?.(world);
	world.telegent.crash = { in: at, when, only };
	const error = await step(world).then(
		() => undefined,
		(reason: Error) => reason,
	);
	const reached = world.telegent.crash === undefined;
	const { crashed } = world.telegent;
	world.telegent.restart();
	if (crashed) world.host.restart();
	return { world, before, error, reached };
}

const MOST_CALLS = 40;

/** Repeats with the setback at each call in turn, until there is no further call. Gives the number of calls. */
async function atEachCall(check: (at: number) => Promise<boolean>): Promise<void> {
	let calls = 0;
	while (calls < MOST_CALLS && (await check(calls))) calls++;
	expect(calls).toBeGreaterThan(1);
}

describe.each(WAYS)('%s', (_name, parameters, edited) => {
	const publish: Step = async ({ host, telegent }) =>
		await host.publish('one', parameters, 'production', { crashed: () => telegent.crashed });
	const publishEdited: Step = async ({ host, telegent }) =>
		await host.publish('one', edited, 'production', { crashed: () => telegent.crashed });
	const unpublish: Step = async ({ host, telegent }) =>
		await host.unpublish('one', parameters, 'production', { crashed: () => telegent.crashed });

	describe.each(['before', 'after'] as const)('lost %s the work was done', (when) => {
		test('the process, at any call of publishing: published once more, and unpublished', async () => {
			await atEachCall(async (at) => {
				const { before, reached, world } = await run(undefined, publish, at, when);
				expectNoDoubles(world);
				await publish(world);
				expectNoDoubles(world);
				expect(await world.deliver(sms())).toMatchObject({ status: 200, started: true });
				await unpublish(world);
				expect(seen(world)).toEqual(before);
				await world.close();
				return reached;
			});
		});

		test('the process, at any call of publishing: only unpublished', async () => {
			await atEachCall(async (at) => {
				const { before, reached, world } = await run(undefined, publish, at, when);
				await unpublish(world);
				expect(seen(world)).toEqual(before);
				await world.close();
				return reached;
			});
		});

		test('the process, at any call of unpublishing: unpublished once more', async () => {
			await atEachCall(async (at) => {
				const { before, reached, world } = await run(publish, unpublish, at, when);
				await unpublish(world);
				expect(seen(world)).toEqual(before);
				await world.close();
				return reached;
			});
		});

		test('the process, at any call of publishing an edited workflow', async () => {
			await atEachCall(async (at) => {
				const { before, reached, world } = await run(publish, publishEdited, at, when);
				await publishEdited(world);
				expectNoDoubles(world);
				expect(await world.deliver(sms())).toMatchObject({ started: true });
				await world.host.unpublish('one', edited);
				expect(seen(world)).toEqual(before);
				await world.close();
				return reached;
			});
		});

		test('the connection, at any call of publishing and unpublishing: nobody notices, or it is said and tidied', async () => {
			await atEachCall(async (at) => {
				const { before, error, reached, world } = await run(undefined, publish, at, when, 'connection');
				expectNoDoubles(world);
				if (error) expect(seen(world)).toEqual(before);
				else expect(await world.deliver(sms())).toMatchObject({ started: true });
				await unpublish(world);
				expect(seen(world)).toEqual(before);
				await world.close();
				return reached;
			});
			await atEachCall(async (at) => {
				const { before, error, reached, world } = await run(publish, unpublish, at, when, 'connection');
				if (error) await unpublish(world);
				expect(seen(world)).toEqual(before);
				await world.close();
				return reached;
			});
		});
	});
});
