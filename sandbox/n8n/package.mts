import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { digestOf } from '../../scripts/build.mjs';
import { n8nFolder, root, runNpm } from '../../scripts/setup.mjs';

const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/** What npm packs. */
const PACKED = ['dist', 'package.json', 'README.md', 'LICENSE.md'];

/**
 * Puts this package into an n8n as a user's install would: packed, and installed from the tarball. Needs no
 * network, and does nothing when exactly this package is in place already.
 * @param userFolder n8n's N8N_USER_FOLDER
 * @throws Error when the build is not complete: n8n would leave the whole package out without a word
 */
export async function installPackage(userFolder: string): Promise<void> {
	const nodes = path.join(userFolder, '.n8n', 'nodes');
	// npm remembers the tarball's place, and needs it again when the user adds another package: it stays there.
	const packages = path.join(userFolder, 'packages');
	const mark = path.join(packages, 'installed');
	const digest = digestOf(PACKED);
	shareWorkflowPackage(userFolder);
	const installed = path.join(nodes, 'node_modules', 'n8n-nodes-telegent', 'package.json');
	if (existsSync(installed) && existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
	refuseIncomplete();
	mkdirSync(packages, { recursive: true });
	ownPackageJson(nodes);
	const tarball = await pack(packages);
	await npm(['install', tarball, '--force', '--offline', '--legacy-peer-deps', ...QUIET], nodes);
	writeFileSync(mark, digest);
}

/**
 * Gives the package n8n's own copy of n8n-workflow, as every n8n elsewhere does. Without it, Node.js finds the copy in
 * this project's node_modules above the user folder. n8n does not recognize the errors of that one (`instanceof`), and
 * logs them by the name of their class only.
 */
function shareWorkflowPackage(userFolder: string): void {
	const link = path.join(userFolder, 'node_modules', 'n8n-workflow');
	rmSync(link, { recursive: true, force: true });
	mkdirSync(path.dirname(link), { recursive: true });
	symlinkSync(path.join(n8nFolder, 'node_modules', 'n8n-workflow'), link, 'junction');
}

function refuseIncomplete(): void {
	const { n8n } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
		n8n: { credentials: string[]; nodes: string[] };
	};
	const missing = [...n8n.credentials, ...n8n.nodes].filter((file) => !existsSync(path.join(root, file)));
	if (missing.length > 0)
		throw new Error(
			`package.json names files that were not built: ${missing.join(', ')}. Run npm run build.`,
		);
}

/** As n8n makes it. Without it, npm would take the next package.json above for the one to install into. */
function ownPackageJson(nodes: string): void {
	mkdirSync(nodes, { recursive: true });
	const file = path.join(nodes, 'package.json');
	if (!existsSync(file))
		writeFileSync(file, '{ "name": "installed-nodes", "private": true, "dependencies": {} }');
}

/** Packs what `npm publish` would publish. */
async function pack(folder: string): Promise<string> {
	for (const old of readdirSync(folder).filter((file) => file.endsWith('.tgz')))
		rmSync(path.join(folder, old));
	await npm(['pack', root, '--pack-destination', folder, ...QUIET], root);
	const [tarball] = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
	return path.join(folder, tarball);
}

async function npm(args: string[], cwd: string): Promise<void> {
	const { ok, output } = await runNpm(args, cwd);
	if (!ok) throw new Error(`\`npm ${args[0]}\` of this package didn’t succeed:\n${output}`);
}
