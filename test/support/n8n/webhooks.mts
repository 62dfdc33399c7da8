import { EventEmitter } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse as parseQuery } from 'node:querystring';

/* The part of n8n's server that receives webhooks: requests as its body parser leaves them, responses as nodes give them. */

/** A request as it arrives. */
export interface Call {
	method?: string;
	headers?: Record<string, string>;
	text?: string;
	query?: string;
}

export interface Answer {
	status: number;
	body: unknown;
}

/** A server on this machine whose requests `answer` answers, by their path. */
export async function serve(answer: (path: string, call: Call) => Promise<Answer>): Promise<WebhookServer> {
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const [path, query] = (request.url ?? '').split('?') as [string, string?];
		const { body, status } = await answer(path, {
			method: request.method,
			headers: request.headers as Record<string, string>,
			text: Buffer.concat(chunks).toString('utf8'),
			query,
		});
		response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return new WebhookServer(server);
}

export class WebhookServer {
	readonly url: string;

	constructor(private readonly server: Server) {
		this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	}

	async stop(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

/** The request as nodes see it; undefined where n8n cannot parse its body. */
export function parsedRequest({ headers = {}, method = 'POST', query = '', text = '' }: Call) {
	const rawBody = text === '' ? undefined : Buffer.from(text, 'utf8');
	const contentType = (headers['content-type'] ?? '').split(';')[0].toLowerCase();
	const parsed = parseBody(contentType, text);
	if (!parsed) return undefined;
	const request = {
		method,
		headers,
		body: parsed.body,
		rawBody: parsed.body === undefined ? undefined : rawBody,
		query: { ...parseQuery(query) },
		// n8n leaves to the node what it does not parse.
		async readRawBody() {
			request.rawBody ??= rawBody;
		},
	};
	return request;
}

/** What n8n makes of a body before it calls the node. */
function parseBody(contentType: string, text: string): { body?: unknown } | undefined {
	try {
		if (contentType === 'application/json')
			return text === '' ? {} : { body: JSON.parse(text.replace(/^\uFEFF/, '')) };
		if (contentType === 'application/x-www-form-urlencoded') return { body: { ...parseQuery(text) } };
		return contentType === 'text/plain' ? { body: text } : {};
	} catch {
		return undefined;
	}
}

/** As much of an Express response as nodes use. */
export class Response extends EventEmitter {
	statusCode = 200;

	body: unknown;

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	json(body: unknown): this {
		this.end(this.statusCode, body);
		return this;
	}

	end(status: number, body: unknown): Answer {
		this.statusCode = status;
		this.body = body;
		this.emit('finish');
		return { status, body };
	}
}
