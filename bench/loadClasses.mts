import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/**
 * Loads files as n8n does when it starts, makes an object of each class, and prints how long that took. What n8n has
 * loaded before any node, n8n-workflow, is not counted. Arguments: the folder of sandbox/n8n, the files.
 */
const [n8nFolder, ...files] = process.argv.slice(2);
const require = createRequire(path.join(n8nFolder, 'package.json'));
require('n8n-workflow');

type Loaded = { description?: { properties: INodeProperties[] } };

const started = performance.now();
const objects = files.map((file) => {
	const name = path.basename(file).split('.')[0];
	return new (require(file) as Record<string, new () => Loaded>)[name]();
});
const ms = performance.now() - started;

const operations = objects
	.flatMap(({ description }) => description?.properties ?? [])
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options }) => options as INodePropertyOptions[]).length;
console.log(JSON.stringify({ ms, operations }));
