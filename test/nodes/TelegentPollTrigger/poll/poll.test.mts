import { useFasterTime } from '../../../support/fasterTime.mts';
import { PollHost } from '../../../support/n8n/pollHost.mts';
import { OWN_NUMBER, useSandbox } from '../../../support/sandbox.mts';

const ANA = '+12025550142';
const FILTER = '/v1.0/message/filter';
const INFO = '/v1.0/numbers/data-usage/info';
const SECOND = '+15005550101';

useFasterTime();
const sandbox = useSandbox();
afterEach(() => jest.restoreAllMocks());
const host = (parameters = {}) =>
	new PollHost(sandbox.credential, {
		event: 'messageReceived',
		phoneNumbers: [OWN_NUMBER],
		filters: {},
		...parameters,
	});
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
const text = async (body: string, to = OWN_NUMBER, from = ANA) =>
	await sandbox.control.inbound({ from, to, body });

describe('New Message', () => {
	test('starts from now, gives each message once, in the shape of the Telegent Trigger', async () => {
		await text('before');
		const n8n = host();
		await n8n.publish();
		expect(n8n.executions).toEqual([]);
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('one');
		await text('two');
		await n8n.tick();
		await n8n.tick();
		expect(n8n.executions.map((items) => items.map(({ body }) => body))).toEqual([['one', 'two']]);
		expect(n8n.items[0]).toEqual({
			event: 'messageReceived',
			messageId: expect.stringMatching(/^TMID-/),
			from: ANA,
			to: OWN_NUMBER,
			owner: OWN_NUMBER,
			body: 'one',
			media: [],
			segments: 1,
			receivedAt: expect.stringMatching(/Z$/),
			intent: null,
			intentBy: null,
			conversation: `${OWN_NUMBER}|${ANA}`,
			raw: expect.objectContaining({ Direction: 'inbound' }),
		});
		expect(n8n.items[0].raw).not.toHaveProperty('Owner');
	});

	test('a quiet number costs one request per poll', async () => {
		const n8n = host();
		await n8n.publish();
		sandbox.control.clearRequests();
		await n8n.tick();
		await n8n.tick();
		expect(sandbox.calls()).toHaveLength(2);
	});

	test('what arrives while n8n is down is given once afterward', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 60 });
		await text('seen');
		await n8n.tick();
		// Found nothing, so n8n stores nothing.
		await n8n.tick();
		await sandbox.control.time({ advanceSeconds: 86_400 });
		await text('while it was down');
		await n8n.restart();
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['seen', 'while it was down']);
	});

	test('also before the first message was ever found', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 3_600 });
		await text('first');
		await n8n.restart();
		expect(n8n.items.map(({ body }) => body)).toEqual(['first']);
	});

	test('what arrives while the workflow is unpublished is not given', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 60 });
		await text('one');
		await n8n.tick();
		await sandbox.control.time({ advanceSeconds: 3_600 });
		await text('unpublished');
		const later = Date.now() + 4_000_000;
		jest.spyOn(Date, 'now').mockReturnValue(later);
		await n8n.publish('activate');
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['one']);
	});

	test('a new version of the workflow continues where the last one was', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 60 });
		await text('one');
		await n8n.publish('update');
		expect(n8n.items.map(({ body }) => body)).toEqual(['one']);
	});

	test('all numbers of the account are checked if none is chosen, and each names its owner', async () => {
		const n8n = host({ phoneNumbers: [] });
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('main');
		await text('second', SECOND);
		await n8n.tick();
		expect(n8n.items.map(({ body, owner }) => [body, owner])).toEqual([
			['main', OWN_NUMBER],
			['second', SECOND],
		]);
	});

	test.each([
		['chosen besides', [SECOND, OWN_NUMBER], ['one']],
		['no longer the only one', [], ['one']],
		['chosen instead', [SECOND], []],
	])('a number that is %s in a new version begins from there', async (_how, later, old) => {
		const parameters = { phoneNumbers: [OWN_NUMBER] };
		const n8n = host(parameters);
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 60 });
		await text('one');
		await text('while it was not chosen', SECOND);
		const { now } = Date;
		jest.spyOn(Date, 'now').mockImplementation(() => now() + 120_000);
		n8n.change({ phoneNumbers: later });
		await n8n.publish('update');
		expect(n8n.items.map(({ body }) => body)).toEqual(old);
		await text('now', SECOND);
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual([...old, 'now']);
	});

	test('only messages of the senders in From', async () => {
		const n8n = host({ filters: { from: '202-555-0142' } });
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('no', OWN_NUMBER, '+14155550117');
		await text('yes');
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['yes']);
	});

	test.each([
		['is unreachable', { drop: 'before' }],
		['answers 429', { status: 429, retryAfterSeconds: 3_600 }],
	])('if Telegent %s, the poll fails with words and loses nothing', async (_what, fault) => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('one');
		sandbox.control.addFault({ path: FILTER, count: 9, ...fault } as never);
		await n8n.tick();
		expect(n8n.errors).toEqual([
			expect.objectContaining({
				message: expect.stringMatching(/Telegent|Too many requests/),
				description: expect.stringContaining('The next check continues where this one stopped.'),
			}),
		]);
		expect(n8n.executions).toEqual([]);
		sandbox.control.clearFaults();
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['one']);
	});

	test('a list that does not say how many messages there are moves nothing, and the next poll has them', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('one');
		sandbox.control.addFault({ path: FILTER, count: 9, status: 200, body: { Messages: [] } });
		await n8n.tick();
		expect(n8n.errors).toEqual([
			expect.objectContaining({
				message: expect.stringContaining("couldn't be read completely"),
				description: expect.stringContaining('nothing is lost'),
			}),
		]);
		sandbox.control.clearFaults();
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['one']);
	});

	test('every check after the first one continues, although n8n says each time that it was just published', async () => {
		const n8n = host();
		await n8n.publish('activate');
		await pause(3_000);
		await text('one');
		await pause(3_000);
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['one']);
	});

	test('polls that overlap are one', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('one');
		await Promise.all([n8n.tick(), n8n.tick()]);
		expect(n8n.executions).toHaveLength(1);
	});

	test('a test in the editor gives the newest message and moves nothing', async () => {
		const n8n = host();
		await n8n.publish();
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('older');
		await sandbox.control.time({ advanceSeconds: 5 });
		await text('newest');
		expect((await n8n.test())?.map(({ body }) => body)).toEqual(['newest']);
		await n8n.tick();
		expect(n8n.items.map(({ body }) => body)).toEqual(['older', 'newest']);
	});

	test('without a message, a test says what to do', async () => {
		await expect(host({ filters: { from: '+14155550999' } }).test()).rejects.toThrow(
			'No message to test with yet',
		);
	});

	test('a wrong secret keeps the workflow from being published', async () => {
		const n8n = new PollHost({ ...sandbox.credential, accountSecret: 'wrong' }, {
			event: 'messageReceived',
			phoneNumbers: [OWN_NUMBER],
		} as never);
		await expect(n8n.publish()).rejects.toThrow();
	});
});

