import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

/** Stops a command with one plain sentence instead of a stack trace. */
export class SetupError extends Error {
	/**
	 * @param {string} message
	 * @param {number} [exitCode]
	 */
	constructor(message, exitCode = 1) {
		super(message);
		this.exitCode = exitCode;
	}
}

/**
 * Runs a command to its end, without a sign of life: for what takes seconds.
 * @param {string} command
 * @param {string[]} args
 * @param {string} cwd
 */
export function run(command, args, cwd) {
	const done = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
	return {
		ok: done.status === 0,
		output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`,
	};
}

/** npm as a program that needs no shell, on Windows too. */
function npmCommand() {
	const beside = path.join(path.dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
	const script = [process.env.npm_execpath ?? '', beside].find(
		(file) => path.basename(file) === 'npm-cli.js' && existsSync(file),
	);
	return script ? [process.execPath, script] : ['npm'];
}

/**
 * This process's environment without what `npm run` hands down: an inherited ignore-scripts would leave native parts
 * unbuilt without a word, an inherited prefix would install into this project.
 */
function npmEnvironment() {
	const handedDown = /^npm_(config_(ignore_scripts|local_prefix)$|package_|lifecycle_|command$)/i;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !handedDown.test(name)));
}

/**
 * Runs npm to its end and tells each line that it prints. When this process is told to stop, npm and all that it
 * started are ended first.
 * @param {string[]} args
 * @param {string} cwd
 * @param {(line: string) => void} [onLine]
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function runNpm(args, cwd, onLine = () => {}) {
	const [command, ...before] = npmCommand();
	const child = spawn(command, [...before, ...args], {
		cwd,
		env: npmEnvironment(),
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
	});
	let stopped = false;
	const stop = () => {
		stopped = true;
		endGroup(child.pid, 'SIGTERM');
		// npm finishes what it is at before it listens.
		setTimeout(() => endGroup(child.pid, 'SIGKILL'), 2_000).unref();
	};
	for (const signal of STOP_SIGNALS) process.on(signal, stop);
	try {
		const result = await collect(child, onLine);
		if (stopped) throw new SetupError('Stopped. Run the command again: it carries on from there.', 130);
		return result;
	} finally {
		for (const signal of STOP_SIGNALS) process.off(signal, stop);
	}
}

/** @type {NodeJS.Signals[]} */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Passes on a signal that reached npm only: npm ends at once then, and leaves the script that it ran behind.
 */
export function stopWithNpm() {
	const parent = process.ppid;
	if (!process.env.npm_lifecycle_event) return;
	const watch = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(watch);
		process.kill(process.pid, 'SIGTERM');
	}, 500);
	watch.unref();
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(line: string) => void} onLine
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function collect(child, onLine) {
	/** @type {string[]} */
	const lines = [];
	for (const input of [child.stdout, child.stderr]) {
		if (!input) continue;
		readline.createInterface({ input }).on('line', (line) => {
			lines.push(line);
			onLine(line);
		});
	}
	return new Promise((resolve) => {
		child.once('error', (error) => resolve({ ok: false, output: error.message }));
		child.once('close', (code) => resolve({ ok: code === 0, output: lines.join('\n') }));
	});
}

/**
 * Ends a process that was started detached, with everything that it started.
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
export function endGroup(pid, signal) {
	if (!pid) return;
	try {
		if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']);
		else process.kill(-pid, signal);
	} catch (error) {
		if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
	}
}
