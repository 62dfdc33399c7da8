import { connect } from 'node:net';
import { TelegentTrigger } from '../../../../nodes/TelegentTrigger/TelegentTrigger.node.ts';
import { MAX_BODY, MAX_LEVELS } from '../../../../nodes/shared/inbound/payload.ts';
import { manualToken } from '../../../../nodes/shared/secrets.ts';
import { ACCOUNT_SECRET } from '../../../../sandbox/api/ids.mts';
import { BoundedMap } from '../../../../transport/boundedMap.ts';
import {
	ANA,
	MAIN_LINE,
	manually,
	onAccount,
	onRoute,
	sms,
	useWorld,
	type Row,
} from '../../../support/trigger/world.mts';

/* What a stranger, or an odd request with the right secret, can do at the trigger's webhook: get a status. */

const world = useWorld();
const REFUSED = { status: 401, body: { message: 'Not authorized' }, started: false };
const [JSON_TYPE, FORM_TYPE] = ['application/json', 'application/x-www-form-urlencoded'];
const nested = (levels: number, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);
/** A message with a further field, as text: JSON.stringify has no way to write one so deep. */
const withField = (message: Row, field: string) =>
	`${JSON.stringify(message).slice(0, -1)},"Extra":${field}}`;

/**
 * Replaces requests with ones that record what is read of their content. n8n itself hands body and query on, without
 * looking into them.
 */
function recorded(more: object = {}): string[] {
	const read: string[] = [];
	const watched = <T extends object>(name: string, content: T): T => {
		const note = () => void read.push(name);
		return new Proxy(content, {
			get: (target, key) => (note(), Reflect.get(target, key) as unknown),
			has: (target, key) => (note(), Reflect.has(target, key)),
			ownKeys: (target) => (note(), Reflect.ownKeys(target)),
		});
	};
	world.host.replaced = (request) => {
		const { body, query, ...rest } = { ...request, ...more } as Row;
		const content = typeof body === 'object' && body !== null ? body : { text: body };
		return Object.defineProperties(
			{ ...rest, body: watched('body', content), query: watched('query', query as Row) },
			{
				rawBody: { get: () => void read.push('rawBody') },
				readRawBody: { value: async () => await new Promise(() => void read.push('readRawBody')) },
			},
		);
	};
	return read;
}

describe('nothing of the content is read before the secret was checked', () => {
	const places = [
		['a route', onRoute()],
		['the account', onAccount()],
		['a URL entered by hand', manually()],
	] as const;
	const message = JSON.stringify(sms());
	const requests: Array<[name: string, type: string, text: string, more: object]> = [
		['JSON', JSON_TYPE, message, {}],
		['a form', FORM_TYPE, 'From=1&From=2', {}],
		['text', 'text/plain', message, {}],
		['deep JSON', JSON_TYPE, nested(100_000), {}],
		['a megabyte and more', JSON_TYPE, JSON.stringify(sms('x'.repeat(MAX_BODY))), {}],
		['many fields', FORM_TYPE, 'a=1&'.repeat(200_000), {}],
		['a body that never ends', 'multipart/form-data', message, { body: {} }],
	];

	describe.each(places)('%s', (_place, parameters) => {
		test.each(requests)('%s', async (_name, type, text, more) => {
			await world.host.publish('one', parameters);
			await world.host.publish('two', parameters === places[2][1] ? manually() : onAccount('orderUpdate'));
			const right = world.secretFor('one') ?? manualToken(ACCOUNT_SECRET, 'one');
			const foreign = world.secretFor('two') ?? manualToken(ACCOUNT_SECRET, 'two');
			const read = recorded(more);
			const given = ['x', foreign, `${right}x`, `${right}, Bearer ${right}`, right.slice(1)];
			for (const authorization of [{}, ...given.map((secret) => ({ authorization: `Bearer ${secret}` }))]) {
				const headers = { 'content-type': type, ...authorization } as Record<string, string>;
				expect(await world.host.call(world.host.webhookUrl('one'), { headers, text })).toEqual(REFUSED);
			}
			expect(read).toEqual([]);
			expect([world.host.started, world.host.empty]).toEqual([[], 0]);
		});
	});

	test('a secret in the query, the body, or another header is none', async () => {
		await world.host.publish('one', onRoute());
		const secret = String(world.secretFor('one'));
		const read = recorded();
		const names = ['token', 'access_token', 'authorization', 'Authorization', 'secret', 'password'];
		const call = { headers: { 'content-type': JSON_TYPE }, text: message };
		for (const name of names) {
			const value = encodeURIComponent(`Bearer ${secret}`);
			for (const method of ['GET', 'POST'])
				expect(
					await world.host.call(world.host.webhookUrl('one'), { ...call, method, query: `${name}=${value}` }),
				).toEqual(REFUSED);
			const headers = { [`x-${name.toLowerCase()}`]: `Bearer ${secret}`, cookie: `${name}=${value}` };
			expect(await world.deliver({ ...sms(), [name]: secret }, { secret: '', headers })).toEqual(REFUSED);
		}
		expect(read).toEqual([]);
	});
});

