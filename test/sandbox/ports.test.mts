import { createServer } from 'node:net';
import { freePort } from '../../sandbox/n8n/ports.mts';

/** Linux gives ports from here on to outgoing connections. */
const FIRST_OF_OUTGOING = 32_768;

const listenOn = (port: number) =>
	new Promise<() => Promise<void>>((resolve, reject) => {
		const server = createServer();
		const close = async () => await new Promise<void>((closed) => server.close(() => closed()));
		server.once('error', reject).listen(port, '127.0.0.1', () => resolve(close));
	});

describe('A free port for a server to be started', () => {
	test('is none that an outgoing connection takes before the server listens', async () => {
		const ports = await Promise.all(Array.from({ length: 20 }, freePort));
		expect(ports.filter((port) => port >= FIRST_OF_OUTGOING)).toEqual([]);
		expect(new Set(ports).size).toBe(20);
	});

	test('is none that another server has', async () => {
		const port = await freePort();
		const close = await Promise.all([port + 1, port + 2].map(listenOn));
		expect(await freePort()).toBe(port + 3);
		await Promise.all(close.map(async (one) => await one()));
	});
});
