import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { STOP_SIGNALS } from '../../../scripts/child.mjs';
import { n8nFolder, root } from '../../../scripts/setup.mjs';
import { stopEverything } from '../../../sandbox/n8n/guarded.mts';
import { startN8n } from '../../../sandbox/n8n/launch.mts';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { N8N } from './shared.mts';

/**
 * Runs jest on the scenarios, with one n8n for all of them. With `--queue`, those in queue mode, which start their own.
 * @returns jest's exit code
 */
export async function runScenarios(args: string[]): Promise<number> {
	console.log(`Scenarios in n8n ${versionOfN8n()}.`);
	if (args.includes('--queue'))
		return await jest(
			args.filter((arg) => arg !== '--queue'),
			{ TELEGENT_E2E_QUEUE: 'true' },
		);
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-'));
	const clean = async () => {
		await stopEverything();
		rmSync(userFolder, { recursive: true, force: true });
	};
	for (const signal of STOP_SIGNALS) process.once(signal, () => void clean().then(() => process.exit(130)));
	try {
		console.log('Starting n8n for the scenarios. This usually takes 10 to 30 seconds.');
		const logFile = path.join(root, '.sandbox', 'logs', 'e2e-n8n.log');
		const n8n = await startN8n({ userFolder, port: await freePort(), logFile });
		return await jest(args, { [N8N]: JSON.stringify({ url: n8n.url, cookie: n8n.api.cookie }) });
	} finally {
		await clean();
	}
}

/** The version of the n8n that is started. */
export function versionOfN8n(): string {
	const file = path.join(n8nFolder, 'node_modules', 'n8n', 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function jest(args: string[], env: Record<string, string>): Promise<number> {
	const program = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [program, '--config', 'jest.e2e.config.mjs', ...args], {
		cwd: root,
		env: { ...process.env, ...env },
		stdio: 'inherit',
	});
	for (const signal of STOP_SIGNALS) process.once(signal, () => child.kill('SIGTERM'));
	return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}