test('methods: POST and GET, n8n refuses all others', async () => {
	const { webhooks } = new TelegentTrigger().description;
	expect(webhooks?.map(({ httpMethod }) => httpMethod)).toEqual(['POST', 'GET']);
});

describe('too large', () => {
	test.each([
		['Content-Length says so', `${MAX_BODY + 1}`, 10, 0],
		['Content-Length says infinity', 'Infinity', 10, 0],
		['Content-Length is missing', undefined, MAX_BODY + 1, 1],
		['Content-Length is too small', '5', MAX_BODY + 1, 1],
		['Content-Length is negative', '-1', MAX_BODY + 1, 1],
		['Content-Length is no number', '5, 5', MAX_BODY + 1, 1],
	])('%s: 413, and what n8n left is read only where it must be', async (_case, length, bytes, reads) => {
		await world.host.publish('one', onRoute());
		let count = 0;
		world.host.replaced = (request) =>
			Object.assign(request, {
				...{ body: undefined, rawBody: undefined },
				async readRawBody(this: { rawBody?: Buffer }) {
					count++;
					this.rawBody = Buffer.alloc(bytes, 'x');
				},
			});
		const headers = { 'content-type': '', ...(length !== undefined && { 'content-length': length }) };
		expect(await world.deliver(sms(), { headers })).toMatchObject({ status: 413, started: false });
		expect(count).toBe(reads);
	});

	test('a message of the largest size starts the workflow', async () => {
		await world.host.publish('one', onRoute());
		const empty = JSON.stringify(sms('')).length;
		const message = sms('x'.repeat(MAX_BODY - empty));
		expect(await world.deliver(message)).toMatchObject({ status: 200, started: true });
	});
});

describe('slow', () => {
	const unread = { body: undefined, rawBody: undefined };
	const headers = { 'content-type': 'multipart/mixed' };

	test('while a body arrives, other messages start workflows, and strangers are refused', async () => {
		await world.host.publish('one', onRoute());
		let finish = () => {};
		const arrived = new Promise<void>((resolve) => (finish = resolve));
		world.host.replaced = (request) =>
			Object.assign(request, {
				...unread,
				async readRawBody(this: { rawBody?: Buffer }) {
					await arrived;
					this.rawBody = Buffer.from(JSON.stringify(sms('slow')));
				},
			});
		const slow = Array.from({ length: 50 }, async () => await world.deliver(sms(), { headers }));
		world.host.replaced = (request) => request;
		expect(await world.deliver(sms('fast'))).toMatchObject({ status: 200, started: true });
		expect(await world.deliver(sms('forged'), { secret: 'x' })).toEqual(REFUSED);
		expect(world.items.map(({ body }) => body)).toEqual(['fast']);
		finish();
		expect((await Promise.all(slow)).filter(({ started }) => started)).toHaveLength(50);
	});

	test('a body that breaks off starts nothing, and the same message does so later', async () => {
		await world.host.publish('one', onRoute());
		const message = sms('cut');
		world.host.replaced = (request) =>
			Object.assign(request, {
				...unread,
				readRawBody: async () => await Promise.reject(new Error('request aborted')),
			});
		expect(await world.deliver(message, { headers })).toMatchObject({ status: 500, started: false });
		world.host.replaced = (request) => request;
		expect(await world.deliver(message)).toMatchObject({ status: 200, started: true });
	});
});

