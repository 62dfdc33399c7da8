import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios, { type AxiosAdapter, type AxiosResponse } from 'axios';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/api/server.mts';

export type Row = Record<string, any>;

export const MAIN = '+15005550100';
export const NOTIFICATIONS = '+15005550101';
export const TRACKER = '+15005550102';
export const SPARE = '+15005550103';
export const ANA = '+12025550142';
export const BEN = '+14155550117';

export const id = (prefix: string, count = 1): string =>
	`${prefix}5a4d0000-0000-4000-8000-${String(count).padStart(12, '0')}`;

export interface Client {
	sandbox: Sandbox;
	/** a call with a fresh token of its endpoint */
	call(route: string, request?: { query?: Row; body?: Row }): Promise<AxiosResponse>;
	/** the same, giving the body of an answer that must be 200 */
	ok(route: string, request?: { query?: Row; body?: Row }): Promise<any>;
	post(path: string, body: unknown, headers?: Row): Promise<AxiosResponse>;
	get(path: string, headers?: Row): Promise<AxiosResponse>;
	token(path: string, change?: Row): Promise<AxiosResponse>;
	close(): Promise<void>;
}

/** Has axios make its requests in this process. */
function throughInject({ inject }: Sandbox): AxiosAdapter {
	return async (config) => {
		const url = new URL(axios.getUri(config));
		const { body, headers, statusCode, statusMessage } = await inject({
			method: config.method as 'GET',
			url: url.pathname + url.search,
			headers: config.headers.toJSON() as IncomingHttpHeaders,
			payload: config.data as string,
		});
		const response = { data: body, status: statusCode, statusText: statusMessage, config };
		return { ...response, headers: headers as AxiosResponse['headers'] };
	};
}

/** A sandbox without a rate limit and, unless `listen` is true, without a socket; and a client that does not throw. */
export async function startClient(options: SandboxOptions = {}): Promise<Client> {
	const sandbox = await startSandbox({ requestsPerMinute: 0, listen: false, ...options });
	const adapter = options.listen ? undefined : throughInject(sandbox);
	const http = axios.create({ baseURL: sandbox.url, validateStatus: () => true, adapter });
	const token: Client['token'] = (path, change = {}) =>
		http.post('/v1.0/oauth2/tokens', {
			AccountKey: sandbox.accountKey,
			AccountSecret: sandbox.accountSecret,
			ApiEndpoint: `https://api.telegent.com${path}`,
			...change,
		});
	const call: Client['call'] = async (route, { query, body } = {}) => {
		const [method, path] = route.split(' ') as [string, string];
		const issued = await token(path);
		return await http.request({
			method,
			url: path,
			params: query,
			data: body,
			headers: { authorization: `Bearer ${issued.data.token}` },
		});
	};
	return {
		sandbox,
		token,
		call,
		ok: async (route, request) => {
			const answer = await call(route, request);
			if (answer.status !== 200) throw new Error(`${route}: ${answer.status} ${JSON.stringify(answer.data)}`);
			return answer.data;
		},
		post: (path, body, headers) => http.post(path, body, { headers }),
		get: (path, headers) => http.get(path, { headers }),
		close: () => sandbox.close(),
	};
}

export interface Heard {
	method: string;
	path: string;
	query: Row;
	headers: IncomingHttpHeaders;
	body: any;
}

export interface Listener {
	url: string;
	heard: Heard[];
	/** what the next calls are answered with; 200 when it is used up */
	answers: number[];
	close(): Promise<void>;
}

/** A local web server that remembers what it was sent: what a webhook of n8n would be. */
export async function startListener(): Promise<Listener> {
	const heard: Heard[] = [];
	const answers: number[] = [];
	const server: Server = createServer((request, response) => {
		let text = '';
		request.on('data', (part) => (text += part));
		request.on('end', () => {
			const url = new URL(request.url ?? '/', 'http://listener');
			heard.push({
				method: request.method ?? '',
				path: url.pathname,
				query: Object.fromEntries(url.searchParams),
				headers: request.headers,
				body: text ? JSON.parse(text) : undefined,
			});
			response.writeHead(answers.shift() ?? 200).end('heard');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		heard,
		answers,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** One sandbox a test file, as new before each test. */
export function useSandbox(options: SandboxOptions = {}): Client {
	const client = {} as Client;
	beforeAll(async () => void Object.assign(client, await startClient(options)));
	beforeEach(() => client.sandbox.control.reset({ settings: true }));
	afterAll(() => client.close());
	return client;
}

/** A listener a test file, with an empty memory before each test. */
export function useListener(): Listener {
	const listener = {} as Listener;
	beforeAll(async () => void Object.assign(listener, await startListener()));
	beforeEach(() => {
		listener.heard.length = 0;
		listener.answers.length = 0;
	});
	afterAll(() => listener.close());
	return listener;
}

export const send = (client: Client, body: Row = {}): Promise<AxiosResponse> =>
	client.call('POST /v1.0/message/outbound', {
		body: { To: [{ Number: ANA }], From: MAIN, Body: 'Hello', ...body },
	});
