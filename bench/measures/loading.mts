import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from '../../scripts/build.mjs';
import { n8nNode, root, run, SetupError } from '../../scripts/setup.mjs';
import { calm } from '../machine.mts';
import { packageFolder } from '../package.mts';
import type { Row } from '../report.mts';
import { kilobytes, median, ratio, spread, times } from '../stats.mts';

const loadClasses = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'loadClasses.mjs');
const n8nFolder = path.join(root, 'sandbox', 'n8n');
const nodesBase = path.join(n8nFolder, 'node_modules', 'n8n-nodes-base');

const OURS = ['Telegent', 'TelegentTrigger', 'TelegentPollTrigger'].map(
	(name) => `dist/nodes/${name}/${name}.node.js`,
);
const OUR_CREDENTIAL = 'dist/credentials/TelegentApi.credentials.js';
/** A node of n8n's, and its trigger. */
const filesOf = (name: string) => [name, `${name}Trigger`].map((one) => `dist/nodes/${name}/${one}.node.js`);

/** How much longer ours may take, with three nodes: see docs/decisions/programmatic-from-a-table.md. */
const MOST = 2;

interface Loaded {
	ms: number;
	operations: number;
}

interface Pair {
	/** n8n's node that ours is compared with */
	name: string;
	how: string;
	ours: () => Loaded;
	theirs: () => Loaded;
	goal?: number;
}

/** Loads in a fresh process; what `loadClasses.mjs` takes. */
function load(way: 'classes' | 'packages', places: string[]): Loaded {
	const args = [loadClasses, n8nFolder, way, ...places];
	const { status, stderr, stdout } = spawnSync(n8nNode, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as Loaded;
}

/** 5. What the package costs when n8n starts, and on the disk. */
export async function loading(rounds: number): Promise<Row[]> {
	const inside = (folder: string, files: string[]) => files.map((file) => path.join(folder, file));
	const ourNodes = inside(packageFolder, OURS);
	const ourClasses = inside(packageFolder, [...OURS, OUR_CREDENTIAL]);
	const twilioClasses = inside(nodesBase, filesOf('Twilio'));
	const empty = packageOf('empty', [], []);
	const byLoader = (folder: string) => () => load('packages', [empty, folder]);
	const loader = 'by n8n’s own loader, all nodes and the credential of each';
	const pairs: Pair[] = [
		{
			name: 'Twilio',
			how: loader,
			ours: byLoader(packageFolder),
			theirs: byLoader(n8nPackage('Twilio')),
			goal: MOST,
		},
		{
			name: 'Twilio',
			how: 'by require and new, all nodes of each',
			ours: () => load('classes', ourNodes),
			theirs: () => load('classes', twilioClasses),
			goal: MOST,
		},
		{
			name: 'Twilio',
			how: 'by require and new, our credential besides',
			ours: () => load('classes', ourClasses),
			theirs: () => load('classes', twilioClasses),
		},
		// n8n's messaging nodes with more than a few operations, the nearest to ours in size.
		...['Telegram', 'Slack'].map((name) => ({
			name,
			how: loader,
			ours: byLoader(packageFolder),
			theirs: byLoader(n8nPackage(name)),
		})),
	];
	const taken = pairs.map((pair) => ({ ...pair, loaded: [] as Loaded[][] }));
	for (let round = -1; round < rounds; round++) {
		await calm();
		for (const { loaded, ours, theirs } of taken) {
			const one = [ours(), theirs()];
			// The first round only brings the files into memory.
			if (round >= 0) loaded.push(one);
		}
	}
	return [...taken.map(({ loaded, ...pair }) => row(pair, loaded)), size()];
}

function row({ goal, how, name }: Pair, loaded: Loaded[][]): Row {
	const [ours, theirs] = [0, 1].map((who) => loaded.map((one) => one[who].ms));
	const [operations, theirOperations] = loaded[0].map((one) => one.operations);
	const slower = ratio(ours, theirs);
	const rounded = spread(ours.map((ms, round) => ms / theirs[round]));
	return {
		id: '5',
		measure: `Loading this package (${operations} operations) against the ${name} node (${theirOperations}), ${how}`,
		result: `${times(slower)} (${median(ours).toFixed(1)} / ${median(theirs).toFixed(1)} ms; rounds ${rounded})`,
		...(goal && { goal: `≤ ${goal} ×`, met: slower <= goal }),
		figures: { ours, theirs, operations, theirOperations },
	};
}

/** A package with one of n8n's own nodes, its trigger and its credential. */
function n8nPackage(name: string): string {
	const credential = `dist/credentials/${name}Api.credentials.js`;
	const folder = packageOf(name.toLowerCase(), filesOf(name), [credential]);
	symlinkSync(path.join(nodesBase, 'dist'), path.join(folder, 'dist'), 'dir');
	return folder;
}

/** A package beside ours, with as long a package.json, whose code is still to be put in. */
function packageOf(name: string, nodes: string[], credentials: string[]): string {
	const folder = path.join(path.dirname(packageFolder), name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const ours = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as object;
	const about = { ...ours, name: `n8n-nodes-${name}`, n8n: { nodes, credentials } };
	writeFileSync(path.join(folder, 'package.json'), JSON.stringify(about));
	return folder;
}

function size(): Row {
	buildIfNeeded();
	const { ok, output } = run('npm', ['pack', '--dry-run', '--json', '--loglevel=silent'], root);
	if (!ok) throw new SetupError(`The package could not be packed.\n${output}`);
	const [packed] = JSON.parse(output.slice(output.indexOf('['))) as Array<{
		size: number;
		unpackedSize: number;
		entryCount: number;
	}>;
	return {
		id: '5',
		measure: 'Tarball and unpacked size',
		result: `${kilobytes(packed.size)}, ${kilobytes(packed.unpackedSize)} in ${packed.entryCount} files`,
		figures: { size: packed.size, unpackedSize: packed.unpackedSize, files: packed.entryCount },
	};
}