describe('many at once', () => {
	test('forged copies keep the real message from nothing, and it starts the workflow once', async () => {
		await world.host.publish('one', onRoute());
		const message = sms('real');
		const secrets = Array.from({ length: 600 }, (_, at) => (at % 20 === 7 ? undefined : `forged${at}`));
		const answers = await Promise.all(
			secrets.map(async (secret) => {
				const right = secret === undefined ? world.secretFor('one') : secret;
				return await world.deliver(message, { secret: right });
			}),
		);
		const statuses = answers.map(({ status }) => status);
		expect(statuses).toEqual(secrets.map((secret) => (secret === undefined ? 200 : 401)));
		expect(world.items).toMatchObject([{ body: 'real' }]);
	});

	test.each([
		['a route', onRoute()],
		['a URL entered by hand', manually()],
	])('%s: 2,000 strangers leave nothing in memory', async (_place, parameters) => {
		await world.host.publish('one', parameters);
		const [set, started] = [jest.spyOn(BoundedMap.prototype, 'set'), world.host.started.length];
		const calls = Array.from({ length: 2_000 }, async (_, at) => {
			return await world.deliver(sms(), { secret: `${'A'.repeat(30)}.${String(at).padStart(43, 'B')}` });
		});
		expect((await Promise.all(calls)).every(({ status }) => status === 401)).toBe(true);
		// Keys of HMAC are made once for each account secret, whoever calls.
		expect(set.mock.calls.filter(([, value]) => !Buffer.isBuffer(value))).toEqual([]);
		set.mockRestore();
		expect([world.host.started.length, world.host.empty]).toEqual([started, 0]);
	});
});

describe('headers that occur twice, over a socket', () => {
	const send = async (lines: string[]): Promise<number> => {
		const { hostname, pathname, port } = new URL(world.host.webhookUrl('one'));
		const text = JSON.stringify(sms());
		const head = [`POST ${pathname} HTTP/1.1`, `Host: ${hostname}`, 'Connection: close', ...lines];
		const socket = connect(Number(port), hostname);
		socket.write(`${[...head, `Content-Length: ${text.length}`].join('\r\n')}\r\n\r\n${text}`);
		let answer = '';
		for await (const chunk of socket) answer += String(chunk);
		return Number(answer.split(' ')[1]);
	};
	const type = `Content-Type: ${JSON_TYPE}`;

	test.each([
		['the right secret alone', (right: string) => [type, right], 200],
		['a wrong secret first', (right: string) => [type, 'Authorization: Bearer x', right], 401],
		['an empty one first', (right: string) => [type, 'Authorization:', right], 401],
		['a wrong secret second', (right: string) => [type, right, 'authorization: Bearer x'], 200],
		['two in one line', (right: string) => [type, `${right}, Bearer x`], 401],
		['a second type', (right: string) => [type, right, 'Content-Type: text/html'], 200],
	])('%s', async (_case, lines, status) => {
		await world.host.publish('one', onRoute());
		expect(await send(lines(`Authorization: Bearer ${world.secretFor('one')}`))).toBe(status);
		expect(world.host.started).toHaveLength(status === 200 ? 1 : 0);
	});
});

