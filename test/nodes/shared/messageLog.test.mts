import fc from 'fast-check';
import type { ApiResponse } from '../../../transport/client.ts';
import {
	findMessages,
	messagesSince,
	onceForEachPage,
	type LogClient,
} from '../../../nodes/shared/messageLog.ts';

const NUMBER = '+15005550100';
const NOW = Date.UTC(2026, 10, 26);

interface Entry {
	id: number;
	/** Seconds before now. */
	ago: number;
}

/** Telegent with these messages, in this order; `cap`: the most it puts on a page. */
function telegent(entries: Entry[], cap = 100): LogClient & { requests: number } {
	const client = {
		requests: 0,
		async call({ query }: { query?: object }): Promise<ApiResponse> {
			client.requests++;
			const { Page, Results } = query as { Page: number; Results: number };
			const size = Math.min(cap, Results);
			const page = entries.slice((Page - 1) * size, Page * size);
			const Messages = page.map(({ ago, id }) => ({
				MessageId: `TMID-${id}`,
				From: NUMBER,
				To: '+18015550001,+18015550002',
				Body: 'Hi',
				Direction: 'outbound',
				Status: 'sent',
				CreatedAt: new Date(NOW - ago * 1000).toISOString(),
			}));
			return { Messages, Page, Results, Total: entries.length };
		},
	};
	return client as LogClient & { requests: number };
}

const list = (count: number) => Array.from({ length: count }, (_, id) => ({ id, ago: id }));
const idsOf = ({ messages }: Awaited<ReturnType<typeof messagesSince>>) =>
	messages.map(({ id }) => Number(id.slice(5))).sort((a, b) => a - b);

test('a message without a direction counts as sent, and each recipient has an entry', async () => {
	const entry = (To: string) => ({
		MessageId: 'TMID-1',
		From: NUMBER,
		To,
		CreatedAt: new Date(NOW).toISOString(),
	});
	const Messages = [entry('+18015550001'), entry('+18015550002')];
	const call = async () => ({ Messages, Total: 2 }) as ApiResponse;
	const { messages } = await messagesSince({ call } as LogClient, NUMBER, NOW - 1000);
	expect(messages.map(({ outbound, to }) => [outbound, ...to])).toEqual([
		[true, '+18015550001'],
		[true, '+18015550002'],
	]);
});

test('reads a message with its recipients, direction and time', async () => {
	const { complete, messages } = await messagesSince(telegent(list(1)), NUMBER, NOW - 1000);
	expect(complete).toBe(true);
	expect(messages).toEqual([
		expect.objectContaining({
			id: 'TMID-0',
			from: NUMBER,
			to: ['+18015550001', '+18015550002'],
			body: 'Hi',
			outbound: true,
			status: 'sent',
			at: NOW,
		}),
	]);
});

test('numbers are compared as they are sent, even if the list leaves the + away', async () => {
	const Messages = [
		{ MessageId: 'TMID-1', From: NUMBER.slice(1), To: '18015550001, 4915112345678', CreatedAt: '' },
		{ MessageId: 'TMID-2', From: 'TELEGENT', To: [{ Number: '22395' }], CreatedAt: '' },
	];
	const call = async () => ({ Messages, Total: 2 }) as ApiResponse;
	const { messages } = await messagesSince({ call } as LogClient, NUMBER, NOW - 1000);
	expect(messages.map(({ from, to }) => [from, ...to])).toEqual([
		[NUMBER, '+18015550001', '+4915112345678'],
		['TELEGENT', '22395'],
	]);
});

const sorted = [
	(all: Entry[]) => [...all].sort((a, b) => a.ago - b.ago),
	(all: Entry[]) => [...all].sort((a, b) => b.ago - a.ago),
];

test.each([
	['newest first', list(5_000), 3],
	['newest last', list(5_000).reverse(), 4],
])('asks for no more pages than it needs: %s', async (_order, entries, requests) => {
	const client = telegent(entries);
	const log = await messagesSince(client, NUMBER, NOW - 250_000);
	expect(log.complete).toBe(true);
	expect(idsOf(log)).toEqual(list(251).map(({ id }) => id));
	expect(client.requests).toBe(requests);
});

