/** `npm run build:watch`: builds now, and again whenever a source file changes. */
import { watch } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { SOURCES, build, digestOf } from './build.mjs';
import { SetupError, main, root } from './setup.mjs';

const FOLDERS = ['credentials', 'nodes', 'transport'];

/** Editors write a file in several steps. */
const SETTLE_MS = 200;

/**
 * Watches from now on: call it when the package has just been built.
 * @returns {() => Promise<void>} resolves when the sources have changed and could be built; a build that does not
 * succeed is shown, and the wait continues
 */
export function watchSources() {
	let built = digestOf(SOURCES);
	return async () => {
		for (;;) {
			// Not only events: a file may have changed while no one was waiting.
			while (digestOf(SOURCES) === built) await nextChange();
			built = digestOf(SOURCES);
			if (tryBuild()) return;
		}
	};
}

/** @returns {Promise<void>} */
function nextChange() {
	return new Promise((resolve) => {
		/** @type {NodeJS.Timeout | undefined} */
		let timer;
		const watchers = FOLDERS.map((folder) => watch(path.join(root, folder), { recursive: true }, changed));
		function changed() {
			clearTimeout(timer);
			timer = setTimeout(() => {
				for (const watcher of watchers) watcher.close();
				resolve();
			}, SETTLE_MS);
		}
	});
}

/** @returns {boolean} whether there is a new build */
function tryBuild() {
	console.log('Building the package.');
	try {
		build();
		return true;
	} catch (error) {
		if (!(error instanceof SetupError)) throw error;
		console.error(`${error.message}\nWaiting for the next change.`);
		return false;
	}
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	await main(async () => {
		tryBuild();
		const nextBuild = watchSources();
		for (;;) await nextBuild();
	});
}
