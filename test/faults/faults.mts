import { createGzip, gzipSync } from 'node:zlib';
import type { Row } from './expected.mts';
import type { DeadEnds, Exchange, Respond } from './server.mts';

/** One way in which a request can go wrong. */
export interface Fault {
	name: string;
	/** What the contract promises for it: see expected.mts. */
	row: Row;
	/** Spoils the response. */
	respond?: Respond;
	/** Instead of a response: a Base URL where no request can be made. */
	deadEnd?: keyof DeadEnds;
	/** Takes until a time limit, which passes faster then. */
	slow?: true;
	/** Takes much memory or time, so that few are tried at once. */
	heavy?: true;
}

const MEGABYTE = 1024 * 1024;

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Respond =>
	text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });

const html = (status: number): Respond =>
	text(status, '<!DOCTYPE html><html><body><h1>Gateway</h1></body></html>', { 'content-type': 'text/html' });

function text(status: number, body: string, headers: Record<string, string> = {}): Respond {
	return ({ response }) => void response.writeHead(status, headers).end(body);
}

/** The work is done, and its response is lost or spoiled. */
const afterWork =
	(then: (exchange: Exchange, answer: string) => void): Respond =>
	async (exchange) =>
		then(exchange, (await exchange.work()).text);

const spoiled = (status: number, body: string, headers: Record<string, string> = {}): Respond =>
	afterWork(({ response }) => void response.writeHead(status, headers).end(body));

const refusal = (status: number) => json(status, { StatusCode: status, Message: 'Not this time' });

const limited = (name: string, retryAfter?: string): Fault => ({
	name: `429, ${name}`,
	row: 'limited',
	respond: json(
		429,
		{ StatusCode: 429, Message: 'Too many requests' },
		retryAfter === undefined ? {} : { 'retry-after': retryAfter },
	),
});

const redirect = (status: number): Fault => ({
	name: `${status} to another host`,
	row: 'unreadable',
	respond: afterWork(
		({ call, elsewhere, response }) =>
			void response.writeHead(status, { location: `${elsewhere}${call.key.split(' ')[1]}` }).end(),
	),
});

/** A value of another type than the given one, and so inside it. */
function otherType(value: unknown): unknown {
	if (Array.isArray(value)) return 'a text instead of a list';
	if (typeof value === 'object' && value !== null)
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, otherType(inner)]));
	return typeof value === 'string' ? { text: value } : [value];
}

const reset = ({ response }: Exchange) => response.socket?.resetAndDestroy();

/** More JSON than any response of Telegent has. */
const HUGE = 128 * MEGABYTE;
const piece = Buffer.alloc(MEGABYTE, ' ');

function pour(write: (chunk: Buffer) => boolean, drained: (then: () => void) => void, end: () => void): void {
	let left = HUGE / MEGABYTE;
	const more = () => {
		while (left > 0) {
			left--;
			if (!write(piece)) return drained(more);
		}
		end();
	};
	more();
}

const refusals: Fault[] = [
	{ name: '400', row: 'refused', respond: refusal(400) },
	{ name: '401', row: 'denied', respond: refusal(401) },
	{ name: '403', row: 'denied', respond: refusal(403) },
	{ name: '404', row: 'refused', respond: refusal(404) },
	{ name: '405, HTML', row: 'refused', respond: html(405) },
	{
		name: '422, lists of fields',
		row: 'refused',
		respond: json(422, { Title: 'Validation', Errors: { To: ['is not valid'] } }),
	},
	{
		name: '422, objects',
		row: 'refused',
		respond: json(422, { Errors: { To: [{ Code: 7, Text: { En: 'no' } }] } }),
	},
	{ name: '422, nothing in it', row: 'refused', respond: text(422, '') },
	{
		name: '200, Successful: false',
		row: 'refused',
		respond: json(200, { Successful: false, Message: 'Not this time' }),
	},
	{ name: '200, "successful": "False"', row: 'refused', respond: json(200, { successful: 'False' }) },
	{
		name: '200, StatusCode 400',
		row: 'refused',
		respond: json(200, { StatusCode: 400, Message: 'Not this time' }),
	},
	limited('no Retry-After'),
	limited('Retry-After 2', '2'),
	limited('Retry-After as a date', new Date(Date.now() + 3_000).toUTCString()),
	limited('huge Retry-After', '99999999999'),
	limited('negative Retry-After', '-5'),
	limited('unreadable Retry-After', 'soon'),
];