const sampleOf = (maxLength: number) =>
	fc.array(fc.nat({ max: 40 }), { maxLength }).map((all) => all.map((ago, id) => ({ id, ago })));

test.each([
	['sorted either way', 60, sorted],
	['in no order', 19, [(all: Entry[]) => all]],
])('%s: what it calls complete has every message since the time', async (_order, length, how) => {
	const entries = sampleOf(length);
	const orders = fc.constantFrom(...how);
	const scenario = fc.tuple(entries, orders, fc.nat({ max: 45 }), fc.integer({ min: 1, max: 20 }));
	await fc.assert(
		fc.asyncProperty(scenario, async ([all, order, since, cap]) => {
			const log = await messagesSince(telegent(order(all), cap), NUMBER, NOW - since * 1000);
			const wanted = all.filter(({ ago }) => ago <= since).map(({ id }) => id);
			expect(log.complete).toBe(true);
			expect(idsOf(log)).toEqual(wanted.sort((a, b) => a - b));
		}),
		{ numRuns: 300 },
	);
});

test.each([
	['newest first', list(5_000), 2],
	['newest last', list(5_000).reverse(), 3],
	['in no order', [list(5_000)[1], list(5_000)[0], ...list(5_000).slice(2)], 50],
])('reads no further than the newest messages that are enough: %s', async (_order, entries, requests) => {
	const client = telegent(entries);
	const isWanted = ({ id }: { id: string }) => Number(id.slice(5)) % 50 === 0;
	const until = NOW - 60_000;
	const { complete, messages } = await findMessages(client, NUMBER, { isWanted, most: 2, until });
	expect(complete).toBe(true);
	expect(messages.map(({ id }) => id)).toEqual(['TMID-100', 'TMID-150']);
	expect(client.requests).toBe(requests);
});

test.each([
	['sorted either way', 60, sorted],
	['in no order', 19, [(all: Entry[]) => all]],
])('%s: what it calls complete are the newest that are wanted, newest first', async (_order, length, how) => {
	const limits = fc.record({
		since: fc.nat({ max: 45 }),
		until: fc.nat({ max: 20 }),
		most: fc.nat({ max: 9 }),
	});
	const scenario = fc.tuple(
		sampleOf(length),
		fc.constantFrom(...how),
		limits,
		fc.integer({ min: 1, max: 20 }),
	);
	await fc.assert(
		fc.asyncProperty(scenario, async ([all, order, { most, since, until }, cap]) => {
			const isWanted = ({ id }: { id: string }) => Number(id.slice(5)) % 3 !== 0;
			const query = { since: NOW - since * 1000, until: NOW - until * 1000, most, isWanted };
			const log = await findMessages(telegent(order(all), cap), NUMBER, query);
			const times = all
				.filter(({ ago, id }) => ago <= since && ago >= until && id % 3 !== 0)
				.map(({ ago }) => ago)
				.sort((a, b) => a - b);
			expect(log.complete).toBe(true);
			expect(log.messages.map(({ at }) => (NOW - at) / 1000)).toEqual(times.slice(0, most));
		}),
		{ numRuns: 300 },
	);
});

test.each([
	['newest first', (all: Entry[]) => all],
	['newest last', (all: Entry[]) => all.reverse()],
])('messages of one second keep the order of the list: %s', async (_order, order) => {
	const entries = [0, 1, 1, 1, 2].map((ago, id) => ({ id, ago }));
	const { messages } = await findMessages(telegent(order(entries)), NUMBER, {});
	expect(messages.map(({ id }) => id)).toEqual(entries.map((_, id) => `TMID-${id}`));
});

