/**
 * `npm run structure`: the shape of the code in figures. Ends with an exit code of 1 where a rule of DESIGN does not
 * hold: imports that point up, imports between the nodes, cycles, functions that are too complex.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

const ROOT = path.resolve(import.meta.dirname, '..');
const PRODUCT = ['credentials', 'transport', 'nodes'];
const MAX_COMPLEXITY = 12;

/** Lower numbers must not import higher ones. The first that fits. */
const LAYERS: Array<[folder: string, layer: number]> = [
	['transport/', 0],
	['credentials/', 1],
	['nodes/shared/', 1],
	['nodes/Telegent/', 2],
	['nodes/TelegentPollTrigger/', 2],
	['nodes/TelegentTrigger/', 2],
	['nodes/forms.ts', 3],
];

/** n8n loads a node by its `*.node.ts`, and `forms.ts` holds what n8n reads of all: the one arrow that points up. */
const isAllowed = (from: string, to: string) => from.endsWith('.node.ts') && to === 'nodes/forms.ts';

function filesBelow(folder: string, ending: RegExp): string[] {
	return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => ending.test(name) && !name.includes('node_modules'))
		.map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

function importsOf(file: string, known: Set<string>): string[] {
	const source = ts.preProcessFile(readFileSync(path.join(ROOT, file), 'utf8'), true, true);
	return source.importedFiles.flatMap(({ fileName }) => {
		if (!fileName.startsWith('.')) return [];
		const target = path.posix.join(path.posix.dirname(file), fileName);
		return [target, `${target}.ts`, `${target}/index.ts`].filter((name) => known.has(name)).slice(0, 1);
	});
}

function layerOf(file: string): number {
	return LAYERS.find(([folder]) => file.startsWith(folder))?.[1] ?? Infinity;
}

function nodeOf(file: string): string | undefined {
	return /^nodes\/(Telegent|TelegentPollTrigger|TelegentTrigger)\//.exec(file)?.[1];
}

/** Groups of names that reach each other (Tarjan's strongly connected components with more than one member). */
function cyclesIn(graph: Map<string, Set<string>>): string[][] {
	const index = new Map<string, number>();
	const low = new Map<string, number>();
	const stack: string[] = [];
	const found: string[][] = [];
	const visit = (name: string) => {
		index.set(name, index.size);
		low.set(name, index.get(name) as number);
		stack.push(name);
		for (const next of graph.get(name) ?? []) {
			if (!index.has(next)) visit(next);
			if (stack.includes(next)) low.set(name, Math.min(low.get(name) as number, low.get(next) as number));
		}
		if (low.get(name) !== index.get(name)) return;
		const group = stack.splice(stack.indexOf(name));
		if (group.length > 1) found.push(group);
	};
	for (const name of graph.keys()) if (!index.has(name)) visit(name);
	return found;
}

function graphOf(arrows: Array<[from: string, to: string]>): Map<string, Set<string>> {
	const graph = new Map<string, Set<string>>();
	for (const [from, to] of arrows) graph.set(from, (graph.get(from) ?? new Set()).add(to));
	return graph;
}

/** Lines that hold something. */
function linesOf(file: string): number {
	return readFileSync(path.join(ROOT, file), 'utf8')
		.split('\n')
		.filter((line) => line.trim() !== '').length;
}

/** The most that a rule of ESLint finds in the product, and where. */
async function most(
	rule: string,
	options: unknown[],
	figure: RegExp,
): Promise<[figure: number, where: string]> {
	const { default: tseslint } = await import('typescript-eslint');
	const eslint = new ESLint({
		cwd: ROOT,
		overrideConfigFile: true,
		overrideConfig: [
			{
				files: ['**/*.ts'],
				languageOptions: { parser: tseslint.parser },
				linterOptions: { reportUnusedDisableDirectives: 'off' },
				rules: { [rule]: ['error', ...options] },
			} as never,
		],
	});
	const results = await eslint.lintFiles(PRODUCT.map((folder) => `${folder}/**/*.ts`));
	return results
		.flatMap(({ filePath, messages }) =>
			messages.map(({ line, message }): [number, string] => [
				Number(figure.exec(message)?.[1] ?? 0),
				`${path.relative(ROOT, filePath)}:${line}`,
			]),
		)
		.reduce((best, one) => (one[0] > best[0] ? one : best), [0, '']);
}

