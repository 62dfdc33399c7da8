import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SetupError, run, runNpm } from './child.mjs';
import { explainNative, explainNpm } from './explain.mjs';
import { duration, progress } from './progress.mjs';

export { SetupError, run, runNpm };

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

const n8nFolder = path.join(root, 'sandbox', 'n8n');

/** n8n needs a newer Node.js than this project: the npm package `node` brings it. */
export const n8nNode = path.join(
	n8nFolder,
	...['node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'],
);

/**
 * The packages for building and testing.
 * @param {(line: string) => void} [log]
 */
export async function setup(log = console.log) {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 6))
		throw new SetupError(
			`Node.js 20.6 or later is needed; this is ${process.version}. Install it from nodejs.org.`,
		);
	await install(root, { label: 'the development packages', usually: 'about a minute', gigabytes: 1, log });
}

/**
 * A real n8n, with the Node.js and the SQLite that it needs.
 * @param {(line: string) => void} [log]
 */
export async function setupN8n(log = console.log) {
	await install(n8nFolder, {
		label: 'n8n',
		usually: 'two to five minutes',
		gigabytes: 4,
		log,
		parts: N8N_PARTS,
	});
}

/**
 * @typedef {object} Part a native part of an install
 * @property {string} name npm's name of the package
 * @property {string} what its name for people
 * @property {string} usually how long it takes
 * @property {() => boolean} ready whether it works
 */

/** @type {Part[]} */
const N8N_PARTS = [
	{
		name: 'node',
		what: 'Node.js 24 for n8n',
		usually: 'a few seconds',
		ready: () => existsSync(n8nNode) && run(n8nNode, ['--version'], n8nFolder).ok,
	},
	{
		name: 'sqlite3',
		what: 'SQLite for n8n',
		usually: 'a few seconds, or a minute where it must be compiled',
		ready: () => run(n8nNode, ['-e', "require('sqlite3')"], n8nFolder).ok,
	},
];

/**
 * @typedef {object} InstallOptions
 * @property {string} label
 * @property {string} usually how long it takes
 * @property {number} gigabytes disk space that it needs
 * @property {Part[]} [parts] what has to be built or fetched afterwards
 * @property {(line: string) => void} log
 */

/**
 * Installs a folder's locked packages, unless exactly these are installed already. What was interrupted is done
 * again: the mark is written last.
 * @param {string} folder holds package.json and package-lock.json
 * @param {InstallOptions} options
 */
async function install(folder, options) {
	const stamp = stampOf(folder);
	const mark = path.join(folder, 'node_modules', '.installed');
	if (stampIn(mark) === stamp) return;
	// Packages and native parts have a mark each, so that a missing compiler does not cost a second download.
	const packages = path.join(folder, 'node_modules', '.packages');
	if (stampIn(packages) !== stamp) await installPackages(folder, packages, stamp, options);
	for (const part of options.parts ?? []) await makeReady(folder, part, options.log);
	writeFileSync(mark, stamp);
}

/**
 * @param {string} folder
 * @param {string} mark
 * @param {string} stamp
 * @param {InstallOptions} options
 */
async function installPackages(folder, mark, stamp, { label, usually, gigabytes, log }) {
	checkSpace(folder, gigabytes);
	const total = packagesIn(folder);
	const count = fetchCount(total);
	log(`Installing ${label}: ${total} packages, the first time only. This usually takes ${usually}.`);
	const finish = progress(count.describe, { log });
	// Not `npm ci`: it refuses a lockfile made where the registry has no packages for other platforms.
	rmSync(path.join(folder, 'node_modules'), { recursive: true, force: true });
	const { ok, output } = await runNpm(
		[
			'install',
			'--no-save',
			'--legacy-peer-deps',
			'--ignore-scripts',
			'--no-audit',
			'--no-fund',
			'--loglevel=http',
		],
		folder,
		count.see,
	).finally(() => finish());
	if (!ok) throw new SetupError(explainNpm(output));
	writeFileSync(mark, stamp);
	log(`  Installed in ${duration(finish())}.`);
}

/**
 * How far npm is, by its own log: first it looks all packages up, then it fetches them.
 * @param {number} total
 */
function fetchCount(total) {
	let lookedUp = 0;
	let fetched = 0;
	return {
		/** @param {string} line */
		see: (line) => {
			if (!line.startsWith('npm http fetch')) return;
			if (/\.tgz\b/.test(line)) fetched++;
			else lookedUp++;
		},
		describe: () =>
			fetched > 0
				? `${Math.min(fetched, total)} of ${total} packages fetched`
				: `${Math.min(lookedUp, total)} of ${total} packages looked up`,
	};
}

/**
 * @param {string} folder
 * @param {Part} part
 * @param {(line: string) => void} log
 */
async function makeReady(folder, { name, what, usually, ready }, log) {
	if (ready()) return;
	log(`Setting up ${what}. This usually takes ${usually}.`);
	const finish = progress(() => '', { log });
	// --ignore-scripts=false: this is the one place where a package's own script is wanted.
	const { output } = await runNpm(['rebuild', name, '--ignore-scripts=false'], folder).finally(() =>
		finish(),
	);
	if (!ready()) throw new SetupError(explainNative(what, output));
	log(`  Ready in ${duration(finish())}.`);
}

/** @param {string} folder */
function stampOf(folder) {
	return createHash('sha256')
		.update(readFileSync(path.join(folder, 'package-lock.json')))
		.update(`${process.platform} ${process.arch}`)
		.digest('hex');
}

/** @param {string} mark */
function stampIn(mark) {
	return existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
}

/**
 * How many packages npm will fetch here: those for other systems are left out.
 * @param {string} folder
 */
function packagesIn(folder) {
	/** @type {{ packages: Record<string, { os?: string[], cpu?: string[] }> }} */
	const { packages } = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'));
	return Object.values(packages).filter(
		({ os, cpu }) => (!os || os.includes(process.platform)) && (!cpu || cpu.includes(process.arch)),
	).length;
}

/**
 * @param {string} folder
 * @param {number} gigabytes
 */
function checkSpace(folder, gigabytes) {
	const { bavail, bsize } = statfsSync(folder);
	const free = (bavail * bsize) / 1e9;
	if (free >= gigabytes) return;
	throw new SetupError(
		`The disk is nearly full: ${free.toFixed(1)} GB are free, about ${gigabytes} GB are needed. Free some space, then run the command again.`,
	);
}

/**
 * Lets the next run install afresh.
 * @param {string} folder
 */
export function forget(folder) {
	for (const mark of ['.installed', '.packages'])
		rmSync(path.join(folder, 'node_modules', mark), { force: true });
}

/**
 * Runs a command's work and ends the process with a plain sentence when it cannot be done.
 * @param {() => Promise<unknown>} work
 */
export async function main(work) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		console.error(error.message);
		process.exit(error.exitCode);
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) void main(() => setup());
