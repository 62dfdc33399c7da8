/** `npm run test:secrets`: looks for canaries wherever secrets must not be. See test/secrets. */
import { createRequire } from 'node:module';
import { requireTypeScript } from './typescript.mjs';

requireTypeScript();
const { main } = createRequire(import.meta.url)('../test/secrets/main.mts');
process.exit(await main(process.argv.slice(2)));
