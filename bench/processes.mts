import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { n8nNode, root } from '../scripts/setup.mjs';
import { packageFolder } from './package.mts';
import type { Job, Result } from './jobs.mts';
import type { ServerMessage, ServerStats } from './server.mts';

const here = path.dirname(fileURLToPath(import.meta.url));
const n8nFolder = path.join(root, 'sandbox', 'n8n');
const STARTING_MS = 60_000;

/** Without proxies, which loopback must not go through, and without n8n's traces in the person's own home. */
function environment(home: string): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) => !/_proxy$|^NODE_OPTIONS$|^N8N_/i.test(name));
	return { ...Object.fromEntries(kept), N8N_USER_FOLDER: home, N8N_LOG_LEVEL: 'silent', TZ: 'UTC' };
}

class Child {
	private readonly child: ChildProcess;

	private readonly home = mkdtempSync(path.join(tmpdir(), 'telegent-bench-'));

	constructor(file: string, args: string[] = []) {
		this.child = fork(path.join(here, file), args, {
			execPath: n8nNode,
			execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
			env: environment(this.home),
		});
	}

	async answer<T>(timeoutMs = 15 * 60_000): Promise<T> {
		return await new Promise<T>((resolve, reject) => {
			const finish = (error?: Error) => {
				clearTimeout(timer);
				this.child.off('message', onMessage).off('exit', onExit).off('error', finish);
				if (error) reject(error);
			};
			const onMessage = (message: unknown) => {
				finish();
				resolve(message as T);
			};
			const onExit = (code: number | null) =>
				finish(new Error(`A process of the benchmark ended by itself (${code})`));
			const timer = setTimeout(
				() => finish(new Error('A process of the benchmark does not answer')),
				timeoutMs,
			);
			this.child.on('message', onMessage).on('exit', onExit).on('error', finish);
		});
	}

	tell(message: object | string): void {
		this.child.send(message);
	}

	async stop(): Promise<void> {
		if (this.child.exitCode === null) {
			const ended = once(this.child, 'exit');
			this.child.disconnect();
			await ended;
		}
		rmSync(this.home, { recursive: true, force: true });
	}
}

/** A server that responds after `latencyMs`, in a process of its own. */
export class Server {
	private constructor(
		private readonly child: Child,
		readonly url: string,
	) {}

	static async start(): Promise<Server> {
		const child = new Child('server.mts');
		const { ready } = await child.answer<{ ready: string }>(STARTING_MS);
		return new Server(child, ready);
	}

	/** What a job must know about the server. Anything is a valid key and token there. */
	get job(): Pick<Job, 'url' | 'accountKey' | 'accountSecret' | 'token'> {
		return { url: this.url, accountKey: 'DID-bench', accountSecret: 'secret-of-the-bench', token: 'ready' };
	}

	latency(latencyMs: number): void {
		this.child.tell({ latencyMs });
	}

	/** What happened since the last time. */
	async stats(): Promise<ServerStats> {
		this.child.tell('stats');
		const message = await this.child.answer<ServerMessage>(STARTING_MS);
		if (!('stats' in message)) throw new Error('The server is confused');
		return message.stats;
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}

/** A process as n8n's, see n8nProcess.mts. */
export class N8nProcess {
	private constructor(
		private readonly child: Child,
		readonly speed: number,
	) {}

	/** @param engine what n8n resolves expressions with: its default, or the older one inside its own process */
	static async start(speed = 1, engine: 'vm' | 'legacy' = 'vm'): Promise<N8nProcess> {
		const child = new Child('n8nProcess.mts', [n8nFolder, packageFolder, String(speed), engine]);
		const { ready } = await child.answer<{ ready: string }>(STARTING_MS);
		if (ready !== engine) throw new Error(`Expressions run with the engine "${ready}", not with "${engine}"`);
		return new N8nProcess(child, speed);
	}

	async run(job: Job): Promise<Result> {
		this.child.tell(job);
		const message = await this.child.answer<{ result: Result } | { error: string }>();
		if ('error' in message) throw new Error(message.error);
		return message.result;
	}

	async stop(): Promise<void> {
		await this.child.stop();
	}
}
