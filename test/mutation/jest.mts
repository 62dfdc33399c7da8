import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { verdictOf, type JestReport, type Mutation, type Verdict } from './mutation.mts';

export const root = path.resolve(__dirname, '..', '..');
const JEST = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
const CONFIG = path.join(root, 'test', 'mutation', 'jest.config.mjs');
const REPORT = path.join(tmpdir(), `telegent-mutation-${process.pid}.json`);

/** Runs test files with one line of the sources changed, or with none. Only what jest compiles is changed, no file. */
export async function runTests(
	{ only, tests }: Pick<Mutation, 'only' | 'tests'>,
	limitMs: number,
	mutation?: Mutation,
): Promise<{ verdict: Verdict; output: string }> {
	rmSync(REPORT, { force: true });
	const change = mutation && { ...mutation, path: path.join(root, mutation.file) };
	const args = ['--config', CONFIG, '--runInBand', '--forceExit', '--json', '--outputFile', REPORT];
	if (only !== undefined) args.push('--testNamePattern', only);
	const child = spawn(process.execPath, [JEST, ...args, ...(change ? ['--bail=1'] : []), '--', ...tests], {
		cwd: root,
		env: { ...process.env, TELEGENT_MUTATION: JSON.stringify(change ?? null) },
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let output = '';
	child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
	let timedOut = false;
	const timer = setTimeout(() => {
		timedOut = true;
		child.kill('SIGKILL');
	}, limitMs);
	const stop = () => child.kill('SIGKILL');
	process.once('exit', stop);
	await new Promise((resolve) => child.once('close', resolve));
	process.off('exit', stop);
	clearTimeout(timer);
	return { verdict: verdictOf(readReport(), timedOut), output };
}

function readReport(): JestReport | undefined {
	try {
		return JSON.parse(readFileSync(REPORT, 'utf8')) as JestReport;
	} catch {
		return undefined;
	} finally {
		rmSync(REPORT, { force: true });
	}
}
