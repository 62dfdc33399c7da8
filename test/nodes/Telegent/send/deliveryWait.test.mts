import { jest } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';
import type { ApiRequest, TelegentClient } from '../../../../transport/client.ts';
import {
	DeliveryWait,
	mostRequests,
	type AwaitedMessage,
} from '../../../../nodes/Telegent/send/deliveryWait.ts';
import { fakeTelegent } from '../../../support/fakeTelegent.mts';

const FROM = '+15005550100';
const START = Date.UTC(2026, 10, 26);
const HOUR_MS = 3_600_000;
const person = (n: number) => `+1801555${String(n).padStart(4, '0')}`;

interface Listed {
	id: string;
	to: string;
	/** When it gets its outcome, seconds after the wait began; never where undefined. */
	settledAt?: number;
	outcome?: string;
	ErrorMessage?: string;
	ErrorCode?: string;
	/** When the list begins to show it. */
	shownAt?: number;
}

beforeEach(() => void jest.useFakeTimers({ now: START, doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => void jest.useRealTimers());

/** Telegent's list of these messages, the newest first, sent at 50 a minute until the wait begins; `wait` takes no time. */
function list(messages: Listed[], newestFirst = true) {
	const waits: number[] = [];
	const seconds = () => (Date.now() - START) / 1000;
	const { requests, telegent } = fakeTelegent(({ query }: ApiRequest) => {
		const { Page, PhoneNumber, Results } = query as { Page: number; PhoneNumber: string; Results: number };
		const entries = messages
			.map((message, index) => ({ ...message, at: START - (messages.length - index) * 1200 }))
			.filter(({ shownAt = 0 }) => seconds() >= shownAt)
			.map(({ at, id, outcome = 'delivered', settledAt = Infinity, to, ErrorCode, ErrorMessage }) => ({
				MessageId: id,
				From: PhoneNumber,
				To: to,
				Body: 'Hi',
				Direction: 'outbound',
				Status: seconds() >= settledAt ? outcome : 'sent',
				CreatedAt: new Date(at).toISOString(),
				...(ErrorMessage && { ErrorCode, ErrorMessage }),
			}));
		if (newestFirst) entries.reverse();
		return { Messages: entries.slice((Page - 1) * Results, Page * Results), Total: entries.length };
	});
	const wait = async (ms: number) => {
		waits.push(ms);
		jest.setSystemTime(Date.now() + ms);
	};
	return { requests, waits, telegent: { ...telegent, wait } as unknown as TelegentClient };
}

const message = (id: string, to: string[], from = FROM): AwaitedMessage => ({
	id,
	from,
	to,
	since: START - HOUR_MS,
	sentAt: START,
	status: { delivery: 'unknown', reason: null },
});

const context = { getExecutionCancelSignal: () => undefined } as unknown as IExecuteFunctions;

async function waitFor(listed: Listed[], awaited: AwaitedMessage[], limitMs = HOUR_MS, newestFirst = true) {
	const { requests, telegent, waits } = list(listed, newestFirst);
	await new DeliveryWait(context, telegent, awaited).run(limitMs);
	return { requests, waits, statuses: awaited.map(({ status }) => status) };
}

const thousand = (settledAt: (n: number) => number | undefined) => {
	const listed = Array.from({ length: 1000 }, (_, n) => ({
		id: `TMID-${n}`,
		to: person(n),
		settledAt: settledAt(n),
	}));
	return { listed, awaited: listed.map(({ id, to }) => message(id, [to])) };
};

describe('a list of 1,000 at the account’s limit', () => {
	test.each([
		['is delivered at once', () => 0, 10],
		['is delivered a minute after each send', (n: number) => 60 - (1000 - n) * 1.2, 20],
		['keeps its first message without outcome', (n: number) => (n === 0 ? undefined : 0), 40],
		['never has an outcome', () => undefined, 40],
	])('costs few requests if it %s', async (_name, settledAt, most) => {
		const { awaited, listed } = thousand(settledAt);
		for (const limitMs of [60_000, HOUR_MS]) {
			jest.setSystemTime(START);
			const { requests } = await waitFor(
				listed,
				awaited.map((one) => ({ ...one })),
				limitMs,
			);
			expect(requests.length).toBeLessThanOrEqual(most);
		}
	});

	test('looks until the time is up although its requests are limited', async () => {
		const { awaited, listed } = thousand((n) => (n === 0 ? 3590 : 0));
		const { statuses } = await waitFor(listed, awaited);
		expect(statuses[0]).toMatchObject({ delivery: 'delivered' });
	});

	test('the oldest first: the same', async () => {
		const { awaited, listed } = thousand((n) => (n < 990 ? 0 : 30));
		const { requests, statuses } = await waitFor(listed, awaited, HOUR_MS, false);
		expect(statuses.every(({ delivery }) => delivery === 'delivered')).toBe(true);
		expect(requests.length).toBeLessThanOrEqual(40);
	});
});

test('pauses grow, and end with the time', async () => {
	const { waits } = await waitFor([{ id: 'A', to: person(1) }], [message('A', [person(1)])], 120_000);
	expect(waits[0]).toBe(2000);
	expect(waits[1]).toBe(3000);
	expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(120_000);
});

test('an hour for one message looks after two seconds first', async () => {
	const { requests, waits } = await waitFor([{ id: 'A', to: person(1) }], [message('A', [person(1)])]);
	expect(waits[0]).toBe(2000);
	expect(requests.length).toBeLessThanOrEqual(20);
});

test('many senders have a request each, and at most three', async () => {
	expect(mostRequests(1000, 1)).toBe(35);
	expect(mostRequests(100, 100)).toBe(300);
	const senders = Array.from({ length: 30 }, (_, n) => `+1500555${String(n).padStart(4, '0')}`);
	const { requests } = await waitFor(
		[{ id: 'A', to: person(1), settledAt: 0 }],
		senders.map((from) => message('A', [person(1)], from)),
	);
	expect(requests).toHaveLength(30);
});

test('a message that the list shows later', async () => {
	const listed = [{ id: 'A', to: person(1), shownAt: 20, settledAt: 0 }];
	const { statuses } = await waitFor(listed, [message('A', [person(1)])]);
	expect(statuses).toEqual([{ delivery: 'delivered', reason: null }]);
});

test('a message that the list never shows', async () => {
	const { statuses } = await waitFor([], [message('A', [person(1)])], 10_000);
	expect(statuses).toEqual([
		{ delivery: 'unknown', reason: "Telegent's message list doesn't show this message" },
	]);
});

test('the carrier’s reason, where the list tells one', async () => {
	const failed = { id: 'A', to: person(1), settledAt: 0, outcome: 'undelivered' };
	const listed = [{ ...failed, ErrorCode: '30003', ErrorMessage: 'Unreachable handset' }];
	const { statuses } = await waitFor(listed, [message('A', [person(1)])]);
	expect(statuses).toEqual([{ delivery: 'failed', reason: 'Unreachable handset (30003)' }]);
});

describe('several recipients', () => {
	const to = [person(1), person(2)];

	test('with one entry in the list have its status', async () => {
		const listed = [{ id: 'A', to: to.join(), settledAt: 0, outcome: 'failed' }];
		const { statuses } = await waitFor(listed, [message('A', to)]);
		expect(statuses).toEqual([{ delivery: 'failed', reason: null }]);
	});

	test('with an entry each have a status each; failed if one is', async () => {
		const listed = [
			{ id: 'A', to: to[0], settledAt: 0 },
			{ id: 'A', to: to[1], settledAt: 30, outcome: 'failed' },
		];
		const { statuses } = await waitFor(listed, [message('A', to)]);
		expect(statuses).toEqual([
			{
				delivery: 'failed',
				reason: null,
				byRecipient: [
					{ number: to[0], delivery: 'delivered', reason: null },
					{ number: to[1], delivery: 'failed', reason: null },
				],
			},
		]);
	});

	test('one of whom failed when the time is up: failed, although the other is unknown', async () => {
		const listed = [
			{ id: 'A', to: to[0] },
			{ id: 'A', to: to[1], settledAt: 0, outcome: 'failed' },
		];
		const { statuses } = await waitFor(listed, [message('A', to)], 10_000);
		expect(statuses[0]).toMatchObject({ delivery: 'failed' });
	});
});
