/** All values in one parameter of an operation. */
export interface Tried {
	group: string;
	name: string;
	values: number;
	/** Values that were refused with a message. */
	refused: number;
	requests: number;
	wrong: string[];
}

const MOST_LISTED = 80;
const MOST_EACH = 4;

/** A table by resource, and below it what is wrong. */
export function report(
	tried: Tried[],
	{ astray, seconds, seed }: { astray: string[]; seconds: number; seed: number },
): string {
	const groups = [...new Set(tried.map(({ group }) => group))].sort();
	const head = ['Operations', 'Parameters', 'Values', 'Refused', 'Requests', 'Wrong'];
	const rows = [
		...[head, head.map(() => '---')],
		...groups.map((group) =>
			line(
				group,
				tried.filter((one) => one.group === group),
			),
		),
		line('**all**', tried),
	];
	const found = tried.filter(({ wrong }) => wrong.length > 0);
	const wrong = found.reduce((sum, one) => sum + one.wrong.length, 0);
	return [
		'',
		rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
		'',
		...found
			.slice(0, MOST_LISTED)
			.map((one) => `  ${one.name}: ${[...new Set(one.wrong)].slice(0, MOST_EACH).join('; ')}`),
		...(found.length > MOST_LISTED ? [`  … and ${found.length - MOST_LISTED} more parameters`] : []),
		...astray.slice(0, MOST_LISTED).map((url) => `  another path or host: ${url}`),
		`${tried.length} parameters, ${wrong} wrong; ${astray.length} requests to another path or host (seed ${seed}, ${seconds} s)`,
	].join('\n');
}

function line(name: string, some: Tried[]): string[] {
	const sum = (value: (one: Tried) => number) =>
		some.reduce((total, one) => total + value(one), 0).toLocaleString('en-US');
	return [
		...[name, String(some.length), sum(({ values }) => values), sum(({ refused }) => refused)],
		...[sum(({ requests }) => requests), sum(({ wrong }) => wrong.length)],
	];
}
