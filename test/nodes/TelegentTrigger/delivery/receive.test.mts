import { EVENTS } from '../../../../nodes/shared/inbound/events.ts';
import { manualToken } from '../../../../nodes/shared/secrets.ts';
import { ACCOUNT_SECRET } from '../../../../sandbox/api/ids.mts';
import {
	ANA,
	MAIN,
	MAIN_LINE,
	manually,
	onAccount,
	onRoute,
	sms,
	TriggerWorld,
	useWorld,
	type Row,
} from '../../../support/trigger/world.mts';

const TOKEN = manualToken(ACCOUNT_SECRET, 'one');
const world = useWorld();
const manual = async (event = 'messageReceived', more: Row = {}) =>
	await world.host.publish('one', manually(event, more));
const send = async (payload: unknown, options: Parameters<TriggerWorld['deliver']>[1] = {}) =>
	await world.deliver(payload, { secret: TOKEN, ...options });

describe('only Telegent gets in', () => {
	test.each([
		['nothing', {}],
		['an empty header', { authorization: '' }],
		['another scheme', { authorization: `Digest ${TOKEN}` }],
		['a wrong token', { authorization: 'Bearer wrong' }],
		['a token that begins like the right one', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
		['the token as user name', { authorization: `Basic ${btoa(`${TOKEN}:x`)}` }],
		['no password', { authorization: `Basic ${btoa('telegent:')}` }],
		['no colon', { authorization: `Basic ${btoa(TOKEN)}` }],
		['no token', { authorization: 'Bearer ' }],
		['the token of another trigger', { authorization: `Bearer ${manualToken(ACCOUNT_SECRET, 'two')}` }],
		['the token of another account', { authorization: `Bearer ${manualToken('other', 'one')}` }],
		['two headers', { authorization: ['Bearer x', `Bearer ${TOKEN}`] }],
	])('manual, with %s: 401', async (_case, headers) => {
		await manual();
		expect(await send(sms(), { secret: undefined, headers })).toEqual({
			status: 401,
			body: { message: 'Not authorized' },
			started: false,
		});
	});

	test.each([
		['that nobody can read', { 'content-type': 'application/octet-stream' }, 400],
		['that is too large', { 'content-length': String(2 ** 30) }, 413],
	])('a body %s is looked at only with the token', async (_case, headers, status) => {
		await manual();
		expect(
			await send('"x', { secret: 'wrong', headers: { 'content-type': 'text/plain', ...headers } }),
		).toEqual({
			...{ status: 401, body: { message: 'Not authorized' }, started: false },
		});
		const known = await send('"x', { headers: { 'content-type': 'text/plain', ...headers } });
		expect(known).toMatchObject({ status, started: false });
	});

	test('a token that another trigger was given does not open this one', async () => {
		await world.host.publish('one', onRoute());
		await world.host.publish('two', onAccount());
		const other = world.secretFor('two');
		expect(await world.deliver(sms(), { secret: other })).toMatchObject({ status: 401 });
		world.host.loseStaticData('one');
		expect(await world.deliver(sms(), { secret: other })).toMatchObject({ status: 401 });
	});

	test('a former token is refused, the present one is not, whether n8n remembers or not', async () => {
		await world.host.publish('one', onRoute());
		const former = world.secretFor('one');
		await world.host.unpublish('one', onRoute());
		await new Promise((resolve) => setTimeout(resolve, 2));
		await world.host.publish('one', onRoute());
		expect(await world.deliver(sms(), { secret: former })).toMatchObject({ status: 401 });
		expect(await world.deliver(sms())).toMatchObject({ started: true });
		world.host.loseStaticData('one');
		expect(await world.deliver(sms())).toMatchObject({ started: true });
	});

	test('a token made up from a known time does not prove itself', async () => {
		await world.host.publish('one', onRoute());
		world.host.loseStaticData('one');
		const [seed] = String(world.secretFor('one')).split('.');
		expect(await world.deliver(sms(), { secret: `${seed}.${'A'.repeat(43)}` })).toMatchObject({
			status: 401,
		});
	});

	test('the secret of a test does not open production', async () => {
		await world.host.publish('one', onRoute());
		await world.host.publish('one', onAccount(), 'test');
		expect(await world.deliver(sms(), { secret: world.secretFor('one', 'test') })).toMatchObject({
			status: 401,
		});
	});

	test('an account webhook may call its scheme Token', async () => {
		await world.host.publish('one', onAccount());
		const headers = { authorization: `Token ${world.secretFor('one')}` };
		expect(await world.deliver(sms(), { headers })).toMatchObject({ started: true });
	});

	test('no credential is read for a message that static data recognises', async () => {
		await world.host.publish('one', onRoute());
		const { reads } = world.host.credentials;
		await world.deliver(sms());
		expect(world.host.credentials.reads).toBe(reads);
	});
});

describe('manual', () => {
	test.each([
		['the token', `Bearer ${TOKEN}`],
		['the token, in the words of an account webhook', `Token ${TOKEN}`],
		['the token as password', `Basic ${btoa(`telegent:${TOKEN}`)}`],
		['the token as password of any user', `Basic ${btoa(`Ana:${TOKEN}`)}`],
		['the token as password of nobody', `Basic ${btoa(`:${TOKEN}`)}`],
	])('%s lets in', async (_case, authorization) => {
		await manual();
		const answer = await send(sms(), { secret: undefined, headers: { authorization } });
		expect(answer).toMatchObject({ status: 200, started: true });
	});

	test('another account secret makes it another token', async () => {
		await manual();
		world.host.credentials.values = { ...world.host.credentials.values, accountSecret: 'changed' };
		expect(await send(sms())).toMatchObject({ status: 401 });
		expect(await send(sms(), { secret: manualToken('changed', 'one') })).toMatchObject({ status: 200 });
	});

	test('the credential is read once a minute, however many messages come in', async () => {
		await manual();
		const { reads } = world.host.credentials;
		for (let message = 0; message < 3; message++) await send(sms());
		expect(world.host.credentials.reads - reads).toBe(1);
		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000);
		await send(sms());
		now.mockRestore();
		expect(world.host.credentials.reads - reads).toBe(2);
	});

	test('a token of before lasts until the new one comes in, or for a minute', async () => {
		await manual();
		await send(sms());
		world.host.credentials.values = { ...world.host.credentials.values, accountSecret: 'changed' };
		expect(await send(sms())).toMatchObject({ status: 200 });
		expect(await send(sms(), { secret: manualToken('changed', 'one') })).toMatchObject({ status: 200 });
		expect(await send(sms())).toMatchObject({ status: 401 });
	});

	test('a wrong token is compared with the credential each time', async () => {
		await manual();
		await send(sms());
		const { reads } = world.host.credentials;
		for (let call = 0; call < 2; call++)
			expect(await send(sms(), { secret: 'guessed' })).toMatchObject({ status: 401 });
		expect(world.host.credentials.reads - reads).toBe(2);
	});

	test('nothing is touched at Telegent, and nothing is stored', async () => {
		await manual();
		await send(sms());
		await world.host.unpublish('one', manually());
		expect(world.telegent.calls).toBe(0);
		expect([...world.host.stored.values()]).toEqual(['{"node:Telegent Trigger":{}}']);
	});
});

