import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');
const pages = ['SECURITY.md', 'CODE_OF_CONDUCT.md', 'CONTRIBUTING.md', 'docs/decisions/README.md'];

/** The relative links of a Markdown file, without what stands behind a #. */
function linksOf(page: string): string[] {
	const text = readFileSync(path.join(root, page), 'utf8');
	return [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link);
}

test.each(pages)('The files that %s names exist', (page) => {
	const links = linksOf(page);
	expect(links).not.toEqual([]);
	const folder = path.join(root, path.dirname(page));
	expect(links.filter((link) => !existsSync(path.join(folder, link)))).toEqual([]);
});

test('Each promise of SECURITY.md names a test', () => {
	const text = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');
	const promises = text
		.split('\n')
		.filter((line) => line.startsWith('| ') && !/^\| (---|Promise)/.test(line));
	expect(promises.length).toBeGreaterThan(5);
	expect(promises.filter((line) => !/\]\(test\/\S+\.test\.mts\)/.test(line))).toEqual([]);
});
