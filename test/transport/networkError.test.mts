import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import axios from 'axios';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';
import { brokenOff, type NetworkError } from '../../transport/networkError.ts';
import { SELF_SIGNED } from '../support/certificate.mts';

/* Real connections that end in each phase. What n8n's helper throws is axios's error inside its own. */

const node = {
	id: '1',
	name: 'Telegent',
	type: 't',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
} as INode;
const servers: Server[] = [];
const clients: Socket[] = [];
const remember = (message: unknown) => clients.push((message as { socket: Socket }).socket);

beforeAll(() => subscribe('net.client.socket', remember));
beforeEach(() => void clients.splice(0));
afterEach(() => servers.splice(0).forEach((server) => server.close()));
afterAll(() => unsubscribe('net.client.socket', remember));

async function listen(server: Server): Promise<number> {
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, resolve));
	return (server.address() as AddressInfo).port;
}

async function errorOf(url: string): Promise<NetworkError> {
	const request = { url, method: 'post', data: { To: '+1' }, maxRedirects: 0, proxy: false } as const;
	const error = await axios(request).then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	return new NodeApiError(node, error as JsonObject) as NetworkError;
}

/** A server that has read the request when the client's system reports `code` on the established connection. */
async function breaking(code: string): Promise<string> {
	const server = createServer((request) =>
		request.resume().on('end', () => {
			const error = Object.assign(new Error(`read ${code}`), { code, errno: -113, syscall: 'read' });
			for (const client of clients) client.destroy(error);
		}),
	);
	return `http://127.0.0.1:${await listen(server)}/`;
}

describe('after the request was sent', () => {
	test.each(['EHOSTUNREACH', 'ENETUNREACH', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENETDOWN'])(
		'%s on an established connection says nothing about what was done',
		async (code) => {
			expect(brokenOff(await errorOf(await breaking(code)))).toEqual({
				sent: true,
				message: 'The connection to Telegent was lost before a response arrived',
			});
		},
	);

	test('the server closes the connection', async () => {
		const port = await listen(createServer((request) => request.socket.destroy()));
		expect(brokenOff(await errorOf(`http://127.0.0.1:${port}/`))).toMatchObject({ sent: true });
	});

	test('the server resets the connection', async () => {
		const port = await listen(
			createTcpServer((socket) => socket.on('error', () => {}).once('data', () => socket.resetAndDestroy())),
		);
		expect(brokenOff(await errorOf(`http://127.0.0.1:${port}/`))).toMatchObject({ sent: true });
	});

	test('the server closes a TLS connection', async () => {
		const server = createTlsServer(SELF_SIGNED, (request) => request.socket.destroy());
		const port = await listen(server);
		const error = await axios({
			url: `https://127.0.0.1:${port}/`,
			maxRedirects: 0,
			httpsAgent: new (await import('node:https')).Agent({ rejectUnauthorized: false }),
		}).catch((thrown: unknown) => thrown as NetworkError);
		expect(brokenOff(error as NetworkError)).toMatchObject({ sent: true });
	});
});

describe('before the request was sent', () => {
	const closedPort = async () => {
		const server = createTcpServer();
		const port = await listen(server);
		await new Promise((resolve) => server.close(resolve));
		return port;
	};

	test.each(['http://127.0.0.1', 'https://127.0.0.1', 'http://localhost'])(
		'nobody listens at %s',
		async (origin) => {
			expect(brokenOff(await errorOf(`${origin}:${await closedPort()}/`))).toEqual({
				sent: false,
				message: "Telegent can't be reached from this n8n",
			});
		},
	);

	test('no address of the host name can be reached', () => {
		const one = { code: 'EHOSTUNREACH', syscall: 'connect' };
		const cause = { code: 'ENETUNREACH', errors: [one, { ...one, code: 'ENETUNREACH' }] };
		expect(brokenOff({ code: 'ENETUNREACH', cause })).toMatchObject({ sent: false });
	});

	test('the host name does not exist', () => {
		const cause = { code: 'ENOTFOUND', syscall: 'getaddrinfo' };
		expect(brokenOff({ code: 'ENOTFOUND', cause })).toMatchObject({ sent: false });
	});

	test('the certificate is not trusted', async () => {
		const port = await listen(createTlsServer(SELF_SIGNED, (_, response) => response.end()));
		expect(brokenOff(await errorOf(`https://localhost:${port}/`))).toEqual({
			sent: false,
			message: "The certificate at the Base URL isn't trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
		});
	});

	test.each<[string, () => Server]>([
		['a server without TLS', () => createServer((_, response) => response.end('x'))],
		[
			'a connection reset during the handshake',
			() =>
				createTcpServer((socket) =>
					socket.on('error', () => {}).once('data', () => socket.resetAndDestroy()),
				),
		],
		[
			'a connection closed during the handshake',
			() => createTcpServer((socket) => socket.on('error', () => {}).once('data', () => socket.end())),
		],
	])('%s', async (_what, server) => {
		expect(brokenOff(await errorOf(`https://127.0.0.1:${await listen(server())}/`))).toEqual({
			sent: false,
			message: expect.stringMatching(
				/^A secure connection \(TLS\) to Telegent can't be established \(E\w+\)$/,
			),
		});
	});

	test('n8n blocks the IP address', () => {
		expect(brokenOff({ cause: { name: 'SsrfBlockedIpError' } })).toMatchObject({ sent: false });
	});
});

test('other errors are not network errors', () => {
	expect(brokenOff({ message: 'incorrect header check', code: 'Z_DATA_ERROR' })).toBeUndefined();
	expect(brokenOff({ message: 'Unexpected token', code: undefined })).toBeUndefined();
	expect(brokenOff({ code: 'ERR_CANCELED' })).toBeUndefined();
});

test('an error that is its own cause is handled', () => {
	const error: NetworkError = { message: 'odd' };
	error.cause = error;
	error.errors = [error, error];
	expect(brokenOff(error)).toBeUndefined();
});