test('a message without a readable time stays where the list has it', async () => {
	const client = {
		call: async () => ({
			Messages: [
				{ MessageId: 'a', CreatedAt: '2026-11-26T10:00:00Z' },
				{ MessageId: 'b' },
				{ MessageId: 'c', CreatedAt: '2026-11-26T11:00:00Z' },
			],
			Total: 3,
		}),
	} as unknown as LogClient;
	const { messages } = await findMessages(client, NUMBER, { since: 1, until: NOW + 86_400_000 });
	expect(messages.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
});

test('a time without a time zone is no time: it would be read in the zone of the server', async () => {
	const times = ['2026-11-26T10:00:00', '2026-11-26T10:00:00Z', '2026-11-26 10:00:00 +09:00', 1764151200];
	const Messages = times.map((CreatedAt, id) => ({ MessageId: String(id), CreatedAt }));
	const client = { call: async () => ({ Messages, Total: 4 }) } as unknown as LogClient;
	const { messages } = await findMessages(client, NUMBER, {});
	const at = new Map(messages.map((one) => [one.id, one.at]));
	expect([...times.keys()].map((id) => at.get(String(id)))).toEqual([
		NaN,
		Date.UTC(2026, 10, 26, 10),
		Date.UTC(2026, 10, 26, 1),
		NaN,
	]);
});

test('searches of one run share the pages, but not a page that could not be read', async () => {
	const client = telegent(list(250));
	const shared = onceForEachPage(client);
	const all = async () => await Promise.all([1, 2, 3].map(() => findMessages(shared, NUMBER, {})));
	expect((await all()).map(({ messages }) => messages.length)).toEqual([250, 250, 250]);
	expect(client.requests).toBe(3);
	const broken = telegent(list(1));
	const { call } = broken;
	broken.call = async () => await Promise.reject(new Error('no connection'));
	const again = onceForEachPage(broken);
	await expect(findMessages(again, NUMBER, {})).rejects.toThrow('no connection');
	broken.call = call;
	expect((await findMessages(again, NUMBER, {})).messages).toHaveLength(1);
});

test('a list that is longer than it may read is not complete', async () => {
	const log = await messagesSince(telegent(list(2_000)), NUMBER, 0, 5);
	expect(log.complete).toBe(false);
	expect(log.messages).toHaveLength(500);
});

test.each([
	['the same page', () => 1],
	['two pages in turn', (page: number) => (page % 2) + 1],
])('a list that never ends, with %s, is read for a few pages and is not complete', async (_how, pageOf) => {
	const client = telegent(list(300));
	const { call } = client;
	client.call = async (request) => {
		const query = request.query as { Page: number };
		const response = await call({ ...request, query: { ...query, Page: pageOf(query.Page) } });
		return { ...(response as object), Total: 1_000_000_000 };
	};
	const { complete, messages } = await findMessages(client, NUMBER, { maxPages: 2_000 });
	expect([complete, messages.length > 0, client.requests < 10]).toEqual([false, true, true]);
});

test('messages that move to the next page meanwhile are counted once', async () => {
	const entries = list(250);
	const client = telegent(entries);
	const { call } = client;
	client.call = async (request) => {
		const response = await call(request);
		entries.unshift({ id: 1_000 + entries.length, ago: 0 });
		return response;
	};
	const log = await messagesSince(client, NUMBER, NOW - 120_000);
	expect(log.complete).toBe(true);
	const ids = idsOf(log);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.slice(0, 121)).toEqual(list(121).map(({ id }) => id));
});

test.each([
	[
		'as a list',
		[{ Number: '+18015550001' }, { Number: '+18015550002' }, null],
		['+18015550001', '+18015550002'],
	],
	['as one object', { Number: '+18015550001' }, ['+18015550001']],
	['as a list of texts', ['+18015550001'], ['+18015550001']],
	['not at all', undefined, []],
])('recipients that come %s', async (_how, To, numbers) => {
	const client = { call: async () => ({ Messages: [{ MessageId: 'TMID-1', To }], Total: 1 }) } as LogClient;
	const { messages } = await messagesSince(client, NUMBER, 0);
	expect(messages[0].to).toEqual(numbers);
});

test.each([
	['whose end cannot be read', () => ({})],
	['whose end is in no order', () => ({ Messages: [{ MessageId: 'x', CreatedAt: 'now' }], Total: 2_000 })],
])('a list %s is not complete', async (_case, end) => {
	const client = telegent(list(2_000).reverse());
	const { call } = client;
	client.call = async (request) =>
		Number((request.query as { Page: number }).Page) === 20 ? (end() as ApiResponse) : await call(request);
	expect((await messagesSince(client, NUMBER, NOW - 250_000)).complete).toBe(false);
});
