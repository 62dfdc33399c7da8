import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main, n8nNode, root, run, setupN8n } from '../scripts/setup.mjs';
import { disturbance, loadAverage, machine } from './machine.mts';
import { growth } from './measures/growth.mts';
import { limited, workers } from './measures/limit.mts';
import { loading } from './measures/loading.mts';
import { requests } from './measures/requests.mts';
import { speed } from './measures/speed.mts';
import { webhooks } from './measures/webhook.mts';
import { installPackage } from './package.mts';
import { Server } from './processes.mts';
import { record, table, type About, type Row } from './report.mts';

const USAGE = `Measures this package beside n8n's own nodes, on this machine only. Takes about ten minutes.

  npm run bench -- [--only 1,5] [--rounds 5] [--quick] [--long] [--results <folder>]

  --only     the measures to take: 1 speed, 2 requests, 3 the limit, 4 growth, 5 loading, 6 two workers,
             7 webhooks
  --rounds   how often each comparison is repeated; 5 unless told
  --quick    measures 1, 2 and 5 in two rounds: about four minutes
  --long     wait out the limit in real time (about 15 minutes more) instead of with clocks that run 10 times as fast
  --results  where to write the record; bench/results unless told, and nowhere with --only`;

const FAST = 10;

function options() {
	const { values } = parseArgs({
		options: {
			only: { type: 'string', default: '1,2,3,4,5,6,7' },
			rounds: { type: 'string', default: '5' },
			quick: { type: 'boolean', default: false },
			long: { type: 'boolean', default: false },
			results: { type: 'string' },
			help: { type: 'boolean', short: 'h' },
		},
	});
	if (values.help) {
		console.log(USAGE);
		process.exit(0);
	}
	const only = (values.quick ? '1,2,5' : values.only).split(',').map((text) => text.trim());
	const rounds = values.quick ? 2 : Math.max(1, Math.floor(Number(values.rounds)) || 5);
	const all = only.length === 7;
	const results = values.results ?? (all ? path.join(root, 'bench', 'results') : undefined);
	return { only, rounds, clockSpeed: values.long ? 1 : FAST, results };
}

const version = (name: string, folder = path.join(root, 'sandbox', 'n8n')) => {
	const file = path.join(folder, 'node_modules', name, 'package.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};

const say = (text: string) => console.log(`  ${text}`);

async function measure({ clockSpeed, only, rounds }: ReturnType<typeof options>): Promise<Row[]> {
	const server = await Server.start();
	const measures: Array<[id: string, take: () => Promise<Row[]>]> = [
		['1', () => speed(server, rounds, say)],
		['2', () => requests(server)],
		['3', () => limited(clockSpeed, say)],
		['4', () => growth(server, Math.ceil(rounds / 2), say)],
		['5', () => loading(rounds * 5)],
		['6', () => workers(clockSpeed, say)],
		['7', () => webhooks(rounds, say)],
	];
	const rows: Row[] = [];
	try {
		for (const [id, take] of measures) {
			if (!only.includes(id)) continue;
			console.log(`Measure ${id}`);
			rows.push(...(await take()));
		}
	} finally {
		await server.stop();
	}
	return rows;
}

async function bench(): Promise<void> {
	const chosen = options();
	await setupN8n();
	installPackage();
	const before = loadAverage();
	const rows = await measure(chosen);
	const about: About = {
		date: new Date().toISOString().slice(0, 10),
		machine: machine(),
		node: run(n8nNode, ['--version'], root).output.trim(),
		n8n: version('n8n'),
		versions: Object.fromEntries(
			['n8n-core', 'n8n-workflow', 'n8n-nodes-base'].map((name) => [name, version(name)]),
		),
		load: { before, after: loadAverage(), others: disturbance() },
		clock:
			chosen.clockSpeed === 1
				? 'Measures 3 and 6 waited in real time.'
				: `Measures 3 and 6 ran with clocks ${chosen.clockSpeed} times as fast, the sandbox's and the node's alike.`,
	};
	console.log(`\n${table(rows)}\n`);
	if (chosen.results) console.log(`Recorded in ${path.relative(root, record(chosen.results, rows, about))}`);
}

void main(bench);
