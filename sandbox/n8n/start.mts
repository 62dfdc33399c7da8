import axios from 'axios';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Ports, StartOptions } from '../../scripts/options.mjs';
import { root, SetupError } from '../../scripts/setup.mjs';
import { STOP_SIGNALS } from '../../scripts/child.mjs';
import { HOST, inherited } from './environment.mts';
import { furnish, type Furniture } from './furnish.mts';
import { startGuarded, stopEverything, type Guarded } from './guarded.mts';
import { lastWords, startN8n, type N8n } from './launch.mts';
import { installPackage } from './package.mts';
import { startQueue, type Queue } from './queue.mts';
import { OWNER } from './session.mts';
import { until } from './wait.mts';
import { EXAMPLES, readExample, type Example } from './workflow.mts';

/** The account that the sandbox API is seeded with. */
const ACCOUNT = { accountKey: 'DID-5a4d0000-0000-4000-8000-000000000001', accountSecret: 'sandbox-secret' };

const HOME = process.env.TELEGENT_SANDBOX_HOME ?? path.join(root, '.sandbox');
const LOGS = path.join(HOME, 'logs');
const API_START_SECONDS = 60;

/** Requests a minute, as on Telegent's standard tier. */
const LIMIT = 50;

/**
 * Runs the sandbox API and n8n until they are stopped or one of them ends.
 * @param nextBuild resolves when the package was built anew: n8n then restarts with it
 * @throws SetupError with a plain sentence when that is not possible
 */
export async function runSandbox(
	{ n8nPort, apiPort, queue }: StartOptions,
	nextBuild?: () => Promise<void>,
): Promise<void> {
	const told = stopWhenTold();
	rmSync(LOGS, { recursive: true, force: true });
	const shape = queue ? 'n8n in queue mode' : 'n8n';
	const usual = queue ? '30 to 90' : '10 to 30';
	console.log(`Starting ${shape} and the local Telegent sandbox. This usually takes ${usual} seconds.`);
	try {
		const [api, n8n] = await Promise.all([
			startApi({ n8nPort, apiPort }),
			queue ? startQueueAt(n8nPort) : startOne(n8nPort),
		]);
		const data = { ...ACCOUNT, baseUrl: at(apiPort), requestsPerMinute: LIMIT };
		const furniture = await withoutLimit(apiPort, () => furnish(n8n.api, n8n.userFolder, data));
		console.log(summary({ n8nPort, apiPort }, furniture, n8n));
		for (;;) {
			const ends = firstEnd([api, ...programsOf(n8n)]);
			await (nextBuild ? Promise.race([ends, nextBuild()]) : ends);
			await replacePackage(n8n);
		}
	} catch (error) {
		if (told.toStop) return;
		await stopEverything();
		throw new SetupError((error as Error).message);
	}
}

async function startOne(port: number): Promise<N8n> {
	const userFolder = path.join(HOME, 'n8n');
	mkdirSync(userFolder, { recursive: true });
	return await startN8n({ userFolder, port, logFile: path.join(LOGS, 'n8n.log') });
}

/** Queue mode keeps its workflows apart: they are in PostgreSQL. */
async function startQueueAt(port: number): Promise<Queue> {
	const onProgress = (what: string) => console.log(`  Starting ${what} …`);
	return await startQueue({ folder: path.join(HOME, 'queue'), port, logs: LOGS, onProgress });
}

const isQueue = (n8n: N8n | Queue): n8n is Queue => 'workers' in n8n;

const programsOf = (n8n: N8n | Queue) => (isQueue(n8n) ? n8n.programs() : [n8n.process]);

/** Workflows, credentials and the login stay; the sandbox API and its phones are not touched. */
async function replacePackage(n8n: N8n): Promise<void> {
	console.log('Restarting n8n with the new build.');
	await n8n.stop();
	await installPackage(n8n.userFolder);
	await n8n.restart();
	console.log('n8n is ready. Reload its page.');
}

