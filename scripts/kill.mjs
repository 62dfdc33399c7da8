/** `npm run test:kill`: n8n's processes ended in the middle of lists. See test/e2e/kill. */
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
	const { runKills } = await import('../test/e2e/kill/main.mts');
	process.exit(await runKills(process.argv.slice(2)));
});
