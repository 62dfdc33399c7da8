import { startSandbox, type Sandbox } from '../../sandbox/api/server.mts';
import type { Job, Result } from '../jobs.mts';
import { calm } from '../machine.mts';
import { N8nProcess } from '../processes.mts';
import type { Row } from '../report.mts';
import { times } from '../stats.mts';

const COUNT = 300;
const PER_MINUTE = 50;
const OUTBOUND = '/v1.0/message/outbound';

/** The least time in which the last of so many requests can leave, in milliseconds of the limit's clock. */
const leastMs = (requests: number, perMinute: number) => Math.floor((requests - 1) / perMinute) * 60_000;

interface Outcome {
	/** Milliseconds of the sandbox's clock. */
	ms: number;
	results: Result[];
	/** Messages that really went out. */
	delivered: number;
	doubled: number;
	requests: number;
	refused: number;
	ratio: number;
	/** The slowest process against the mean of all. */
	slowest: number;
}

/** Some n8n processes send one list together, each its part of it, to a sandbox whose clock runs as fast as theirs. */
async function send(
	sandbox: Sandbox,
	workers: number,
	speed: number,
	job: Partial<Job>,
	total = COUNT,
): Promise<Outcome> {
	const { control } = sandbox;
	control.reset();
	await control.time({ speed });
	const processes = await Promise.all(Array.from({ length: workers }, () => N8nProcess.start(speed)));
	const token = await tokenFor(sandbox);
	await calm();
	// The token above is not to count: its minute passes before the list begins.
	await control.time({ advanceSeconds: 61 });
	control.clearRequests();
	const count = total / workers;
	const { accountKey, accountSecret, url } = sandbox;
	const all = { kind: 'telegent', url, accountKey, accountSecret, token, count, ...job } as Job;
	const results = await Promise.all(processes.map((process, i) => process.run({ ...all, first: i * count })));
	await Promise.all(processes.map((process) => process.stop()));
	const calls = control.requests();
	const recipients = control.outbox().map(({ to }) => to);
	const accepted = calls.filter(({ status }) => status !== 429).length;
	const ms = Math.max(...results.map((result) => result.ms)) * speed;
	return {
		ms,
		results,
		delivered: new Set(recipients).size,
		doubled: recipients.length - new Set(recipients).size,
		requests: calls.length,
		refused: calls.length - accepted,
		ratio: ms / leastMs(accepted, job.requestsPerMinute || PER_MINUTE),
		slowest: ms / speed / mean(results.map((result) => result.ms)),
	};
}

async function tokenFor({ accountKey, accountSecret, url }: Sandbox): Promise<string> {
	const response = await fetch(`${url}/v1.0/oauth2/tokens`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({
			AccountKey: accountKey,
			AccountSecret: accountSecret,
			ApiEndpoint: url + OUTBOUND,
		}),
	});
	return ((await response.json()) as { token: string }).token;
}

const minutes = (ms: number) => {
	const all = Math.round(ms / 1000);
	return `${Math.floor(all / 60)}:${String(all % 60).padStart(2, '0')} min`;
};
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const failures = ({ results }: Outcome) => results.reduce((sum, { failed }) => sum + failed, 0);

/** 3. A list of 300 at 50 a minute, and what becomes of it with the other nodes. */
export async function limited(speed: number, say: (text: string) => void): Promise<Row[]> {
	const sandbox = await startSandbox({ requestsPerMinute: PER_MINUTE });
	try {
		say(`300 messages at ${PER_MINUTE} a minute, the clock ${speed} times as fast`);
		const ours = await send(sandbox, 1, speed, { requestsPerMinute: PER_MINUTE, goOn: true });
		say('The same with the Twilio node and the HTTP Request node');
		const peers = [
			{ name: 'Twilio node', job: { kind: 'twilio', asTelegent: true } },
			{ name: 'HTTP Request node', job: { kind: 'httpRequest' } },
		] as const;
		const rows = [ourRow(ours)];
		for (const { job, name } of peers) {
			const goOn = await send(sandbox, 1, 1, { ...job, goOn: true });
			const stops = await send(sandbox, 1, 1, job);
			rows.push({
				id: '3',
				measure: `The same list with the ${name}`,
				result: `${COUNT - goOn.delivered} of ${COUNT} fail with On Error "Continue"; without, the run ends after ${stops.delivered}`,
				figures: { goOn, stops },
			});
		}
		return rows;
	} finally {
		await sandbox.close();
	}
}

function ourRow(ours: Outcome): Row {
	const failed = failures(ours);
	return {
		id: '3',
		measure: '300 messages at 50 a minute: failures, time against the least possible',
		result: `${failed} failed, ${times(ours.ratio)} (${minutes(ours.ms)} for ${ours.requests} requests, ${ours.refused} refused)`,
		goal: '0, ≤ 1.05 ×',
		met: failed === 0 && ours.delivered === COUNT && ours.doubled === 0 && ours.ratio <= 1.05,
		figures: ours,
	};
}

/** 6. n8n workers, each with its part of the list and each believing that the limit is its own. */
export async function workers(
	speed: number,
	say: (text: string) => void,
	perMinute = PER_MINUTE,
): Promise<Row[]> {
	const sandbox = await startSandbox({ requestsPerMinute: perMinute });
	const total = perMinute * 6;
	const rows: Row[] = [];
	try {
		for (const count of [2, 4]) {
			say(`${count} workers on one account at ${perMinute} a minute, the clock ${speed} times as fast`);
			const all = await send(sandbox, count, speed, { requestsPerMinute: perMinute, goOn: true }, total);
			rows.push(sharedRow(all, count, total, perMinute));
		}
		return rows;
	} finally {
		await sandbox.close();
	}
}

function sharedRow(all: Outcome, workers: number, total: number, perMinute: number): Row {
	const failed = failures(all);
	const { delivered, doubled, ms, ratio, refused, requests, slowest } = all;
	const complete = delivered === total && doubled === 0 && failed === 0;
	const part = refused / requests;
	return {
		id: '6',
		measure: `${workers} workers, ${total / workers} messages each, one account at ${perMinute} a minute`,
		result: `${delivered} delivered, ${doubled} twice, ${failed} failed; ${times(ratio)} the least time (${minutes(ms)}), ${refused} of ${requests} requests refused (${(part * 100).toFixed(1)} %), the slowest ${times(slowest)} the mean`,
		goal: 'all, none twice; ≤ 1.08 ×, ≤ 10 % refused, ≤ 1.5 ×',
		met: complete && ratio <= 1.08 && part <= 0.1 && slowest <= 1.5,
		figures: all,
	};
}