describe('Data Usage Passed Threshold', () => {
	const usage = (Used: string, Remaining: string) => {
		sandbox.control.clearFaults();
		const PhoneNumbers = [
			{ Number: OWN_NUMBER, Status: 'ACTIVE', Used, Remaining, CurrentBehavior: 'Active' },
		];
		sandbox.control.addFault({ path: INFO, count: 99, status: 200, body: { PhoneNumbers } });
	};
	const watch = (unit = 'percent', threshold = 80) =>
		host({ event: 'dataUsage', unit, threshold, phoneNumbers: [OWN_NUMBER] });

	test('is reported once per billing period, also after a restart', async () => {
		usage('10 MB', '10 MB');
		const n8n = watch();
		await n8n.publish();
		expect(n8n.items).toEqual([]);
		usage('16 MB', '4 MB');
		await n8n.tick();
		usage('17 MB', '3 MB');
		await n8n.tick();
		await n8n.restart();
		await n8n.tick();
		expect(n8n.items).toEqual([
			{
				event: 'dataUsage',
				number: OWN_NUMBER,
				usedMb: 16,
				remainingMb: 4,
				usedPercent: 80,
				threshold: 80,
				unit: 'percent',
				behavior: 'Active',
				raw: expect.objectContaining({ Used: '16 MB' }),
			},
		]);
		usage('0 B', '20 MB');
		await n8n.tick();
		usage('19 MB', '1 MB');
		await n8n.tick();
		expect(n8n.items.map(({ usedMb }) => usedMb)).toEqual([16, 19]);
	});

	test('a period that is past the threshold at the next look is reported, too', async () => {
		usage('19 MB', '1 MB');
		const n8n = watch();
		await n8n.publish();
		usage('17 MB', '3 MB');
		await n8n.tick();
		expect(n8n.items.map(({ usedMb }) => usedMb)).toEqual([19, 17]);
	});

	test.each([
		['1536 KB', 1.5],
		['2 GB', 2048],
		['1.5', 1.5],
	])('%s is %p MB', async (used, megabytes) => {
		usage(used, '1 MB');
		const n8n = watch('megabytes', 1);
		await n8n.publish();
		expect(n8n.items.map(({ usedMb }) => usedMb)).toEqual([megabytes]);
	});

	test('all numbers with data are asked for in one request', async () => {
		const n8n = host({ event: 'dataUsage', unit: 'percent', threshold: 101, phoneNumbers: [] });
		await n8n.publish();
		const [request, ...others] = sandbox.calls(INFO);
		expect(others).toEqual([]);
		expect((request.body as { PhoneNumbers: unknown[] }).PhoneNumbers.length).toBeGreaterThan(0);
	});

	test.each([
		[{ Used: 'unlimited', Remaining: '1 MB' }, null],
		[{ Remaining: '1 MB' }, null],
		[{ Used: 2, Remaining: 1, ValueUnit: 'GB' }, 2048],
	])('%j is %p MB used; what Telegent does not tell starts nothing', async (record, usedMb) => {
		sandbox.control.addFault({
			...{ path: INFO, count: 99, status: 200 },
			body: { PhoneNumbers: [{ Number: OWN_NUMBER, ...record }] },
		});
		const n8n = watch('megabytes', 1);
		await n8n.publish();
		expect(n8n.items.map((item) => item.usedMb)).toEqual(usedMb === null ? [] : [usedMb]);
		expect(await n8n.test()).toEqual([expect.objectContaining({ usedMb, behavior: '' })]);
	});

	test('without a number that has data, a test says what to do', async () => {
		sandbox.control.addFault({ path: INFO, count: 9, status: 200, body: { PhoneNumbers: [] } });
		await expect(watch().test()).rejects.toThrow('No data usage to test with yet');
		const body = { PhoneNumbers: [], TotalResults: 0 };
		sandbox.control.addFault({ path: '/v1.0/numbers/inventory', count: 9, status: 200, body });
		const all = host({ event: 'dataUsage', unit: 'percent', threshold: 1, phoneNumbers: [] });
		await expect(all.test()).rejects.toThrow('No data usage to test with yet');
	});

	test('a test in the editor gives the usage of the first number', async () => {
		usage('1 MB', '19 MB');
		expect(await watch().test()).toEqual([expect.objectContaining({ number: OWN_NUMBER, usedPercent: 5 })]);
	});
});

