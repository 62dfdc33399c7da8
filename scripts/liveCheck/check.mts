import axios, { type AxiosResponse } from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { resources } from '../../nodes/Telegent/resources/index.ts';
import { normalizeBaseUrl } from '../../transport/token.ts';
import { messageLists, receivedMessages } from './messageLists.mts';
import contract from '../../spec/operations.json' with { type: 'json' };
import { runNode, type CredentialValues } from '../../test/support/n8n.mts';
import { deliveryInList } from './delivery.mts';

/** One finding: the request, and the API's response. Contains no secret. */
export interface Finding {
	question: string;
	answer: string;
}

export interface LiveCheckOptions extends CredentialValues {
	/** Sends one real message, from and to these numbers; nothing is sent without. */
	send?: { from: string; to: string };
}

const LIST_PATH = '/v1.0/account/message/routes';
const OTHER_PATH = '/v1.0/account/voice/routes';

/**
 * Asks the real API what its public pages leave open, partly by hand, partly with the node's own code.
 * Reads only, unless `send` is given. Findings hold statuses, names of fields and headers, durations: no values.
 */
export async function liveCheck(options: LiveCheckOptions): Promise<Finding[]> {
	const findings: Finding[] = [];
	const note = (question: string, answer: string) => void findings.push({ question, answer });
	const api = axios.create({
		baseURL: normalizeBaseUrl(options.baseUrl),
		validateStatus: () => true,
		timeout: 60_000,
	});
	const exchange = async (path: string, secret = options.accountSecret) =>
		await api.post('/v1.0/oauth2/tokens', {
			AccountKey: options.accountKey,
			AccountSecret: secret,
			ApiEndpoint: `${normalizeBaseUrl(options.baseUrl)}${path}`,
		});
	const call = async (path: string, token?: string) =>
		await api.get(path, { headers: token ? { Authorization: `Bearer ${token}` } : {} });

	const token = await exchange(LIST_PATH);
	note('Token: answer', `HTTP ${token.status}, ${fields(token.data)}`);
	note('Token: life and clock', tokenLife(token.data as IDataObject));
	const bearer = String((token.data as IDataObject).token ?? '');
	if (!bearer) return findings;

	const wrong = await exchange(LIST_PATH, 'not-the-secret');
	note('Wrong secret', `HTTP ${wrong.status}, ${fields(wrong.data)}`);
	const listed = await call(LIST_PATH, bearer);
	note('A token on its own endpoint', `HTTP ${listed.status}, ${fields(listed.data)}`);
	note('A token on another endpoint', `HTTP ${(await call(OTHER_PATH, bearer)).status}`);
	note('No token', `HTTP ${(await call(LIST_PATH)).status}`);
	note('A path that does not exist', `HTTP ${(await call('/v1.0/does-not-exist', bearer)).status}`);
	note('Headers that speak of limits', limitHeaders([token, listed]));
	findings.push(...(await lists(options)));
	findings.push(...(await receivedMessages(options, options.send?.from)));
	if (options.send) {
		findings.push(...(await sendOne(options, options.send)));
		findings.push(...(await messageLists(options, options.send)));
	}
	return findings;
}

/** Every list of the node that needs no parameter, run by the node itself, its fields compared with the contract's. */
async function lists(credential: CredentialValues): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (const resource of resources) {
		for (const operation of resource.operations) {
			const needs = operation.fields.some(({ required }) => required === true);
			if (operation.list === undefined || needs || !operation.route.startsWith('GET ')) continue;
			const parameters: INodeParameters = {
				resource: resource.value,
				operation: operation.value,
				returnAll: false,
				limit: 3,
				simplify: false,
			};
			const { error, json } = await runNode({ credential, parameters });
			const known = new Set(documentedFields(operation.route, operation.list));
			const unknown = [...new Set(json.flatMap((item) => Object.keys(item)))].filter(
				(key) => !known.has(key),
			);
			const told = error ? `did not work: ${error.message}` : `${json.length} items`;
			const extra =
				unknown.length > 0 ? `, fields that the contract does not show: ${unknown.join(', ')}` : '';
			findings.push({ question: `${resource.name} → ${operation.name}`, answer: told + extra });
		}
	}
	return findings;
}

