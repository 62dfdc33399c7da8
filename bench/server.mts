import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The server under test, in a process of its own: responds to token requests, Telegent's and Twilio's sends after a
 * latency, and counts. Loopback only. The parent's messages: `{latencyMs}` sets the latency, `stats` asks for the
 * counts and sets them to zero. Ends with its parent.
 */
export interface ServerStats {
	requests: number;
	tokens: number;
	sends: number;
	connections: number;
	/** Requests that were under way at the same time. */
	most: number;
}

export type ServerMessage = { ready: string } | { stats: ServerStats };

const fresh = (): ServerStats => ({ requests: 0, tokens: 0, sends: 0, connections: 0, most: 0 });
let stats = fresh();
let latencyMs = 0;
let under = 0;
let sent = 0;

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token as Telegent's: a JWT that is valid for an hour. */
function token(scope: string): object {
	const iat = Math.floor(Date.now() / 1000);
	const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: 'bench', scope, iat, exp: iat + 3600, jti: randomUUID() })}`;
	const signature = createHmac('sha256', 'bench').update(signed).digest('base64url');
	return { token: `${signed}.${signature}`, successful: true, tokenExpiry: '01/01/2099 12:00:00 AM' };
}

/** The sandbox's response to a send. */
const telegentAnswer = ({
	From,
	To,
	Body,
}: {
	From: string;
	To: Array<{ Number: string }>;
	Body: string;
}) => ({
	MessageId: `TMID-${String(++sent).padStart(20, '0')}`,
	Direction: 'Outbound',
	Type: 'P2P',
	CampaignId: null,
	Cost: 0.0075,
	Status: 'Queued',
	To: To.map(({ Number }) => Number),
	From,
	Owner: From,
	Body,
	CreatedOn: '01/01/2025 12:00:00 AM',
	MessageType: 'sms',
});

/** Twilio's response to a send, from its documentation. */
const twilioAnswer = (form: URLSearchParams) => ({
	account_sid: 'ACbench',
	api_version: '2010-04-01',
	body: form.get('Body'),
	date_created: 'Wed, 01 Jan 2025 00:00:00 +0000',
	direction: 'outbound-api',
	error_code: null,
	error_message: null,
	from: form.get('From'),
	num_segments: '1',
	sid: `SM${String(++sent).padStart(32, '0')}`,
	status: 'queued',
	to: form.get('To'),
});

function answerTo(path: string, text: string): object {
	if (path === '/v1.0/oauth2/tokens') {
		stats.tokens++;
		return token((JSON.parse(text) as { ApiEndpoint: string }).ApiEndpoint);
	}
	stats.sends++;
	return path.endsWith('/Messages.json')
		? twilioAnswer(new URLSearchParams(text))
		: telegentAnswer(JSON.parse(text) as Parameters<typeof telegentAnswer>[0]);
}

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
	stats.requests++;
	stats.most = Math.max(stats.most, ++under);
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const answer = JSON.stringify(answerTo(request.url ?? '', Buffer.concat(chunks).toString()));
	const send = () => {
		under--;
		response.setHeader('content-type', 'application/json; charset=utf-8');
		response.end(answer);
	};
	if (latencyMs > 0) setTimeout(send, latencyMs);
	else send();
}

const server = createServer((request, response) => void handle(request, response));
server.keepAliveTimeout = 60_000;
server.on('connection', () => stats.connections++);

process.on('message', (message: { latencyMs: number } | 'stats') => {
	if (message !== 'stats') {
		latencyMs = message.latencyMs;
		return;
	}
	process.send?.({ stats } satisfies ServerMessage);
	stats = fresh();
});
process.on('disconnect', () => process.exit(0));

server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
	const { port } = server.address() as AddressInfo;
	process.send?.({ ready: `http://127.0.0.1:${port}` } satisfies ServerMessage);
});
