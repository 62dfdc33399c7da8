import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** One line of the table. */
export interface Row {
	/** The number in the plan, `1b` for instance. */
	id: string;
	measure: string;
	result: string;
	goal?: string;
	/** Undefined where the figure is only for comparison. */
	met?: boolean;
	/** What the result was computed from. */
	figures: object;
}

export interface About {
	date: string;
	machine: { system: string; processor: string; cores: number; memoryGb: number };
	node: string;
	n8n: string;
	versions: Record<string, string>;
	load: { before: string; after: string; others?: { median: number; most: number; looks: number } };
	clock: string;
}

const verdict = ({ met }: Row) => (met === undefined ? '' : met ? 'yes' : '**no**');

export function table(rows: Row[]): string {
	const lines = rows.map((row) => [row.id, row.measure, row.result, row.goal ?? '', verdict(row)]);
	const all = [['', 'Measure', 'Result', 'Goal', 'Met'], ...lines];
	const widths = all[0].map((_, column) => Math.max(...all.map((line) => line[column].length), 3));
	const format = (line: string[]) => `| ${line.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [format(all[0]), rule, ...all.slice(1).map(format)].join('\n');
}

const percent = (part: number) => `${Math.round(part * 100)} %`;

function page(rows: Row[], about: About): string {
	const { clock, load, machine, n8n, node, versions } = about;
	const others = load.others
		? `Other programs took ${percent(load.others.median)} of the processors (median of ${load.others.looks} looks, one before each round; at most ${percent(load.others.most)}).`
		: '';
	return `# Benchmarks, ${about.date}

${table(rows)}

- Machine: ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; Node.js ${node}, n8n ${n8n} (${Object.entries(
		versions,
	)
		.map(([name, version]) => `${name} ${version}`)
		.join(', ')}).
- Load average before ${load.before}, after ${load.after}. ${others}
- ${clock}
- How it is measured stands in [bench/README.md](../README.md); every figure is in the JSON file beside this one.
`;
}

/** Writes the record and returns where. */
export function record(folder: string, rows: Row[], about: About): string {
	mkdirSync(folder, { recursive: true });
	const { cores, system } = about.machine;
	const name = `${about.date}-${system.replaceAll(' ', '-')}-${cores}cores`;
	writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify({ about, rows }, null, '\t')}\n`);
	const file = path.join(folder, `${name}.md`);
	writeFileSync(file, page(rows, about));
	return file;
}
