import { writeFileSync } from 'node:fs';
import { LIST, type Moment } from './moments.mts';
import type { Played } from './play.mts';

/** What n8n offers nothing for is n8n's loss; the table names it. */
export const isRight = ({ doubled, lost, nothing }: Played) =>
	doubled === 0 && (lost === 0 || nothing !== undefined);

const HEAD = [
	'Case',
	'Moments',
	'Before',
	'Sent',
	'Doubled',
	'Silently lost',
	'Unknown',
	'Requests',
	'Status',
];

const nameOf = ({ mode, recovery, signal, target, work }: Moment) => {
	const then = recovery === 'retry' ? 'Retry, Retry' : "the workflow twice again, 'Send Once Per' on";
	return `${mode}, ${work}: ${signal} of ${target}; ${then}`;
};

/** A line for each case, in the order in which they were tried. */
export function table(played: Played[]): string {
	const names = [...new Set(played.map(({ moment }) => nameOf(moment)))];
	const lines = names.map((name) =>
		line(
			name,
			played.filter(({ moment }) => nameOf(moment) === name),
		),
	);
	return [HEAD, HEAD.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function line(name: string, some: Played[]): string[] {
	const each = (value: (one: Played) => number | string) => [...new Set(some.map(value))].join(', ');
	const sum = (value: (one: Played) => number) => String(some.reduce((total, one) => total + value(one), 0));
	const nothing = some.find((one) => one.nothing !== undefined && one.lost > 0)?.nothing;
	const unsent = sum(({ lost }) => lost);
	return [
		name,
		each(({ moment }) => moment.at),
		each(({ before }) => before),
		each(({ done }) => `${done}/${LIST}`),
		sum(({ doubled }) => doubled),
		nothing ? `${nothing} (${unsent} not sent)` : unsent,
		each(({ unknown }) => unknown.join(' then ')),
		each(({ requests }) => requests),
		each(({ status }) => status),
	];
}

/** In the form of jest's report, which `scripts/count.mjs` sums up: a moment is a test. */
export function writeReport(file: string, played: Played[], broken: number): void {
	const numPassedTests = played.filter(isRight).length;
	const numFailedTests = played.length - numPassedTests + broken;
	const report = { numPassedTests, numFailedTests, numRuntimeErrorTestSuites: 0, played };
	writeFileSync(file, JSON.stringify(report, null, '\t'));
}
