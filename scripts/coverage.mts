import { resources } from '../nodes/Telegent/resources/index.ts';
import { report } from './lib/coverage.mts';

/* `npm run contract:coverage`: which operations and fields of the contract the node has. */

const { complete, text } = report(resources);
console.log(text);
process.exitCode = complete ? 0 : 1;
