import {
	ANA,
	BEN,
	id,
	MAIN,
	NOTIFICATIONS,
	send,
	SPARE,
	TRACKER,
	useListener,
	useSandbox,
	type Row,
} from './support.mts';

const client = useSandbox();
const listener = useListener();

const advance = (seconds: number) => client.sandbox.control.time({ advanceSeconds: seconds });
const details = (MessageId: string) => client.ok('GET /v1.0/message/details', { query: { MessageId } });
const updateRoute = (body: Row, count = 1) =>
	client.ok('POST /v1.0/message/routes/update', { body: { MessageRouteId: id('MRID-', count), ...body } });

beforeEach(() => client.sandbox.control.time({ speed: 0 }));

describe('sending', () => {
	test('moves from Queued to Sent to Delivered on the virtual clock', async () => {
		const { data } = await send(client);
		expect(data).toMatchObject({
			Status: 'Queued',
			Direction: 'Outbound',
			Type: 'p2p',
			MessageType: 'sms',
			Cost: 0.0045,
		});
		const statuses = [(await details(data.MessageId)).Status];
		for (const seconds of [0.3, 0.5]) {
			await advance(seconds);
			statuses.push((await details(data.MessageId)).Status);
		}
		expect(statuses).toEqual(['Queued', 'Sent', 'Delivered']);
		expect(await details(data.MessageId)).toMatchObject({
			Direction: 'OUTBOUND',
			To: ANA,
			Region: 'United States',
		});
	});

	test('has one id for several recipients, and each of them gets the message', async () => {
		const { data } = await send(client, { To: [{ Number: ANA }, { Number: BEN }] });
		expect(data.To).toEqual([{ Number: ANA }, { Number: BEN }]);
		expect(client.sandbox.control.outbox()).toMatchObject([
			{ messageId: data.MessageId, to: ANA, status: 'Queued' },
			{ messageId: data.MessageId, to: BEN, status: 'Queued' },
		]);
	});

	test('echoes media', async () => {
		const media = {
			MmsMedia: [{ MediaUrl: 'http://localhost/a.png' }],
			MmsBase64: [{ Base64: 'aGk=', BaseType: 'image/png' }],
		};
		const { data } = await send(client, { Body: '', ...media });
		expect(data).toMatchObject({ MessageType: 'mms', ...media });
		expect(client.sandbox.control.outbox()[0]?.media).toEqual(['http://localhost/a.png']);
	});

	test.each<[string, Row, string]>([
		['a number of someone else', { From: '+15005559999' }, 'is not provisioned in your account'],
		['a number without messaging', { From: TRACKER }, 'not enabled for messaging'],
		['a number without a route', { From: SPARE }, 'MessageRouteId is required'],
		['no number', { From: 'Robin' }, 'not an E.164 phone number'],
		['nobody', { To: [] }, 'The To field is required'],
		[
			'a recipient that is no number',
			{ To: [{ Number: ANA }, { Number: '555' }] },
			'To[1].Number is not an E.164',
		],
		['a recipient without number', { To: [{}] }, 'To[0].Number is not an E.164 phone number: missing'],
		['no text and no media', { Body: '' }, 'The Body field is required'],
	])('is refused from or to %s, and nothing goes out', async (_what, change, message) => {
		const { status, data } = await send(client, change);
		expect([status, data.Message]).toEqual([400, expect.stringContaining(message)]);
		expect(client.sandbox.control.outbox()).toEqual([]);
	});

	test('fails for a recipient that the control API says so', async () => {
		await client.post('/_sandbox/recipients', { number: BEN, status: 'Undelivered', errorCode: '30005' });
		const { data } = await send(client, { To: [{ Number: ANA }, { Number: BEN }] });
		await advance(1);
		expect(client.sandbox.control.outbox().map(({ status }) => status)).toEqual(['Delivered', 'Undelivered']);
		expect((await details(data.MessageId)).Status).toBe('Undelivered');
	});

	test('reports receipts to the route’s callback address', async () => {
		await updateRoute({
			CallbackMessageUrl: `${listener.url}/receipts`,
			CallbackMessageUrlMethod: 'POST',
			CallbackMessageAuthenticationType: 'Bearer',
			CallbackMessagePasswordToken: 'receipt-secret',
		});
		client.sandbox.control.failRecipient({ number: BEN, errorCode: '30003', errorMessage: 'Unreachable' });
		const good = (await send(client)).data.MessageId;
		const bad = (await send(client, { To: [{ Number: BEN }] })).data.MessageId;
		await advance(1);
		expect(listener.heard).toHaveLength(4);
		expect(listener.heard.every(({ headers }) => headers.authorization === 'Bearer receipt-secret')).toBe(
			true,
		);
		const receipts = listener.heard.map(({ body }) => body);
		expect(receipts).toContainEqual({
			MessageId: good,
			Status: 'Delivered',
			Timestamp: expect.any(String),
			ErrorCode: null,
			ErrorMessage: null,
		});
		expect(receipts).toContainEqual(
			expect.objectContaining({
				MessageId: bad,
				Status: 'Failed',
				ErrorCode: '30003',
				ErrorMessage: 'Unreachable',
			}),
		);
	});

	test('does not come back as inbound when it goes to a number of the account', async () => {
		await updateRoute({ MessageUrl: listener.url }, 2);
		await send(client, { To: [{ Number: NOTIFICATIONS }] });
		await advance(1);
		expect([listener.heard, client.sandbox.control.deliveries()]).toEqual([[], []]);
	});
});

