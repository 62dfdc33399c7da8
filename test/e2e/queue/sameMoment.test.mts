import axios from 'axios';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../../scripts/setup.mjs';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { startQueue, type Queue } from '../../../sandbox/n8n/queue.mts';
import type { WorkflowFile } from '../../../sandbox/n8n/workflow.mts';
import { startCounter, type Counter } from '../support/counter.mts';
import { ask, asking, openQuestions, whenThereAre } from '../support/conversations.mts';
import { MAIN_LINE, openWorldAt, outputOf, type World } from '../support/world.mts';

const ROUNDS = 5;
const QUESTION = 'Can you come?';
/** Nothing more has come for so long: longer than the processes take to settle who asks again. */
const QUIET_MS = 4_000;

/** Two replies of one person, delivered at the same moment, each to another process. */
describe('Two replies to one question, at two webhook processes at the same moment', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-moment-'));
	// PostgreSQL runs as another user where this runs as root.
	chmodSync(folder, 0o711);
	let queue: Queue;
	let world: World;
	let workflow: string;
	let counter: Counter;
	beforeAll(async () => {
		const logs = path.join(root, '.sandbox', 'logs', 'e2e-moment');
		const env = { DB_POSTGRESDB_POOL_SIZE: '10' };
		queue = await startQueue({ folder, port: await freePort(), logs, webhooks: 2, env });
		world = await openWorldAt(queue.webhookUrl, queue.api, 'Same moment', { latencyMs: 20 });
		counter = await startCounter();
		workflow = await world.bringIn(askingAndCounting());
		await world.api.workflows.publish(workflow);
	});
	afterAll(async () => {
		await world.close();
		await queue.close();
		await counter.close();
		rmSync(folder, { recursive: true, force: true });
	});

	const textsTo = (person: string) =>
		world.sandbox.control
			.outbox()
			.filter(({ to }) => to === person)
			.map(({ body }) => body);

	/** Delivers each text as a message of its own, to one process after the other. */
	async function reply(person: string, ...bodies: string[]): Promise<void> {
		const webhooks = world.sandbox.control.state().webhooks as Array<Record<string, unknown>>;
		const found = webhooks.find(({ AuthenticationUsername: note }) => String(note).includes(person));
		if (!found) throw new Error(`No question to ${person} is open.`);
		const headers = { authorization: `Bearer ${String(found.AuthenticationToken)}` };
		const bases = [queue.webhookUrl, ...queue.moreWebhooks.map(({ url }) => url)];
		await Promise.all(
			bodies.map(async (Text, index) => {
				const url = String(found.WebhookUrl).replace(queue.webhookUrl, bases[index % bases.length]);
				const message = { Event: 'New_Sms', From: person, To: MAIN_LINE, Text };
				const Message_ID = `TMID-${person}-${Text.replace(/\W/g, '')}`;
				// n8n refuses the second of two that resume: Telegent would call again, and get the same.
				const options = { headers, proxy: false, validateStatus: () => true } as const;
				await axios.post(url, { ...message, Message_ID }, options);
			}),
		);
	}

	/** An execution that is resumed twice is stored like one that is resumed once: its next node tells. */
	const askingAndCounting = (): WorkflowFile => {
		const file = asking('moment', { expectedAnswer: 'yesNo', options: { mostReAsks: 2 } });
		const url = `${counter.url}/{{ $json.from }}`;
		const count = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 };
		const nodes = file.nodes.map((node) =>
			node.name === 'After' ? { ...node, ...count, parameters: { url: `=${url}`, options: {} } } : node,
		);
		return { ...file, nodes };
	};

	/** How often each person was asked again for two replies. */
	const askedAgain: number[] = [];

	test.each(Array.from({ length: ROUNDS }, (_, round) => `+1202557${2000 + round}`))(
		'%s: is asked again for two that do not fit, then two that fit continue once',
		async (person) => {
			const known = await world.api.executions.list(workflow);
			await ask(world, 'moment', person, QUESTION);
			await whenThereAre(world, workflow, 1, 'waiting');
			await reply(person, 'Hm', 'What');
			await pause(QUIET_MS);
			const [first, ...again] = textsTo(person);
			expect([first, ...new Set(again)]).toEqual([QUESTION, expect.stringContaining('YES or NO')]);
			askedAgain.push(again.length);

			const ended = known.length + 1;
			await reply(person, 'Yes', 'Yes please');
			const [execution] = await whenThereAre(world, workflow, ended, 'success');
			await pause(QUIET_MS);
			expect(counter.counts.get(person)).toBe(1);
			const [item] = outputOf(await world.api.executions.get(execution), 'Ask');
			expect(item).toMatchObject({ answer: true });
			expect((await world.api.executions.list(workflow)).length).toBe(ended);
			expect(textsTo(person)).toHaveLength(1 + again.length);
			expect(openQuestions(world)).toEqual([]);
		},
	);

	test('two that do not fit get one text, unless a busy computer has them handled one after the other', () => {
		expect(askedAgain).toHaveLength(ROUNDS);
		expect(askedAgain.filter((count) => count === 1).length).toBeGreaterThan(ROUNDS / 2);
	});
});