describe('any content type', () => {
	const payload = { Message_ID: 'TMID-x', From: ANA, To: MAIN_LINE, Message_Body: 'Ça va? & more' };
	const form = new URLSearchParams(payload).toString();

	test.each([
		['JSON', 'application/json', JSON.stringify(payload)],
		['JSON with a charset', 'application/json; charset=utf-8', JSON.stringify(payload)],
		['JSON under another name', 'application/vnd.telegent+json', JSON.stringify(payload)],
		['JSON as text', 'text/plain', JSON.stringify(payload)],
		['JSON without a type', '', JSON.stringify(payload)],
		['JSON with a byte order mark', 'application/json', `\uFEFF${JSON.stringify(payload)}`],
		['JSON inside a text', 'application/json', JSON.stringify(JSON.stringify(payload))],
		['JSON in an envelope', 'application/json', JSON.stringify({ Event: 'New_Sms', Data: payload })],
		['JSON in a list', 'application/json', JSON.stringify([payload])],
		['a form', 'application/x-www-form-urlencoded', form],
		['a form without a type', '', form],
		[
			'a form with JSON in it',
			'application/x-www-form-urlencoded',
			`payload=${encodeURIComponent(JSON.stringify(payload))}`,
		],
	])('%s', async (_case, type, text) => {
		await manual();
		expect(await send(text, { headers: { 'content-type': type } })).toMatchObject({
			status: 200,
			started: true,
		});
		expect(world.items).toMatchObject([{ messageId: 'TMID-x', from: ANA, body: 'Ça va? & more' }]);
	});

	test('a query, as GET sends it', async () => {
		await manual();
		const headers = { authorization: `Bearer ${TOKEN}` };
		const answer = await world.host.call(world.host.webhookUrl('one'), {
			method: 'GET',
			headers,
			query: form,
		});
		expect(answer).toMatchObject({ status: 200, started: true });
		expect(world.items).toMatchObject([{ body: 'Ça va? & more' }]);
	});

	test('several messages in one call', async () => {
		await manual();
		await send([sms('a'), sms('b')]);
		expect(world.host.started).toHaveLength(1);
		expect(world.items).toMatchObject([{ body: 'a' }, { body: 'b' }]);
	});

	test.each([
		['broken JSON', 'application/json', '{"From":', 422],
		['broken JSON without a type', '', '{"From":', 400],
		['prose', 'text/plain', 'Hello there', 400],
		['nothing', 'application/json', '', 200],
		['a number', 'application/json', '42', 200],
		['null', 'application/json', 'null', 200],
		['an empty list', 'application/json', '[]', 200],
		['something else', 'application/json', '{"ping": true}', 200],
	])('%s: a clear status, and nothing starts', async (_case, type, text, status) => {
		await manual();
		expect(await send(text, { headers: { 'content-type': type } })).toMatchObject({ status, started: false });
		expect(world.host.started).toEqual([]);
	});

	test('more than a message can be: 413', async () => {
		await manual();
		expect(await send(sms('x'.repeat(1_100_000)))).toMatchObject({ status: 413, started: false });
	});

	test.each([
		['Segment', { Segment: { toString: 1 } }],
		['Segment', { Segment: [[{ toString: null }]] }],
		['Timestamp', { Timestamp: { toString: 1 } }],
		['From', { From: [{ Number: ANA }, null, [1]] }],
		['MMS_Media_URL', { MMS_Media_URL: [{ MediaUrl: {} }, 7] }],
	])('an odd %s never costs a message', async (_name, more) => {
		await manual();
		expect(await send(sms('Hi', more))).toMatchObject({ status: 200, started: true });
	});

	test('an unknown field never costs a message', async () => {
		await manual();
		const more = {
			Carrier: 'T',
			Nested: { a: [1] },
			'': 1,
			__proto__: { x: 1 },
			constructor: 'x',
			Status: 'New',
		};
		expect(await send(sms('Hi', more))).toMatchObject({ started: true });
	});
});