describe('history', () => {
	test('is searched by number, paged', async () => {
		const search = (query: Row) => client.ok('GET /v1.0/message/search', { query });
		const first = await search({ PhoneNumber: MAIN, Page: 1, Results: 20 });
		const second = await search({ phoneNumber: MAIN, Page: 2, Results: 20 });
		expect(first).toMatchObject({ PhoneNumber: MAIN, ResultsTotalRecords: 30, ResultsPages: 2 });
		const ids = [...first.Results, ...second.Results].map(({ MessageID }: Row) => MessageID);
		expect(new Set(ids).size).toBe(30);
		expect((await search({ PhoneNumber: MAIN, Page: 3, Results: 20 })).Results).toEqual([]);
		expect(first.Results[0]).toMatchObject({
			Cost: expect.stringMatching(/^\$/),
			To: [{ Number: expect.any(String) }],
		});
	});

	test('is filtered by number, newest first, paged', async () => {
		const sent = (await send(client)).data.MessageId;
		const page = await client.ok('GET /v1.0/message/filter', {
			query: { PhoneNumber: ANA, Page: 1, Results: 3 },
		});
		expect(page).toMatchObject({ Page: 1, Results: 3, Total: 8 });
		expect(page.Messages[0]).toMatchObject({
			MessageId: sent,
			Direction: 'outbound',
			Status: 'queued',
			To: ANA,
		});
	});

	test('knows the handset’s receipt', async () => {
		const MessageId = (await send(client)).data.MessageId;
		const answer = await client.ok('POST /v1.0/message/device-delivery', { body: { MessageId } });
		expect(answer).toMatchObject({ MessageId, DeviceDeliveryStatus: 'Delivered', DeviceType: 'mobile' });
	});
});

