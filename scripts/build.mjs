import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { SetupError, main, root, run } from './setup.mjs';

export const SOURCES = [
	'credentials',
	'nodes',
	'transport',
	'gulpfile.js',
	'package.json',
	'tsconfig.json',
	'scripts/build.mjs',
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
	compile(dist);
	tool(['gulp', 'bin', 'gulp.js'], '--silent');
	mkdirSync(path.dirname(mark), { recursive: true });
	writeFileSync(mark, digest);
}

/**
 * The package's code, without icons and schemas.
 * @param {string} folder where to put it
 * @throws {SetupError} with the compiler's words
 */
export function compile(folder) {
	// Without the help for default imports, which nothing here needs and every file with an import() would carry.
	tool(['typescript', 'bin', 'tsc'], '--outDir', folder, '--esModuleInterop', 'false');
	keepForms(path.join(folder, 'nodes', 'forms'));
}

/**
 * @param {string[]} place of the tool in node_modules
 * @param {string[]} args
 */
function tool(place, ...args) {
	const file = path.join(root, 'node_modules', ...place);
	const { ok, output } = run(process.execPath, [file, ...args], root);
	if (!ok) throw new SetupError(`The package couldn't be built.\n${output}`);
}

/**
 * Puts the forms that a compiled module makes in place of the module: n8n needs them when it starts, and reading them
 * is far quicker than loading all operations to make them. Those are loaded when the node first runs.
 * @param {string} module its path without .js
 */
function keepForms(module) {
	const forms = { ...createRequire(import.meta.url)(`${module}.js`) };
	// ASCII only: V8 keeps and reads that in half the space.
	const text = JSON.stringify(forms).replace(
		/[\u007f-\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	if (!isDeepStrictEqual(JSON.parse(text), forms))
		throw new SetupError(`${path.relative(root, module)}.js contains a value that JSON can't represent.`);
	writeFileSync(`${module}.json`, text);
	rmSync(`${module}.js`);
}

/** Builds, unless dist/ was built from exactly these sources. */
export function buildIfNeeded() {
	if (existsSync(dist) && existsSync(mark) && readFileSync(mark, 'utf8') === digestOf(SOURCES)) return;
	console.log('Building the package.');
	build();
}

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
