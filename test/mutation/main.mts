import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { STOP_SIGNALS } from '../../scripts/child.mjs';
import { root, runTests } from './jest.mts';
import { isKilled, staleness, type Mutation } from './mutation.mts';
import { mutations } from './mutations/index.mts';
import { LEAST_SCORE, report, scoreOf, type Tried } from './report.mts';

const USAGE = `Breaks one line of the code at a time, and looks whether a test notices. The files stay as they are.

  npm run test:mutation -- [--quick] [--only send/sendOnce] [--seed 1]

  --quick  a dozen mutations: about a minute
  --only   mutations whose file or description contains this, or one of several with commas
  --seed   of what --quick selects`;

const QUICK = 12;
/** For the tests of one mutation, which take a few seconds. */
const LIMIT_MS = 120_000;

/** @returns the exit code */
export async function main(args: string[]): Promise<number> {
	const { help, only, quick, seed } = options(args);
	if (help) {
		console.log(USAGE);
		return 0;
	}
	for (const signal of STOP_SIGNALS) process.once(signal, () => process.exit(130));
	const stale = mutations.flatMap((one) => {
		const why = missingTest(one) ?? staleness(one, readFileSync(path.join(root, one.file), 'utf8'));
		return why === undefined ? [] : [`  ${one.file}: ${one.breaks}: ${why}`];
	});
	if (stale.length > 0) {
		console.log(`Mutations that no longer fit the code:\n${stale.join('\n')}`);
		return 1;
	}
	const wanted = only.split(',');
	const some = mutations.filter(({ breaks, file }) =>
		wanted.some((part) => `${file}: ${breaks}`.includes(part)),
	);
	if (some.length === 0) {
		console.log(`No mutation's file or description contains "${only}".`);
		return 1;
	}
	return await tryAll(quick ? sample(some, seed) : some, seed);
}

function missingTest({ tests }: Mutation): string | undefined {
	const missing = tests.find((test) => !existsSync(path.join(root, test)));
	return missing && `there is no ${missing}`;
}

const passed = new Set<string>();

/** Whether the tests of a mutation pass without it. Once more if not: a busy computer is no reason to end. */
async function withoutMutation({ only, tests }: Mutation): Promise<string | undefined> {
	const key = JSON.stringify([tests, only]);
	if (passed.has(key)) return undefined;
	passed.add(key);
	const passes = async () => await runTests({ only, tests }, LIMIT_MS);
	if ((await passes()).verdict.kind === 'survived') return undefined;
	const { output, verdict } = await passes();
	return verdict.kind === 'survived' ? undefined : output;
}

async function tryAll(chosen: Mutation[], seed: number): Promise<number> {
	const began = process.hrtime.bigint();
	const tried: Tried[] = [];
	for (const mutation of chosen) {
		const without = await withoutMutation(mutation);
		if (without !== undefined) {
			console.log(`Tests of ${mutation.file} don't pass even without a mutation:\n${without}`);
			return 1;
		}
		const { output, verdict } = await runTests(mutation, LIMIT_MS, mutation);
		tried.push({ mutation, verdict });
		const by = verdict.kind === 'killed' ? `killed by "${verdict.by}"` : verdict.kind;
		console.log(`${tried.length}/${chosen.length} ${mutation.file}: ${mutation.breaks}: ${by}`);
		if (verdict.kind === 'notRun') console.log(output);
	}
	const seconds = Number((process.hrtime.bigint() - began) / 1_000_000_000n);
	console.log(report(tried, { seconds, seed }));
	const noticed = tried.some(({ mutation, verdict }) => mutation.equivalent && isKilled(verdict));
	if (noticed) console.log('A mutation that is listed as without an effect has one.');
	return scoreOf(tried) >= LEAST_SCORE && !noticed ? 0 : 1;
}

/** Every so many of them, beginning with another one for each seed: each file's turn comes. Pure. */
export function sample(all: Mutation[], seed: number): Mutation[] {
	const step = Math.max(1, Math.floor(all.length / QUICK));
	return all.filter((_, index) => index % step === seed % step).slice(0, QUICK);
}

function options(args: string[]) {
	const text = { type: 'string' } as const;
	const flag = { type: 'boolean' } as const;
	const { values } = parseArgs({ args, options: { quick: flag, help: flag, only: text, seed: text } });
	const { help, only = '', quick = false, seed = '1' } = values;
	return { help, only, quick, seed: Number(seed) };
}
