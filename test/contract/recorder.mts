import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { find, type ContractOperation, type Json } from '../../scripts/lib/contract.mts';
import { answerFor } from './documentedAnswer.mts';

/** A request as it arrived. */
export interface Recorded {
	method: string;
	path: string;
	query: Json;
	/** The text of the body; empty where there was none. */
	body: string;
	contentType?: string;
}

export interface Recorder {
	url: string;
	/** What arrived since the last call of `take`, without token requests, oldest first. */
	take(): Recorded[];
	close(): Promise<void>;
}

const TOKENS = '/v1.0/oauth2/tokens';

/** A server on loopback that gives tokens, answers what the contract documents, and remembers what it was asked. */
export async function startRecorder(): Promise<Recorder> {
	let calls: Recorded[] = [];
	const server = createServer((request, response) => {
		void record(request).then((recorded) => {
			if (recorded.path === TOKENS) return send(response, token());
			calls.push(recorded);
			const operation = find(`${recorded.method} ${recorded.path}`);
			return operation ? send(response, answer(operation)) : send(response, { Message: 'No such path' }, 404);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		take() {
			const taken = calls;
			calls = [];
			return taken;
		},
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

async function record(request: IncomingMessage): Promise<Recorded> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const url = new URL(request.url ?? '/', 'http://localhost');
	const query: Json = {};
	for (const [name, value] of url.searchParams) {
		query[name] = name in query ? [query[name], value].flat() : value;
	}
	return {
		method: request.method ?? '',
		path: url.pathname,
		query,
		body: Buffer.concat(chunks).toString('utf8'),
		contentType: request.headers['content-type'],
	};
}

function send(response: ServerResponse, body: unknown, status = 200): void {
	response.writeHead(status, { 'Content-Type': 'application/json' });
	response.end(body === undefined ? '' : JSON.stringify(body));
}

function token(): Json {
	return { token: 'token', successful: true, tokenExpiry: '05/02/2099 06:36:13 PM' };
}

function answer(operation: ContractOperation): unknown {
	return answerFor(operation);
}
