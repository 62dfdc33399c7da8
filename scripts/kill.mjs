/** `npm run test:kill`: n8n's processes ended in the middle of lists. See test/e2e/kill. */
import { runInN8n } from './inN8n.mjs';

await runInN8n(async () => (await import('../test/e2e/kill/main.mts')).runKills);
