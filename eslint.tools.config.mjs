import tseslint from 'typescript-eslint';

/** Rules for everything that is not published: tests, sandbox, scripts, bench. n8n's own rules cover the package. */
export default tseslint.config(
	{ ignores: ['**/node_modules/', 'dist/', 'coverage/', '.sandbox/', '**/*.ts', '**/*.js'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.mts', '**/*.mjs'],
		extends: [tseslint.configs.recommendedTypeChecked],
		languageOptions: {
			parserOptions: { project: 'tsconfig.tools.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			// What comes from JSON and from n8n's loosely typed interfaces is `any`; jest's matchers are, too.
			'@typescript-eslint/no-unsafe-argument': 'off',
			'@typescript-eslint/no-unsafe-assignment': 'off',
			'@typescript-eslint/no-unsafe-call': 'off',
			'@typescript-eslint/no-unsafe-member-access': 'off',
			'@typescript-eslint/no-unsafe-return': 'off',
			// The same values are written as text, with String(…) or in a message; a wrong one is seen there.
			'@typescript-eslint/no-base-to-string': 'off',
			// n8n's interfaces and Fastify's handlers return promises, also where there is nothing to wait for.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
			],
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				// Numbers, lists, and what no type is left for after every case was handled.
				{ allowNumber: true, allowArray: true, allowNever: true },
			],
		},
	},
	{
		files: ['test/**/*.mts'],
		rules: {
			// `expect(object.method)` names a method without calling it.
			'@typescript-eslint/unbound-method': 'off',
			// Rows of tables and received messages, compared as one text each.
			'@typescript-eslint/restrict-template-expressions': 'off',
			// Request handlers of servers that only a test talks to.
			'@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
		},
	},
	{
		files: ['test/sandbox/**/*.mts'],
		rules: {
			// The answers of 126 operations, compared with the vendor's examples.
			'@typescript-eslint/no-explicit-any': 'off',
		},
	},
);
