import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/api/server.mts';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { logIn } from '../../sandbox/n8n/session.mts';
import { until } from '../../sandbox/n8n/wait.mts';
import { chain, prepared, TRIGGER } from '../../sandbox/n8n/workflow.mts';
import { calm } from '../machine.mts';
import type { Row } from '../report.mts';
import { median, ratio, spread, times } from '../stats.mts';

const COUNT = 150;
const WARM_UP = 40;
const AT_ONCE = 8;
const ROUTE = 'MRID-5a4d0000-0000-4000-8000-000000000001';
const LINE = '+15005550100';

interface Target {
	url: string;
	headers: Record<string, string>;
}

interface Figures {
	perSecond: number[];
	p99Ms: number[];
}

/**
 * n8n creates an isolate for expressions for each call of a webhook, but not for its own Webhook node. This setting
 * takes that exception away, so that both go the same way.
 */
const SAME_WAY = { N8N_EXPRESSION_ENGINE_ALLOW_WEBHOOK_ISOLATE_SKIP: 'false' };

/** An admin's setting (n8n 2.40, experimental): calls that evaluate no expression make no isolate. */
const LAZY = { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' };

/** 7. Deliveries to the trigger beside calls of n8n's own Webhook node, in one n8n process, one after the other. */
export async function webhooks(rounds: number, say: (text: string) => void): Promise<Row[]> {
	say(`Webhooks: ${COUNT} calls, ${AT_ONCE} at a time, ${rounds} rounds, in an n8n as it is installed`);
	const installed = await inN8n({}, rounds);
	say('The same, where n8n makes no exception for its own Webhook node');
	const same = await inN8n(SAME_WAY, rounds);
	say('The same, in an n8n as it is installed, with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true');
	const lazy = await inN8n(LAZY, rounds);
	return [
		row('7a', 'Trigger against n8n’s Webhook node: calls a second', same, 'perSecond', 0.95),
		row('7b', 'The same: 99th percentile of the answer', same, 'p99Ms', 1.1),
		row('7c', '7a with n8n’s exception for its own Webhook node', installed, 'perSecond'),
		row('7d', '7b with n8n’s exception for its own Webhook node', installed, 'p99Ms'),
		row('7e', '7c with N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE=true', lazy, 'perSecond'),
	];
}

type Both = { trigger: Figures; webhook: Figures };

function row(id: string, measure: string, both: Both, figure: keyof Figures, goal?: number): Row {
	const [ours, theirs] = [both.trigger[figure], both.webhook[figure]];
	const result = ratio(ours, theirs);
	const unit = figure === 'p99Ms' ? ' ms' : '/s';
	const rounds = ours.map((value, round) => value / theirs[round]);
	return {
		id,
		measure,
		result: `${times(result)} (${median(ours).toFixed(0)}${unit} / ${median(theirs).toFixed(0)}${unit}; rounds ${spread(rounds)})`,
		...(goal !== undefined && {
			goal: `${goal < 1 ? '≥' : '≤'} ${goal} ×`,
			met: goal < 1 ? result >= goal : result <= goal,
		}),
		figures: both,
	};
}

async function inN8n(env: Record<string, string>, rounds: number): Promise<Both> {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-bench-'));
	const sandbox = await startSandbox({ requestsPerMinute: 0 });
	const n8n = await startN8n({ userFolder, port: await freePort(), env });
	const agent = new Agent({ keepAlive: true });
	try {
		return await race(n8n, await targetsIn(n8n, sandbox), rounds, agent);
	} finally {
		agent.destroy();
		await n8n.stop();
		await sandbox.close();
		rmSync(userFolder, { recursive: true, force: true });
	}
}

/** Two published workflows that do nothing with what comes in. */
async function targetsIn({ api, url }: N8n, sandbox: Sandbox): Promise<Record<keyof Both, Target>> {
	const { accountKey, accountSecret, control } = sandbox;
	const account = { accountKey, accountSecret, baseUrl: sandbox.url, requestsPerMinute: 0 };
	const credential = await api.credentials.upsert('Bench', account);
	const done = { name: 'Done', type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
	const [place, description] = [randomUUID(), await api.nodes.describe(TRIGGER)];
	const version = [description.version].flat().at(-1) as number;
	const messageRouteId = { __rl: true, mode: 'id', value: ROUTE };
	const parameters = { event: 'messageReceived', messageRouteId };
	const trigger = { name: 'Trigger', type: TRIGGER, typeVersion: version, parameters };
	const webhook = {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2.1,
		parameters: { httpMethod: 'POST', path: place, options: {} },
		webhookId: place,
	};
	for (const first of [trigger, webhook]) {
		const { id } = await api.workflows.create(prepared(chain(first.name, [first, done]), credential));
		await api.workflows.publish(id);
	}
	const routes = control.state().messageRoutes as Array<Record<string, unknown>>;
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === ROUTE);
	const authorization = `Bearer ${String(route?.MessagePasswordToken)}`;
	return {
		trigger: { url: String(route?.MessageUrl), headers: { authorization } },
		webhook: { url: `${url}/webhook/${place}`, headers: {} },
	};
}

async function race(
	n8n: N8n,
	targets: Record<keyof Both, Target>,
	rounds: number,
	agent: Agent,
): Promise<Both> {
	const { call } = await logIn(n8n.url, n8n.api.cookie);
	const filter = encodeURIComponent(JSON.stringify({ status: ['running', 'new'] }));
	const isIdle = async () =>
		(await call<{ results: unknown[] }>('GET', `/executions?filter=${filter}&limit=1`)).results.length === 0;
	const both: Both = { trigger: { perSecond: [], p99Ms: [] }, webhook: { perSecond: [], p99Ms: [] } };
	for (let round = -1; round < rounds; round++) {
		const order: Array<keyof Both> = round % 2 ? ['webhook', 'trigger'] : ['trigger', 'webhook'];
		for (const name of order) {
			await calm();
			const { p99Ms, perSecond } = await volley(targets[name], round < 0 ? WARM_UP : COUNT, agent);
			// What one has started must not run while the other is measured.
			await until('the executions to end', isIdle, { seconds: 120 });
			if (round < 0) continue;
			both[name].perSecond.push(perSecond);
			both[name].p99Ms.push(p99Ms);
		}
	}
	return both;
}

async function volley(target: Target, count: number, agent: Agent) {
	const waits: number[] = [];
	let left = count;
	const started = performance.now();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			while (left-- > 0) waits.push(await post(target, agent));
		}),
	);
	const perSecond = (count / (performance.now() - started)) * 1000;
	waits.sort((a, b) => a - b);
	return { perSecond, p99Ms: waits[Math.ceil(count * 0.99) - 1] };
}

/** Delivers a new message. @returns how long the response took */
function post({ headers, url }: Target, agent: Agent): Promise<number> {
	const message = { Message_ID: `TMID-${randomUUID()}`, Owner: LINE, To: LINE, From: '+12025550142' };
	const body = JSON.stringify({ ...message, Message_Body: 'How late are you open?', Segment: 1 });
	const length = String(Buffer.byteLength(body));
	const all = { 'content-type': 'application/json', 'content-length': length, ...headers };
	const started = performance.now();
	return new Promise((resolve, reject) => {
		const call = request(url, { method: 'POST', agent, headers: all }, (answer) => {
			answer.resume();
			answer.once('end', () => {
				if (answer.statusCode === 200) resolve(performance.now() - started);
				else reject(new Error(`n8n answered ${answer.statusCode} to a delivery`));
			});
		});
		call.once('error', reject);
		call.end(body);
	});
}
