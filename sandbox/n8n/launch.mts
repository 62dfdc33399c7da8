import axios from 'axios';
import path from 'node:path';
import { n8nFolder, n8nNode } from '../../scripts/setup.mjs';
import { n8nMajor } from '../../scripts/n8nVersion.mjs';
import { connect, type N8nApi } from './api.mts';
import { n8nEnvironment } from './environment.mts';
import { startGuarded, type Guarded } from './guarded.mts';
import { installPackage } from './package.mts';
import { freePort } from './ports.mts';
import { until } from './wait.mts';
import { TELEGENT, TRIGGER } from './workflow.mts';

const START_SECONDS = 180;
const GRACE_SECONDS = 12;

/** n8n prints this when everything is in place. */
const ACCESSIBLE = 'Editor is now accessible';

export interface LaunchOptions {
	/** n8n keeps everything in here: database, key, community packages */
	userFolder: string;
	port: number;
	logFile?: string;
	/** environment variables for n8n, over those of the sandbox */
	env?: Record<string, string>;
	/** what this process does: all of it, or a part in queue mode; by default `start` */
	command?: 'start' | 'worker' | 'webhook';
	/** for people; by default "n8n" */
	name?: string;
}

export interface N8n {
	url: string;
	port: number;
	userFolder: string;
	/** logged in as the owner; renewed by `restart` */
	api: N8nApi;
	process: Guarded;
	/** Ends n8n and everything that it started. */
	stop(): Promise<void>;
	/** Starts it again, where it was stopped or has died, with the same data on the same port. */
	restart(): Promise<void>;
}

/**
 * Starts a real n8n with this package installed from its tarball, and waits until it works: ready to be asked, the
 * Telegent nodes loaded, the owner logged in.
 * @throws Error with n8n's last words when it does not start
 */
export async function startN8n(options: LaunchOptions): Promise<N8n> {
	await installPackage(options.userFolder);
	const url = `http://127.0.0.1:${options.port}`;
	const first = await launch(options, url);
	const n8n: N8n = {
		url,
		port: options.port,
		userFolder: options.userFolder,
		...first,
		stop: () => n8n.process.stop(),
		restart: async () => {
			await n8n.process.stop();
			Object.assign(n8n, await launch(options, url));
		},
	};
	return n8n;
}

async function launch(options: LaunchOptions, url: string): Promise<Pick<N8n, 'process' | 'api'>> {
	const program = await startReady(options);
	try {
		const api = await connect(url);
		await refuseMissingNodes(api, program);
		return { process: program, api };
	} catch (error) {
		await program.stop();
		throw error;
	}
}

/**
 * Starts one process of n8n, with the packages that are in its user folder, and waits until it is ready.
 * @throws Error with its last words when it does not start
 */
export async function startReady(options: LaunchOptions): Promise<Guarded> {
	const program = await startProgram(options);
	const { command = 'start', port } = options;
	const ready = async () =>
		(await isReady(`http://127.0.0.1:${port}`, program)) && (command !== 'start' || servesAll(program));
	try {
		await until(`${program.name} to be ready`, ready, { seconds: START_SECONDS });
		return program;
	} catch (error) {
		await program.stop();
		throw error;
	}
}

async function startProgram(options: LaunchOptions): Promise<Guarded> {
	const { command = 'start', env, logFile, name = 'n8n', port, userFolder } = options;
	return await startGuarded({
		name,
		program: n8nNode,
		args: [path.join(n8nFolder, 'node_modules', 'n8n', 'bin', 'n8n'), command],
		env: n8nEnvironment({ userFolder, port, brokerPort: await freePort(), node: n8nNode, extra: env }),
		cwd: userFolder,
		logFile: logFile ?? path.join(userFolder, 'n8n.log'),
		graceSeconds: GRACE_SECONDS,
	});
}

async function isReady(url: string, program: Guarded): Promise<boolean> {
	if (program.hasEnded()) throw new Error(`${program.name} ended while starting. ${lastWords(program)}`);
	const answer = await axios
		.get(`${url}/healthz/readiness`, { proxy: false, timeout: 5_000, validateStatus: () => true })
		.catch(() => undefined);
	return answer?.status === 200;
}

/** n8n 1 says that it is ready before its editor and its published workflows are. */
const servesAll = (program: Guarded) =>
	n8nMajor > 1 || program.lastLines(50).some((line) => line.includes(ACCESSIBLE));

/** n8n starts without a package that it cannot load; here that is no start at all. */
async function refuseMissingNodes(api: N8nApi, program: Guarded): Promise<void> {
	for (const node of [TELEGENT, TRIGGER]) {
		await api.nodes.describe(node).catch((error: Error) => {
			throw new Error(
				`n8n started, but couldn't load the node ${node} (${error.message}). ${lastWords(program)}`,
			);
		});
	}
}

/** The end of a program's log, for a message. */
export function lastWords(program: Guarded, count = 15): string {
	const lines = program.lastLines(count).map((line) => `    ${line}`);
	return [`Last lines of its output (full log: ${program.logFile}):`, ...lines].join('\n');
}
