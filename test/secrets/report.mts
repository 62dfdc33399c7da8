/** One run, and the secrets that it left where they must not be. */
export interface Searched {
	group: string;
	name: string;
	/** How many secrets were looked for. */
	secrets: number;
	found: string[];
}

const MOST_LISTED = 60;

export function report(
	searched: Searched[],
	{ astray, seconds, seed }: { astray: number; seconds: number; seed: string },
): string {
	const groups = [...new Set(searched.map(({ group }) => group))];
	const lines = groups.map((group) =>
		line(
			group,
			searched.filter((one) => one.group === group),
		),
	);
	const head = ['Operations', 'Runs', 'Secrets', 'Found'];
	const rows = [head, head.map(() => '---'), ...lines, line('**all**', searched)];
	const found = searched.filter((one) => one.found.length > 0);
	return [
		'',
		rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n'),
		'',
		...found.slice(0, MOST_LISTED).map(({ found: where, name }) => `  ${name}: ${where.join('; ')}`),
		...(found.length > MOST_LISTED ? [`  … and ${found.length - MOST_LISTED} more`] : []),
		`${searched.length} runs, ${found.length} with a secret; ${astray} requests to another host (seed ${seed}, ${seconds} s)`,
	].join('\n');
}

function line(name: string, some: Searched[]): string[] {
	const secrets = some.reduce((sum, one) => sum + one.secrets, 0);
	const found = some.reduce((sum, one) => sum + one.found.length, 0);
	return [name, String(some.length), String(secrets), String(found)];
}
