import { readFileSync } from 'node:fs';
import Module from 'node:module';
import { transformSync } from '@swc/core';

/** @typedef {NodeModule & { _compile: (code: string, file: string) => void }} Loaded */

/**
 * Lets `require` read the project's TypeScript as jest does. For commands that run the nodes from their sources: tsx cannot
 * load what a CommonJS module imports with `import()`.
 */
export function requireTypeScript() {
	const { _extensions } =
		/** @type {{ _extensions: Record<string, (loaded: Loaded, file: string) => void> }} */ (
			/** @type {unknown} */ (Module)
		);
	for (const [extension, syntax] of /** @type {const} */ ([
		['.ts', 'typescript'],
		['.mts', 'typescript'],
		['.mjs', 'ecmascript'],
	])) {
		_extensions[extension] = (loaded, file) => {
			const { code } = transformSync(readFileSync(file, 'utf8'), {
				filename: file,
				jsc: { parser: { syntax }, target: 'es2022' },
				module: { type: 'commonjs' },
				sourceMaps: 'inline',
			});
			loaded._compile(code, file);
		};
	}
}
