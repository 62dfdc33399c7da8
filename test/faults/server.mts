import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server as TcpServer } from 'node:net';
import { find } from '../../scripts/lib/contract.mts';
import { answerFor } from '../contract/documentedAnswer.mts';
import { SELF_SIGNED } from '../support/certificate.mts';

/* A Telegent on this machine whose responses a test spoils. Many tests use it at a time: each has a folder of its own. */

export const TOKENS = 'POST /v1.0/oauth2/tokens';

/** A request as it arrived. */
export interface Call {
	/** Method and path: `GET /v1.0/numbers`. */
	key: string;
	query: string;
	/** The text of its body. */
	text: string;
	headers: IncomingMessage['headers'];
	/** Whether its response was spoiled. */
	spoiled: boolean;
	/** Whether what it asks for was done. */
	done: boolean;
}

export interface Exchange {
	call: Call;
	response: ServerResponse;
	/** Where another server listens, which nobody has a reason to call. */
	elsewhere: string;
	/** Does the work and gives the right response. */
	work: () => Promise<Answer>;
}

export interface Answer {
	status: number;
	text: string;
}

export type Respond = (exchange: Exchange) => unknown;

/** One client's Telegent. */
export interface Folder {
	baseUrl: string;
	/** All that arrived, without token requests unless those are spoiled, oldest first. */
	calls: Call[];
	tokens: number;
	/** Called for each request; gives what spoils its response. */
	spoil: (call: Call) => Respond | undefined;
	/** The right response to a request; what the contract documents by default. */
	answer: (call: Call) => Answer | Promise<Answer>;
}

/** Base URLs at which no request can be made. */
export interface DeadEnds {
	refused: string;
	untrusted: string;
	resetHandshake: string;
	noTls: string;
	/** A name that is too long to be asked for. */
	noName: string;
}

export interface FaultyServer {
	open(): Folder;
	/** The folder is of no use any more. */
	close(folder: Folder): void;
	deadEnds: DeadEnds;
	/** What arrived at a host that is not Telegent. */
	elsewhere: Array<{ url: string; headers: IncomingMessage['headers'] }>;
	elsewhereUrl: string;
	/** Requests to no open folder: to a path outside of the Base URL's, or after the test has ended. */
	strays: string[];
	stop(): Promise<void>;
}

let tokens = 0;

/** A token that lasts. */
const newToken = () =>
	['{"alg":"none"}', `{"iat":0,"exp":4102444800,"n":${++tokens}}`, 'signature']
		.map((part) => Buffer.from(part).toString('base64url'))
		.join('.');

/** What the contract documents. */
export function documented({ key }: Pick<Call, 'key'>): Answer {
	if (key === TOKENS) return { status: 200, text: JSON.stringify({ token: newToken(), successful: true }) };
	const operation = find(key);
	const body = operation ? answerFor(operation) : undefined;
	return { status: 200, text: JSON.stringify(body ?? { Successful: true }) };
}

export async function startFaultyServer(): Promise<FaultyServer> {
	const folders = new Map<string, Folder>();
	const elsewhere: FaultyServer['elsewhere'] = [];
	const strays: string[] = [];
	const other = createServer((request, response) => {
		elsewhere.push({ url: request.url ?? '', headers: request.headers });
		response.end('{"Successful":true,"Id":"elsewhere"}');
	});
	const otherUrl = `http://127.0.0.1:${await listen(other)}`;
	const server = createServer((request, response) => {
		const name = /^\/([^/]+)\//.exec(request.url ?? '')?.[1] ?? '';
		if (!folders.has(name)) strays.push(`${request.method} ${request.url}`);
		void respond(request, response, folders, otherUrl);
	});
	server.requestTimeout = 0;
	const origin = `http://127.0.0.1:${await listen(server)}`;
	const untrusted = createTlsServer(SELF_SIGNED, (_request, response) => response.end('{}'));
	const resetting = createTcpServer((socket) =>
		socket.on('error', () => {}).once('data', () => socket.resetAndDestroy()),
	);
	const all: TcpServer[] = [other, server, untrusted, resetting];
	const deadEnds = {
		refused: `http://127.0.0.1:${await closedPort()}`,
		untrusted: `https://localhost:${await listen(untrusted)}`,
		resetHandshake: `https://127.0.0.1:${await listen(resetting)}`,
		noTls: origin.replace('http:', 'https:'),
		noName: `http://${'a'.repeat(64)}.test`,
	};
	let count = 0;
	return {
		deadEnds,
		elsewhere,
		elsewhereUrl: otherUrl,
		strays,
		open() {
			const name = `account${++count}`;
			const folder: Folder = {
				...{ baseUrl: `${origin}/${name}`, calls: [], tokens: 0 },
				...{ spoil: () => undefined, answer: documented },
			};
			folders.set(name, folder);
			return folder;
		},
		close: ({ baseUrl }) => void folders.delete(baseUrl.split('/').at(-1) as string),
		async stop() {
			for (const one of all) (one as Partial<Server>).closeAllConnections?.();
			await Promise.all(all.map(async (one) => await new Promise((resolve) => one.close(resolve))));
		},
	};
}

async function listen(server: TcpServer): Promise<number> {
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
	const server = createTcpServer();
	const port = await listen(server);
	await new Promise((resolve) => server.close(resolve));
	return port;
}

async function respond(
	request: IncomingMessage,
	response: ServerResponse,
	folders: Map<string, Folder>,
	elsewhere: string,
): Promise<void> {
	const [, name, path, query = ''] = /^\/([^/]+)(\/[^?]*)\??(.*)$/.exec(request.url ?? '') ?? [];
	const folder = folders.get(name);
	// What a test that has ended still sends.
	if (!folder) return void request.socket.destroy();
	const text = await textOf(request);
	const { headers, method } = request;
	const call: Call = { key: `${method} ${path}`, query, text, headers, spoiled: false, done: false };
	const spoil = folder.spoil(call);
	if (call.key === TOKENS) folder.tokens++;
	if (call.key !== TOKENS || spoil) folder.calls.push(call);
	const work = async () => {
		call.done = true;
		return await folder.answer(call);
	};
	response.on('error', () => {});
	if (spoil) {
		call.spoiled = true;
		await spoil({ call, elsewhere, response, work });
		return;
	}
	const right = await work();
	response.writeHead(right.status, { 'content-type': 'application/json' }).end(right.text);
}

async function textOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
