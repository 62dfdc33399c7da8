const swc = (/** @type {'typescript' | 'ecmascript'} */ syntax) => [
	'@swc/jest',
	{ jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** The scenarios in a real n8n: `npm run test:e2e` starts n8n first, then these, one after the other. */
export default {
	testEnvironment: 'node',
	roots: ['<rootDir>/test/e2e'],
	testMatch: ['<rootDir>/test/e2e/**/*.test.mts'],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json'],
	transform: { '^.+\\.m?ts$': swc('typescript'), '/scripts/.+\\.mjs$': swc('ecmascript') },
	maxWorkers: 1,
	verbose: true,
	testTimeout: 240_000,
};
