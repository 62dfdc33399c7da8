import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError, STOP_SIGNALS } from '../../../scripts/child.mjs';
import { root } from '../../../scripts/setup.mjs';
import { stopEverything } from '../../../sandbox/n8n/guarded.mts';
import { versionOfN8n } from '../support/run.mts';
import { playDeliveries } from './deliveries.mts';
import { startMachine } from './machine.mts';
import { momentsFor, type Mode, type Moment } from './moments.mts';
import { play, type Played } from './play.mts';
import { isRight, table, writeReport } from './report.mts';

const USAGE = `Ends n8n's processes in the middle of lists of 200, starts them again, and counts what was sent twice or lost.

  npm run test:kill -- [--quick] [--moments 20] [--creates 10] [--mode regular|queue] [--n8n=1] [--seed 1] [--outputFile report.json]

  --quick    4 moments with messages, 1 with number orders
  --moments  moments in lists of messages
  --creates  moments in lists of number orders, and of message routes to create
  --n8n=1    the last n8n 1.x instead of the current n8n

  npm run test:kill -- --deliveries 1000

  Delivers messages through two webhook processes in queue mode, every fifth twice, and counts the executions.`;

/** @returns the exit code */
export async function runKills(args: string[]): Promise<number> {
	const chosen = options(args);
	const { deliveries, help } = chosen;
	if (help) {
		console.log(USAGE);
		return 0;
	}
	const folder = mkdtempSync(path.join(tmpdir(), 'telegent-kill-'));
	// PostgreSQL runs as another user where this runs as root.
	chmodSync(folder, 0o711);
	const clean = async () => {
		await stopEverything();
		rmSync(folder, { recursive: true, force: true });
	};
	for (const signal of STOP_SIGNALS) process.once(signal, () => void clean().then(() => process.exit(130)));
	try {
		return deliveries > 0 ? await deliver(deliveries, folder) : await kill(chosen, folder);
	} finally {
		await clean();
	}
}

/** @returns the exit code */
async function kill({ mode, moments, outputFile, seed }: Options, folder: string): Promise<number> {
	const modes = (['regular', 'queue'] as Mode[]).filter((one) => !mode || one === mode);
	const played: Played[] = [];
	let broken = 0;
	for (const one of modes) {
		const some = moments.filter((moment) => moment.mode === one);
		if (some.length > 0) broken += await playAll(one, some, path.join(folder, one), played);
	}
	console.log(`\nn8n ${versionOfN8n()}, seed ${seed}\n\n${table(played)}\n`);
	if (outputFile) writeReport(outputFile, played, broken);
	return broken === 0 && played.every(isRight) ? 0 : 1;
}

/** @returns the exit code */
async function deliver(count: number, folder: string): Promise<number> {
	console.log(`Starting n8n ${versionOfN8n()} in queue mode, with two webhook processes and two workers.`);
	const result = await playDeliveries(folder, path.join(root, '.sandbox', 'logs', 'deliveries'), count);
	console.log(JSON.stringify(result, null, '  '));
	return result.executions === count && result.lost === 0 ? 0 : 1;
}

/** @returns how many moments could not be tried to the end */
async function playAll(mode: Mode, moments: Moment[], folder: string, played: Played[]): Promise<number> {
	console.log(`Starting n8n ${versionOfN8n()} in ${mode} mode for ${moments.length} moments.`);
	const logs = path.join(root, '.sandbox', 'logs', `kill-${mode}`);
	const machine = await startMachine(mode, folder, logs);
	let broken = 0;
	for (const [index, moment] of moments.entries()) {
		const began = Date.now();
		try {
			const result = await play(machine, moment, index);
			played.push(result);
			console.log(`  ${JSON.stringify(result)} ${Math.round((Date.now() - began) / 1000)} s`);
		} catch (error) {
			broken++;
			console.log(`  ${JSON.stringify(moment)}: ${(error as Error).message}`);
			await machine.restart();
		}
	}
	await machine.close();
	return broken;
}

type Options = ReturnType<typeof options>;

function options(args: string[]) {
	const { values } = parse(args);
	const count = (name: 'moments' | 'creates' | 'seed' | 'deliveries', usual: number) => {
		const value = Number(values[name] ?? usual);
		if (!Number.isInteger(value) || value < 0)
			throw new SetupError(`--${name} must be a whole number.\n\n${USAGE}`);
		return value;
	};
	const mode = values.mode as Mode | undefined;
	const sends = count('moments', values.quick ? 4 : 20);
	const creates = count('creates', values.quick ? 1 : 10);
	const seed = count('seed', 1);
	return {
		deliveries: count('deliveries', 0),
		...{ help: values.help, mode, outputFile: values.outputFile, seed },
		moments: momentsFor(sends, creates, seed, mode),
	};
}

function parse(args: string[]) {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean' } as const;
	try {
		return parseArgs({
			args,
			options: {
				...{ quick: flag, help: flag },
				...{ deliveries: text, moments: text, creates: text, mode: text, seed: text, outputFile: text },
			},
		});
	} catch (error) {
		throw new SetupError(`${(error as Error).message}\n\n${USAGE}`);
	}
}
