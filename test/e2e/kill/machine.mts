import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { N8nApi } from '../../../sandbox/n8n/api.mts';
import { startN8n } from '../../../sandbox/n8n/launch.mts';
import { freePort } from '../../../sandbox/n8n/ports.mts';
import { startQueue, type Queue } from '../../../sandbox/n8n/queue.mts';
import { until } from '../../../sandbox/n8n/wait.mts';
import type { Mode, Moment, Target } from './moments.mts';

/** An n8n whose processes can be ended one by one. */
export interface Machine {
	/** where production webhooks are received */
	webhookUrl: string;
	/** logged in to the main process; another one after that was started again */
	api(): N8nApi;
	/** Ends what the moment says, the worker that executes included, and waits until it is gone. */
	end(moment: Moment, executionId: string): Promise<void>;
	/** Starts what was ended. */
	restart(): Promise<void>;
	close(): Promise<void>;
}

/** A list is to be cut by SIGTERM, too; and n8n looks for dead workers more often than by default (30 and 60 s). */
const ENVIRONMENT = {
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1',
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

/** One process of n8n. */
interface Part {
	process: Queue['process'];
	userFolder: string;
	restart(): Promise<void>;
}

export async function startMachine(mode: Mode, folder: string, logs: string): Promise<Machine> {
	mkdirSync(folder, { recursive: true });
	const port = await freePort();
	if (mode === 'queue') {
		const queue = await startQueue({ folder, port, logs, env: ENVIRONMENT });
		const parts = async (target: Target, id: string) => [
			...(target === 'main' || target === 'worker and main' ? [queue.main] : []),
			...(target === 'main' ? [] : [await executing(queue, id)]),
		];
		return machine(parts, { webhookUrl: queue.webhookUrl, api: () => queue.api, close: () => queue.close() });
	}
	const logFile = path.join(logs, 'n8n.log');
	const n8n = await startN8n({ userFolder: folder, port, env: ENVIRONMENT, logFile });
	const parts = async () => await Promise.resolve([n8n]);
	return machine(parts, { webhookUrl: n8n.url, api: () => n8n.api, close: () => n8n.stop() });
}

function machine(
	partsOf: (target: Target, executionId: string) => Promise<Part[]>,
	rest: Pick<Machine, 'webhookUrl' | 'api' | 'close'>,
): Machine {
	let ended: Part[] = [];
	return {
		...rest,
		end: async ({ signal, target }, executionId) => {
			ended = await partsOf(target, executionId);
			for (const { process: program } of ended) process.kill(program.pid, signal);
			await Promise.all(ended.map((part) => part.process.ended));
		},
		restart: async () => {
			// With it, n8n waits ten seconds before it starts again.
			for (const { userFolder } of ended)
				rmSync(path.join(userFolder, '.n8n', 'crash.journal'), { force: true });
			await Promise.all(ended.map((part) => part.restart()));
		},
	};
}

/** The worker that executes, by its log. */
async function executing({ workers }: Queue, id: string): Promise<Part> {
	const started = `Worker started execution ${id} `;
	const find = () =>
		workers.find((worker) => worker.process.lastLines(100).some((line) => line.includes(started)));
	return await until(`a worker to start execution ${id}`, find, { seconds: 10 });
}
