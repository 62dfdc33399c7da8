import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Random } from '../../sandbox/api/random.mts';

/*
 * A Telegent that fails now and then, in a process of its own, so that what it keeps does not count as memory of the
 * nodes. Loopback only. It sends, lists what it sent, newest first, and counts how often each message was sent. Ends with
 * its parent.
 */

/** How the parent's clock runs, so that the times in the list are those of the parent. */
export interface Setup {
	seed: number;
	/** Milliseconds since 1970: now, in the parent's faster time. */
	now: number;
	speed: number;
	messages: number;
}

export interface ServerCounts {
	requests: number;
	tokens: number;
	/** How often each message was sent, by its number. */
	times: number[];
	/** How often each fault came. */
	faults: Record<string, number>;
}

export type ServerMessage = { ready: string } | { counts: ServerCounts };

interface Listed {
	MessageId: string;
	From: string;
	To: string;
	Body: string;
	Direction: string;
	Status: string;
	CreatedAt: string;
}

interface Asked {
	path: string;
	query: URLSearchParams;
	text: string;
	token: string;
}

interface Fault {
	/** How many of 10,000 requests. */
	often: number;
	apply: (response: ServerResponse, work: () => string) => void;
}

const TOKEN_SECONDS = 600;

const json = (response: ServerResponse, status: number, text: string, headers = {}) =>
	response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
const refusal = (StatusCode: number, Message: string) => JSON.stringify({ StatusCode, Message });
const reset = (response: ServerResponse) => response.socket?.resetAndDestroy();

/** Half of the response arrives, then the connection ends. */
function cutOff(response: ServerResponse, text: string): void {
	response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
	response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
}

const FAULTS: Record<string, Fault> = {
	'429': {
		often: 5,
		apply: (response) => json(response, 429, refusal(429, 'Too many requests'), { 'retry-after': '2' }),
	},
	'400': { often: 50, apply: (response) => json(response, 400, refusal(400, 'This number is blocked')) },
	'503 of Telegent': { often: 30, apply: (response) => json(response, 503, refusal(503, 'Busy')) },
	'500 before the work': { often: 20, apply: (response) => json(response, 500, refusal(500, 'Sorry')) },
	'502 after the work': {
		often: 30,
		apply: (response, work) => {
			work();
			response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
		},
	},
	'reset before the work': { often: 20, apply: (response) => reset(response) },
	'reset after the work': {
		often: 30,
		apply: (response, work) => {
			work();
			reset(response);
		},
	},
	'truncated response': { often: 20, apply: (response, work) => cutOff(response, work()) },
	'half a JSON': {
		often: 20,
		apply: (response, work) => json(response, 200, work().slice(0, 40)),
	},
	'expired token': { often: 20, apply: (response) => json(response, 401, refusal(401, 'Token expired')) },
};

class Telegent {
	readonly counts: ServerCounts;

	private readonly random: Random;

	private readonly lists = new Map<string, Listed[]>();

	private readonly offset: number;

	private readonly began = performance.now();

	constructor(private readonly setup: Setup) {
		this.random = new Random(setup.seed);
		this.offset = setup.now;
		const faults = Object.fromEntries(Object.keys(FAULTS).map((name) => [name, 0]));
		this.counts = { requests: 0, tokens: 0, times: new Array<number>(setup.messages).fill(0), faults };
	}

	answer(asked: Asked, response: ServerResponse): void {
		this.counts.requests++;
		if (asked.path.endsWith('/tokens')) return void json(response, 200, this.token());
		if (!this.isValid(asked.token)) return void json(response, 401, refusal(401, 'Token expired'));
		const work = () => (asked.path.endsWith('/outbound') ? this.send(asked.text) : this.list(asked.query));
		const fault = this.fault();
		if (fault) fault.apply(response, work);
		else json(response, 200, work());
	}

	private fault(): Fault | undefined {
		let at = this.random.next() * 10_000;
		for (const [name, fault] of Object.entries(FAULTS)) {
			at -= fault.often;
			if (at >= 0) continue;
			this.counts.faults[name]++;
			return fault;
		}
		return undefined;
	}

	private now(): number {
		return this.offset + (performance.now() - this.began) * this.setup.speed;
	}

	private token(): string {
		this.counts.tokens++;
		const iat = Math.floor(this.now() / 1000);
		const claims = { iat, exp: iat + TOKEN_SECONDS, jti: this.counts.tokens };
		const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
		return JSON.stringify({ token: `${encode({ alg: 'HS256' })}.${encode(claims)}.soak`, successful: true });
	}

	private isValid(token: string): boolean {
		const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
		return claims !== '' && (JSON.parse(claims) as { exp: number }).exp * 1000 > this.now();
	}

	private send(text: string): string {
		const { Body, From, To } = JSON.parse(text) as {
			Body: string;
			From: string;
			To: Array<{ Number: string }>;
		};
		this.counts.times[Number(Body.split(' ')[1])]++;
		const [{ Number: to }] = To;
		const message: Listed = {
			...{ MessageId: `TMID-${String(this.counts.requests).padStart(20, '0')}`, From, To: to, Body },
			...{ Direction: 'outbound', Status: 'sent', CreatedAt: new Date(this.now()).toISOString() },
		};
		for (const number of [From, to]) {
			const list = this.lists.get(number) ?? [];
			list.push(message);
			this.lists.set(number, list);
		}
		return JSON.stringify({ ...message, To: To, Direction: 'Outbound', Status: 'Queued' });
	}

	/** Newest first. */
	private list(query: URLSearchParams): string {
		const all = this.lists.get(query.get('PhoneNumber') ?? '') ?? [];
		const [page, size] = [Number(query.get('Page')), Number(query.get('Results'))];
		const end = all.length - (page - 1) * size;
		const Messages = end > 0 ? all.slice(Math.max(0, end - size), end).reverse() : [];
		return JSON.stringify({ Messages, Total: all.length });
	}
}

async function askedBy(request: IncomingMessage): Promise<Asked> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://127.0.0.1');
	const token = String(request.headers.authorization ?? '').replace('Bearer ', '');
	return { path, query, text: Buffer.concat(chunks).toString(), token };
}

/** The whole of this process. */
export function serve(): void {
	let telegent: Telegent | undefined;
	const server = createServer((request, response) => {
		response.on('error', () => {});
		void askedBy(request).then(
			(asked) => telegent?.answer(asked, response),
			() => {},
		);
	});
	server.keepAliveTimeout = 60_000;
	process.on('message', (message: Setup | 'counts') => {
		if (message === 'counts')
			return void process.send?.({ counts: telegent!.counts } satisfies ServerMessage);
		telegent = new Telegent(message);
		server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 }, () => {
			const { port } = server.address() as AddressInfo;
			process.send?.({ ready: `http://127.0.0.1:${port}` } satisfies ServerMessage);
		});
	});
	process.on('disconnect', () => process.exit(0));
}
