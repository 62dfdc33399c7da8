import { isKilled, PROMISES, type Mutation, type Promised, type Verdict } from './mutation.mts';

export interface Tried {
	mutation: Mutation;
	verdict: Verdict;
}

/** Below this score, the run counts as unsuccessful. */
export const LEAST_SCORE = 0.9;

/** The part of the mutations that a test noticed, from 0 to 1. Those without an effect do not count. Pure. */
export function scoreOf(tried: Tried[]): number {
	const counted = tried.filter(({ mutation }) => mutation.equivalent === undefined);
	return counted.filter(({ verdict }) => isKilled(verdict)).length / Math.max(1, counted.length);
}

/** A table by promise, and below it what survived. Pure. */
export function report(tried: Tried[], { seconds, seed }: { seconds: number; seed: number }): string {
	const promises = [...new Set(tried.map(({ mutation }) => mutation.promise))];
	const of = (promise: Promised) => tried.filter(({ mutation }) => mutation.promise === promise);
	const rows = [
		['Promise', 'Mutations', 'Killed', 'Survived'],
		['---', '---', '---', '---'],
		...promises.map((promise) => line(`${PROMISES[promise]} …`, of(promise))),
		line('**all**', tried),
	];
	const hung = tried.filter(({ verdict }) => verdict.kind === 'timedOut').length;
	const score = Math.floor(scoreOf(tried) * 1000) / 10;
	return [
		'',
		rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
		'',
		...tried.filter(({ verdict }) => !isKilled(verdict)).map(survivor),
		`${tried.length} mutations, ${score} % killed, ${hung} of them by the time limit (seed ${seed}, ${seconds} s)`,
	].join('\n');
}

function line(name: string, some: Tried[]): string[] {
	const killed = some.filter(({ verdict }) => isKilled(verdict)).length;
	return [name, String(some.length), String(killed), String(some.length - killed)];
}

function survivor({ mutation: { breaks, equivalent, file, tests }, verdict }: Tried): string {
	const why = verdict.kind === 'notRun' ? verdict.why : (equivalent ?? `not noticed by ${tests.join(', ')}`);
	return `  ${file}: ${breaks} (${why})`;
}
