import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

/** Ends a command with one plain sentence instead of a stack trace. */
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

/** @type {NodeJS.Signals[]} */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command that takes seconds, and waits for it.
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

/**
 * Runs npm and collects what it prints. When this process is stopped, npm and everything that it started end first.
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export async function runNpm(args, cwd) {
	// npm's own script, as `npm run` names it: on Windows, `npm` is a batch file that only a shell can start.
	const script = process.env.npm_execpath ?? '';
	const [command, ...before] = path.basename(script) === 'npm-cli.js' ? [process.execPath, script] : ['npm'];
	const child = spawn(command, [...before, ...args], {
		cwd,
		// `npm run` hands down its own folder, and npm would install into that.
		env: { ...process.env, npm_config_local_prefix: undefined },
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
	});
	let stopped = false;
	const stop = () => {
		stopped = true;
		endGroup(child.pid, 'SIGTERM');
		// npm finishes what it is doing before it reacts.
		setTimeout(() => endGroup(child.pid, 'SIGKILL'), 2_000).unref();
	};
	for (const signal of STOP_SIGNALS) process.on(signal, stop);
	const result = await collect(child);
	for (const signal of STOP_SIGNALS) process.off(signal, stop);
	if (stopped) throw new SetupError('Stopped. To continue, run the command again.', 130);
	return result;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
function collect(child) {
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream?.setEncoding('utf8').on('data', (text) => (output += text));
	return new Promise((resolve) => {
		child.once('error', (error) => resolve({ ok: false, output: error.message }));
		child.once('close', (code) => resolve({ ok: code === 0, output }));
	});
}

/**
 * Ends this process when npm, which runs it, is gone: a signal that reaches npm only leaves the script running.
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
 * Ends a process that was started detached, with everything it started.
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
