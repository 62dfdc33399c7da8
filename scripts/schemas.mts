import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resources } from '../nodes/Telegent/resources/index.ts';
import { SCHEMAS, schemaFiles } from './lib/outputSchema.mts';

/* `npm run schemas`: writes the output schemas from the contract's documented responses. */

const files = schemaFiles(resources);
rmSync(dirname(SCHEMAS), { recursive: true, force: true });
for (const [file, text] of files) {
	mkdirSync(dirname(join(SCHEMAS, file)), { recursive: true });
	writeFileSync(join(SCHEMAS, file), text);
}
console.log(`${files.size} output schemas in ${SCHEMAS}`);
