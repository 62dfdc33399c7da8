/** The heading of what the next release will contain. */
const UNRELEASED = 'Unreleased';

/**
 * The text below one heading of CHANGELOG.md.
 * @param version such as 1.2.3, or Unreleased
 * @returns undefined where there is no such heading
 */
export function sectionOf(changelog: string, version: string): string | undefined {
	const sections = changelog.split(/^## /m).slice(1);
	const section = sections.find((text) => headingOf(text) === version);
	return section?.slice(section.indexOf('\n') + 1).trim();
}

/** The version in the first line of a section, which may end with a date. */
const headingOf = (section: string) =>
	section
		.split('\n')[0]
		.replace(/ - \d{4}-\d{2}-\d{2}$/, '')
		.trim();

/**
 * The changelog with everything unreleased moved to a version.
 * @param date such as 2026-05-01
 */
export function withRelease(changelog: string, version: string, date: string): string {
	return changelog.replace(`## ${UNRELEASED}\n`, `## ${UNRELEASED}\n\n## ${version} - ${date}\n`);
}

/** What the next release will contain; empty if there is nothing. */
export const unreleased = (changelog: string) => sectionOf(changelog, UNRELEASED) ?? '';
