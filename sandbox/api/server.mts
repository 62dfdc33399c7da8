import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { answerRequest, type ApiResponse, type ApiParts } from './api.mts';
import { createAccount } from './account.mts';
import type { Control } from './control.mts';
import { controlRoutes } from './controlRoutes.mts';
import { phonePage, phonePolicy } from './phone/page.mts';
import { pictures } from './phone/pictures.mts';
import { ACCOUNT_KEY, ACCOUNT_SECRET } from './ids.mts';
import type { Settings } from './settings.mts';
import { startPage, startPolicy, type StartPageFacts } from './startPage.mts';
import type { Row } from './state.mts';

export interface SandboxOptions {
	/** a loopback address; 127.0.0.1 by default */
	host?: string;
	/** 0 takes any free port */
	port?: number;
	/** false: no socket is opened, and requests come through `inject` */
	listen?: boolean;
	requestsPerMinute?: number;
	tokenSeconds?: number;
	latencyMs?: number;
	/** a line for each example workflow, as `npm start` has them */
	exampleLines?: boolean;
	/** where n8n is, for the page that says what runs */
	editorUrl?: string;
	/** of the generator of new ids and numbers */
	seed?: number;
	/** any other setting, see settings.mts */
	settings?: Partial<Settings>;
}

export interface Sandbox {
	url: string;
	port: number;
	accountKey: string;
	accountSecret: string;
	control: Control;
	/** Makes a request in this process, without a socket. */
	inject: FastifyInstance['inject'];
	close(): Promise<void>;
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;
const LARGEST_BODY = 32 * 1024 * 1024;

async function send(reply: FastifyReply, request: FastifyRequest, answer: ApiResponse): Promise<void> {
	if (answer.drop) {
		reply.hijack();
		request.raw.socket.destroy();
		return;
	}
	void reply.code(answer.status).headers(answer.headers);
	if (answer.body === undefined) await reply.send();
	else await reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
}

function addApi(app: FastifyInstance, parts: ApiParts): void {
	app.all('/*', async (request, reply) => {
		const answer = await answerRequest(parts, {
			method: request.method,
			path: (request.raw.url ?? '/').split('?')[0],
			query: { ...(request.query as Row) },
			headers: request.headers,
			text: (request.body as string | undefined) ?? '',
		});
		await send(reply, request, answer);
	});
}

function addPages(app: FastifyInstance, facts: () => StartPageFacts): void {
	const page = (path: string, policy: string, html: () => string) =>
		app.get(path, (_request, reply) =>
			reply
				.headers({ 'content-security-policy': policy, 'cache-control': 'no-store' })
				.type('text/html; charset=utf-8')
				.send(html()),
		);
	page('/', startPolicy, () => startPage(facts()));
	page('/phone', phonePolicy, () => phonePage);
	app.get('/phone/pictures/:name', (request, reply) => {
		const picture = pictures.get((request.params as { name: string }).name);
		return picture ? reply.type('image/png').send(picture) : reply.code(404).send();
	});
	app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
}

/** Starts a local Telegent API on loopback, with a small account, a control API and a phone simulator. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { host = '127.0.0.1', port = 0, seed = 1, settings: others, ...more } = options;
	const { exampleLines = false, editorUrl, listen = true, ...rest } = more;
	if (!LOOPBACK.test(host)) throw new Error(`The sandbox only listens on this machine, not on ${host}`);
	const { control, parts } = createAccount({
		settings: { ...definedOnly(rest), ...others },
		seed,
		exampleLines,
	});
	const { world } = parts;
	const app = Fastify({ bodyLimit: LARGEST_BODY, forceCloseConnections: true });
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
	await app.register(async (scope) => controlRoutes(scope, control, world), { prefix: '/_sandbox' });
	const facts = () => ({
		url: urlOf(app, host),
		accountKey: ACCOUNT_KEY,
		accountSecret: ACCOUNT_SECRET,
		editorUrl,
	});
	addPages(app, facts);
	addApi(app, parts);
	if (listen) await app.listen({ host, port });
	const { url, accountKey, accountSecret } = facts();
	return {
		url,
		port: portOf(app),
		inject: app.inject.bind(app),
		accountKey,
		accountSecret,
		control,
		close: async () => {
			world.clock.stop();
			world.deliveries.clear();
			await app.close();
		},
	};
}

const portOf = ({ server }: FastifyInstance): number =>
	(server.address() as { port: number } | null)?.port ?? 80;

const urlOf = (app: FastifyInstance, host: string): string =>
	`http://${host.includes(':') ? `[${host}]` : host}:${portOf(app)}`;

const definedOnly = <T extends object>(values: T): T =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
