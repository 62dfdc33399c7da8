/**
 * Sums up what `.ci/run` left in a folder: a status for each step, and jest's report for those that ran jest.
 * Prints `N passed, N failed` and ends with code 1 when anything failed.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

const [folder] = process.argv.slice(2);

const steps = readdirSync(folder)
	.filter((file) => file.endsWith('.status'))
	.map((file) => outcome(path.join(folder, path.basename(file, '.status'))));
const sum = (/** @type {'passed' | 'failed'} */ what) => steps.reduce((total, step) => total + step[what], 0);

console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') > 0 ? 1 : 0);

/**
 * A step that failed without a failed test counts as one failure: a crash, a lint error, a report never written.
 * @param {string} step path of the step's files, without their endings
 */
function outcome(step) {
	const ok = readFileSync(`${step}.status`, 'utf8').trim() === '0';
	const { passed, failed } = tests(`${step}.json`);
	return { passed, failed: ok ? failed : Math.max(failed, 1) };
}

/**
 * @param {string} report jest's, if there is one
 * @returns {{ passed: number, failed: number }}
 */
function tests(report) {
	if (!existsSync(report)) return { passed: 0, failed: 0 };
	const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
		readFileSync(report, 'utf8'),
	);
	return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}