/** Names that stand at the top level of more than one file, types and values alike; resource tables left out. */
function repeatedNames(files: string[]): string[] {
	const places = new Map<string, Set<string>>();
	for (const file of files.filter((name) => !name.includes('/resources/'))) {
		const source = ts.createSourceFile(
			file,
			readFileSync(path.join(ROOT, file), 'utf8'),
			ts.ScriptTarget.ES2022,
		);
		for (const name of source.statements.flatMap(declared)) {
			places.set(name, (places.get(name) ?? new Set()).add(file));
		}
	}
	return [...places]
		.filter(([, where]) => where.size > 1)
		.map(([name, where]) => `${name} (${[...where].join(', ')})`);
}

function declared(statement: ts.Statement): string[] {
	if (ts.isVariableStatement(statement)) {
		return statement.declarationList.declarations.flatMap(({ name }) =>
			ts.isIdentifier(name) ? [name.text] : [],
		);
	}
	const named = statement as ts.Statement & { name?: ts.Identifier };
	return ts.isDeclarationStatement(statement) && named.name ? [named.name.text] : [];
}

const files = PRODUCT.flatMap((folder) => filesBelow(folder, /(?<!\.d)\.ts$/));
const known = new Set(files);
const arrows = files
	.flatMap((from) => importsOf(from, known).map((to): [string, string] => [from, to]))
	.filter(([from, to]) => !isAllowed(from, to));
const upward = arrows.filter(([from, to]) => layerOf(from) < layerOf(to));
const between = arrows.filter(([from, to]) => {
	const nodes = [nodeOf(from), nodeOf(to)];
	return nodes.every(Boolean) && nodes[0] !== nodes[1];
});
const folders = arrows
	.map(([from, to]): [string, string] => [path.posix.dirname(from), path.posix.dirname(to)])
	.filter(([from, to]) => from !== to);
const cycles = cyclesIn(graphOf(arrows));
const folderCycles = cyclesIn(graphOf(folders));
const [largest] = files.map((file): [number, string] => [linesOf(file), file]).sort((a, b) => b[0] - a[0]);
const [length, longest] = await most(
	'max-lines-per-function',
	[{ max: 1, skipBlankLines: true, skipComments: true }],
	/\((\d+)\)/,
);
const [complexity, mostComplex] = await most('complexity', [0], /complexity of (\d+)/);
const repeated = repeatedNames(files);
const product = files.reduce((sum, file) => sum + linesOf(file), 0);
const tests = filesBelow('test', /\.mts$/).reduce((sum, file) => sum + linesOf(file), 0);

const list = (entries: string[]) => entries.map((entry) => `\n  ${entry}`).join('');
const pairs = (entries: Array<[string, string]>) => list(entries.map(([from, to]) => `${from} → ${to}`));
console.log(`imports upwards: ${upward.length}${pairs(upward)}`);
console.log(`imports between the nodes: ${between.length}${pairs(between)}`);
console.log(`cycles of files: ${cycles.length}${list(cycles.map((group) => group.join(', ')))}`);
console.log(
	`cycles of folders: ${folderCycles.length}${list(folderCycles.map((group) => group.join(', ')))}`,
);
console.log(`names in more than one file: ${repeated.length}${list(repeated)}`);
console.log(`largest file: ${largest[1]}, ${largest[0]} lines`);
console.log(`largest function: ${longest}, ${length} lines`);
console.log(`highest complexity: ${mostComplex}, ${complexity}`);
// The sandbox is part of the product, too, and has tests of its own.
const sandbox = filesBelow('sandbox', /\.mts$/).reduce((sum, file) => sum + linesOf(file), 0);
const testsPer = (lines: number) => `${(tests / lines).toFixed(2)} (${tests} : ${lines})`;
console.log(
	`test lines per line of the package: ${testsPer(product)}; with the sandbox: ${testsPer(product + sandbox)}`,
);
const summary = path.join(ROOT, 'coverage', 'coverage-summary.json');
if (existsSync(summary)) {
	const { total } = JSON.parse(readFileSync(summary, 'utf8')) as { total: Record<string, { pct: number }> };
	console.log(`coverage: ${total.lines.pct} % of lines, ${total.branches.pct} % of branches`);
}
const broken =
	upward.length + between.length + cycles.length + folderCycles.length > 0 || complexity > MAX_COMPLEXITY;
process.exit(broken ? 1 : 0);
