import { existsSync, readFileSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { SetupError, run, runNpm } from './child.mjs';
import { n8nFolder } from './n8nVersion.mjs';

export { SetupError, n8nFolder, run, runNpm };

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** n8n needs a newer Node.js than this project: the npm package `node` brings it. */
export const n8nNode = path.join(
	n8nFolder,
	...['node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'],
);

/** Installs the packages for building and testing, if they are not installed yet. */
export async function setup() {
	const [major, minor] = process.versions.node.split('.').map(Number);
	if (major < 20 || (major === 20 && minor < 6))
		throw new SetupError(
			`Node.js 20.6 or later is required, and this is ${process.version}. Install a newer version from nodejs.org.`,
		);
	await install(root, { label: 'the development packages', usually: 'about a minute', gigabytes: 1 });
}

/** Installs a real n8n with the Node.js and the SQLite that it needs, if it is not installed yet. */
export async function setupN8n() {
	await install(n8nFolder, { label: 'n8n', usually: 'two to five minutes', gigabytes: 4 });
	// The only two packages whose install scripts are needed.
	await rebuild('node', () => existsSync(n8nNode) && run(n8nNode, ['--version'], n8nFolder).ok);
	await rebuild('sqlite3', () => run(n8nNode, ['-e', "require('sqlite3')"], n8nFolder).ok);
}

/**
 * @param {string} folder holds package.json and package-lock.json
 * @param {{ label: string, usually: string, gigabytes: number }} expected what is installed, how long it takes, and the disk space that it needs
 */
async function install(folder, { label, usually, gigabytes }) {
	if (isInstalled(folder)) return;
	const { bavail, bsize } = statfsSync(folder);
	const free = (bavail * bsize) / 1e9;
	if (free < gigabytes)
		throw new SetupError(
			`Not enough disk space: ${free.toFixed(1)} GB free, about ${gigabytes} GB needed. Free up some space, then run the command again.`,
		);
	console.log(`Installing ${label} (first time only). This usually takes ${usually}.`);
	await npm(['ci', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
}

/**
 * Whether npm's record of what it installed, which it writes last, holds all that package-lock.json asks for.
 * @param {string} folder
 */
export function isInstalled(folder) {
	const record = path.join(folder, 'node_modules', '.package-lock.json');
	if (!existsSync(record)) return false;
	const installed = packagesIn(record);
	const locked = Object.entries(packagesIn(path.join(folder, 'package-lock.json')));
	// The empty place is the project itself.
	return locked.every(
		([place, wanted]) =>
			place === '' ||
			(installed[place] ? installed[place].version === wanted.version : isForAnotherSystem(wanted)),
	);
}

/** @param {string} folder */
const placeOf = (folder) => path.relative(root, folder);

/** @param {Locked} wanted */
const isForAnotherSystem = ({ os, cpu, libc }) =>
	(os && !os.includes(process.platform)) || (cpu && !cpu.includes(process.arch)) || libc !== undefined;

/**
 * @typedef {{ version?: string, os?: string[], cpu?: string[], libc?: string[] }} Locked
 * @param {string} file in the form of package-lock.json
 * @returns {Record<string, Locked>}
 */
const packagesIn = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;

/**
 * Runs the install script of one of n8n's packages, which downloads or compiles its native part.
 * @param {string} name
 * @param {() => boolean} works
 */
async function rebuild(name, works) {
	if (works()) return;
	console.log(
		`Preparing ${name} for n8n. This usually takes a few seconds, or about a minute if it has to be compiled.`,
	);
	await npm(['rebuild', name, '--ignore-scripts=false'], n8nFolder);
	if (!works())
		throw new SetupError(
			`npm rebuilt ${name} in ${placeOf(n8nFolder)}, but it doesn't work here. Delete ${placeOf(n8nFolder)}/node_modules, then run the command again.`,
		);
}

/**
 * Runs npm, with a sign of life every ten seconds.
 * @param {string[]} args
 * @param {string} folder
 * @throws {SetupError} with npm's words
 */
async function npm(args, folder) {
	const began = Date.now();
	const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
	const timer = setInterval(() => console.log(`  … ${seconds()}`), 10_000);
	const { ok, output } = await runNpm(args, folder).finally(() => clearInterval(timer));
	if (!ok)
		throw new SetupError(
			`\`npm ${args[0]}\` didn't succeed in ${placeOf(folder) || 'this folder'}. Last lines of npm's output:\n${output.trim().split('\n').slice(-15).join('\n')}\nCheck the network, the disk space and, for native modules, the C++ compiler. Then run the command again.`,
		);
	console.log(`  Done in ${seconds()}.`);
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
