import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { HOST } from './environment.mts';
import type { Guarded } from './guarded.mts';
import { startN8n, startReady, type LaunchOptions, type N8n } from './launch.mts';
import { freePort } from './ports.mts';
import { startServices } from './services.mts';

export interface QueueOptions {
	/** everything is kept in here: a folder for each process, Redis, PostgreSQL */
	folder: string;
	/** of the editor */
	port: number;
	logs: string;
	/** environment variables for each n8n process, over those of the sandbox */
	env?: Record<string, string>;
	/** by default two */
	workers?: number;
	/** processes that receive webhooks, by default one */
	webhooks?: number;
	/** for each step, what starts now */
	onProgress?: (what: string) => void;
}

/** A worker, or a process that receives webhooks. */
export interface QueuePart {
	process: Guarded;
	userFolder: string;
	/** Starts it again, where it was stopped or has died. */
	restart(): Promise<void>;
}

/** n8n in queue mode, seen as one n8n: that of the main process. */
export interface Queue extends N8n {
	/** where production webhooks are received */
	webhookUrl: string;
	main: N8n;
	workers: QueuePart[];
	webhook: QueuePart;
	/** further processes that receive webhooks, each at a port of its own */
	moreWebhooks: Array<QueuePart & { url: string }>;
	/** all that must keep running, Redis and PostgreSQL included */
	programs(): Guarded[];
	/** Ends all of n8n. Redis and PostgreSQL keep running. */
	stop(): Promise<void>;
	/** Starts all of n8n again. */
	restart(): Promise<void>;
	/** Ends everything. */
	close(): Promise<void>;
}

/**
 * Starts n8n as people run it who outgrow one process: Redis, PostgreSQL, one main process with the editor, workers, and
 * a process that receives production webhooks.
 * @throws SetupError where Redis or PostgreSQL is not installed
 */
export async function startQueue(options: QueueOptions): Promise<Queue> {
	const { folder, logs, onProgress = () => {}, port, webhooks = 1, workers: count = 2 } = options;
	onProgress('Redis and PostgreSQL');
	const services = await startServices(folder, logs);
	const webhookPort = await freePort();
	const webhookUrl = `http://${HOST}:${webhookPort}`;
	const env = { ...services.env, ...webhooksAt(webhookUrl), ...options.env };
	onProgress('the main process, with the editor');
	const main = await startN8n({
		...{ userFolder: path.join(folder, 'main'), port, env },
		logFile: path.join(logs, 'n8n.log'),
	});
	onProgress(
		`${count} workers and ${webhooks > 1 ? `${webhooks} webhook processes` : 'the webhook process'}`,
	);
	const part = (name: string, command: Command, at: number) =>
		startPart(main, { name, command, port: at, env, logs, folder });
	const numbers = Array.from({ length: count }, (_, index) => index + 1);
	const [webhook, ...workers] = await Promise.all([
		part('webhook', 'webhook', webhookPort),
		...numbers.map(async (number) => await part(`worker-${number}`, 'worker', await freePort())),
	]);
	const moreWebhooks = await Promise.all(
		Array.from({ length: webhooks - 1 }, async (_, index) => {
			const at = await freePort();
			return Object.assign(await part(`webhook-${index + 2}`, 'webhook', at), {
				url: `http://${HOST}:${at}`,
			});
		}),
	);
	const parts = () => [main, webhook, ...moreWebhooks, ...workers];
	const stop = async () => void (await Promise.all(parts().map((one) => one.process.stop())));
	return {
		...{ url: main.url, port, userFolder: main.userFolder, webhookUrl, stop },
		...{ main, webhook, moreWebhooks, workers },
		get api() {
			return main.api;
		},
		get process() {
			return main.process;
		},
		programs: () => [...parts().map((one) => one.process), ...services.programs],
		restart: async () => {
			await main.restart();
			await Promise.all([webhook, ...moreWebhooks, ...workers].map((one) => one.restart()));
		},
		close: async () => {
			await stop();
			await Promise.all(services.programs.map((program) => program.stop()));
		},
	};
}

/**
 * `WEBHOOK_URL` and not `N8N_WEBHOOK_URL`: the latter is the base of test URLs, too, and only the main process serves
 * those.
 */
const webhooksAt = (url: string) => ({
	N8N_WEBHOOK_URL: '',
	WEBHOOK_URL: `${url}/`,
	N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
});

type Command = NonNullable<LaunchOptions['command']>;

interface PartOptions {
	name: string;
	command: Command;
	port: number;
	env: Record<string, string>;
	logs: string;
	folder: string;
}

async function startPart(main: N8n, { name, command, port, env, logs, folder }: PartOptions) {
	const userFolder = path.join(folder, name);
	sharePackages(main.userFolder, userFolder);
	const health = { QUEUE_HEALTH_CHECK_ACTIVE: 'true', QUEUE_HEALTH_CHECK_PORT: String(port) };
	const options = {
		...{ userFolder, port, command, name: `The n8n process "${name}"` },
		env: { ...env, ...(command === 'worker' && { ...health, N8N_WORKER_SERVER_ADDRESS: HOST }) },
		logFile: path.join(logs, `${name}.log`),
	};
	const part: QueuePart = {
		userFolder,
		process: await startReady(options),
		restart: async () => {
			await part.process.stop();
			part.process = await startReady(options);
		},
	};
	return part;
}

/** The packages of the main process. The folder is each process's own, as n8n keeps notes about its last end there. */
function sharePackages(from: string, userFolder: string): void {
	const link = path.join(userFolder, '.n8n', 'nodes');
	rmSync(link, { recursive: true, force: true });
	mkdirSync(path.dirname(link), { recursive: true });
	symlinkSync(path.join(from, '.n8n', 'nodes'), link, 'junction');
}
