/** `npm run test:faults`: every operation against a Telegent that fails in every way. See test/faults. */
import { createRequire } from 'node:module';
import { requireTypeScript } from './typescript.mjs';

requireTypeScript();
const { main } = createRequire(import.meta.url)('../test/faults/main.mts');
process.exit(await main(process.argv.slice(2)));
