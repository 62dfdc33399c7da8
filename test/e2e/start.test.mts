import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup.mjs';
import { connect } from '../../sandbox/n8n/api.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { CREDENTIAL_NAME } from '../../sandbox/n8n/furnish.mts';
import { EXAMPLES, prepared, readExample } from '../../sandbox/n8n/workflow.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { openPage } from './support/editor.mts';
import { manyMessages } from './support/workflows.mts';

/** Longer than the second start may take. */
const START_SECONDS = 120;

/** In the order in which n8n is to list them. */
const ALL = EXAMPLES.map((name) => readExample(name).name);

describe('npm start', () => {
	// Inside the project, where a newcomer's is: what is in node_modules above must not get in the way.
	const parent = path.join(root, '.sandbox');
	mkdirSync(parent, { recursive: true });
	const home = mkdtempSync(path.join(parent, 'e2e-start-'));
	const started: Started[] = [];
	let ports: { n8n: number; api: number };
	beforeAll(async () => (ports = { n8n: await freePort(), api: await freePort() }));
	afterAll(async () => {
		for (const one of started) await one.stop();
		rmSync(home, { recursive: true, force: true });
	});

	const start = () => {
		const one = startCommand(home, ['--n8n-port', String(ports.n8n), '--api-port', String(ports.api)]);
		started.push(one);
		return one;
	};
	const workflowNames = async () =>
		(await (await connect(`http://127.0.0.1:${ports.n8n}`)).workflows.list()).map(({ name }) => name);

	test('tells where everything is, and a text in the phone simulator is answered', async () => {
		const command = start();
		await command.ready();
		expect(command.output()).toContain(`http://127.0.0.1:${ports.n8n}`);
		expect(command.output()).not.toContain('localhost');
		expect(command.output()).toContain('owner@sandbox.local');
		expect(await workflowNames()).toEqual(ALL);

		const { page, picture, close } = await openPage();
		await page.goto(`http://127.0.0.1:${ports.api}/phone`);
		const ana = page.getByRole('region', { name: 'Ana Silva' });
		await ana.getByLabel('Text message').fill('Hello from the phone simulator');
		await ana.getByRole('button', { name: 'Send' }).click();
		const reply = ana.getByRole('log').getByText('You said: Hello from the phone simulator');
		await reply.waitFor({ timeout: 60_000 });
		await picture('8-phone');
		await close();
	});

	test('lists the Quick start first, and logs what went wrong in words', async () => {
		const [first] = await workflowNames();
		expect(first).toBe('Telegent: Quick start');

		const { credentials, executions, workflows } = await connect(`http://127.0.0.1:${ports.n8n}`);
		const { id } = await workflows.create(
			prepared(manyMessages(1, '555-01'), await credentials.named(CREDENTIAL_NAME)),
		);
		const execution = await executions.whenEnded(await executions.start(id, 'Start'), 60);
		expect(execution.error?.message).toContain('555-01');
		const log = readFileSync(path.join(home, 'logs', 'n8n.log'), 'utf8');
		expect(log).toContain(execution.error?.message);
		await workflows.remove(id);
	});

	test('refuses a port that is taken, in one sentence that says how to choose another', async () => {
		const { code, output } = await start().ended();
		expect(code).toBe(1);
		expect(output).toMatch(new RegExp(`^Port ${ports.n8n} .*is already in use.*--n8n-port \\d+$`, 'm'));
	});

	test('ends everything that it started when it is stopped, even if the signal reaches npm only', async () => {
		expect(processesOf(home, ports.api).length).toBeGreaterThanOrEqual(6);
		await started[0].stop();
		await until('everything to be gone', () => processesOf(home, ports.api).length === 0, { seconds: 20 });
	});

	test('starts a second time without installing or building, with the same workflows, and answers again', async () => {
		const command = start();
		await command.ready();
		expect(command.output()).not.toMatch(/Installing|Building/);
		expect(await workflowNames()).toEqual(ALL);
		expect(await replyTo(ports.api, 'Again')).toBe('You said: Again');
	});
});

interface Started {
	output(): string;
	ready(): Promise<void>;
	ended(): Promise<{ code: number | null; output: string }>;
	/** Ends npm, and npm only. */
	stop(): Promise<void>;
}

function startCommand(home: string, args: string[]): Started {
	const child = spawn('npm', ['start', '--silent', '--', ...args], {
		cwd: root,
		env: { ...process.env, TELEGENT_SANDBOX_HOME: home },
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
	const ended = whenEnded(child).then((code) => ({ code, output }));
	return {
		output: () => output,
		ended: () => ended,
		ready: () =>
			until(
				'npm start to be ready',
				() => {
					if (child.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
					return output.includes('Press Ctrl+C to stop everything.');
				},
				{ seconds: START_SECONDS },
			).then(() => undefined),
		stop: async () => {
			child.kill('SIGTERM');
			await ended;
		},
	};
}

const whenEnded = (child: ChildProcess) =>
	new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));

/** What runs of a start. Its programs have the folder in their environment, or the API's port in their command. */
function processesOf(home: string, apiPort: number): string[] {
	const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8' });
	return stdout.split('\n').filter((line) => line.includes(home) || line.includes(`--port ${apiPort}`));
}

/** Texts the main line and gives the answer. */
async function replyTo(apiPort: number, body: string): Promise<string | undefined> {
	const control = (path: string, message?: object) =>
		fetch(`http://127.0.0.1:${apiPort}/_sandbox/${path}`, {
			method: message ? 'POST' : 'GET',
			body: message && JSON.stringify(message),
		}).then((answer) => answer.json() as Promise<Array<{ body: string }>>);
	await control('inbound', { from: '+12025550142', to: '+15005550100', body });
	const [sent] = await until(
		'the reply',
		async () => {
			const outbox = await control('outbox');
			return outbox.length > 0 && outbox;
		},
		{ seconds: 5 },
	);
	return sent.body;
}
