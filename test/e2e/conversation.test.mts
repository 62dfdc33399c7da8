import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Random } from '../../sandbox/api/random.mts';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import {
	ask,
	askedIn,
	asking,
	askingByHand,
	itemOf,
	openQuestions,
	whenThereAre,
} from './support/conversations.mts';
import { expectSuccess, MAIN_LINE, openWorldAt, type World } from './support/world.mts';

const PEOPLE = 50;
/** So many of them answer at the same time. */
const TOGETHER = 5;
const SEED = 20261121;

const person = (index: number) => `+120255501${String(index).padStart(2, '0')}`;

/** In an order that looks random and is the same each time. */
function shuffled<T>(all: T[]): T[] {
	const random = new Random(SEED);
	return all
		.map((one) => ({ one, rank: random.next() }))
		.sort((a, b) => a.rank - b.rank)
		.map(({ one }) => one);
}

describe('Send and Wait for Response', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-conversation-'));
	let n8n: N8n;
	let world: World;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Conversation');
		world.sandbox.control.changeSettings({ webhookTimeoutMs: 60_000 });
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const published = async (name: string, parameters = {}) => {
		const id = await world.bringIn(asking(name, parameters));
		await world.api.workflows.publish(id);
		return id;
	};
	const says = async (from: string, body: string, messageId?: string) => {
		await world.sandbox.control.inbound({ from, to: MAIN_LINE, body, messageId });
		await world.sandbox.control.idle();
	};
	const textsTo = (to: string) =>
		world.sandbox.control
			.outbox()
			.filter((sent) => sent.to === to)
			.map(({ body }) => body);
	const noneLeft = async () =>
		await until('all registrations to be gone', () => openQuestions(world).length === 0, { seconds: 60 });
	const killAndRestart = async () => {
		process.kill(n8n.process.pid, 'SIGKILL');
		await n8n.process.ended;
		await n8n.restart();
		Object.assign(world, { api: n8n.api });
	};

	test(`gives each of ${PEOPLE} people’s answers to their own execution, over a crash of n8n`, async () => {
		const id = await published('many');
		const people = Array.from({ length: PEOPLE }, (_, index) => person(index));
		for (const to of people) await ask(world, 'many', to, `How are you, ${to}?`);
		await whenThereAre(world, id, PEOPLE, 'waiting');
		expect(openQuestions(world)).toHaveLength(PEOPLE);

		const order = shuffled(people);
		const answerAll = async (some: string[]) => {
			for (let first = 0; first < some.length; first += TOGETHER)
				await Promise.all(some.slice(first, first + TOGETHER).map((to) => says(to, `I am ${to}`)));
		};
		await answerAll(order.slice(0, PEOPLE / 2));
		await whenThereAre(world, id, PEOPLE / 2, 'success');
		await killAndRestart();
		await answerAll(order.slice(PEOPLE / 2));

		const ids = await whenThereAre(world, id, PEOPLE, 'success');
		const executions = await Promise.all(ids.map(async (one) => await world.api.executions.get(one)));
		const right = executions.filter((one) => itemOf(one).body === `I am ${String(askedIn(one))}`);
		expect(right).toHaveLength(PEOPLE);
		expect(new Set(executions.map(askedIn)).size).toBe(PEOPLE);
		await noneLeft();
	});

	test('goes on without an answer when the time is up', async () => {
		const id = await published('limit', { waitAmount: 0.05 });
		await ask(world, 'limit', person(60), 'Still there?');
		const [ended] = await whenThereAre(world, id, 1, 'success', 120);
		expect(itemOf(await world.api.executions.get(ended))).toMatchObject({
			replied: false,
			from: person(60),
			to: MAIN_LINE,
		});
		await noneLeft();
	});

	test('asks again once for each answer that does not fit, also when n8n crashes and Telegent delivers again', async () => {
		const to = person(61);
		const again = 'Please reply YES or NO.';
		const options = { mostReAsks: 2, reAsk: again };
		const id = await published('again', { expectedAnswer: 'yesNo', options });
		await ask(world, 'again', to, 'Can you come?');
		await whenThereAre(world, id, 1, 'waiting');
		await says(to, 'Maybe', 'TMID-maybe');
		await says(to, 'Maybe', 'TMID-maybe');
		expect(textsTo(to)).toEqual(['Can you come?', again]);
		await killAndRestart();
		await says(to, 'Maybe', 'TMID-maybe');
		expect(textsTo(to)).toEqual(['Can you come?', again]);
		await says(to, 'What?');
		expect(textsTo(to)).toEqual(['Can you come?', again, again]);
		await says(to, 'Yes, I can!');
		const [ended] = await whenThereAre(world, id, 1, 'success');
		const item = itemOf(await world.api.executions.get(ended));
		expect(item).toMatchObject({ answer: true, matched: true, reAsks: 2, body: 'Yes, I can!' });
		await noneLeft();
	});

	test('gives an answer to the question that was asked last, and the next to the one before', async () => {
		const to = person(62);
		const id = await published('both');
		await ask(world, 'both', to, 'First?');
		await whenThereAre(world, id, 1, 'waiting');
		await ask(world, 'both', to, 'Second?');
		const [second, first] = await whenThereAre(world, id, 2, 'waiting');
		await says(to, 'To the second');
		await whenThereAre(world, id, 1, 'success');
		await says(to, 'To the first');
		await whenThereAre(world, id, 2, 'success');
		expect(itemOf(await world.api.executions.get(second)).body).toBe('To the second');
		expect(itemOf(await world.api.executions.get(first)).body).toBe('To the first');
		await noneLeft();
	});

	test('waits in a run from the editor too', async () => {
		const to = person(63);
		const id = await world.bringIn(askingByHand(to));
		const execution = await world.api.executions.start(id, 'Start');
		await whenThereAre(world, id, 1, 'waiting');
		await says(to, 'Hello');
		await whenThereAre(world, id, 1, 'success');
		const ended = await world.api.executions.get(execution);
		expectSuccess(ended);
		expect(itemOf(ended)).toMatchObject({ replied: true, body: 'Hello' });
		await noneLeft();
	});
});
