import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ServerCounts, ServerMessage, Setup } from './server.mts';

const SCRIPT = path.resolve(__dirname, '..', '..', 'scripts', 'soak.mjs');

/** The Telegent of server.mts. */
export class TelegentProcess {
	private constructor(
		private readonly child: ChildProcess,
		readonly url: string,
	) {}

	static async start(setup: Setup): Promise<TelegentProcess> {
		const child = fork(SCRIPT, ['server'], { stdio: 'inherit' });
		child.send(setup);
		const [message] = (await once(child, 'message')) as [ServerMessage];
		return new TelegentProcess(child, 'ready' in message ? message.ready : '');
	}

	async counts(): Promise<ServerCounts> {
		this.child.send('counts');
		const [message] = (await once(this.child, 'message')) as [ServerMessage];
		if (!('counts' in message)) throw new Error('The server is confused');
		return message.counts;
	}

	async stop(): Promise<void> {
		const ended = once(this.child, 'exit');
		this.child.disconnect();
		await ended;
	}
}