describe('inbound messages', () => {
	const inbound = (change: Row = {}) =>
		client.sandbox.control.inbound({ from: ANA, to: MAIN, body: 'Hello there', ...change });

	test('are POSTed to the route as the onboarding guide spells them', async () => {
		await updateRoute({ MessageUrl: `${listener.url}/hook?x=1` });
		const { data } = await client.post('/_sandbox/inbound', {
			from: ANA,
			to: MAIN,
			body: 'Hi 👋',
			media: ['http://localhost/cat.png'],
		});
		expect(data.attempts).toMatchObject([
			{ status: 200, error: null, response: 'heard', messageId: data.messageId },
		]);
		expect(listener.heard).toMatchObject([{ method: 'POST', path: '/hook', query: { x: '1' } }]);
		expect(listener.heard[0]?.headers.authorization).toBeUndefined();
		expect(listener.heard[0]?.body).toEqual({
			Message_ID: data.messageId,
			Owner: MAIN,
			To: MAIN,
			From: ANA,
			Message_Body: 'Hi 👋',
			Segment: 1,
			MMS_Media_URL: 'http://localhost/cat.png',
		});
		expect(await details(data.messageId)).toMatchObject({
			Direction: 'INBOUND',
			Status: 'Received',
			From: ANA,
		});
	});

	test('come with GET in the query string, with Basic authentication', async () => {
		await updateRoute({ MessageUrl: listener.url }, 2);
		await inbound({ to: NOTIFICATIONS, body: 'a&b=c é' });
		expect(listener.heard[0]).toMatchObject({ method: 'GET', query: { Message_Body: 'a&b=c é', From: ANA } });
		const expected = Buffer.from('telegent:seeded-password').toString('base64');
		expect(listener.heard[0]?.headers.authorization).toBe(`Basic ${expected}`);
	});

	test('come with Bearer authentication', async () => {
		await updateRoute({
			MessageUrl: listener.url,
			MessageAuthenticationType: 'Bearer',
			MessagePasswordToken: 's3cret',
		});
		await inbound();
		expect(listener.heard[0]?.headers.authorization).toBe('Bearer s3cret');
	});

	test.each<[string, Row]>([
		['pascal', { MessageId: 'TMID-x', Text: 'Hello there', Direction: 'Inbound' }],
		['search', { MessageID: 'TMID-x', To: [{ Number: MAIN }], Body: 'Hello there' }],
		['snake', { message_id: 'TMID-x', message_body: 'Hello there' }],
		['camel', { messageId: 'TMID-x', body: 'Hello there', owner: MAIN }],
	])('can be spelled otherwise: %s', async (style, expected) => {
		await updateRoute({ MessageUrl: listener.url });
		await inbound({ style, messageId: 'TMID-x' });
		expect(listener.heard[0]?.body).toMatchObject(expected);
	});

	test('are not repeated unless that is set', async () => {
		await updateRoute({ MessageUrl: listener.url });
		listener.answers.push(500);
		expect((await inbound()).attempts).toMatchObject([{ status: 500, error: 'responded with 500' }]);
		client.sandbox.control.changeSettings({ inboundRedeliveries: 3 });
		listener.answers.push(500, 502);
		expect((await inbound()).attempts.map(({ status }) => status)).toEqual([500, 502, 200]);
	});

	test('can be delivered twice with the same id', async () => {
		await updateRoute({ MessageUrl: listener.url });
		await inbound({ repeat: 2 });
		const [first, second] = listener.heard.map(({ body }) => body.Message_ID);
		expect(first).toBe(second);
	});

	test('stay with Telegent when there is nobody to call', async () => {
		const error = async (change: Row = {}) => (await inbound(change)).attempts[0]?.error;
		expect(await error({ to: SPARE })).toContain('no message route');
		expect(await error({ to: TRACKER })).toContain('isn’t enabled for messaging');
		await updateRoute({ MessageRouteEnabled: false });
		expect(await error()).toContain('is disabled');
		await updateRoute({ MessageRouteEnabled: true, MessageUrl: 'http://127.0.0.1:9/' });
		expect(await error()).toMatch(/nobody listens|fetch failed|bad port/);
		await updateRoute({ MessageUrl: 'https://example.com/hook' });
		expect(await error()).toContain('only calls URLs on this computer');
		expect(client.sandbox.control.deliveries()).toHaveLength(5);
	});

	test('to a number of someone else are refused', async () => {
		const { status, data } = await client.post('/_sandbox/inbound', {
			from: ANA,
			to: '+15005559999',
			body: 'x',
		});
		expect([status, data.error]).toEqual([400, expect.stringContaining('not one of the account')]);
	});

	test('reach another webhook at once after the route was changed', async () => {
		await updateRoute({ MessageUrl: `${listener.url}/one` });
		await inbound();
		await updateRoute({ MessageUrl: `${listener.url}/two` });
		await inbound();
		expect(listener.heard.map(({ path }) => path)).toEqual(['/one', '/two']);
	});

	test('are dropped by AI Guardian where a filter says so', async () => {
		await updateRoute({ MessageUrl: listener.url });
		const SubscriberId = id('TSUID-', 2);
		const filter = {
			SubscriberId,
			Phone: MAIN,
			FilterMode: 'ACTIVE',
			ApplyToInbound: true,
			BlockedContacts: [BEN],
		};
		const { FilterId } = await client.ok('POST /v1.0/subscribers/message-filter', {
			body: { ...filter, KeywordFilter: '{"CustomKeywords":["lottery"]}' },
		});
		expect((await inbound({ from: BEN })).attempts[0]?.error).toContain('the sender is blocked');
		expect((await inbound({ body: 'You won the LOTTERY' })).attempts[0]?.error).toContain(FilterId);
		expect((await inbound()).attempts[0]?.status).toBe(200);
		expect(listener.heard).toHaveLength(1);
	});
});

describe('account webhooks', () => {
	test('hear of inbound messages and of orders, with their authentication', async () => {
		const webhook = {
			WebhookUrl: `${listener.url}/events`,
			Method: 'POST',
			AuthenticationType: 'Token',
			AuthenticationToken: 'tok',
		};
		await client.ok('POST /v1.0/webhook/create', {
			body: { ...webhook, SubscribedEvents: 'Order_Update, New_SMS' },
		});
		await client.sandbox.control.inbound({ from: ANA, to: MAIN, body: 'Hi' });
		await client.ok('POST /v1.0/numbers/update', { body: { Number: MAIN, CnamFirstName: 'New' } });
		await client.sandbox.control.idle();
		expect(listener.heard.map(({ body }) => body)).toMatchObject([
			{ Event: 'New_Sms', AccountId: id('AID-'), Message_Body: 'Hi' },
			{ Event: 'Order_Update', OrderStatus: 'Complete', OrderType: 'update' },
		]);
		expect(listener.heard[0]?.headers.authorization).toBe('Bearer tok');
	});

	test('only hear what they subscribed to', async () => {
		const body = { WebhookUrl: listener.url, SubscribedEvents: 'Call_Completed' };
		await client.ok('POST /v1.0/webhook/create', { body });
		await client.sandbox.control.inbound({ from: ANA, to: MAIN, body: 'Hi' });
		await client.sandbox.control.idle();
		expect(listener.heard).toEqual([]);
	});
});
