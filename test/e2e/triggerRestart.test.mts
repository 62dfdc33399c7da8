import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { Random } from '../../sandbox/api/random.mts';
import { countExecutions, loseStaticData } from './support/database.mts';
import { routeOf } from './support/routes.mts';
import { listenTo } from './support/workflows.mts';
import { MAIN_LINE, MAIN_ROUTE, openWorldAt, type World } from './support/world.mts';

const PERSON = '+12025550142';
const SPARE = '+15005550103';
const MESSAGES = 200;
const REPEATED = 50;
const AT_ONCE = 20;

/** Ways to listen that leave something at Telegent. */
const WAYS = {
	existingRoute: {},
	newRoute: { listenOn: 'newRoute', phoneNumbers: [SPARE] },
	accountWebhook: { event: 'newSms', listenOn: 'accountWebhook' },
};

describe('n8n started again, with its static data lost, while triggers are published', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-restart-'));
	let n8n: N8n;
	let world: World;
	let before: unknown;
	let held: unknown;
	const ids = {} as Record<keyof typeof WAYS, string>;
	const names = Object.keys(WAYS) as Array<keyof typeof WAYS>;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Restart');
		before = account();
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const account = () => {
		const { messageRoutes, numbers, webhooks } = world.sandbox.control.state();
		return structuredClone({ messageRoutes, numbers, webhooks });
	};
	const writes = () =>
		world.sandbox.control
			.requests()
			.filter(({ method, path: place }) => method === 'POST' && !place.endsWith('/tokens'))
			.map(({ path: place }) => place);

	const all = deliveries(new Random(7));
	/** Telegent calls the workflow on the main route, several times at once. */
	const deliver = async (list: string[]) => {
		const { MessagePasswordToken, MessageUrl } = routeOf(world.sandbox, MAIN_ROUTE);
		const headers = { authorization: `Bearer ${String(MessagePasswordToken)}` };
		for (let from = 0; from < list.length; from += AT_ONCE) {
			const answers = await Promise.all(
				list.slice(from, from + AT_ONCE).map(async (id) => {
					const payload = { Message_ID: id, From: PERSON, To: MAIN_LINE, Message_Body: `Message ${id}` };
					return await axios.post(String(MessageUrl), payload, { headers, validateStatus: null });
				}),
			);
			expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
		}
	};

	test('publishes three workflows, which get messages, many of them more than once', async () => {
		for (const name of names) {
			const file = listenTo();
			Object.assign(file.nodes[0].parameters, WAYS[name]);
			ids[name] = await world.bringIn(file);
			await n8n.api.workflows.publish(ids[name]);
		}
		held = account();
		await deliver(all.slice(0, all.length / 2));
	});

	test('starts again, and changes nothing at Telegent', async () => {
		await n8n.stop();
		expect(await loseStaticData(n8n)).toBe(names.length);
		world.sandbox.control.clearRequests();
		await n8n.restart();
		expect(writes()).toEqual([]);
		expect(account()).toEqual(held);
	});

	test('gets messages in each way as before', async () => {
		await deliver(all.slice(all.length / 2));
		for (const to of [MAIN_LINE, SPARE]) {
			await world.sandbox.control.inbound({ from: PERSON, to, body: 'Still there?' });
		}
		await world.sandbox.control.idle();
		const calls = world.sandbox.control.deliveries();
		expect(calls.map(({ status }) => status)).toEqual(calls.map(() => 200));
		// Each by its route, and both by the account's webhook.
		expect(calls.filter(({ url }) => String(url).startsWith(n8n.url))).toHaveLength(4);
	});

	test('gives everything back', async () => {
		for (const name of names) await n8n.api.workflows.unpublish(ids[name]);
		expect(account()).toEqual(before);
	});

	test('started one execution for each message, and one more for what was repeated across the restart', async () => {
		await n8n.stop();
		const halves = [all.slice(0, all.length / 2), all.slice(all.length / 2)].map((half) => new Set(half));
		const again = [...halves[1]].filter((id) => halves[0].has(id)).length;
		expect(again).toBeGreaterThan(0);
		expect(await countExecutions(n8n, ids.existingRoute)).toBe(MESSAGES + again + 1);
		expect(await countExecutions(n8n, ids.newRoute)).toBe(1);
		expect(await countExecutions(n8n, ids.accountWebhook)).toBe(2);
	});
});

/** Ids of messages as they are delivered: a fifth of the deliveries once more, in no order. */
function deliveries(random: Random): string[] {
	const all = Array.from({ length: MESSAGES }, (_, index) => ({ index, at: index + random.next() * 40 }));
	for (let count = 0; count < REPEATED; count++) {
		const { at, index } = all[Math.floor(random.next() * MESSAGES)];
		all.push({ index, at: at + random.next() * 40 });
	}
	return all.sort((a, b) => a.at - b.at).map(({ index }) => `TMID-${index}`);
}
