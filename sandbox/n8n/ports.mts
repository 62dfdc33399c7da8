import { createServer } from 'node:net';

/**
 * Below the range that operating systems use for outgoing connections (Linux: 32,768 to 60,999). A port of that range can
 * be taken between the moment it was found free and the moment a server listens on it.
 */
const FIRST_PORT = 10_000;
const PORTS_PER_PROCESS = 100;
const PROCESSES = 200;

let next = 0;

/** A free port on loopback. Each process has its own range, so two that look at the same moment find different ports. */
export async function freePort(): Promise<number> {
	const first = FIRST_PORT + (process.pid % PROCESSES) * PORTS_PER_PROCESS;
	for (let tries = 0; tries < PORTS_PER_PROCESS; tries++) {
		const port = first + (next++ % PORTS_PER_PROCESS);
		if (await isFree(port)) return port;
	}
	throw new Error(`None of the ports ${first} to ${first + PORTS_PER_PROCESS - 1} is free.`);
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}
