import { createConnection } from 'node:net';
import { parseArgs } from 'node:util';
import { SetupError } from './child.mjs';

const USAGE = `Starts n8n with the Telegent nodes and the local sandbox of the Telegent API on this computer.

  npm start -- [--n8n-port 5678] [--api-port 4010] [--queue] [--watch]

  --n8n-port  the port of the n8n editor (or TELEGENT_N8N_PORT)
  --api-port  the port of the sandbox API and the phone simulator (or TELEGENT_SANDBOX_PORT)
  --queue     n8n in queue mode: Redis, PostgreSQL, a main process, two workers and a webhook process
  --watch     build and restart n8n when a source file changes (npm run dev)`;

/**
 * @typedef {{ n8nPort: number, apiPort: number }} Ports
 * @typedef {Ports & { queue: boolean, watch: boolean }} StartOptions
 */

/**
 * The options of `npm start`.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {StartOptions | undefined} undefined when help was asked for, and given
 */
export function startOptions(args, env) {
	const values = parsed(args);
	if (values.help) return void console.log(USAGE);
	const n8nPort = portNumber('--n8n-port', values['n8n-port'] ?? (env.TELEGENT_N8N_PORT || '5678'));
	const apiPort = portNumber('--api-port', values['api-port'] ?? (env.TELEGENT_SANDBOX_PORT || '4010'));
	if (n8nPort === apiPort) throw new SetupError('n8n and the sandbox API need different ports.');
	return { n8nPort, apiPort, queue: values.queue ?? false, watch: values.watch ?? false };
}

/** @param {string[]} args */
function parsed(args) {
	try {
		return parseArgs({
			args,
			options: {
				'n8n-port': { type: 'string' },
				'api-port': { type: 'string' },
				queue: { type: 'boolean' },
				watch: { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		}).values;
	} catch (error) {
		throw new SetupError(`${/** @type {Error} */ (error).message}\n\n${USAGE}`);
	}
}

/**
 * @param {string} option
 * @param {string} text
 */
function portNumber(option, text) {
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new SetupError(`${option} must be a port number from 1 to 65535, not "${text}".`);
}

/**
 * @param {Ports} ports
 * @throws {SetupError} naming a port that is taken, and how to choose another
 */
export async function refuseTakenPorts({ n8nPort, apiPort }) {
	for (const [who, port, option] of /** @type {const} */ ([
		['n8n', n8nPort, '--n8n-port'],
		['the sandbox API', apiPort, '--api-port'],
	])) {
		if (await isTaken(port))
			throw new SetupError(
				`Port ${port} (needed by ${who}) is already in use, perhaps by another running local sandbox. Stop it, or use another port: npm start -- ${option} ${port + 2}`,
			);
	}
}

/**
 * @param {number} port
 * @returns {Promise<boolean>} whether something listens there
 */
function isTaken(port) {
	return new Promise((resolve) => {
		const socket = createConnection({ port, host: '127.0.0.1', timeout: 2_000 });
		const tell = (/** @type {boolean} */ taken) => {
			socket.destroy();
			resolve(taken);
		};
		socket.once('connect', () => tell(true));
		for (const event of ['error', 'timeout']) socket.once(event, () => tell(false));
	});
}
