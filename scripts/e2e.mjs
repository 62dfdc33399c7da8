/** `npm run test:e2e`: the scenarios of test/e2e in a real n8n. Arguments go to jest, e.g. `-- -t "auto-reply"`. */
import { runInN8n } from './inN8n.mjs';

await runInN8n(async () => (await import('../test/e2e/support/run.mts')).runScenarios);
