/**
 * `npm start`: from a fresh clone to a running sandbox. `npm run dev` adds `--watch`: when a source file changes, the
 * package is built and n8n restarts with it.
 */
import { buildIfNeeded } from './build.mjs';
import { stopWithNpm } from './child.mjs';
import { refuseTakenPorts, startOptions } from './options.mjs';
import { main, setup, setupN8n } from './setup.mjs';
import { watchSources } from './watch.mjs';

await main(async () => {
	const options = startOptions(process.argv.slice(2), process.env);
	if (!options) return;
	stopWithNpm();
	await refuseTakenPorts(options);
	await setup();
	await setupN8n();
	buildIfNeeded();
	const { register } = await import('tsx/esm/api');
	register();
	const { runSandbox } = await import('../sandbox/n8n/start.mts');
	await runSandbox(options, options.watch ? watchSources() : undefined);
});
