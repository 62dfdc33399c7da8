import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

/** Makes the package and loads what n8n loads when it starts; prints which files that took. */
const script = `
	import { createRequire } from 'node:module';
	import path from 'node:path';
	import { compile } from './scripts/build.mjs';
	const folder = process.argv[1];
	compile(folder);
	const require = createRequire(import.meta.url);
	// What the build itself has loaded.
	for (const file of Object.keys(require.cache)) delete require.cache[file];
	for (const file of process.argv.slice(2)) {
		const name = path.basename(file).split('.')[0];
		new (require(path.join(folder, file))[name])();
	}
	console.log(JSON.stringify(Object.keys(require.cache)));
`;

test('The built package needs no files but these when n8n starts', () => {
	mkdirSync(path.join(root, '.sandbox'), { recursive: true });
	const folder = mkdtempSync(path.join(root, '.sandbox', 'build-'));
	const classes = [
		'nodes/Telegent/Telegent.node.js',
		'nodes/TelegentTrigger/TelegentTrigger.node.js',
		'credentials/TelegentApi.credentials.js',
	];
	try {
		const args = ['--input-type=module', '-e', script, folder, ...classes];
		const loaded = JSON.parse(
			execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }),
		) as string[];
		const files = loaded.map((file) => path.relative(folder, file).replaceAll(path.sep, '/'));
		expect(files.toSorted()).toEqual([...classes, 'nodes/forms.json'].toSorted());
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
