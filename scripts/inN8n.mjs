import { build } from './build.mjs';
import { stopWithNpm } from './child.mjs';
import { OLD_N8N } from './n8nVersion.mjs';
import { main, setup, setupN8n } from './setup.mjs';

/**
 * Installs n8n and builds the package, except for `--help`, and ends this process with the exit code of `run`.
 * @param {() => Promise<(args: string[]) => Promise<number>>} load gives `run`, which gets the command's arguments; it may import TypeScript
 */
export async function runInN8n(load) {
	await main(async () => {
		stopWithNpm();
		await setup();
		if (!process.argv.includes('--help')) {
			await setupN8n();
			build();
		}
		const { register } = await import('tsx/esm/api');
		register();
		const run = await load();
		process.exit(await run(process.argv.slice(2).filter((arg) => arg !== OLD_N8N)));
	});
}
