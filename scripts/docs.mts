import { createRequire } from 'node:module';
import path from 'node:path';

/*
 * Writes what README and docs take from the code: the table of operations, sample outputs, messages. With `--check`,
 * only says what is out of date or wrong; `npm test` does the same.
 */

// The nodes load parts of themselves when they run, which tsx can resolve only in code that was loaded with `require`.
const { docsProblems, writeDocs } = createRequire(import.meta.url)(
	'./docs/checks.mts',
) as typeof import('./docs/checks.mts');

const root = path.resolve(import.meta.dirname, '..');

if (process.argv.includes('--check')) {
	const problems = await docsProblems(root);
	for (const problem of problems) console.error(problem);
	if (problems.length > 0) process.exitCode = 1;
	else console.log('README and docs are up to date');
} else {
	for (const file of await writeDocs(root)) console.log(`Wrote ${file}`);
}
