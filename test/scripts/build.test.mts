import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { CodexData } from 'n8n-workflow';
import node from '../../nodes/Telegent/Telegent.node.json';
import pollTrigger from '../../nodes/TelegentPollTrigger/TelegentPollTrigger.node.json';
import trigger from '../../nodes/TelegentTrigger/TelegentTrigger.node.json';

const root = path.resolve(__dirname, '..', '..');

/** Makes the package and loads what n8n loads when it starts; prints which files that took, and each node's codex. */
const script = `
	import { createRequire } from 'node:module';
	import path from 'node:path';
	import { compile } from './scripts/build.mjs';
	const folder = process.argv[1];
	compile(folder);
	const require = createRequire(import.meta.url);
	// What the build itself has loaded.
	for (const file of Object.keys(require.cache)) delete require.cache[file];
	const made = process.argv.slice(2).map((file) => {
		const name = path.basename(file).split('.')[0];
		return new (require(path.join(folder, file))[name])();
	});
	const codexes = made.flatMap(({ description }) => description?.codex ?? []);
	console.log(JSON.stringify({ loaded: Object.keys(require.cache), codexes }));
`;

test('The built package needs no files but these when n8n starts: not even a catalogue file, its codex is there', () => {
	mkdirSync(path.join(root, '.sandbox'), { recursive: true });
	const folder = mkdtempSync(path.join(root, '.sandbox', 'build-'));
	const classes = [
		'nodes/Telegent/Telegent.node.js',
		'nodes/TelegentTrigger/TelegentTrigger.node.js',
		'nodes/TelegentPollTrigger/TelegentPollTrigger.node.js',
		'credentials/TelegentApi.credentials.js',
	];
	try {
		const args = ['--input-type=module', '-e', script, folder, ...classes];
		const { codexes, loaded } = JSON.parse(
			execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }),
		) as { codexes: CodexData[]; loaded: string[] };
		const files = loaded.map((file) => path.relative(folder, file).replaceAll(path.sep, '/'));
		expect(files.toSorted()).toEqual([...classes, 'nodes/forms.json'].toSorted());
		const links = node.resources;
		expect(codexes).toEqual([
			{ categories: ['Communication'], alias: node.alias, resources: links },
			{ categories: ['Communication'], alias: trigger.alias, resources: links },
			{ categories: ['Communication'], alias: pollTrigger.alias, resources: links },
		]);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