describe('redelivery', () => {
	test('a message that could not be handled is handled with its next delivery', async () => {
		await manual('messageReceived', { options: { leaveAwaited: true } });
		expect(await send(sms('Hi', { Message_ID: 'first' }))).toMatchObject({ status: 200 });
		const broken = jest.spyOn(world.host.credentials, 'getDecrypted').mockRejectedValue(new Error('locked'));
		expect(await send(sms('Hi', { Message_ID: 'second' }))).toMatchObject({ status: 500, started: false });
		broken.mockRestore();
		expect(await send(sms('Hi', { Message_ID: 'second' }))).toMatchObject({ status: 200, started: true });
	});

	test('the same id starts once, in any spelling, also at the same time', async () => {
		await manual();
		const message = sms('Hi', { Message_ID: 'TMID-1' });
		const answers = await Promise.all(Array.from({ length: 5 }, async () => await send(message)));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		await send({ MessageId: 'TMID-1', From: ANA, To: MAIN_LINE, Text: 'Hi' });
		expect(world.host.started).toHaveLength(1);
	});

	test('another trigger of the same route gets it too', async () => {
		await manual();
		await world.host.publish('two', manually());
		await send(sms('Hi', { Message_ID: 'TMID-1' }));
		const secret = manualToken(ACCOUNT_SECRET, 'two');
		await send(sms('Hi', { Message_ID: 'TMID-1' }), { id: 'two', secret });
		expect(world.host.started.map(({ workflow }) => workflow)).toEqual(['one', 'two']);
	});

	test('a test does not use up production’s', async () => {
		await manual();
		await world.host.publish('one', manually(), 'test');
		await send(sms('Hi', { Message_ID: 'TMID-1' }), { mode: 'test' });
		await send(sms('Hi', { Message_ID: 'TMID-1' }));
		expect(world.host.started).toHaveLength(2);
	});

	test('without an id, the same content counts as one for a short time', async () => {
		await manual();
		const now = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
		const message = { From: ANA, To: MAIN_LINE, Text: 'Yes' };
		await send(message);
		await send(message);
		now.mockReturnValue(1_000_000 + 6 * 60_000);
		await send(message);
		now.mockRestore();
		expect(world.host.started).toHaveLength(2);
	});

	test('n8n could not start the workflow: the next attempt counts', async () => {
		await manual();
		const message = sms();
		world.host.broken = true;
		expect(await send(message)).toMatchObject({ status: 500 });
		world.host.broken = false;
		expect(await send(message)).toMatchObject({ status: 200, started: true });
		expect(await send(message)).toMatchObject({ status: 200, started: false });
	});

	test('a receipt counts with its status', async () => {
		await manual('deliveryReceipt', { statuses: [] });
		for (const Status of ['Queued', 'Sent', 'Sent', 'Delivered', 'Queued', 'Delivered']) {
			await send({ MessageId: 'TMID-1', Status });
		}
		expect(world.items.map(({ status }) => status)).toEqual(['queued', 'sent', 'delivered']);
	});
});

