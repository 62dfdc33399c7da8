import { readFileSync } from 'node:fs';
import type { Resource } from '../../nodes/Telegent/engine/operation.ts';

export const README = 'README.md';
const BEGIN = '<!-- operations -->';
const END = '<!-- /operations -->';

/** The resources and operations of the node, as a Markdown table. */
export function operationsTable(resources: Resource[]): string {
	const rows = resources.map(({ name, operations }) => [
		name,
		operations.map((entry) => entry.name).join(', '),
	]);
	return [['Resource', 'Operations'], ['---', '---'], ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

/**
 * `text` with the table between its marker comments.
 * @throws Error if a marker comment is missing
 */
export function withTable(text: string, resources: Resource[]): string {
	const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
	if (begin < 0 || end < begin) {
		throw new Error(`${README} needs the lines ${BEGIN} and ${END} where its table of operations belongs`);
	}
	return `${text.slice(0, begin)}${BEGIN}\n\n${operationsTable(resources)}\n\n${text.slice(end)}`;
}

/** What is wrong with the README; undefined where its table is up to date. */
export function staleTable(resources: Resource[], file = README): string | undefined {
	try {
		const text = readFileSync(file, 'utf8');
		return withTable(text, resources) === text
			? undefined
			: `The table of operations in ${file} is out of date: run npx tsx scripts/operationsTable.mts`;
	} catch (error) {
		return (error as Error).message;
	}
}
