/** `npm run soak`: very many messages and deliveries in one process, with faults. See test/soak. */
import { createRequire } from 'node:module';
import { requireTypeScript } from './typescript.mjs';

process.env.N8N_LOG_LEVEL = 'silent';
requireTypeScript();
const require = createRequire(import.meta.url);
if (process.argv[2] === 'server') require('../test/soak/server.mts').serve();
else process.exit(await require('../test/soak/main.mts').main(process.argv.slice(2)));