describe('inbound only by default', () => {
	test.each([
		['a receipt', { MessageId: 'TMID-1', Status: 'Delivered', Timestamp: '2026-01-01T00:00:00Z' }],
		[
			'a receipt with all of the message',
			{
				MessageId: 'TMID-1',
				Status: 'Sent',
				Direction: 'Outbound',
				From: MAIN_LINE,
				To: [{ Number: ANA }],
				Body: 'Hello',
				Owner: MAIN_LINE,
			},
		],
		[
			'a receipt with the message, and no direction',
			{ MessageId: 'TMID-1', Status: 'Delivered', From: MAIN_LINE, To: ANA, Owner: MAIN_LINE, Body: 'Hello' },
		],
		[
			'what was sent',
			{ MessageId: 'TMID-1', Direction: 'Outbound', From: MAIN_LINE, To: ANA, Body: 'Hello' },
		],
		['an order', { Event: 'Order_Update', OrderId: 'JNUOID-1', OrderStatus: 'Complete' }],
		['a call', { Event: 'Call_Ringing', CallId: '1', From: ANA, To: MAIN_LINE }],
	])('%s starts no inbound flow', async (_case, payload) => {
		await manual();
		expect(await send(payload)).toMatchObject({ status: 200, started: false });
	});

	test.each([
		['with a status', sms('Hi', { Status: 'Received' })],
		['with a direction', sms('Hi', { Direction: 'Inbound', Status: 'Delivered' })],
		['to a number of yours, with an odd status', sms('Hi', { Status: 'Delivered' })],
		[
			'without text, with a picture',
			{ Message_ID: 'TMID-p', From: ANA, To: MAIN_LINE, MMS_Media_URL: 'https://a.example/1.jpg' },
		],
		['with an empty text', sms('')],
		['from a short code', sms('Hi', { From: '72727' })],
	])('a message %s starts one', async (_case, payload) => {
		await manual();
		expect(await send(payload)).toMatchObject({ started: true });
	});

	test('an inbound message at the callback address is no receipt', async () => {
		await manual('deliveryReceipt');
		expect(await send(sms())).toMatchObject({ status: 200, started: false });
	});
});

