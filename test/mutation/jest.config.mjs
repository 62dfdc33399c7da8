import base from '../../jest.config.mjs';

const TYPESCRIPT = '^.+\\.m?ts$';
const [, options] = /** @type {[string, object]} */ (base.transform[TYPESCRIPT]);

/** The tests of `npm test`, with one line of the sources changed: see transformer.mjs. */
export default {
	...base,
	rootDir: '../..',
	transform: { ...base.transform, [TYPESCRIPT]: ['<rootDir>/test/mutation/transformer.mjs', options] },
};
