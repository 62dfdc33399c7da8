import { readFileSync, writeFileSync } from 'node:fs';
import { resources } from '../nodes/Telegent/resources/index.ts';
import { README, staleTable, withTable } from './lib/operationsTable.mts';

/* Writes the table of operations into README.md; with `--check`, only says whether it is up to date. */

if (process.argv.includes('--check')) {
	const wrong = staleTable(resources);
	if (wrong) {
		console.error(wrong);
		process.exitCode = 1;
	}
} else {
	writeFileSync(README, withTable(readFileSync(README, 'utf8'), resources));
}
