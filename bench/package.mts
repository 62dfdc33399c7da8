import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compile } from '../scripts/build.mjs';
import { root } from '../scripts/setup.mjs';

/** Where the package under test stands, as n8n would have installed it: only `dist/`, beside n8n's own n8n-workflow. */
export const packageFolder = path.join(root, '.sandbox', 'bench', 'package');

/** Compiles the package into a folder of the benchmark's own, so that a build that runs meanwhile does not disturb. */
export function installPackage(): void {
	rmSync(packageFolder, { recursive: true, force: true });
	mkdirSync(path.join(packageFolder, 'node_modules'), { recursive: true });
	compile(path.join(packageFolder, 'dist'));
	cpSync(path.join(root, 'package.json'), path.join(packageFolder, 'package.json'));
	symlinkSync(
		path.join(root, 'sandbox', 'n8n', 'node_modules', 'n8n-workflow'),
		path.join(packageFolder, 'node_modules', 'n8n-workflow'),
		'dir',
	);
	writeFileSync(path.join(packageFolder, '.gitignore'), '*\n');
}
