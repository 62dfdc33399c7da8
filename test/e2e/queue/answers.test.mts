import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../../scripts/setup.mjs';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { startQueue, type Queue } from '../../../sandbox/n8n/queue.mts';
import { answerAll, askMany } from '../support/answers.mts';
import { asking } from '../support/conversations.mts';
import { openWorldAt, type World } from '../support/world.mts';

/** For a measurement with more: TELEGENT_E2E_PEOPLE=500 npm run test:e2e -- --queue answers */
const PEOPLE = Number(process.env.TELEGENT_E2E_PEOPLE ?? 100);

describe('Send and Wait in queue mode, with the two database connections that n8n has by default', () => {
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-answers-'));
	// PostgreSQL runs as another user where this runs as root.
	chmodSync(folder, 0o711);
	let queue: Queue;
	let world: World;
	beforeAll(async () => {
		const logs = path.join(root, '.sandbox', 'logs', 'e2e-answers');
		queue = await startQueue({ folder, port: await freePort(), logs });
		world = await openWorldAt(queue.webhookUrl, queue.api, 'Answers', { latencyMs: 50 });
		world.sandbox.control.changeSettings({ webhookTimeoutMs: 60_000 });
	});
	afterAll(async () => {
		await world.close();
		await queue.close();
		rmSync(folder, { recursive: true, force: true });
	});

	test(
		`${PEOPLE} answers within a second reach their ${PEOPLE} questions`,
		async () => {
			const id = await world.bringIn(asking('answers'));
			await world.api.workflows.publish(id);
			await askMany(world, 'answers', PEOPLE);
			const report = await answerAll(world, id, PEOPLE, 240);
			console.log(JSON.stringify(report));
			expect(report.right).toBe(PEOPLE);
		},
		20 * 60_000,
	);
});