describe('Order Changed', () => {
	const ORDER = '/v1.0/numbers/order';
	const NUMBERS = '/v1.0/numbers/inventory';
	const order = (OrderStatus: string, OrderStatusMessage = '') => {
		sandbox.control.clearFaults();
		const about = { OrderStatus, OrderStatusMessage, OrderType: 'portin' };
		const body = [0, 1, 2].map((number) => ({ OrderId: `JNUOID-${number}`, ...about }));
		sandbox.control.addFault({ path: ORDER, count: 99, status: 200, body });
	};

	test('gives an order when its status changes, and asks no more when it has ended', async () => {
		order('Pending');
		const n8n = host({ event: 'orderUpdate', orderIds: 'JNUOID-1' });
		await n8n.publish();
		await n8n.tick();
		expect(n8n.items).toEqual([]);
		order('Error', '8A-ACCOUNT_NUM_REQ_OR_INCORRECT');
		await n8n.tick();
		sandbox.control.clearRequests();
		await n8n.tick();
		expect(sandbox.calls(ORDER)).toEqual([]);
		expect(n8n.items).toEqual([
			expect.objectContaining({ event: 'orderUpdate', orderId: 'JNUOID-1', type: 'portin', status: 'Error' }),
		]);
	});

	const inventory = (...ids: Array<string | null>) => {
		const PhoneNumbers = ids.map((OrderId, index) => ({ Number: `+1500555020${index}`, OrderId }));
		const body = { PhoneNumbers, TotalResults: ids.length };
		sandbox.control.addFault({ path: NUMBERS, count: 99, status: 200, body });
	};

	test('an order that Telegent does not return is asked for again, and nothing is lost', async () => {
		order('Pending');
		const n8n = host({ event: 'orderUpdate', orderIds: 'JNUOID-1' });
		await n8n.publish();
		sandbox.control.clearFaults();
		sandbox.control.addFault({ path: ORDER, count: 99, status: 200, body: [] });
		await n8n.tick();
		expect(n8n.errors[0].message).toBe("Telegent's response doesn't contain order JNUOID-1");
		order('Complete');
		await n8n.tick();
		expect(n8n.items.map(({ status }) => status)).toEqual(['Complete']);
	});

	test('the order of a number that left the account is forgotten, and new again when it returns', async () => {
		order('Pending');
		inventory('JNUOID-1', null);
		const n8n = host({ event: 'orderUpdate', orderIds: '' });
		await n8n.publish();
		order('Pending');
		inventory(null);
		await n8n.tick();
		expect(n8n.items).toEqual([]);
		order('Pending');
		inventory('JNUOID-1');
		await n8n.tick();
		expect(n8n.items.map(({ orderId }) => orderId)).toEqual(['JNUOID-1']);
	});

	test('a new version without IDs begins with the orders as they are', async () => {
		order('Pending');
		const n8n = host({ event: 'orderUpdate', orderIds: 'JNUOID-1' });
		await n8n.publish();
		order('Pending');
		inventory('JNUOID-1', 'JNUOID-0');
		n8n.change({ orderIds: '' });
		await n8n.publish('update');
		order('Complete');
		inventory('JNUOID-1', 'JNUOID-0', 'JNUOID-2');
		await n8n.tick();
		// The first one is watched already, the last one is new.
		expect(n8n.items.map(({ orderId }) => orderId)).toEqual(['JNUOID-1', 'JNUOID-2']);
	});

	test('without an order, a test says what to do', async () => {
		inventory(null);
		await expect(host({ event: 'orderUpdate', orderIds: '' }).test()).rejects.toThrow(
			'No order to test with yet',
		);
	});

	test('without IDs, gives the order of a number that is new in the account', async () => {
		order('Complete');
		inventory('JNUOID-0');
		const n8n = host({ event: 'orderUpdate', orderIds: '' });
		await n8n.publish();
		expect(sandbox.calls(ORDER)).toEqual([]);
		order('Complete');
		inventory('JNUOID-0', 'JNUOID-1');
		await n8n.tick();
		await n8n.tick();
		expect(n8n.items).toEqual([expect.objectContaining({ orderId: 'JNUOID-1', status: 'Complete' })]);
		expect(await n8n.test()).toEqual([expect.objectContaining({ orderId: 'JNUOID-0' })]);
	});
});

test('an event that is chosen again in a later version begins from there', async () => {
	const n8n = host();
	await n8n.publish();
	n8n.change({ event: 'dataUsage', unit: 'percent', threshold: 101 });
	await n8n.publish('update');
	await sandbox.control.time({ advanceSeconds: 60 });
	await text('while it was not chosen');
	const { now } = Date;
	jest.spyOn(Date, 'now').mockImplementation(() => now() + 120_000);
	n8n.change({ event: 'messageReceived' });
	await n8n.publish('update');
	await text('now');
	await n8n.tick();
	expect(n8n.items.map(({ body }) => body)).toEqual(['now']);
});

test('a workflow of a newer version says what is missing', async () => {
	await expect(host({ event: 'somethingNew' }).publish()).rejects.toThrow('has no event "somethingNew"');
});
