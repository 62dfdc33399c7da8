process.env.N8N_LOG_LEVEL = 'silent';

const swc = (/** @type {'typescript' | 'ecmascript'} */ syntax) => [
	'@swc/jest',
	{ jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** The tests that need no n8n server: `npm test`. */
export default {
	testEnvironment: '<rootDir>/test/support/environment.mjs',
	testMatch: ['<rootDir>/test/**/*.test.mts'],
	testPathIgnorePatterns: [
		'/node_modules/',
		'<rootDir>/test/e2e/',
		'<rootDir>/sandbox/n8n(-1)?/',
		'<rootDir>/dist/',
	],
	modulePathIgnorePatterns: ['<rootDir>/sandbox/n8n(-1)?/', '<rootDir>/dist/', '<rootDir>/\\.sandbox/'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'json'],
	transform: {
		'^.+\\.m?ts$': swc('typescript'),
		'/scripts/.+\\.mjs$': swc('ecmascript'),
		// Fastify's `inject` requires it, and it is an ES module.
		'/node_modules/cookie/.+\\.js$': swc('ecmascript'),
	},
	transformIgnorePatterns: ['/node_modules/(?!cookie/)'],
	setupFiles: ['<rootDir>/test/support/fastCheck.mts'],
	testTimeout: 30_000,
	// Jest leaves one core free unless told: of two, half.
	maxWorkers: '100%',
};