describe('filters', () => {
	test.each([
		['from', { from: '(202) 555-0142' }, sms('x'), true],
		['from, as it is dialled from abroad', { from: '001 202 555 0142' }, sms('x'), true],
		['from another', { from: '+12025550143, 8015550100' }, sms('x'), false],
		['one of several', { from: ['+12025550143', ANA] }, sms('x'), true],
		['from nobody that has a number', { from: 'anybody' }, sms('x'), true],
		['to', { to: MAIN_LINE }, sms('x'), true],
		['to another', { to: '+15005550101' }, sms('x'), false],
		['contains', { contains: 'wor' }, sms('Hello WORLD'), true],
		['contains not', { contains: 'word' }, sms('Hello WORLD'), false],
		['the first word', { keywords: 'book, order' }, sms('Order: 12'), true],
		['not the first word', { keywords: 'book' }, sms('A book'), false],
		['a pattern', { pattern: '^order\\s+(\\d+)$' }, sms('ORDER 12'), true],
		['a pattern between slashes', { pattern: '/^order\\s/i' }, sms('order 12'), true],
		['a pattern that does not fit', { pattern: '^order\\s+(\\d+)$' }, sms('order x'), false],
		['two', { contains: 'hello', from: '+12025550143' }, sms('hello'), false],
	])('%s', async (_case, filters, message, started) => {
		await manual('messageReceived', { filters });
		expect(await send(message)).toMatchObject({ status: 200, started });
	});

	test('a pattern that cannot be used is refused when the workflow is published', async () => {
		await expect(manual('messageReceived', { filters: { pattern: '(a' } })).rejects.toThrow(
			"'Regular Expression' in 'Filters' can't be used: a bracket isn't closed",
		);
	});

	test('a pattern that would hang takes no time', async () => {
		await manual('messageReceived', { filters: { pattern: '^(a+)+$' } });
		const started = Date.now();
		await send(sms(`${'a'.repeat(5_000)}!`));
		expect(Date.now() - started).toBeLessThan(1_000);
	});

	test('what another event left behind filters nothing', async () => {
		await manual('orderUpdate', { filters: { contains: 'x' }, statuses: ['failed'] });
		expect(await send({ OrderId: '1', OrderStatus: 'Complete' })).toMatchObject({ started: true });
	});

	test('statuses of receipts', async () => {
		await manual('deliveryReceipt');
		const starts = async (Status: string) => (await send({ MessageId: `TMID-${Status}`, Status })).started;
		expect([
			await starts('Queued'),
			await starts('Sent'),
			await starts('Delivered'),
			await starts('Undelivered'),
		]).toEqual([false, false, true, true]);
	});
});

