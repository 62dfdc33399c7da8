import type { Job } from '../jobs.mts';
import { calm } from '../machine.mts';
import { N8nProcess, Server } from '../processes.mts';
import type { Row } from '../report.mts';
import { median, ratio, seconds, spread, times } from '../stats.mts';

const COUNT = 1000;
const LATENCY_MS = 50;
const WARM_UP = 200;
const AT_ONCE = 1000;

interface Contender {
	name: string;
	job: Partial<Job> & Pick<Job, 'kind'>;
	/** Takes part in so many rounds only. */
	rounds?: number;
}

interface Figures {
	ms: number[];
	cpuMsPerMessage: number[];
	/** Requests at the same time, as the server saw them. */
	most: number[];
}

/** Each contender in a process of its own, warmed up; then one after the other in each round. */
async function race(
	server: Server,
	contenders: Contender[],
	rounds: number,
	say: (text: string) => void,
): Promise<Record<string, Figures>> {
	const processes = new Map<Contender, N8nProcess>();
	const results: Record<string, Figures> = {};
	try {
		for (const contender of contenders) {
			const process = await N8nProcess.start();
			processes.set(contender, process);
			results[contender.name] = { ms: [], cpuMsPerMessage: [], most: [] };
			await process.run({ ...server.job, ...contender.job, count: contender.rounds ? 20 : WARM_UP });
		}
		for (let round = 0; round < rounds; round++) {
			for (const [contender, process] of processes) {
				if (round >= (contender.rounds ?? rounds)) continue;
				await calm();
				await server.stats();
				const result = await process.run({ ...server.job, ...contender.job, count: COUNT });
				const { most, sends } = await server.stats();
				if (result.succeeded !== COUNT || sends !== COUNT)
					throw new Error(`${contender.name}: ${result.succeeded} of ${COUNT}. ${result.error ?? ''}`);
				say(`${contender.name}: ${seconds(result.ms)}`);
				const { cpuMsPerMessage, most: together, ms } = results[contender.name];
				ms.push(result.ms);
				cpuMsPerMessage.push(result.cpuMs / COUNT);
				together.push(most);
			}
		}
	} finally {
		for (const process of processes.values()) await process.stop();
	}
	return results;
}

/** 1. Speed: 1,000 messages without a limit, the server responding after 50 ms. */
export async function speed(server: Server, rounds: number, say: (text: string) => void): Promise<Row[]> {
	server.latency(LATENCY_MS);
	const few = await race(
		server,
		[
			{ name: 'Telegent', job: { kind: 'telegent' } },
			{ name: 'Bare HTTP client', job: { kind: 'bare', concurrency: 10 } },
			{ name: 'Twilio', job: { kind: 'twilio' }, rounds: Math.min(3, rounds) },
		],
		rounds,
		say,
	);
	const many = await race(
		server,
		[
			{ name: 'Telegent', job: { kind: 'telegent', concurrency: AT_ONCE } },
			{ name: 'HTTP Request', job: { kind: 'httpRequest' } },
			{ name: 'HTTP Request with a token node', job: { kind: 'oneToken' } },
			{ name: 'Telegent, computed', job: { kind: 'telegent', concurrency: AT_ONCE, computed: true } },
			{ name: 'HTTP Request, computed', job: { kind: 'httpRequest', computed: true } },
		],
		rounds * 2,
		say,
	);
	return [...fewRows(few), ...manyRows(many)];
}

function fewRows({ Telegent, Twilio, 'Bare HTTP client': bare }: Record<string, Figures>): Row[] {
	const faster = ratio(Twilio.ms, Telegent.ms);
	const slower = ratio(Telegent.ms, bare.ms);
	return [
		{
			id: '1a',
			measure: '1,000 messages, 50 ms latency: as fast as the Twilio node',
			result: `${times(faster)} (${seconds(median(Telegent.ms))} / ${seconds(median(Twilio.ms))})`,
			goal: '≥ 8 ×',
			met: faster >= 8,
			figures: { Telegent, Twilio },
		},
		{
			id: '1b',
			measure: 'Time against a bare keep-alive HTTP client, 10 at a time as well',
			result: `${times(slower)} (${seconds(median(Telegent.ms))} / ${seconds(median(bare.ms))}; ${roundsOf(Telegent, bare)})`,
			goal: '≤ 1.15 ×',
			met: slower <= 1.15,
			figures: { Telegent, bare },
		},
	];
}

function manyRows(many: Record<string, Figures>): Row[] {
	const row = (measure: string, ours: string, theirs: string, goal?: number): Row => {
		const [Telegent, peer] = [many[ours], many[theirs]];
		const slower = ratio(Telegent.ms, peer.ms);
		return {
			id: '1c',
			measure,
			result: `${times(slower)} (${seconds(median(Telegent.ms))} / ${seconds(median(peer.ms))}; ${roundsOf(Telegent, peer)})`,
			...(goal && { goal: `≤ ${goal.toFixed(2)} ×`, met: slower <= goal }),
			figures: { Telegent, peer },
		};
	};
	return [
		row(
			'1,000 at a time: time against the HTTP Request node, a ready token pasted into its header',
			'Telegent',
			'HTTP Request',
			1.1,
		),
		row(
			'The same, the HTTP Request node having to fetch that token too',
			'Telegent',
			'HTTP Request with a token node',
			1.1,
		),
		row(
			'As the first, n8n having to compute the text for each item: {{ $json.text.trim() }}',
			'Telegent, computed',
			'HTTP Request, computed',
		),
	];
}

const roundsOf = (these: Figures, those: Figures) =>
	`rounds ${spread(these.ms.map((ms, round) => ms / those.ms[round]))}`;