describe('names that occur twice', () => {
	const message = { Message_ID: 'TMID-twice', To: MAIN_LINE, Message_Body: 'Hello' };

	test('in JSON: the last counts, for the sender as for what is in raw', async () => {
		await world.host.publish('one', onRoute());
		const text = `{"From":"+18005551111",${JSON.stringify({ ...message, From: ANA }).slice(1)}`;
		await world.deliver(text);
		expect(world.items).toMatchObject([{ from: ANA, raw: { From: ANA } }]);
	});

	test('in another case: the first counts', async () => {
		await world.host.publish('one', onRoute());
		await world.deliver({ ...message, From: ANA, from: '+18005551111', FROM: '+18005551112' });
		expect(world.items).toMatchObject([{ from: ANA }]);
	});

	test('in a form: neither of two texts is taken for the message, and raw has both', async () => {
		await world.host.publish('one', onRoute());
		const form = new URLSearchParams({ ...message, From: ANA });
		form.append('Message_Body', 'Forged');
		await world.deliver(form.toString(), { headers: { 'content-type': FORM_TYPE } });
		expect(world.items).toMatchObject([{ from: ANA, body: '', raw: { Message_Body: ['Hello', 'Forged'] } }]);
	});
});

describe('deep JSON', () => {
	const deep = [
		['lists', nested(100_000)],
		['objects', nested(20_000, '{"a":[', ']}')],
		['one level too many', nested(MAX_LEVELS)],
		['depth beside breadth', `[${'[],'.repeat(1_000)}${nested(MAX_LEVELS)}]`],
	] as const;
	const TOO_DEEP = {
		status: 400,
		body: { message: 'The body has more than 100 levels of lists and objects' },
		started: false,
	};

	test.each(deep)('%s in a field: 400, because n8n could not store the item', async (_case, field) => {
		await world.host.publish('one', onRoute());
		const message = sms();
		for (const type of [JSON_TYPE, 'text/plain', ''])
			expect(await world.deliver(withField(message, field), { headers: { 'content-type': type } })).toEqual(
				TOO_DEEP,
			);
		const wrapped = `{"Data":${withField(message, field)}}`;
		expect(await world.deliver(wrapped)).toEqual(TOO_DEEP);
		expect(await world.deliver(`[${JSON.stringify(sms())},${withField(sms(), field)}]`)).toEqual(TOO_DEEP);
		const form = new URLSearchParams({ payload: withField(message, field) }).toString();
		expect(await world.deliver(form, { headers: { 'content-type': FORM_TYPE } })).toEqual(TOO_DEEP);
		expect([world.host.started, world.host.empty]).toEqual([[], 0]);
		// A refused message doesn't count as received.
		expect(await world.deliver(message)).toMatchObject({ status: 200, started: true });
	});

	test('as many levels as are allowed', async () => {
		await world.host.publish('one', onRoute());
		const text = withField(sms(), nested(MAX_LEVELS - 1));
		expect(await world.deliver(text)).toMatchObject({ status: 200, started: true });
		expect(() => JSON.stringify(world.items)).not.toThrow();
	});
});

describe('replays', () => {
	test.each([
		['as it was', {}],
		['in other letter case and order', { spelling: true }],
		['as text', { headers: { 'content-type': 'text/plain' } }],
		['in an envelope', { envelope: true }],
		['twice in a list', { list: true }],
		['with further headers', { headers: { 'x-forwarded-for': '10.0.0.1', 'content-type': JSON_TYPE } }],
	])('%s: 200, and no second execution', async (_case, { envelope, headers, list, spelling }: Row) => {
		await world.host.publish('one', onRoute());
		const message = sms('once');
		expect(await world.deliver(message)).toMatchObject({ status: 200, started: true });
		const other = Object.fromEntries(
			Object.entries(message)
				.reverse()
				.map(([name, value]) => [name.toUpperCase(), value]),
		);
		const one = spelling ? other : envelope ? { Event: 'New_Sms', Data: message } : message;
		const again = list ? [one, one] : one;
		for (let count = 0; count < 3; count++)
			expect(await world.deliver(again, { headers: headers as Record<string, string> })).toEqual({
				...{ status: 200, body: { message: 'Received before' }, started: false },
			});
		expect(world.items).toMatchObject([{ body: 'once' }]);
	});

	test('at another trigger: 401', async () => {
		await world.host.publish('one', onRoute());
		await world.host.publish('two', onAccount());
		const message = sms('once');
		const secret = world.secretFor('one');
		await world.deliver(message);
		expect(await world.deliver(message, { id: 'two', secret })).toEqual(REFUSED);
	});
});