async function sendOne(
	credential: CredentialValues,
	{ from, to }: { from: string; to: string },
): Promise<Finding[]> {
	const sender = { __rl: true, mode: 'number', value: from };
	const sent = await runNode({
		credential,
		parameters: { resource: 'message', operation: 'send', from: sender, to, body: 'Telegent live check' },
	});
	if (sent.error) return [{ question: 'Message → Send', answer: `did not work: ${sent.error.message}` }];
	const started = Date.now();
	for (let tries = 1; tries <= 20; tries++) {
		const parameters = {
			resource: 'message',
			operation: 'getAll',
			phoneNumber: sender,
			returnAll: false,
			limit: 20,
		};
		const { json } = await runNode({ credential, parameters });
		if (json.some(({ MessageId }) => MessageId === sent.json[0].MessageId)) {
			const seconds = Math.round((Date.now() - started) / 1000);
			return [
				{
					question: 'A message that was sent appears in Get Many',
					answer: `after ${seconds} s, ${tries} looks`,
				},
				...(await deliveryInList(credential, sender, String(sent.json[0].MessageId))),
			];
		}
		await new Promise((resolve) => setTimeout(resolve, 3_000));
	}
	return [{ question: 'A message that was sent appears in Get Many', answer: 'not within a minute' }];
}

function documentedFields(route: string, list?: string): string[] {
	const operation = contract.find(({ method, path }) => `${method} ${path}` === route) as
		| { response?: unknown }
		| undefined;
	const response = operation?.response as IDataObject | IDataObject[] | undefined;
	const listed =
		list && !Array.isArray(response) ? (response?.[list] as IDataObject[] | undefined) : undefined;
	const entry = Array.isArray(response) ? response[0] : (listed?.[0] ?? response);
	return Object.keys((entry?.properties as object | undefined) ?? entry ?? {});
}

function tokenLife({ token, tokenExpiry }: IDataObject): string {
	const [, claims = ''] = String(token ?? '').split('.');
	const stated = Date.parse(`${String(tokenExpiry)} UTC`);
	const ahead = Number.isNaN(stated)
		? 'unreadable'
		: `${Math.round((stated - Date.now()) / 60_000)} minutes ahead when read as UTC`;
	try {
		const { exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
			exp?: number;
			iat?: number;
		};
		const life =
			exp && iat
				? `${Math.round((exp - iat) / 60)} minutes by its claims`
				: `claims: ${exp ? 'exp' : 'no exp'}`;
		const clock = iat ? `, Telegent's clock ${Math.round(iat - Date.now() / 1000)} s ahead of this one` : '';
		return `a JWT, ${life}${clock}; tokenExpiry is ${ahead}`;
	} catch {
		return `not a JWT; tokenExpiry is ${ahead}`;
	}
}

/** The shape of a response: names and types of its fields, never their values. */
function fields(body: unknown): string {
	if (Array.isArray(body)) return `a list of ${body.length}`;
	if (typeof body !== 'object' || body === null) return typeof body;
	return Object.entries(body)
		.map(
			([key, value]) => `${key}: ${Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value}`,
		)
		.join(', ');
}

function limitHeaders(responses: AxiosResponse[]): string {
	const names = responses
		.flatMap(({ headers }) => Object.keys(headers))
		.filter((name) => /limit|retry/i.test(name));
	return [...new Set(names)].join(', ') || 'none';
}

/** The report as Markdown, with every secret taken out once more. */
export function report(findings: Finding[], secrets: string[]): string {
	const clean = (text: string) =>
		secrets
			.filter(Boolean)
			.reduce((rest, secret) => rest.split(secret).join('***'), text)
			.replace(/\|/g, '\\|');
	const rows = findings.map(({ answer, question }) => `| ${clean(question)} | ${clean(answer)} |`);
	return ['| Question | Answer |', '| --- | --- |', ...rows].join('\n');
}
