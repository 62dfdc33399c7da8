import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/**
 * A folder that must not import from others.
 * @param {string} target
 * @param {string | string[]} from
 * @param {string} message
 */
const zone = (target, from, message) => ({ target, from, message });

const NODES = ['./nodes/Telegent', './nodes/TelegentPollTrigger', './nodes/TelegentTrigger'];
const BELOW = 'Imports point down only: transport ← nodes/shared ← the nodes ← nodes/forms.ts.';
const BESIDE = 'The nodes never import each other: what several need stands in nodes/shared.';

/** The layers of the package and the size of its functions. n8n's own configuration must stay as it is. */
export default tseslint.config(
	{ ignores: ['**/node_modules/', 'dist/', 'coverage/', '.sandbox/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'off' } },
	{
		files: ['transport/**/*.ts', 'credentials/**/*.ts', 'nodes/**/*.ts'],
		languageOptions: { parser: tseslint.parser },
		plugins: { 'import-x': importX },
		settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.json'] })] },
		rules: {
			complexity: ['error', 12],
			'import-x/no-cycle': 'error',
			'import-x/no-restricted-paths': [
				'error',
				{
					zones: [
						zone('./transport', ['./nodes', './credentials'], BELOW),
						zone('./nodes/shared', [...NODES, './nodes/forms.ts'], BELOW),
						...NODES.map((node) =>
							zone(
								node,
								NODES.filter((other) => other !== node),
								BESIDE,
							),
						),
						// n8n loads a node by its *.node.ts, and forms.ts holds what n8n reads of it.
						zone('./nodes/!(shared)/!(*.node.ts)', './nodes/forms.ts', BELOW),
						zone('./nodes/!(shared)/*/**', './nodes/forms.ts', BELOW),
					],
				},
			],
		},
	},
);