describe('events', () => {
	const raw: Record<string, Row> = {
		orderUpdate: {
			Event: 'Order_Update',
			OrderId: 'JNUOID-1',
			OrderStatus: 'Complete',
			OrderType: 'provision',
			PhoneNumbersOrdered: [{ Number: MAIN_LINE }],
		},
		newSms: { Event: 'New_Sms', ...sms('Hi') },
		deliveryReceipt: {
			MessageId: 'TMID-9',
			Status: 'Failed',
			ErrorCode: '30003',
			ErrorMessage: 'Unreachable',
			Timestamp: '2026-01-01T00:00:00Z',
		},
		optOut: sms(' Stop! '),
		optIn: sms('START'),
		help: sms('help?'),
		messageReceived: sms('Hi'),
	};
	const called = {
		CallId: 'C-1',
		From: ANA,
		To: MAIN_LINE,
		Status: 'completed',
		Duration: '12',
		RecordingUrl: 'https://a.example/r.mp3',
	};
	const payloadOf = (event: string, subscription = '') => raw[event] ?? { Event: subscription, ...called };

	test.each(EVENTS.map(({ subscription, value }) => [value, subscription] as const))(
		'%s: clean shape, name and raw payload, and only its own',
		async (event, subscription) => {
			await manual(event, { statuses: [] });
			expect(await send(payloadOf(event, subscription))).toMatchObject({ started: true });
			expect(world.items).toEqual([expect.objectContaining({ event, raw: payloadOf(event, subscription) })]);
			if (event === 'messageReceived' || event === 'newSms') return;
			for (const other of EVENTS.filter(({ value }) => value !== event)) {
				await send(payloadOf(other.value, other.subscription));
			}
			expect(world.items).toHaveLength(1);
		},
	);

	test('a receipt', async () => {
		await manual('deliveryReceipt');
		await send(raw.deliveryReceipt);
		expect(world.items[0]).toEqual({
			event: 'deliveryReceipt',
			messageId: 'TMID-9',
			status: 'failed',
			errorCode: '30003',
			errorMessage: 'Unreachable',
			from: '',
			to: '',
			owner: '',
			updatedAt: '2026-01-01T00:00:00.000Z',
			conversation: null,
			raw: raw.deliveryReceipt,
		});
	});

	test('an order', async () => {
		await manual('orderUpdate');
		await send(raw.orderUpdate);
		expect(world.items[0]).toMatchObject({
			orderId: 'JNUOID-1',
			type: 'provision',
			status: 'Complete',
			numbers: [MAIN_LINE],
		});
	});

	test('a call', async () => {
		await manual('callCompleted');
		await send({ Event: 'Call_Completed', ...called });
		expect(world.items[0]).toMatchObject({
			callId: 'C-1',
			from: ANA,
			to: MAIN_LINE,
			durationSeconds: 12,
			recordingUrl: 'https://a.example/r.mp3',
		});
	});

	test('a message has an intent, and the key of its conversation', async () => {
		await manual();
		await send(sms('Opt-out'));
		await send(sms('hello'));
		expect(world.items).toMatchObject([
			{ intent: 'optOut', intentBy: 'keyword', conversation: `${MAIN_LINE}|${ANA}` },
			{ intent: null, intentBy: null, conversation: `${MAIN_LINE}|${ANA}` },
		]);
	});

	test('an opt-out in other words than a keyword says so', async () => {
		await manual('optOut');
		await send(sms('Please stop texting me'));
		await send(sms('I will stop by at 5'));
		expect(world.items).toMatchObject([{ event: 'optOut', intent: 'optOut', intentBy: 'wording' }]);
	});

	test('YES is an opt-in only where the user says that their texts ask for it', async () => {
		await manual('optIn');
		expect(await send(sms('YES'))).toMatchObject({ started: false });
		await send(sms('Unstop'));
		expect(world.items).toMatchObject([{ intent: 'optIn', intentBy: 'keyword' }]);

		await manual('optIn', { options: { yesOptsIn: true } });
		await send(sms('Yes!'));
		await send(sms('Yes, at noon'));
		expect(world.items.slice(1)).toMatchObject([{ event: 'optIn', intent: 'yes', intentBy: 'keyword' }]);
	});

	test('a receipt has the key of the same conversation', async () => {
		await manual('deliveryReceipt');
		await send({ MessageId: '1', Status: 'Delivered', From: MAIN_LINE, To: [{ Number: ANA }] });
		expect(world.items).toMatchObject([{ conversation: `${MAIN_LINE}|${ANA}` }]);
	});

	test('events of the sandbox arrive', async () => {
		const route = onRoute(MAIN, {}, 'deliveryReceipt');
		await world.host.publish('one', { ...route, statuses: [] });
		expect(world.route()).toMatchObject({ CallbackMessageUrl: world.host.webhookUrl('one') });
	});
});

test('whatever goes wrong inside, n8n starts nothing with an empty item', async () => {
	await manual();
	jest.spyOn(Date, 'now').mockImplementationOnce(() => {
		throw new Error('no time');
	});
	expect(await send(sms())).toMatchObject({ status: 500, started: false });
	expect(world.host.started).toEqual([]);
});
