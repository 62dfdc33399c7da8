import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { chain, TELEGENT, TRIGGER } from '../../sandbox/n8n/workflow.mts';
import { MAIN_LINE, MAIN_ROUTE, openWorldAt, OUTBOUND, TOKENS, type World } from './support/world.mts';

const FILTER = '/v1.0/message/filter';
const PERSON = '+12025550142';
const SILENT_SECONDS = 45;

/** Answers what a person wrote, as an agent would. */
const bot = () =>
	chain('Answer texts', [
		{
			name: 'Text received',
			type: TRIGGER,
			typeVersion: 1.1,
			parameters: {
				event: 'messageReceived',
				messageRouteId: { __rl: true, mode: 'id', value: MAIN_ROUTE },
				options: { collectSeconds: 6, staySilentMinutes: SILENT_SECONDS / 60 },
			},
		},
		{
			name: 'Reply',
			type: TELEGENT,
			typeVersion: 1,
			parameters: {
				resource: 'message',
				operation: 'send',
				from: { __rl: true, mode: 'number', value: '={{ $json.owner }}' },
				to: '={{ $json.from }}',
				body: '=Answer to {{ $json.messages.length }}: {{ $json.body }}',
				additionalFields: {},
				safeguards: { staySilentMinutes: SILENT_SECONDS / 60 },
			},
		},
	]);

describe('An agent that collects texts and leaves the conversation to a person', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-conversation-'));
	let n8n: N8n;
	let world: World;
	let workflowId: string;
	beforeAll(async () => {
		n8n = await startN8n({ userFolder, port: await freePort() });
		world = await openWorldAt(n8n.url, n8n.api, 'Conversation');
		workflowId = await world.bringIn(bot());
		await n8n.api.workflows.publish(workflowId);
	});
	afterAll(async () => {
		await n8n.stop();
		await world.sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	});

	const control = () => world.sandbox.control;
	const writes = async (body: string) => {
		const { attempts } = await control().inbound({ from: PERSON, to: MAIN_LINE, body });
		expect(attempts.map(({ status }) => status)).toEqual([200]);
	};
	const sent = () =>
		control()
			.outbox()
			.map(({ body }) => body);
	const answered = async (count: number) =>
		await until(`${count} messages to be sent`, async () => sent().length >= count, { seconds: 120 });
	/** All executions of the workflow have ended, and there are so many. */
	const ended = async (count: number) =>
		await until(
			`${count} executions to end`,
			async () => {
				const all = await n8n.api.executions.list(workflowId);
				return all.length >= count && all.every(({ stoppedAt }) => stoppedAt !== null);
			},
			{ seconds: 120 },
		);
	const executions = async () => (await n8n.api.executions.list(workflowId)).length;
	const listReads = () => control().requests({ path: FILTER }).length;
	/** A colleague sends from the same number, with a program of their own. */
	const colleague = async (body: string) => {
		const { accountKey: AccountKey, accountSecret: AccountSecret, url } = world.sandbox;
		const exchange = { AccountKey, AccountSecret, ApiEndpoint: `${url}${OUTBOUND}` };
		const { data } = await axios.post<{ token: string }>(`${url}${TOKENS}`, exchange);
		const headers = { Authorization: `Bearer ${data.token}` };
		await axios.post(
			`${url}${OUTBOUND}`,
			{ From: MAIN_LINE, To: [{ Number: PERSON }], Body: body },
			{ headers },
		);
	};

	test('answers five short texts once', async () => {
		for (const body of ['Hi', 'are you', 'open', 'on', 'Sunday?']) await writes(body);
		await answered(1);
		await ended(5);
		expect(sent()).toEqual(['Answer to 5: Hi\nare you\nopen\non\nSunday?']);
		// One look of the trigger and one of the reply; more only where n8n was slow to start an execution.
		expect(listReads()).toBeGreaterThanOrEqual(2);
		expect(listReads()).toBeLessThanOrEqual(4);
	});

	test('answers again: its own answer is no person’s', async () => {
		await writes('And Monday?');
		await answered(2);
		await ended(6);
		expect(sent()[1]).toBe('Answer to 1: And Monday?');
	});

	test('is silent while a colleague writes', async () => {
		const looked = listReads();
		await colleague('Ann here, how can I help?');
		const since = Date.now();
		await writes('Thanks');
		await ended(7);
		expect(Date.now() - since).toBeLessThan(SILENT_SECONDS * 1_000);
		expect(sent().slice(2)).toEqual(['Ann here, how can I help?']);
		expect(listReads() - looked).toBe(1);
	});

	test('answers again after the minutes', async () => {
		await new Promise((resolve) => setTimeout(resolve, SILENT_SECONDS * 1_000));
		await writes('One more question');
		await answered(4);
		await ended(8);
		expect(sent()[3]).toBe('Answer to 1: One more question');
	});

	test('collects after a crash what no execution went on with', async () => {
		await writes('My parcel');
		await until('the execution to begin', async () => (await executions()) === 9, { seconds: 60 });
		process.kill(n8n.process.pid, 'SIGKILL');
		await n8n.process.ended;
		expect(sent()).toHaveLength(4);
		await n8n.restart();
		await writes('is late');
		await answered(5);
		expect(sent()[4]).toBe('Answer to 2: My parcel\nis late');
		await writes('Thanks');
		await answered(6);
		expect(sent()[5]).toBe('Answer to 1: Thanks');
	});
});
