import config from './jest.config.mjs';

/** The same tests with the coverage of the package's code: `npm run coverage`. */
export default {
	...config,
	collectCoverage: true,
	collectCoverageFrom: ['nodes/**/*.ts', 'transport/**/*.ts', 'credentials/**/*.ts'],
	// The text of this function is an expression that n8n evaluates: counters in it would not be known there.
	coveragePathIgnorePatterns: ['/node_modules/', '/outputs\\.ts$'],
	coverageDirectory: 'coverage',
	coverageReporters: ['text', 'json-summary', 'lcovonly'],
	// What is reached today, rounded down; the goal is 95 for branches of nodes/ too. Only ever raise these.
	coverageThreshold: {
		'./nodes/': { lines: 95, branches: 90 },
		'./transport/': { lines: 95, branches: 95 },
	},
};
