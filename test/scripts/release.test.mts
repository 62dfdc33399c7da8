import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sectionOf, unreleased, withRelease } from '../../scripts/release/changelog.mts';
import {
	foreignLinksIn,
	mismatches,
	nextVersion,
	PLACEHOLDERS,
	placeholdersIn,
	type Manifest,
} from '../../scripts/release/checks.mts';
import { prepare } from '../../scripts/release/prepare.mts';

const CHANGELOG = `# Changelog

## Unreleased

### Added

- Something new.

## 1.2.3 - 2026-05-01

### Fixed

- Something old.

## 1.2.2 - 2026-04-01

- The first.
`;

const PAGE = 'https://github.com/acme/n8n-nodes-telegent';
const MANIFEST: Manifest = {
	version: '1.2.3',
	homepage: `${PAGE}#readme`,
	author: { name: 'Acme', email: 'nodes@acme.example' },
	repository: { url: `git+${PAGE}.git` },
	bugs: { url: `${PAGE}/issues` },
};

describe('The changelog', () => {
	test('gives the section of a version, and nothing of its neighbors', () => {
		expect(sectionOf(CHANGELOG, '1.2.3')).toBe('### Fixed\n\n- Something old.');
		expect(sectionOf(CHANGELOG, '1.2.2')).toBe('- The first.');
		expect(sectionOf(CHANGELOG, '1.2')).toBeUndefined();
	});

	test('moves what is unreleased to a version with its date', () => {
		const released = withRelease(CHANGELOG, '1.3.0', '2026-06-01');
		expect(released).toContain('## Unreleased\n\n## 1.3.0 - 2026-06-01\n\n### Added');
		expect(sectionOf(released, '1.3.0')).toBe('### Added\n\n- Something new.');
		expect(unreleased(released)).toBe('');
		expect(released.split('\n')).toHaveLength(CHANGELOG.split('\n').length + 2);
	});

	test('of this package has a section for what is unreleased', () => {
		const own = readFileSync(path.resolve(__dirname, '../../CHANGELOG.md'), 'utf8');
		expect(sectionOf(own, 'Unreleased')).toBeDefined();
	});
});

describe('Placeholders', () => {
	test.each(Object.entries(PLACEHOLDERS))('in package.json are refused: %s', (field, value) => {
		const [object, key] = field.split('.') as ['author', 'name'];
		const manifest = { ...MANIFEST, [object]: { ...MANIFEST[object], [key]: value } };
		expect(placeholdersIn(manifest)).toEqual([
			expect.stringContaining(`${field} in package.json is the placeholder "${value}"`),
		]);
	});

	test('are not seen in real values', () => {
		expect(placeholdersIn(MANIFEST)).toEqual([]);
	});
});

describe('The links of package.json', () => {
	test('belong to the repository that publishes', () => {
		expect(foreignLinksIn(MANIFEST)).toEqual([]);
		expect(foreignLinksIn(MANIFEST, 'acme/n8n-nodes-telegent')).toEqual([]);
		expect(foreignLinksIn(MANIFEST, 'fork/n8n-nodes-telegent')).toEqual([
			`repository.url in package.json is ${PAGE}, but fork/n8n-nodes-telegent is about to publish.`,
		]);
	});

	test('are refused where they lead to another one', () => {
		const other = 'https://github.com/other/one';
		const manifest = { ...MANIFEST, homepage: other, bugs: { url: other } };
		expect(foreignLinksIn(manifest)).toEqual([
			`homepage in package.json must be ${PAGE}#readme, like repository.url.`,
			`bugs.url in package.json must be ${PAGE}/issues, like repository.url.`,
		]);
		expect(foreignLinksIn({ ...MANIFEST, repository: { url: other } })).toHaveLength(1);
	});
});

test('Tag, version and changelog must fit together', () => {
	expect(mismatches('v1.2.3', MANIFEST, CHANGELOG)).toEqual([]);
	expect(mismatches('v1.2.4', MANIFEST, CHANGELOG)).toEqual([
		'The tag is v1.2.4, but package.json has version 1.2.3.',
	]);
	expect(mismatches('v2.0.0', { ...MANIFEST, version: '2.0.0' }, CHANGELOG)).toEqual([
		'CHANGELOG.md has nothing under "## 2.0.0".',
	]);
});

test('The next version is a step, or the one that is given', () => {
	const next = (wanted: string) => nextVersion('1.2.3', wanted);
	expect(['major', 'minor', 'patch', '1.2.3', '4.0.0'].map(next)).toEqual([
		...['2.0.0', '1.3.0', '1.2.4', '1.2.3', '4.0.0'],
	]);
	expect(['', 'v2.0.0', '2.0', 'next', '2.0.0-beta.1'].map(next)).toEqual(Array(5).fill(undefined));
});

describe('Preparing a release', () => {
	let folder: string;
	const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim();
	const file = (name: string) => path.join(folder, name);
	const read = (name: string) => readFileSync(file(name), 'utf8');

	beforeEach(() => {
		folder = mkdtempSync(path.join(tmpdir(), 'telegent-release-'));
		writeFileSync(file('CHANGELOG.md'), CHANGELOG);
		writeFileSync(file('package.json'), JSON.stringify({ name: 'some', ...MANIFEST }, null, '\t'));
		git('init', '--quiet');
		git('config', 'user.name', 'Test');
		git('config', 'user.email', 'test@acme.example');
		git('add', '.');
		git('commit', '--quiet', '--message', 'First');
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));

	test('writes changelog and version, commits and tags', async () => {
		expect(await prepare(folder, 'minor', '2026-06-01')).toBe('v1.3.0');
		expect(git('status', '--porcelain')).toBe('');
		expect(git('log', '--format=%s', 'v1.3.0')).toBe('Release 1.3.0\nFirst');
		expect(git('cat-file', '-t', 'v1.3.0')).toBe('tag');
		const manifest = JSON.parse(read('package.json')) as Manifest;
		expect(manifest.version).toBe('1.3.0');
		expect(mismatches('v1.3.0', manifest, read('CHANGELOG.md'))).toEqual([]);
	});

	test('tells every reason against it at once, and changes nothing', async () => {
		const author = { name: PLACEHOLDERS['author.name'], email: 'nodes@acme.example' };
		writeFileSync(file('package.json'), JSON.stringify({ name: 'some', ...MANIFEST, author }));
		writeFileSync(file('CHANGELOG.md'), withRelease(CHANGELOG, '1.3.0', '2026-06-01'));
		git('tag', 'v1.2.4');
		const before = read('CHANGELOG.md');
		const refusal = prepare(folder, 'patch', '2026-06-01');
		await expect(refusal).rejects.toThrow(/author\.name in package\.json is the placeholder/);
		await expect(refusal).rejects.toThrow(/not committed/);
		await expect(refusal).rejects.toThrow(/tag v1\.2\.4 exists/);
		await expect(refusal).rejects.toThrow(/nothing under "## Unreleased"/);
		expect(read('CHANGELOG.md')).toBe(before);
		expect(git('log', '--format=%s')).toBe('First');
	});
});
