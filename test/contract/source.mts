import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/*
 * How long things are, measured from the source text.
 */

export interface EntryLength {
	/** `message.ts: send` */
	where: string;
	lines: number;
	/** The comment beside an entry that says why it is long. */
	reason?: string;
}

/** An entry may be longer, with a comment before it that begins so. */
const REASON = /\bLong(er)?\b/;
const LONGEST = 60;
const LONGEST_MEAN = 25;

export const RESOURCES = 'nodes/Telegent/resources';

/** The length of every entry of the tables. */
export function entryLengths(folder = RESOURCES): EntryLength[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.ts') && name !== 'index.ts')
		.sort()
		.flatMap((name) => lengthsIn(name, readFileSync(join(folder, name), 'utf8')));
}

/** The entries of the lists called `operations` in one file. */
export function lengthsIn(file: string, text: string): EntryLength[] {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const found: EntryLength[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isPropertyAssignment(node) && node.name.getText() === 'operations') {
			for (const entry of elementsOf(node.initializer)) found.push(measure(file, entry, source));
		} else ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

function elementsOf(list: ts.Expression): ts.Expression[] {
	return ts.isArrayLiteralExpression(list) ? [...list.elements] : [list];
}

/** An entry where it is written: an entry that is only named is measured where the name is given. */
function measure(file: string, entry: ts.Expression, source: ts.SourceFile): EntryLength {
	const written = ts.isIdentifier(entry) ? (declarationOf(entry.text, source) ?? entry) : entry;
	const line = (position: number) => source.getLineAndCharacterOfPosition(position).line;
	const comments = ts.getLeadingCommentRanges(source.text, written.getFullStart()) ?? [];
	const reason = comments
		.map(({ end, pos }) => source.text.slice(pos, end))
		.find((text) => REASON.test(text));
	return {
		where: `${file}: ${/\bvalue: '(\w+)'/.exec(written.getText())?.[1] ?? entry.getText().slice(0, 30)}`,
		lines: line(written.getEnd()) - line(written.getStart()) + 1,
		...(reason && { reason }),
	};
}

function declarationOf(name: string, source: ts.SourceFile): ts.Node | undefined {
	const statements = source.statements.filter(ts.isVariableStatement);
	return statements.find(({ declarationList }) =>
		declarationList.declarations.some((declaration) => declaration.name.getText() === name),
	);
}

/** What is too long, in words; empty where nothing is. */
export function tooLong(entries: EntryLength[]): string[] {
	const long = entries.filter(({ lines, reason }) => lines > LONGEST && !reason);
	const mean = meanOf(entries);
	return [
		...long.map(
			({ lines, where }) => `${where} has ${lines} lines, more than ${LONGEST}, and no reason beside it`,
		),
		...(mean > LONGEST_MEAN
			? [`an entry has ${mean.toFixed(1)} lines on average, more than ${LONGEST_MEAN}`]
			: []),
	];
}

export function meanOf(entries: EntryLength[]): number {
	return entries.reduce((sum, { lines }) => sum + lines, 0) / Math.max(1, entries.length);
}

/** Lines of all TypeScript files below the folders: all of them, and those that are neither blank nor a comment. */
export function linesOf(...folders: string[]): { all: number; code: number } {
	const texts = folders
		.flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))))
		.filter((file) => file.endsWith('.ts'))
		.map((file) => readFileSync(file, 'utf8').trimEnd());
	const code = texts
		.flatMap((text) => text.replace(/^\s*\/\*[^]*?\*\/$/gm, '').split('\n'))
		.filter((line) => !/^\s*(\/\/.*)?$/.test(line));
	return { all: texts.flatMap((text) => text.split('\n')).length, code: code.length };
}
