import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from '../../scripts/build.mjs';
import { n8nNode, root, run, SetupError } from '../../scripts/setup.mjs';
import { calm } from '../machine.mts';
import { packageFolder } from '../package.mts';
import type { Row } from '../report.mts';
import { kilobytes, median, ratio, spread, times } from '../stats.mts';

const loader = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'loadClasses.mts');
const n8nFolder = path.join(root, 'sandbox', 'n8n');
const nodesBase = path.join(n8nFolder, 'node_modules', 'n8n-nodes-base', 'dist', 'nodes');

const OURS = ['nodes/Telegent/Telegent.node.js', 'nodes/TelegentTrigger/TelegentTrigger.node.js'];
const CREDENTIAL = 'credentials/TelegentApi.credentials.js';
const TWILIO = ['Twilio/Twilio.node.js', 'Twilio/TwilioTrigger.node.js'];

interface Loaded {
	ms: number;
	operations: number;
}

/** Loads the files' classes in a fresh process that has n8n-workflow already. */
function load(files: string[]): Loaded {
	const args = ['--disable-warning=ExperimentalWarning', loader, n8nFolder, ...files];
	const { status, stderr, stdout } = spawnSync(n8nNode, args, { encoding: 'utf8' });
	if (status !== 0) throw new Error(stderr);
	return JSON.parse(stdout) as Loaded;
}

/** 5. What the package costs when n8n starts, and on the disk. */
export async function loading(rounds: number): Promise<Row[]> {
	const ours = [...OURS, CREDENTIAL].map((file) => path.join(packageFolder, 'dist', file));
	const twilio = TWILIO.map((file) => path.join(nodesBase, file));
	const figures = { ours: [] as number[], twilio: [] as number[], operations: 0, twilioOperations: 0 };
	for (let round = -1; round < rounds; round++) {
		await calm();
		const our = load(ours);
		const their = load(twilio);
		figures.operations = our.operations;
		figures.twilioOperations = their.operations;
		// The first round only brings the files into memory.
		if (round < 0) continue;
		figures.ours.push(our.ms);
		figures.twilio.push(their.ms);
	}
	const slower = ratio(figures.ours, figures.twilio);
	const rounded = spread(figures.ours.map((ms, round) => ms / figures.twilio[round]));
	return [
		{
			id: '5',
			measure: `Loading two nodes and the credential (${figures.operations} operations) against the Twilio node's two (${figures.twilioOperations})`,
			result: `${times(slower)} (${median(figures.ours).toFixed(1)} / ${median(figures.twilio).toFixed(1)} ms; rounds ${rounded})`,
			goal: '≤ 1.5 ×',
			met: slower <= 1.5,
			figures,
		},
		size(),
	];
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
