import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refuseTakenPorts, startOptions } from '../../scripts/options.mjs';

describe('The options of npm start', () => {
	test('have defaults, which the environment changes, and the command line more so', () => {
		expect(startOptions([], {})).toEqual({ n8nPort: 5678, apiPort: 4010, queue: false, watch: false });
		const env = { TELEGENT_N8N_PORT: '6000', TELEGENT_SANDBOX_PORT: '6001' };
		expect(startOptions([], env)).toMatchObject({ n8nPort: 6000, apiPort: 6001 });
		expect(startOptions(['--n8n-port', '7000', '--watch'], env)).toEqual({
			n8nPort: 7000,
			apiPort: 6001,
			queue: false,
			watch: true,
		});
		expect(startOptions(['--queue'], {})).toMatchObject({ queue: true });
	});

	test.each([
		[['--n8n-port', '0'], '--n8n-port must be a port number from 1 to 65535, not "0".'],
		[['--api-port', 'x'], '--api-port must be a port number from 1 to 65535, not "x".'],
		[['--api-port', '5678'], 'n8n and the sandbox API need different ports.'],
		[['--port', '1'], /--port.*\n\nStarts n8n with the Telegent nodes/s],
	])('%j is refused in a sentence', (args, message) => {
		expect(() => startOptions(args, {})).toThrow(message);
	});

	test('--help shows the options and starts nothing', () => {
		const log = jest.spyOn(console, 'log').mockImplementation(() => {});
		expect(startOptions(['--help'], {})).toBeUndefined();
		expect(log).toHaveBeenCalledWith(expect.stringContaining('--n8n-port'));
		log.mockRestore();
	});
});

describe('A port', () => {
	let server: Server;
	beforeAll((done) => void (server = createServer().listen(0, '127.0.0.1', done)));
	afterAll((done) => void server.close(done));

	test('that is taken is refused with another to choose, a free one is not', async () => {
		const { port } = server.address() as AddressInfo;
		const free = 1;
		await expect(refuseTakenPorts({ n8nPort: port, apiPort: free })).rejects.toThrow(
			`Port ${port} (needed by n8n) is already in use`,
		);
		await expect(refuseTakenPorts({ n8nPort: free, apiPort: port })).rejects.toThrow(
			`npm start -- --api-port ${port + 2}`,
		);
		await expect(refuseTakenPorts({ n8nPort: free, apiPort: free })).resolves.toBeUndefined();
	});
});
