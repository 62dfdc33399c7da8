import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../../scripts/setup.mjs';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { startQueue, type Queue } from '../../../sandbox/n8n/queue.mts';
import { answerAll, askMany } from '../support/answers.mts';
import { asking } from '../support/conversations.mts';
import { openWorldAt, type World } from '../support/world.mts';

/** For a measurement: TELEGENT_E2E_PEOPLE=100 TELEGENT_E2E_POOL=2 npm run test:e2e -- --queue answers */
const PEOPLE = Number(process.env.TELEGENT_E2E_PEOPLE ?? 20);
/** How many of them answer at once; unless told, all. */
const ANSWERS = Number(process.env.TELEGENT_E2E_ANSWERS ?? PEOPLE);
/** n8n's default of 2 is not enough for its own reads when many webhooks are called at once: docs/scaling.md. */
const DB_POSTGRESDB_POOL_SIZE = process.env.TELEGENT_E2E_POOL ?? '10';
/** The two dispatchers, and the number's own route. */
const MOST_CALLS = 3;

/** A measurement of more than a minute: only when it is asked for. */
const measure = process.env.TELEGENT_E2E_PEOPLE ? describe : describe.skip;

measure('Send and Wait in queue mode, with more questions than Telegent calls', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-answers-'));
	// PostgreSQL runs as another user where this runs as root.
	chmodSync(folder, 0o711);
	let queue: Queue;
	let world: World;
	beforeAll(async () => {
		const logs = path.join(root, '.sandbox', 'logs', 'e2e-answers');
		queue = await startQueue({ folder, port: await freePort(), logs, env: { DB_POSTGRESDB_POOL_SIZE } });
		world = await openWorldAt(queue.webhookUrl, queue.api, 'Answers', { latencyMs: 50 });
		world.sandbox.control.changeSettings({ webhookTimeoutMs: 60_000 });
	});
	afterAll(async () => {
		await world.close();
		await queue.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test(
		`${ANSWERS} answers within a second reach their questions, of which ${PEOPLE} are open`,
		async () => {
			const id = await world.bringIn(asking('answers'));
			await world.api.workflows.publish(id);
			await askMany(world, 'answers', PEOPLE);
			const report = await answerAll(world, id, ANSWERS, Math.max(240, ANSWERS));
			console.log(JSON.stringify(report));
			expect(report.callsForOther).toBeLessThanOrEqual(MOST_CALLS);
			expect(report.right).toBe(ANSWERS);
		},
		20 * 60_000,
	);
});
