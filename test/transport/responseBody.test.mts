import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { createUnzip, gzipSync } from 'node:zlib';
import { authenticate } from '../../credentials/authenticate.ts';
import { resetProcessState } from '../../transport/processState.ts';
import { MAX_RESPONSE_MB, withContent } from '../../transport/responseBody.ts';
import { runNode } from '../support/n8n.mts';
import { OUTBOUND, send, TOKENS, useSandbox } from '../support/sandbox.mts';

/* How much is read of a response, and that its connection is closed. */

const sandbox = useSandbox();
const MEGABYTE = 1024 * 1024;
const NUMBERS = '/v1.0/numbers';
const JSON_TYPE = { 'content-type': 'application/json' };
const BOMB_MB = 400;
/** Many compressed files in a row are one. */
const bomb = Buffer.concat(Array(BOMB_MB).fill(gzipSync(Buffer.alloc(MEGABYTE, ' '))));
const part = Math.ceil(bomb.length / 20);
const piece = (index: number) => bomb.subarray(index * part, (index + 1) * part);
const list = { resource: 'number', operation: 'getAll', returnAll: false, limit: 5 };
const message = `Telegent returned an unreadable response (larger than ${MAX_RESPONSE_MB} MB or 2 million values)`;

let server: Server;
let answer: RequestListener;
let requests: string[];
let onToken: RequestListener | undefined;

beforeEach(async () => {
	resetProcessState();
	[requests, onToken] = [[], undefined];
	server = createServer((request, response) => {
		const path = String(request.url).split('?')[0];
		requests.push(path);
		if (path !== TOKENS) return answer(request, response);
		if (onToken) return onToken(request, response);
		response.writeHead(200, JSON_TYPE).end('{"token":"abcdef","successful":true}');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
	jest.restoreAllMocks();
	server.closeAllConnections();
	server.close();
});

const credential = () => ({
	...sandbox.credential,
	baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
});
const run = async (parameters: object) => await runNode({ credential: credential(), parameters } as never);

/** Writes spaces without end, unless the other side closes. */
function pourInto(response: ServerResponse, status = 200): Promise<number> {
	const piece = Buffer.alloc(MEGABYTE, ' ');
	let megabytes = 0;
	response.writeHead(status, JSON_TYPE);
	const more = () => {
		if (response.destroyed || megabytes >= 2 * BOMB_MB) return;
		megabytes++;
		if (response.write(piece)) setImmediate(more);
		else response.once('drain', more);
	};
	more();
	return new Promise((resolve) => response.on('close', () => resolve(megabytes)));
}

const many = (value: string, count: number) => `[${Array(count).fill(value).join()}]`;

test.each([
	['3 million empty objects', many('{}', 3_000_000), 'unsure'],
	['3 million lists in lists', '['.repeat(3_000_000), 'unsure'],
	['an object of 3 million keys', `{${Array(3_000_000).fill('"a":1').join()}}`, 'unsure'],
])('a send does not parse a compressed response of %s', async (_what, body, outcome) => {
	answer = (_request, response) =>
		void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync(body));
	const parse = jest.spyOn(JSON, 'parse');
	const { error } = await run(send('+18015550123'));
	expect(error).toMatchObject({ message, context: { outcome } });
	expect(parse.mock.calls.filter(([text]) => String(text).length > MEGABYTE)).toEqual([]);
});

test('a response of many values is read, and so is a picture with commas', async () => {
	const values = `{"Values":${many('1', 1_800_000)}}`;
	for (const body of [values, JSON.stringify({ MessageId: 'A', Media: 'a,'.repeat(900_000) })]) {
		answer = (_request, response) => void response.writeHead(200, JSON_TYPE).end(body);
		expect((await run(send('+18015550123'))).error?.message ?? '').not.toContain('larger');
	}
});

test.each([
	['a send', send('+18015550123'), OUTBOUND, 'unsure', /check Message → Get Many/],
	['a list', list, NUMBERS, 'notDone', /^Request fewer records at once/],
])('%s reads a body without end up to the limit, and closes its connection', async (...args) => {
	const [, parameters, path, outcome, hint] = args;
	let poured: Promise<number> | undefined;
	answer = (_request, response) => void (poured = pourInto(response));
	const { error } = await run(parameters);
	expect(error).toMatchObject({ message, description: expect.stringMatching(hint), context: { outcome } });
	expect(requests).toEqual([TOKENS, expect.stringContaining(path)]);
	expect(await poured).toBeLessThan(2 * MAX_RESPONSE_MB);
});

test('a compression bomb is not unpacked beyond the limit', async () => {
	answer = (_request, response) =>
		void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb);
	const { error } = await run(send('+18015550123'));
	expect(error).toMatchObject({ message, context: { outcome: 'unsure' } });
	const unzip = Readable.from([...Array(20).keys()].map(piece)).pipe(createUnzip());
	const abort = jest.fn();
	expect(await withContent({ statusCode: 200, headers: {}, body: unzip } as never, abort)).toBeUndefined();
	expect(abort).toHaveBeenCalledTimes(1);
	expect([unzip.destroyed, unzip.bytesWritten < bomb.length / 2]).toEqual([true, true]);
});

test('a refusal with a body without end is a refusal', async () => {
	let poured: Promise<number> | undefined;
	answer = (_request, response) => void (poured = pourInto(response, 422));
	const { error } = await run(send('+18015550123'));
	expect(error).toMatchObject({ httpCode: '422', context: { outcome: 'notDone' } });
	expect(await poured).toBeLessThan(2 * MAX_RESPONSE_MB);
});

test('a token without end sends nothing, in the node and in n8n’s HTTP Request node', async () => {
	const poured: Array<Promise<number>> = [];
	onToken = (_request, response) => void poured.push(pourInto(response));
	const { error } = await run(send('+18015550123'));
	expect(error).toMatchObject({
		message: "The 'Base URL' in the Telegent credential doesn't lead to Telegent",
		description: expect.stringContaining('Nothing was sent'),
		context: { outcome: 'notDone' },
	});
	resetProcessState();
	const request = { url: `${credential().baseUrl}${NUMBERS}` };
	await expect(authenticate(credential() as never, request)).rejects.toThrow(/doesn't lead to Telegent/);
	expect(requests).toEqual([TOKENS, TOKENS]);
	expect(Math.max(...(await Promise.all(poured)))).toBeLessThan(2 * MAX_RESPONSE_MB);
});

test.each([
	['{"a":1}', { a: 1 }],
	['\uFEFF{"a":1}', { a: 1 }],
	['', ''],
	['<html>', '<html>'],
])('%j is read as n8n reads it', async (text, body) => {
	async function* halves() {
		const bytes = Buffer.from(text);
		yield bytes.subarray(0, 2);
		yield bytes.subarray(2);
	}
	const response = { statusCode: 200, headers: {}, body: halves() } as never;
	expect(await withContent(response, () => {})).toMatchObject({ statusCode: 200, body });
});

test('what ends a body carries its code, but not the request, which has the token', async () => {
	async function* broken(): AsyncGenerator<Buffer> {
		throw Object.assign(new Error('aborted'), { code: 'ECONNRESET', config: { headers: 'secret' } });
	}
	const response = { statusCode: 200, headers: {}, body: broken() } as never;
	const error: unknown = await withContent(response, () => {}).catch((reason: unknown) => reason);
	expect(error).toMatchObject({ message: 'aborted', code: 'ECONNRESET' });
	expect(Object.keys(error as object)).toEqual(['code']);
});
