/** `npm run test:e2e`: the scenarios of test/e2e in a real n8n. Arguments go to jest, e.g. `-- -t "auto-reply"`. */
import { build } from './build.mjs';
import { stopWithNpm } from './child.mjs';
import { main, setup, setupN8n } from './setup.mjs';

await main(async () => {
	stopWithNpm();
	await setup();
	await setupN8n();
	build();
	const { register } = await import('tsx/esm/api');
	register();
	const { runScenarios } = await import('../test/e2e/support/run.mts');
	process.exit(await runScenarios(process.argv.slice(2)));
});
