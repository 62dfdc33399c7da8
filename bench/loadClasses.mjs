import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

/**
 * Loads what n8n loads of a package when it starts, and prints how long that took. What n8n has loaded before any
 * package is not counted. Arguments: the folder of sandbox/n8n, then
 *
 * - `classes` and the files: `require`, and an object of each class;
 * - `packages` and the folders: n8n's own loader, which also reads the codex, finds the icons and looks through all
 *   properties. Only the last one counts: n8n's own packages go first, and what the loader does once is done then.
 *
 * Plain JavaScript: taking types off fills the heap, so that V8 collects garbage in the middle of what is measured.
 */
const [n8nFolder, way, ...places] = process.argv.slice(2);
const require = createRequire(path.join(n8nFolder, 'package.json'));
require('n8n-workflow');

/** @typedef {{ description?: { properties: import('n8n-workflow').INodeProperties[] } }} Loaded */

/** @returns {Loaded[]} */
function classes() {
	return places.map((file) => {
		const name = path.basename(file).split('.')[0];
		return new (require(file)[name])();
	});
}

/**
 * @param {string} folder
 * @returns {Promise<Loaded[]>}
 */
async function packageIn(folder) {
	/** @type {typeof import('n8n-core')} */
	const { PackageDirectoryLoader } = require('n8n-core');
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return loader.types.nodes.map((description) => ({ description }));
}

if (way === 'packages') {
	require('reflect-metadata');
	for (const folder of places.slice(0, -1)) await packageIn(folder);
}
const started = performance.now();
const objects = way === 'packages' ? await packageIn(places[places.length - 1]) : classes();
const ms = performance.now() - started;

const operations = objects
	.flatMap(({ description }) => description?.properties ?? [])
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options = [] }) => options).length;
console.log(JSON.stringify({ ms, operations }));
