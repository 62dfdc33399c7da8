import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { ask, asking, itemOf, whenThereAre } from './support/conversations.mts';
import { MAIN_LINE, openWorldAt, type World } from './support/world.mts';

const [ANNA, BEN, CHEN] = ['+12025550142', '+12025550143', '+12025550144'];
const REMINDER = 'Did you see my question?';
/** A reminder that is so late is taken over by another process. */
const OVERDUE_SECONDS = 60;
const AFTER_SECONDS = 15;

describe('The reminder of Send and Wait for Response', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-reminder-'));
	let n8n: N8n;
	let world: World;
	let id: string;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Reminder');
		const once = { amount: AFTER_SECONDS / 60, unit: 'minutes', message: REMINDER };
		id = await world.bringIn(asking('remind', { options: { reminder: { once } } }));
		await world.api.workflows.publish(id);
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const textsTo = (to: string) =>
		world.sandbox.control
			.outbox()
			.filter((sent) => sent.to === to)
			.map(({ body }) => body);
	const reminded = async (to: string) =>
		await until(`a reminder to ${to}`, () => textsTo(to).length > 1, { seconds: 60 });
	const says = async (from: string, body: string) => {
		await world.sandbox.control.inbound({ from, to: MAIN_LINE, body });
		await world.sandbox.control.idle();
	};

	test('is sent once to who does not write, and the execution waits on for the reply', async () => {
		await ask(world, 'remind', ANNA, 'Coming?');
		await whenThereAre(world, id, 1, 'waiting');
		await reminded(ANNA);
		await whenThereAre(world, id, 1, 'waiting');
		await says(ANNA, 'Yes, I am');
		const [ended] = await whenThereAre(world, id, 1, 'success');
		expect(itemOf(await world.api.executions.get(ended))).toMatchObject({
			answer: 'Yes, I am',
			responder: { id: ANNA, to: MAIN_LINE },
		});
		expect(textsTo(ANNA)).toEqual(['Coming?', REMINDER]);
	});

	test('is sent once by the next process, where the one that asked was killed', async () => {
		await ask(world, 'remind', BEN, 'And you?');
		await whenThereAre(world, id, 1, 'waiting');
		process.kill(n8n.process.pid, 'SIGKILL');
		await n8n.process.ended;
		await n8n.restart();
		Object.assign(world, { api: n8n.api });
		await pause((AFTER_SECONDS + OVERDUE_SECONDS) * 1000);
		expect(textsTo(BEN)).toEqual(['And you?']);
		await ask(world, 'remind', CHEN, 'And Chen?');
		await reminded(BEN);
		await reminded(CHEN);
		expect(textsTo(BEN)).toEqual(['And you?', REMINDER]);
		expect(textsTo(CHEN)).toEqual(['And Chen?', REMINDER]);
	});
});
