import './states.mts';
import { parseArgs } from 'node:util';
import { STOP_SIGNALS } from '../../scripts/child.mjs';
import { claim, MAX_REMEMBERED } from '../../nodes/shared/dedupe.ts';
import { MAX_SENT, rememberSent } from '../../nodes/shared/sentRecord.ts';
import { passFaster } from '../support/fasterTime.mts';
import { Deliveries } from './deliveries.mts';
import { inUse, type Point } from './memory.mts';
import { Lists } from './messages.mts';
import { listenersNow, moreThan, resourcesNow, type Open } from './open.mts';
import { findings, report } from './report.mts';
import { stateSizes } from './states.mts';
import { TelegentProcess } from './telegent.mts';

const USAGE = `Sends very many messages and receives very many deliveries in one process, with faults mixed in.

  npm run soak -- [--quick] [--messages 100000] [--deliveries 100000] [--seed 1]

  --quick       2,000 of each: less than a minute
  --messages    how many to send
  --deliveries  how many to receive
  --seed        of faults, recipients and repetitions`;

const POINTS = 10;
/** Caches fill, and V8 compiles what runs often. */
const WARM_UP = 3;
const SPEED = 50;
/** The client waits in slices; longer timers are time limits. */
const LONGEST_PAUSE_MS = 1_000;
/** Never reached in faster time, but every request passes through the rate limiter. */
const PER_MINUTE = 5_000;
/** Longer than the server ever takes on a busy computer. */
const LEAST_LIMIT_MS = 5_000;
const CLOSING_TRIES = 80;

interface Options {
	messages: number;
	deliveries: number;
	seed: number;
}

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
	const { help, ...chosen } = options(args);
	if (help) {
		console.log(USAGE);
		return 0;
	}
	for (const signal of STOP_SIGNALS) process.once(signal, () => process.exit(130));
	return await soak(chosen);
}

async function soak({ deliveries: received, messages, seed }: Options): Promise<number> {
	const began = process.hrtime.bigint();
	const warnings: string[] = [];
	process.on('warning', ({ message }) => warnings.push(message));
	passFaster(SPEED, LONGEST_PAUSE_MS);
	hurryLimits();
	const before = resourcesNow();
	const telegent = await TelegentProcess.start({ seed, now: Date.now(), speed: SPEED, messages });
	const account = { accountKey: 'DID-soak', accountSecret: 'secret-of-the-soak', baseUrl: telegent.url };
	const lists = new Lists({ ...account, requestsPerMinute: PER_MINUTE }, messages, seed);
	const deliveries = await Deliveries.start(received, seed + 1);
	fill();
	const points: Point[] = [];
	let listeners: Open = new Map();
	for (let point = 1; point <= POINTS; point++) {
		await Promise.all([
			lists.run(Math.ceil(messages / POINTS)),
			deliveries.run(Math.ceil(received / POINTS)),
		]);
		const count = Math.round(((messages + received) * point) / POINTS);
		points.push({ count, bytes: await inUse() });
		// n8n adds one with its first execution.
		if (point === 1) listeners = listenersNow();
		console.log(`${count} of ${messages + received}: ${Math.round(points[point - 1].bytes / 1024)} KB`);
	}
	const server = await telegent.counts();
	await telegent.stop();
	await deliveries.stop();
	passFaster(1);
	const outcome = {
		...{ said: lists.said, server, deliveries, points, warmUp: WARM_UP, states: stateSizes() },
		left: [...(await leftOpen(before)), ...moreThan(listeners, listenersNow()), ...warnings],
		...{ seed, seconds: Number((process.hrtime.bigint() - began) / 1_000_000_000n) },
	};
	console.log(report(outcome));
	return findings(outcome).length === 0 ? 0 : 1;
}

/**
 * The largest maps are full from the start: else they would grow all the time, to bounds that the run does not reach. Twice
 * as many entries as they hold: V8 enlarges the table of a map once more for those that left.
 */
function fill(): void {
	const workflow = { getWorkflow: () => ({ id: 'workflow' }) } as never;
	for (let index = 0; index < 2 * MAX_REMEMBERED; index++) claim('before', String(index), Date.now());
	for (let index = 0; index < 2 * MAX_SENT; index++) rememberSent(workflow, `before-000000000000${index}`);
}

/** Time limits of requests pass faster, too: their timers are kept until then. */
function hurryLimits(): void {
	const { timeout } = AbortSignal;
	AbortSignal.timeout = (ms) => timeout.call(AbortSignal, Math.max(LEAST_LIMIT_MS, Math.round(ms / SPEED)));
}

/** Sockets take a moment to close. */
async function leftOpen(before: Open): Promise<string[]> {
	for (let tries = 0; ; tries++) {
		const left = moreThan(before, resourcesNow());
		if (left.length === 0 || tries === CLOSING_TRIES) return left;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

function options(args: string[]) {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean' } as const;
	const { values } = parseArgs({
		args,
		options: { quick: flag, help: flag, messages: text, deliveries: text, seed: text },
	});
	const usual = values.quick ? '2000' : '100000';
	const { deliveries = usual, help, messages = usual, seed = '1' } = values;
	return { help, messages: Number(messages), deliveries: Number(deliveries), seed: Number(seed) };
}
