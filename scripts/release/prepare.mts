import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run, runNpm, SetupError } from '../child.mjs';
import { unreleased, withRelease } from './changelog.mts';
import { foreignLinksIn, nextVersion, placeholdersIn, type Manifest } from './checks.mts';

/**
 * Makes the commit and the tag of a release in this clone. Pushes nothing.
 * @param folder the clone
 * @param wanted `major`, `minor`, `patch`, or a version
 * @param date of the release, such as 2026-05-01
 * @returns the tag
 * @throws {SetupError} with every reason why it is not possible; nothing has changed then
 */
export async function prepare(folder: string, wanted: string, date: string): Promise<string> {
	const changelogFile = path.join(folder, 'CHANGELOG.md');
	const changelog = readFileSync(changelogFile, 'utf8');
	const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
	const version = nextVersion(manifest.version, wanted);
	if (!version) throw new SetupError(`"${wanted}" is not a version. ${USAGE}`);
	const tag = `v${version}`;
	refuse([
		...placeholdersIn(manifest),
		...foreignLinksIn(manifest),
		...(git(folder, 'status', '--porcelain') ? ['Some files are not committed yet.'] : []),
		...(git(folder, 'tag', '--list', tag) ? [`The tag ${tag} exists already.`] : []),
		...(unreleased(changelog) ? [] : ['CHANGELOG.md has nothing under "## Unreleased".']),
	]);
	writeFileSync(changelogFile, withRelease(changelog, version, date));
	const npm = await runNpm(['version', version, '--no-git-tag-version', '--allow-same-version'], folder);
	if (!npm.ok) throw new SetupError(`\`npm version\` did not succeed:\n${npm.output}`);
	git(folder, 'commit', '--all', '--message', `Release ${version}`);
	git(folder, 'tag', '--annotate', tag, '--message', `Release ${version}`);
	return tag;
}

export const USAGE = 'Use: npm run release -- major | minor | patch | 1.2.3';

/** @throws {SetupError} with all reasons, if there are any */
export function refuse(reasons: string[]): void {
	if (reasons.length === 0) return;
	throw new SetupError(['Not ready for a release:', ...reasons.map((reason) => `- ${reason}`)].join('\n'));
}

function git(folder: string, ...args: string[]): string {
	const { ok, output } = run('git', args, folder);
	if (!ok) throw new SetupError(`\`git ${args[0]}\` did not succeed:\n${output}`);
	return output.trim();
}