const doubtful: Fault[] = [
	{ name: '408', row: 'doubtful', respond: html(408) },
	{ name: '500', row: 'doubtful', respond: refusal(500) },
	{ name: '500 after the work', row: 'doubtful', respond: spoiled(500, '{"Message":"Later"}') },
	{ name: '502, HTML', row: 'doubtful', respond: html(502) },
	{ name: "503, Telegent's own", row: 'busy', respond: refusal(503) },
	{ name: '503, JSON of a gateway', row: 'doubtful', respond: json(503, { title: 'Later', status: 503 }) },
	{ name: '503, HTML', row: 'doubtful', respond: html(503) },
	{ name: '504', row: 'doubtful', respond: html(504) },
	{ name: '504 after the work', row: 'doubtful', respond: spoiled(504, '') },
	{ name: 'reset before the work', row: 'doubtful', respond: reset },
	{ name: 'reset after the work', row: 'doubtful', respond: afterWork(reset) },
	{
		name: 'reset during the response',
		row: 'doubtful',
		respond: afterWork((exchange, answer) => {
			const { response } = exchange;
			const length = Buffer.byteLength(answer);
			response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
			response.write(Buffer.from(answer).subarray(0, -2), () => reset(exchange));
		}),
	},
	{
		name: 'closed without a response',
		row: 'doubtful',
		respond: ({ response }) => void response.socket?.destroy(),
	},
	{ name: 'slow headers', row: 'doubtful', slow: true, respond: afterWork(() => {}) },
	{
		name: 'slow body',
		row: 'doubtful',
		slow: true,
		respond: afterWork(({ response }) => {
			response.writeHead(200, { 'content-type': 'application/json' }).write('{');
			const drip = setInterval(() => response.write(' '), 900);
			response.on('close', () => clearInterval(drip));
		}),
	},
	{
		name: 'chunked garbage',
		row: 'doubtful',
		respond: afterWork(
			({ response }) =>
				void response.socket?.end(
					'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n',
				),
		),
	},
	{
		name: 'no HTTP',
		row: 'doubtful',
		respond: afterWork(({ response }) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')),
	},
];

const unreadable: Fault[] = [
	...[302, 307, 308].map(redirect),
	{
		name: '200, HTML',
		row: 'unreadable',
		respond: spoiled(200, '<html>Welcome</html>', { 'content-type': 'text/html' }),
	},
	{
		name: '200, truncated JSON',
		row: 'unreadable',
		respond: afterWork(({ response }, answer) => void response.end(`{"Id": ${answer.slice(0, -1)}`)),
	},
	{
		name: '200, broken compression',
		row: 'unreadable',
		respond: afterWork(({ response }, answer) => {
			const packed = gzipSync(answer);
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			response.end(Buffer.concat([packed.subarray(0, 12), Buffer.from('garbage'), packed.subarray(12)]));
		}),
	},
	{
		name: '200, half of a compressed body',
		row: 'unreadable',
		respond: afterWork(({ response }, answer) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			response.end(gzipSync(answer).subarray(0, -12));
		}),
	},
	{
		name: '200, huge body',
		row: 'huge',
		heavy: true,
		respond: afterWork(({ response }, answer) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			pour(
				(chunk) => response.write(chunk),
				(then) => void response.once('drain', then),
				() => response.end(answer),
			);
		}),
	},
	{
		name: '200, compression bomb',
		row: 'huge',
		heavy: true,
		respond: afterWork(({ response }, answer) => {
			response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
			const zip = createGzip();
			zip.pipe(response).on('close', () => zip.destroy());
			pour(
				(chunk) => zip.write(chunk),
				(then) => void zip.once('drain', then),
				() => zip.end(answer),
			);
		}),
	},
];

const empty: Fault[] = [
	...['', 'null', '{}', '[null]', '"OK"', '7', 'true', 'OK'].map(
		(body): Fault => ({
			name: `200, ${body || 'nothing in it'}`,
			row: 'empty',
			respond: spoiled(200, body, { 'content-type': 'application/json' }),
		}),
	),
	{ name: '204', row: 'empty', respond: spoiled(204, '') },
];

const odd: Fault[] = [
	{
		name: '200, values of other types',
		row: 'odd',
		respond: afterWork(
			({ response }, answer) => void response.end(JSON.stringify(otherType(JSON.parse(answer)))),
		),
	},
	{ name: '200, a list of all kinds', row: 'odd', respond: spoiled(200, '[1,"text",null,[],true,{}]') },
	{
		name: '200, a list inside a list',
		row: 'odd',
		respond: afterWork(({ response }, answer) => void response.end(`[[${answer}]]`)),
	},
];

const deadEnds: Fault[] = [
	{ name: 'connection refused', row: 'unreachable', deadEnd: 'refused' },
	{ name: 'certificate not trusted', row: 'unreachable', deadEnd: 'untrusted' },
	{ name: 'reset during the TLS handshake', row: 'unreachable', deadEnd: 'resetHandshake' },
	{ name: 'https at a server without TLS', row: 'unreachable', deadEnd: 'noTls' },
	{ name: 'no such host name', row: 'unreachable', deadEnd: 'noName' },
];

export const faults: Fault[] = [...refusals, ...doubtful, ...unreadable, ...empty, ...odd, ...deadEnds];
