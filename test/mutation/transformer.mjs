import swc from '@swc/jest';

/**
 * Compiles like the transformer of `npm test`, but for the one source file that TELEGENT_MUTATION names: there it changes
 * a line first. The files themselves stay as they are. Jest keeps what it compiled by its content, so nothing of a
 * mutation is left behind.
 *
 * @typedef {{ path: string, find: string, replace: string }} Change
 */

/** @type {Change | null} */
const change = JSON.parse(process.env.TELEGENT_MUTATION ?? 'null');

/** @param {string} source @param {string} file */
const changed = (source, file) =>
	file === change?.path ? source.split(change.find).join(change.replace) : source;

export default {
	/** @param {Parameters<typeof swc.createTransformer>[0]} options */
	createTransformer(options) {
		const { getCacheKey, process: compile, ...rest } = swc.createTransformer(options);
		if (!getCacheKey || !compile) throw new Error('@swc/jest is no synchronous transformer any more');
		return {
			...rest,
			/** @type {typeof compile} */
			process: (source, file, more) => compile(changed(source, file), file, more),
			/** @type {typeof getCacheKey} */
			getCacheKey: (source, file, more) => getCacheKey(changed(source, file), file, more),
		};
	},
};
