import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SetupError, main, root, run } from './setup.mjs';

const SOURCES = ['credentials', 'nodes', 'transport', 'gulpfile.js', 'package.json', 'tsconfig.json'];
const TOOLS = [
	['typescript', 'bin', 'tsc'],
	['gulp', 'bin', 'gulp.js'],
];

const dist = path.join(root, 'dist');
const mark = path.join(root, '.sandbox', 'built');

/**
 * Makes dist/ anew, so that nothing stale can be packed.
 * @throws {SetupError} with the compiler's words
 */
export function build() {
	const digest = digestOf(SOURCES);
	rmSync(dist, { recursive: true, force: true });
	for (const tool of TOOLS) {
		const { ok, output } = run(
			process.execPath,
			[path.join(root, 'node_modules', ...tool), ...quiet(tool)],
			root,
		);
		if (!ok) throw new SetupError(`The package could not be built.\n${output}`);
	}
	mkdirSync(path.dirname(mark), { recursive: true });
	writeFileSync(mark, digest);
}

/** Builds, unless dist/ was built from exactly these sources. */
export function buildIfNeeded() {
	if (existsSync(dist) && existsSync(mark) && readFileSync(mark, 'utf8') === digestOf(SOURCES)) return;
	console.log('Building the package.');
	build();
}

/** @param {string[]} tool */
const quiet = ([name]) => (name === 'gulp' ? ['--silent'] : []);

/**
 * A digest of files and folders of this project, by content.
 * @param {string[]} places
 */
export function digestOf(places) {
	const hash = createHash('sha256');
	for (const file of places.flatMap((place) => filesIn(path.join(root, place)))) {
		hash.update(file).update(readFileSync(file));
	}
	return hash.digest('hex');
}

/**
 * @param {string} place a file or a folder
 * @returns {string[]}
 */
function filesIn(place) {
	if (!statSync(place).isDirectory()) return [place];
	return readdirSync(place)
		.sort()
		.flatMap((name) => filesIn(path.join(place, name)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
	void main(async () => build());
