import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STOP_SIGNALS } from '../../../scripts/child.mjs';
import { n8nFolder, root } from '../../../scripts/setup.mjs';
import { stopEverything } from '../../../sandbox/n8n/guarded.mts';
import { startN8n } from '../../../sandbox/n8n/launch.mts';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { N8N, type SharedN8n } from './shared.mts';

/** Scenarios wait more than they compute: two files at a time, each worker with an n8n of its own. */
const MOST_WORKERS = 2;

const JEST = [path.join(root, 'node_modules', 'jest', 'bin', 'jest.js'), '--config', 'jest.e2e.config.mjs'];

const USAGE = `Runs the scenarios of test/e2e in a real n8n.

  npm run test:e2e -- [file] [-t "name of a test"] [--queue] [--n8n=1]

  --queue   the scenarios in queue mode, with Redis and PostgreSQL
  --n8n=1   those in the last n8n 1.x instead of the current n8n

Other arguments go to jest.`;

/**
 * Runs jest on the scenarios, with an n8n for each of its workers. With `--queue`, those in queue mode, which start their own.
 * @returns jest's exit code
 */
export async function runScenarios(args: string[]): Promise<number> {
	if (args.includes('--help')) {
		console.log(USAGE);
		return 0;
	}
	console.log(`Scenarios in n8n ${versionOfN8n()}.`);
	if (args.includes('--queue'))
		return await jest(
			args.filter((arg) => arg !== '--queue'),
			{ TELEGENT_E2E_QUEUE: 'true' },
		);
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-'));
	const clean = async () => {
		await stopEverything();
		rmSync(folder, { recursive: true, force: true });
	};
	for (const signal of STOP_SIGNALS) process.once(signal, () => void clean().then(() => process.exit(130)));
	try {
		console.log('Starting n8n for the scenarios. This usually takes 10 to 30 seconds.');
		const workers = workersFor(args);
		const all = await Promise.all(
			Array.from({ length: workers }, (_, index) => startShared(folder, index + 1)),
		);
		const more = workers > 1 ? [`--maxWorkers=${workers}`] : [];
		return await jest([...more, ...args], { [N8N]: JSON.stringify(all) });
	} finally {
		await clean();
	}
}

async function startShared(folder: string, worker: number): Promise<SharedN8n> {
	const userFolder = path.join(folder, String(worker));
	const logFile = path.join(root, '.sandbox', 'logs', `e2e-n8n-${worker}.log`);
	const n8n = await startN8n({ userFolder, port: await freePort(), logFile });
	return { url: n8n.url, cookie: n8n.api.cookie };
}

/** No more workers than files, and only one to look at tests by name. */
function workersFor(args: string[]): number {
	if (args.some((arg) => /^(-i|-t|--runInBand|--testNamePattern)\b/.test(arg))) return 1;
	const chosen = args.filter((arg) => !/^--(json|outputFile)\b/.test(arg));
	const { stdout } = spawnSync(process.execPath, [...JEST, '--listTests', ...chosen], {
		cwd: root,
		encoding: 'utf8',
	});
	const files = stdout.split('\n').filter((line) => line.endsWith('.test.mts')).length;
	return Math.max(1, Math.min(MOST_WORKERS, files));
}

/** The version of the n8n that is started. */
export function versionOfN8n(): string {
	const file = path.join(n8nFolder, 'node_modules', 'n8n', 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function jest(args: string[], env: Record<string, string>): Promise<number> {
	const child = spawn(process.execPath, [...JEST, ...args], {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: 'inherit',
	});
	for (const signal of STOP_SIGNALS) process.once(signal, () => child.kill('SIGTERM'));
	return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}
