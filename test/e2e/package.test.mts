import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { n8n } from '../../package.json';
import { runNpm } from '../../scripts/setup.mjs';

const root = path.resolve(__dirname, '..', '..');

/** The files that git has under a folder. */
const tracked = (...folders: string[]): string[] =>
	execFileSync('git', ['ls-files', '--', ...folders], { cwd: root, encoding: 'utf8' })
		.split('\n')
		.filter(Boolean);

/** What the build makes of a source file. Types leave nothing, and the forms are kept as data. */
function built(source: string): string {
	if (source === 'nodes/forms.ts') return 'dist/nodes/forms.json';
	return `dist/${source.replace(/\.ts$/, '.js')}`;
}

/** The package as `npm publish` would publish it, from the build that n8n runs in these tests. */
describe('The package that is published', () => {
	let folder: string;
	let files: string[];
	const unpacked = () => path.join(folder, 'package');

	beforeAll(async () => {
		folder = mkdtempSync(path.join(tmpdir(), 'telegent-package-'));
		const { ok } = await runNpm(
			['pack', root, '--pack-destination', folder, '--ignore-scripts', '--silent'],
			root,
		);
		expect(ok).toBe(true);
		const [tarball] = readdirSync(folder);
		execFileSync('tar', ['-xzf', tarball], { cwd: folder });
		files = readdirSync(unpacked(), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => path.relative(unpacked(), path.join(entry.parentPath, entry.name)))
			.toSorted();
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	test('holds what the sources make, and nothing else', () => {
		const sources = tracked('credentials', 'nodes', 'transport');
		const expected = [...sources.map(built), 'LICENSE.md', 'README.md', 'package.json'];
		expect(files).toEqual(expected.toSorted());
	});

	test('runs nothing when it is installed, and depends on n8n-workflow only, which n8n provides', () => {
		const json = JSON.parse(readFileSync(path.join(unpacked(), 'package.json'), 'utf8')) as Record<
			string,
			object
		>;
		expect(
			Object.keys(json.scripts).filter((name) => /^(pre|post)?(install|prepare|pack)/.test(name)),
		).toEqual([]);
		expect(
			Object.keys(json)
				.filter((name) => /ependencies$/.test(name))
				.toSorted(),
		).toEqual(['devDependencies', 'peerDependencies']);
		expect(json.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		const required = files
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) => [
				...readFileSync(path.join(unpacked(), file), 'utf8').matchAll(
					/(?:require|import)\(["']([^"']+)["']\)/g,
				),
			])
			.map(([, name]) => name)
			.filter((name) => !name.startsWith('.'));
		expect([...new Set(required)].toSorted()).toEqual(['crypto', 'n8n-workflow']);
	});

	/** The rules of n8n's scanner (`@n8n/scan-community-package`, `analyzePackage`), which lints a tarball with them. */
	test('passes the rules that n8n scans packages with', () => {
		const { files: linted, found } = inNode<{ files: number; found: string[] }>(`
			import { ESLint } from 'eslint';
			import parser from '@typescript-eslint/parser';
			import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
			const { recommended } = n8nCommunityNodesPlugin.configs;
			const eslint = new ESLint({
				cwd: process.argv[1],
				allowInlineConfig: false,
				overrideConfigFile: true,
				overrideConfig: [
					recommended,
					{ rules: { 'no-console': 'error' } },
					{ files: ['**/*.json'], languageOptions: { parser } },
				].flat(),
			});
			const results = await eslint.lintFiles(['**/*.js', '**/*.json']);
			const found = results.flatMap(({ filePath, messages }) =>
				messages.filter(({ severity }) => severity === 2).map(({ message }) => filePath + ': ' + message));
			console.log(JSON.stringify({ files: results.length, found }));
		`);
		expect(linted).toBe(files.filter((file) => /\.js(on)?$/.test(file)).length);
		expect(found).toEqual([]);
	});

	test("is loaded by n8n's own loader", () => {
		const loaded = inNode<{ nodes: string[]; credentials: string[] }>(`
			import { PackageDirectoryLoader } from 'n8n-core';
			const loader = new PackageDirectoryLoader(process.argv[1]);
			await loader.loadAll();
			const names = (types) => types.map(({ name }) => name);
			const { credentials, nodes } = loader.types;
			console.log(JSON.stringify({ nodes: names(nodes), credentials: names(credentials) }));
		`);
		const named = n8n.nodes.map((file) => path.basename(file, '.node.js'));
		expect(loaded.nodes).toEqual(named.map((name) => name[0].toLowerCase() + name.slice(1)));
		expect(loaded.credentials).toEqual(['telegentApi']);
	});

	/** What a module prints as JSON that has the unpacked package's folder as its argument. */
	function inNode<T>(module: string): T {
		const args = ['--input-type=module', '-e', module, unpacked()];
		return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })) as T;
	}
});
