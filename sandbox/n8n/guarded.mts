import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { fileURLToPath } from 'node:url';

const GUARD = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../scripts/guard.mjs');
const KEPT_LINES = 200;

/** What runs at the moment, from the first instant on. */
const running = new Map<() => Promise<void>, GuardedOptions>();

/** Ends every program that was started here, also one that is still starting. What serves others ends last. */
export async function stopEverything(): Promise<void> {
	for (const last of [false, true]) {
		const some = [...running].filter(([, { servesOthers = false }]) => servesOthers === last);
		await Promise.all(some.map(([stop]) => stop()));
	}
}

export interface GuardedOptions {
	/** for people: "n8n", "the sandbox API" */
	name: string;
	program: string;
	args: string[];
	env: Record<string, string>;
	cwd: string;
	/** all that it prints is added to this file */
	logFile: string;
	/** how long an orderly end may take before it is killed */
	graceSeconds: number;
	/** other programs need it until they have ended, as n8n needs its database */
	servesOthers?: boolean;
}

export interface Ending {
	code: number | null;
	signal: string | null;
}

/** A running program, with everything that it starts. */
export interface Guarded {
	name: string;
	/** of the program itself */
	pid: number;
	logFile: string;
	ended: Promise<Ending>;
	hasEnded(): boolean;
	lastLines(count: number): string[];
	/** Asks it to end, and ends it when it does not. Resolves when everything is gone. */
	stop(): Promise<void>;
}

/**
 * Starts a program under `scripts/guard.mjs`, so that nothing of it outlives this process.
 * @throws Error when the program cannot be started
 */
export async function startGuarded(options: GuardedOptions): Promise<Guarded> {
	const guard = spawn(
		process.execPath,
		[GUARD, String(options.graceSeconds), options.program, ...options.args],
		{
			cwd: options.cwd,
			env: options.env,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			detached: process.platform !== 'win32',
			windowsHide: true,
		},
	);
	const lines = keepLines(guard, openLog(options.logFile));
	const ending = whenEnded(guard);
	const state = { ended: false };
	const stop = async () => {
		if (guard.connected) guard.send('stop');
		await ending;
	};
	running.set(stop, options);
	void ending.then(() => {
		state.ended = true;
		running.delete(stop);
	});
	const pid = await programPid(guard, options.name, ending);
	return {
		name: options.name,
		pid,
		logFile: options.logFile,
		ended: ending,
		hasEnded: () => state.ended,
		lastLines: (count) => lines.slice(-count),
		stop,
	};
}

function openLog(file: string): WriteStream {
	mkdirSync(path.dirname(file), { recursive: true });
	return createWriteStream(file, { flags: 'a' });
}

/** The last lines that it printed; the array keeps changing. */
function keepLines(guard: ChildProcess, log: WriteStream): string[] {
	const lines: string[] = [];
	for (const input of [guard.stdout, guard.stderr]) {
		if (!input) continue;
		readline.createInterface({ input }).on('line', (line) => {
			lines.push(line);
			if (lines.length > KEPT_LINES) lines.shift();
			log.write(`${line}\n`);
		});
	}
	guard.once('close', () => log.end());
	return lines;
}

/** The guard ends last, after it reported how the program ended. */
function whenEnded(guard: ChildProcess): Promise<Ending> {
	let told: Ending | undefined;
	guard.on('message', (news: Partial<Ending>) => {
		if ('code' in news) told = { code: news.code ?? null, signal: news.signal ?? null };
	});
	return new Promise((resolve) => {
		guard.once('close', (code, signal) => resolve(told ?? { code, signal }));
	});
}

function programPid(guard: ChildProcess, name: string, ending: Promise<Ending>): Promise<number> {
	return new Promise((resolve, reject) => {
		const cannot = (why: string) => reject(new Error(`${name} could not be started: ${why}.`));
		guard.on('message', (news: { pid?: number; failed?: string }) => {
			if (news.pid) resolve(news.pid);
			if (news.failed) cannot(news.failed);
		});
		guard.once('error', (error) => cannot(error.message));
		void ending.then(({ code, signal }) => cannot(`it ended at once (${signal ?? `code ${code}`})`));
	});
}
