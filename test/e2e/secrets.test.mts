import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import axios from 'axios';
import { startN8n, type N8n } from '../../sandbox/n8n/launch.mts';
import { freePort } from '../../sandbox/n8n/ports.mts';
import { prepared } from '../../sandbox/n8n/workflow.mts';
import { startFaultyServer, type FaultyServer, type Folder } from '../faults/server.mts';
import { ACCOUNT_SECRET, findIn } from '../secrets/canaries.mts';
import { echoes, spoilWith } from '../secrets/echoes.mts';
import { everythingIn } from './support/database.mts';
import { changeRoute, routeOf } from './support/routes.mts';
import { listenTo, manyMessages } from './support/workflows.mts';
import { expectSuccess, MAIN_LINE, MAIN_ROUTE, openWorldAt, type World } from './support/world.mts';

const REPLACED = 'Canary~replaced/7+=9';
const BODY = 'Where a person can see it';

describe('What n8n stores and logs', () => {
	const userFolder = mkdtempSync(path.join(tmpdir(), 'telegent-e2e-secrets-'));
	const logFile = path.join(userFolder, 'n8n.log');
	const secrets = new Set([ACCOUNT_SECRET, REPLACED]);
	let n8n: N8n;
	let world: World;
	let server: FaultyServer;
	let folder: Folder;
	beforeAll(async () => {
		server = await startFaultyServer();
		folder = server.open();
		n8n = await startN8n({ userFolder, port: await freePort(), logFile });
		world = await openWorldAt(n8n.url, n8n.api, 'Secrets');
		secrets.add(world.account.accountSecret);
	});
	afterAll(async () => {
		await world.sandbox.close();
		await server.stop();
		rmSync(userFolder, { recursive: true, force: true });
	});

	/** Sends messages with a Telegent that repeats the account secret and the token. */
	test('after sends whose responses repeat secrets', async () => {
		const credential = await n8n.api.credentials.upsert('Echo', {
			...{ accountKey: 'DID-secrets', accountSecret: ACCOUNT_SECRET },
			...{ baseUrl: folder.baseUrl, requestsPerMinute: 0 },
		});
		let turn = 0;
		folder.spoil = ({ headers, key }) => {
			if (!key.endsWith('/outbound')) return undefined;
			const token = String(headers.authorization).replace('Bearer ', '');
			secrets.add(token);
			return spoilWith(echoes[turn++ % echoes.length], () => [ACCOUNT_SECRET, token]);
		};
		const file = manyMessages(echoes.length);
		Object.assign(file.nodes[2], { onError: 'continueRegularOutput' });
		const { id } = await n8n.api.workflows.create(prepared(file, credential));
		const { status } = await n8n.api.executions.whenEnded(await n8n.api.executions.start(id, 'Start'), 90);
		expect(status).toBe('success');
		expect(turn).toBeGreaterThanOrEqual(echoes.length);
		const stopping = await n8n.api.workflows.create(prepared(manyMessages(1), credential));
		turn = 0;
		await n8n.api.executions.whenEnded(await n8n.api.executions.start(stopping.id, 'Start'), 90);
	});

	test('after a trigger took a route, and started', async () => {
		await changeRoute(world.sandbox, MAIN_ROUTE, {
			MessageUrl: 'https://example.com/messages',
			MessageAuthenticationType: 'Bearer',
			MessagePasswordToken: REPLACED,
		});
		const id = await world.bringIn(listenTo());
		await n8n.api.workflows.publish(id);
		const { MessagePasswordToken, MessageUrl } = routeOf(world.sandbox, MAIN_ROUTE);
		expect(MessagePasswordToken).not.toBe(REPLACED);
		secrets.add(String(MessagePasswordToken));
		const known = await n8n.api.executions.list(id);
		const payload = { Message_ID: 'TMID-1', From: '+12025550142', To: MAIN_LINE, Message_Body: BODY };
		const headers = { authorization: `Bearer ${String(MessagePasswordToken)}` };
		await axios.post(String(MessageUrl), payload, { headers, proxy: false });
		expectSuccess(await n8n.api.executions.next(id, known, 60));
	});

	test('no secret is in the database, the files and the log', async () => {
		await n8n.stop();
		const places: Record<string, string> = {
			database: await everythingIn(n8n),
			log: readFileSync(logFile, 'utf8'),
		};
		const files = path.join(userFolder, '.n8n');
		for (const name of readdirSync(files, { withFileTypes: true }))
			if (name.isFile()) places[name.name] = readFileSync(path.join(files, name.name), 'utf8');
		expect(secrets.size).toBeGreaterThanOrEqual(5);
		expect(places.database).toContain(BODY);
		expect(places.log.length).toBeGreaterThan(0);
		const found = Object.entries(places).flatMap(([place, text]) =>
			findIn(text, secrets).map((secret) => `${place}: ${secret}`),
		);
		console.log(`${secrets.size} secrets, ${Object.keys(places).length} places, ${found.length} found`);
		expect(found).toEqual([]);
	});
});
