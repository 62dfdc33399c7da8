/** `npm run test:mutation`: breaks the code on purpose, and looks whether a test notices. See test/mutation. */
import { createRequire } from 'node:module';
import { requireTypeScript } from './typescript.mjs';

requireTypeScript();
const { main } = createRequire(import.meta.url)('../test/mutation/main.mts');
process.exit(await main(process.argv.slice(2)));
