import type { Judged } from './judge.mts';

const HEAD = ['Operations', 'Cells', 'Requests', 'Doubled', 'Wrong'];
const MOST_LISTED = 60;

export interface Facts {
	/** Requests that reached a host that is not Telegent. */
	astray: number;
	seconds: number;
	seed: number;
}

/** A table by group of operations, and below it what is wrong. */
export function report(judged: Judged[], { astray, seconds, seed }: Facts): string {
	const groups = [...new Set(judged.map(({ subject }) => subject.group))];
	const lines = groups.map((group) =>
		line(
			group,
			judged.filter(({ subject }) => subject.group === group),
		),
	);
	const rows = [HEAD, HEAD.map(() => '---'), ...lines, line('**all**', judged)];
	const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
	const wrong = judged.filter((one) => one.wrong.length > 0);
	const found = wrong.map(
		({ fault, mode, subject, wrong: why }) =>
			`  ${subject.name}, ${fault.name}, On Error ${mode}: ${why.join('; ')}`,
	);
	const left = found.length > MOST_LISTED ? [`  … and ${found.length - MOST_LISTED} more`] : [];
	return [
		'',
		table,
		'',
		...found.slice(0, MOST_LISTED),
		...left,
		`${judged.length} cells, ${wrong.length} wrong; ${astray} requests to another host (seed ${seed}, ${seconds} s)`,
	].join('\n');
}

function line(name: string, some: Judged[]): string[] {
	const sum = (value: (one: Judged) => number) => String(some.reduce((total, one) => total + value(one), 0));
	return [
		name,
		String(some.length),
		sum(({ requests }) => requests),
		sum(({ doubled }) => doubled),
		String(some.filter(({ wrong }) => wrong.length > 0).length),
	];
}
