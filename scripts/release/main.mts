/**
 * Releases; CONTRIBUTING.md says how to make one.
 *
 *     npm run release -- major | minor | patch | 1.2.3   prepares a release: changelog, version, commit, tag
 *     node main.mts check v1.2.3                         whether that tag may be published
 *     node main.mts notes v1.2.3                         prints its section of the changelog
 *
 * The last two are for .github/workflows/publish.yml. It runs them with Node.js 24, before anything is installed, so
 * this folder imports nothing but Node.js and ../*.mjs.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { main, root, SetupError } from '../setup.mjs';
import { sectionOf } from './changelog.mts';
import { foreignLinksIn, mismatches, placeholdersIn, type Manifest } from './checks.mts';
import { prepare, refuse, USAGE } from './prepare.mts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

function check(tag: string): void {
	const manifest = JSON.parse(read('package.json')) as Manifest;
	refuse([
		...mismatches(tag, manifest, read('CHANGELOG.md')),
		...placeholdersIn(manifest),
		...foreignLinksIn(manifest, process.env.GITHUB_REPOSITORY),
	]);
	console.log(`${tag} may be published.`);
}

async function release(wanted: string): Promise<void> {
	const tag = await prepare(root, wanted, new Date().toISOString().slice(0, 10));
	console.log(`${tag} is committed and tagged here. Look at it with: git show ${tag}`);
	console.log('To publish it, push branch and tag: git push --follow-tags');
}

await main(async () => {
	const [command, tag] = process.argv.slice(2);
	if (!command) throw new SetupError(USAGE);
	if (command === 'check') return check(tag);
	if (command === 'notes') return console.log(sectionOf(read('CHANGELOG.md'), tag.replace(/^v/, '')));
	return await release(command);
});
