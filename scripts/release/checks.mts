import { sectionOf } from './changelog.mts';

/** The parts of package.json that a release depends on. */
export interface Manifest {
	version: string;
	homepage: string;
	author: { name: string; email: string };
	repository: { url: string };
	bugs: { url: string };
}

/**
 * What package.json holds until the publisher is known. Before the first release, set the real values there; if one of
 * these turns out to be the real one, delete its line here. Nothing is published while one of them is left.
 */
export const PLACEHOLDERS = {
	'author.name': 'The n8n-nodes-telegent developers',
	'author.email': 'n8n-nodes@telegent.com',
	'repository.url': 'git+https://github.com/telegent/n8n-nodes-telegent.git',
};

const HOW =
	'Set the real value in package.json, or, if this is it, delete its line in scripts/release/checks.mts.';

/** One sentence for each value of package.json that is still a placeholder. */
export function placeholdersIn({ author, repository }: Manifest): string[] {
	const values = {
		'author.name': author.name,
		'author.email': author.email,
		'repository.url': repository.url,
	};
	return Object.entries(values)
		.filter(([field, value]) => value === (PLACEHOLDERS as Record<string, string>)[field])
		.map(([field, value]) => `${field} in package.json is the placeholder "${value}". ${HOW}`);
}

/** Where GitHub shows the repository; undefined if the URL is not one of GitHub. */
const pageOf = (url: string) => /^git\+(https:\/\/github\.com\/[^/]+\/[^/]+)\.git$/.exec(url)?.[1];

/**
 * One sentence for each link of package.json that belongs to another repository. npm compares repository.url with the
 * provenance statement, and n8n's verification follows all of them.
 * @param running the repository that publishes, as owner/name; undefined outside GitHub Actions
 */
export function foreignLinksIn({ bugs, homepage, repository }: Manifest, running?: string): string[] {
	const page = pageOf(repository.url);
	if (!page)
		return [
			`repository.url in package.json must be git+https://github.com/<owner>/<name>.git, not "${repository.url}".`,
		];
	const wanted = { homepage: `${page}#readme`, 'bugs.url': `${page}/issues` };
	const found = { homepage, 'bugs.url': bugs.url };
	const links = Object.entries(wanted)
		.filter(([field, url]) => found[field as keyof typeof found] !== url)
		.map(([field, url]) => `${field} in package.json must be ${url}, like repository.url.`);
	if (running && page !== `https://github.com/${running}`)
		links.push(`repository.url in package.json is ${page}, but ${running} is about to publish.`);
	return links;
}

/** One sentence for each way in which tag, package.json and changelog do not fit together. */
export function mismatches(tag: string, { version }: Manifest, changelog: string): string[] {
	const found: string[] = [];
	if (tag !== `v${version}`) found.push(`The tag is ${tag}, but package.json has version ${version}.`);
	if (!sectionOf(changelog, version)) found.push(`CHANGELOG.md has nothing under "## ${version}".`);
	return found;
}

/**
 * The version to release.
 * @param wanted `major`, `minor`, `patch`, or a version
 * @returns undefined where it is none of these
 */
export function nextVersion(current: string, wanted: string): string | undefined {
	const [major, minor, patch] = current.split('.').map(Number);
	const steps: Record<string, string> = {
		major: `${major + 1}.0.0`,
		minor: `${major}.${minor + 1}.0`,
		patch: `${major}.${minor}.${patch + 1}`,
	};
	return steps[wanted] ?? (/^\d+\.\d+\.\d+$/.test(wanted) ? wanted : undefined);
}
