/** `npm run test:fuzz`: every parameter of every operation with values that nobody should give. See test/fuzz. */
import { createRequire } from 'node:module';
import { requireTypeScript } from './typescript.mjs';

requireTypeScript();
const { main } = createRequire(import.meta.url)('../test/fuzz/main.mts');
process.exit(await main(process.argv.slice(2)));