/** The sandbox API, as `npm run sandbox` runs it. */
async function startApi({ n8nPort, apiPort: port }: Ports): Promise<Guarded> {
	const api = await startGuarded({
		name: 'The sandbox API',
		program: process.execPath,
		args: [
			...['--import', 'tsx', path.join(root, 'sandbox', 'api', 'main.mts'), '--port', String(port)],
			...['--editor', at(n8nPort)],
		],
		env: inherited(process.env),
		cwd: root,
		logFile: path.join(LOGS, 'api.log'),
		graceSeconds: 5,
	});
	const ready = async () => {
		if (api.hasEnded()) throw new Error(`The sandbox API ended while starting. ${lastWords(api)}`);
		return await axios.get(settingsAt(port), { proxy: false }).then(
			() => true,
			() => false,
		);
	};
	await until('the sandbox API to be ready', ready, { seconds: API_START_SECONDS });
	return api;
}

const at = (port: number) => `http://${HOST}:${port}`;

const settingsAt = (port: number) => `${at(port)}/_sandbox/settings`;

async function withoutLimit<T>(port: number, act: () => Promise<T>): Promise<T> {
	const set = (requestsPerMinute: number) =>
		axios.post(settingsAt(port), { requestsPerMinute }, { proxy: false });
	await set(0);
	try {
		return await act();
	} finally {
		await set(LIMIT);
	}
}

/** Ctrl-C, or a signal that reaches only npm, ends everything before this process ends. */
function stopWhenTold(): { toStop: boolean } {
	const told = { toStop: false };
	const stop = async () => {
		told.toStop = true;
		console.log('\nStopping …');
		await stopEverything();
		process.exit(0);
	};
	for (const signal of STOP_SIGNALS) process.once(signal, () => void stop());
	return told;
}

/** @throws Error when a program ends without being stopped */
async function firstEnd(programs: Guarded[]): Promise<never> {
	const ended = await Promise.race(programs.map(async (program) => ({ program, ...(await program.ended) })));
	const how = ended.signal ? `by ${ended.signal}` : `with code ${ended.code}`;
	throw new Error(
		`${ended.program.name} ended unexpectedly (${how}), so everything else was stopped too. ${lastWords(ended.program)}`,
	);
}

/** Short where it is inside the project. */
const shown = (folder: string) => (folder.startsWith(root) ? path.relative(root, folder) : folder);

function summary({ n8nPort, apiPort }: Ports, { listening, remarks }: Furniture, n8n: N8n | Queue): string {
	const sandbox = at(apiPort);
	const replies = (name: Example) =>
		listening.includes(name)
			? `The workflow "${readExample(name).name}" replies within seconds.`
			: `Publish the workflow "${readExample(name).name}" first. Then it replies.`;
	return `
The local sandbox is ready. No messages leave this computer, and nothing costs money.

  Start page       ${sandbox}   what's running, what to try, and the values for your own credential
  n8n              ${at(n8nPort)}   email ${OWNER.email}, password ${OWNER.password}
  Phone simulator  ${sandbox}/phone   best in a narrow window next to n8n
  API              ${sandbox}   the Base URL in the credential
${isQueue(n8n) ? shapeOf(n8n) : ''}
Three things to try (each takes one click or one text):

  1. In the phone simulator, text the main line from any phone. ${replies('auto-reply')}
  2. In the phone simulator, select the number Menu and text: hi. ${replies('keyword-menu')}
  3. Log in to n8n, open "Telegent: Quick start" and click Execute workflow. It goes from an empty account to a first message.

Then: ${EXAMPLES.length - 3} more example workflows are in n8n, each with instructions. To build your own, open a new workflow, click +
(or press N; in n8n 1.x, Tab), type "telegent" and select an action. To send texts, select Message, which is the default.
The credential is already set up.

Your workflows are saved in ${shown(HOME)}. The local sandbox's data resets on each start. A Send and Wait for Response
that was still waiting then waits until its time limit, so execute the workflow again. Logs are in ${shown(LOGS)}.
Press Ctrl+C to stop everything.
${remarks.map((remark) => `\n${remark}\n`).join('')}`;
}

function shapeOf({ webhookUrl, workers }: Queue): string {
	return `  Queue mode       ${workers.length} workers execute, and ${webhookUrl} receives webhooks (docs/scaling.md)
`;
}
