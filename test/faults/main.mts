import { parseArgs } from 'node:util';
import { STOP_SIGNALS } from '../../scripts/child.mjs';
import { resetProcessState } from '../../transport/processState.ts';
import { passFaster } from '../support/fasterTime.mts';
import { faults } from './faults.mts';
import { judge, type Cell, type Judged } from './judge.mts';
import { listSubjects } from './lists.mts';
import { operationSubjects } from './operations.mts';
import { registrationSubjects } from './registrations.mts';
import { report } from './report.mts';
import { startFaultyServer, type FaultyServer } from './server.mts';
import type { Subject } from './subject.mts';

const USAGE = `Runs every operation against a Telegent that fails in every way, and compares what happens with what is promised.

  npm run test:faults -- [--quick] [--only message.send] [--fault 503] [--seed 1]

  --quick  each fault and each operation at least once: less than a minute
  --only   operations whose name contains this, or one of several with commas
  --fault  faults whose name contains this
  --seed   of the values, and of what --quick selects`;

/** Pauses before a request is repeated pass faster. */
const SPEED = 400;
/** The client waits in slices; longer timers are time limits. */
const LONGEST_PAUSE_MS = 1_000;
/** Time limits of requests pass faster where a fault makes one wait for them. */
const LIMIT_SPEED = 60;
const LEAST_LIMIT_MS = 1_000;
const AT_A_TIME = 32;
const HEAVY_AT_A_TIME = 2;
const QUICK_PER_SUBJECT = 3;
/** Has no divisor in common with the number of faults, so that each comes up in each mode. */
const QUICK_STRIDE = 7;
/** Longer than anything may take, time limits and pauses included. */
const HANGS_AFTER_MS = 60_000;

/** Time limits are shared by requests that begin at the same time, so only slow responses run meanwhile. */
async function withFasterLimits(work: () => Promise<unknown>): Promise<void> {
	const { timeout } = AbortSignal;
	AbortSignal.timeout = (ms) =>
		timeout.call(AbortSignal, Math.max(LEAST_LIMIT_MS, Math.round(ms / LIMIT_SPEED)));
	resetProcessState();
	await work();
	AbortSignal.timeout = timeout;
	resetProcessState();
}

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
	const { fault, help, only, quick, seed } = options(args);
	if (help) {
		console.log(USAGE);
		return 0;
	}
	const began = process.hrtime.bigint();
	const server = await startFaultyServer();
	const all = [
		...(await operationSubjects(server, seed)),
		...(await listSubjects(server)),
		...(await registrationSubjects(server)),
	];
	const wanted = only.split(',');
	const subjects = all.filter(({ name }) => wanted.some((part) => name.includes(part)));
	const cells = select(subjects, fault, quick, seed);
	passFaster(SPEED, LONGEST_PAUSE_MS);
	const judged: Judged[] = [];
	const print = () => {
		const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
		console.log(report(judged, { astray: server.elsewhere.length, seconds, seed }));
	};
	for (const signal of STOP_SIGNALS)
		process.once(signal, () => {
			print();
			process.exit(130);
		});
	await tryAll(server, cells, seed, judged);
	passFaster(1);
	print();
	await server.stop();
	return server.elsewhere.length === 0 && judged.every(({ wrong }) => wrong.length === 0) ? 0 : 1;
}

function select(subjects: Subject[], fault: string, quick: boolean, seed: number): Cell[] {
	const some = faults.filter(({ name }) => name.includes(fault));
	let turn = seed;
	return subjects.flatMap((subject) =>
		subject.modes.flatMap((mode) => {
			const all = some.map((one) => ({ subject, fault: one, mode }));
			if (!quick) return all;
			turn += QUICK_STRIDE;
			return all.map((_, i) => all[(i + turn) % all.length]).slice(0, QUICK_PER_SUBJECT);
		}),
	);
}

async function tryAll(server: FaultyServer, cells: Cell[], seed: number, judged: Judged[]): Promise<void> {
	const work = async (queue: Cell[], workers: number) =>
		await Promise.all(
			Array.from({ length: workers }, async () => {
				for (let cell = queue.pop(); cell; cell = queue.pop())
					judged.push(await tryOne(server, cell, (judged.length + seed) % 2 === 0));
			}),
		);
	const heavy = cells.filter(({ fault }) => fault.heavy);
	const slow = cells.filter(({ fault }) => fault.slow);
	const others = cells.filter((cell) => !heavy.includes(cell) && !slow.includes(cell));
	await work(others.reverse(), AT_A_TIME);
	await withFasterLimits(async () => await work(slow.reverse(), AT_A_TIME));
	await work(heavy.reverse(), HEAVY_AT_A_TIME);
}

async function tryOne(server: FaultyServer, cell: Cell, badFirst: boolean): Promise<Judged> {
	const { fault, mode, subject } = cell;
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('hangs')), HANGS_AFTER_MS);
	});
	try {
		return judge(cell, await Promise.race([subject.run({ server, fault, mode, badFirst }), late]));
	} catch (error) {
		return { ...cell, requests: 0, doubled: 0, wrong: [`throws ${(error as Error).message}`] };
	} finally {
		clearTimeout(timer);
	}
}

function options(args: string[]) {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean' } as const;
	const { values } = parseArgs({
		args,
		options: { quick: flag, help: flag, only: text, fault: text, seed: text },
	});
	const { fault = '', help, only = '', quick = false, seed = '1' } = values;
	return { fault, help, only, quick, seed: Number(seed) };
}
