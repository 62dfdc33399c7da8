/**
 * `npm run coverage`: runs the tests with the coverage of the code, lists what is not covered, and reports the coverage
 * of the API's contract. Arguments go to jest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './setup.mjs';

/** One entry of jest's coverage-summary.json; its key is the file, or "total". */
type Summary = Record<string, Record<'lines' | 'branches', { total: number; covered: number }>>;

const FOLDERS = ['nodes', 'transport', 'credentials'];

const file = path.join(root, 'coverage', 'coverage-summary.json');
rmSync(file, { force: true });
const runs = [
	node('jest', 'bin', 'jest.js')('--config', 'jest.coverage.config.mjs', ...process.argv.slice(2)),
	node('tsx', 'dist', 'cli.mjs')(path.join('scripts', 'coverage.mts')),
];
const summary = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Summary) : {};
for (const folder of FOLDERS)
	console.log(`${folder}/: ${percent(folder, 'lines')} of lines, ${percent(folder, 'branches')} of branches`);
process.exitCode = runs.every((code) => code === 0) ? 0 : 1;

/** A program of node_modules, run to its end with its output shown. */
function node(...place: string[]) {
	return (...args: string[]) =>
		spawnSync(process.execPath, [path.join(root, 'node_modules', ...place), ...args], {
			cwd: root,
			stdio: 'inherit',
		}).status;
}

function percent(folder: string, what: 'lines' | 'branches'): string {
	const files = Object.entries(summary).filter(([file]) =>
		file.startsWith(path.join(root, folder, path.sep)),
	);
	const sum = (part: 'total' | 'covered') => files.reduce((all, [, file]) => all + file[what][part], 0);
	return `${((100 * sum('covered')) / Math.max(sum('total'), 1)).toFixed(1)} %`;
}
