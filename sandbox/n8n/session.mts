import { Agent } from 'node:http';
import axios, { type AxiosInstance, type Method } from 'axios';

/** Who the sandbox's n8n belongs to. It listens on loopback only. */
export const OWNER = {
	email: 'owner@sandbox.local',
	password: 'Sandbox-2026',
	firstName: 'Sandbox',
	lastName: 'Owner',
};

/** n8n ties a login to the browser it was made in. */
const BROWSER = 'telegent-sandbox';

/** One request to n8n's own REST API. @returns the `data` of its response */
export type Call = <T>(method: Method, path: string, body?: unknown) => Promise<T>;

export interface Session {
	/** proves the login; n8n allows few logins a minute, so that a session is worth passing on */
	cookie: string;
	call: Call;
	/** what n8n serves outside `/rest`, such as `/types/nodes.json` */
	file: <T>(path: string) => Promise<T>;
}

/** An unsuccessful response of n8n. */
export class N8nAnswer extends Error {
	constructor(
		readonly status: number,
		readonly said: string,
		request: string,
	) {
		super(`n8n answered ${status} to ${request}: ${said}`);
	}
}

/**
 * Logs the owner in, and makes the owner first where n8n is new.
 * @param cookie of a session that is open already
 * @throws N8nAnswer when n8n belongs to another user
 */
export async function logIn(url: string, cookie?: string): Promise<Session> {
	const http = axios.create({
		baseURL: url,
		proxy: false,
		timeout: 60_000,
		// A connection that n8n closes at the very moment of the next request would fail it.
		httpAgent: new Agent({ keepAlive: false }),
		headers: { 'browser-id': BROWSER },
		validateStatus: () => true,
	});
	const call: Call = async (method, path, body) => unwrap(await send(http, method, `/rest${path}`, body));
	const proof = cookie ?? (await firstLogin(http, call));
	http.defaults.headers.common.Cookie = proof;
	return { cookie: proof, call, file: async <T,>(path: string) => (await send(http, 'GET', path)) as T };
}

async function firstLogin(http: AxiosInstance, call: Call): Promise<string> {
	const { userManagement } = await call<{ userManagement: { showSetupOnFirstLoad?: boolean } }>(
		'GET',
		'/settings',
	);
	if (userManagement.showSetupOnFirstLoad) await call('POST', '/owner/setup', OWNER);
	return await loginCookie(http);
}

async function loginCookie(http: AxiosInstance): Promise<string> {
	const response = await http.post('/rest/login', {
		emailOrLdapLoginId: OWNER.email,
		password: OWNER.password,
	});
	const cookies = response.headers['set-cookie'] ?? [];
	if (response.status !== 200)
		throw new N8nAnswer(response.status, messageOf(response.data), 'POST /rest/login');
	return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

async function send(http: AxiosInstance, method: Method, path: string, body?: unknown): Promise<unknown> {
	const { status, data } = await http.request<unknown>({ method, url: path, data: body });
	if (status < 200 || status > 299) throw new N8nAnswer(status, messageOf(data), `${method} ${path}`);
	return data;
}

/** Most responses are `{ data }`, lists of workflows are `{ count, data }`. */
function unwrap<T>(answer: unknown): T {
	return (answer as { data: T }).data;
}

function messageOf(data: unknown): string {
	const { message } = (data ?? {}) as { message?: unknown };
	return typeof message === 'string' ? message : JSON.stringify(data);
}
