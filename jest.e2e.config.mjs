import { n8nMajor } from './scripts/n8nVersion.mjs';

const swc = (/** @type {'typescript' | 'ecmascript'} */ syntax) => [
	'@swc/jest',
	{ jsc: { parser: { syntax }, target: 'es2022' }, module: { type: 'commonjs' } },
];

/** `TELEGENT_E2E_QUEUE` is set by `npm run test:e2e -- --queue`, for the scenarios in queue mode. */
const alone = n8nMajor === 1 ? 'test/e2e/n8n1' : 'test/e2e';
const folder = process.env.TELEGENT_E2E_QUEUE ? 'test/e2e/queue' : alone;

/** The scenarios in a real n8n: `npm run test:e2e` starts n8n first, then these, two files at a time. */
export default {
	testEnvironment: 'node',
	roots: ['<rootDir>/test/e2e'],
	testMatch: [`<rootDir>/${folder}/*.test.mts`],
	moduleFileExtensions: ['mts', 'ts', 'mjs', 'js', 'json'],
	transform: { '^.+\\.m?ts$': swc('typescript'), '/scripts/.+\\.mjs$': swc('ecmascript') },
	maxWorkers: 1,
	verbose: true,
	testTimeout: 240_000,
};
