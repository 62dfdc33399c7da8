/** `npm start`: from a fresh clone to a running sandbox. */
import { buildIfNeeded } from './build.mjs';
import { stopWithNpm } from './child.mjs';
import { refuseTakenPorts, startOptions } from './options.mjs';
import { main, setup, setupN8n } from './setup.mjs';

await main(async () => {
	const ports = startOptions(process.argv.slice(2), process.env);
	if (!ports) return;
	stopWithNpm();
	await refuseTakenPorts(ports);
	await setup();
	await setupN8n();
	buildIfNeeded();
	const { register } = await import('tsx/esm/api');
	register();
	const { runSandbox } = await import('../sandbox/n8n/start.mts');
	await runSandbox(ports);
});
