import { resetProcessState } from '../../../../transport/processState.ts';
import {
	lookIfDue,
	lookSoon,
	pauseAfter,
	rememberSecret,
	unseenReply,
} from '../../../../nodes/Telegent/wait/lostReplies.ts';
import { scheduleSweeps } from '../../../../nodes/Telegent/wait/scheduledRemoval.ts';
import { claimReply, messageFingerprint } from '../../../../nodes/shared/questions/claims.ts';
import { formatState } from '../../../../nodes/shared/questions/note.ts';
import { toLoggedMessage } from '../../../../nodes/shared/messageLog.ts';
import { fakeTelegent } from '../../../support/fakeTelegent.mts';

const MINUTE = 60_000;
const START = Date.UTC(2026, 10, 21, 12);
const OWN = '+15005550100';
const person = (index: number) => `+1202555${1000 + index}`;
const secretOf = (index: number) => `${index}`.padStart(32, 's');
const urlOf = (index: number) => `https://n8n.example/webhook-waiting/${index}/n?signature=x`;

const stateOf = (index: number, change = {}) => ({
	execution: String(index),
	from: OWN,
	to: person(index),
	askedAt: START,
	deadline: START + 60 * MINUTE,
	reAsks: 0,
	answered: false,
	...change,
});

/** A record of Telegent's message list, `seconds` after the question. */
const message = (
	MessageId: string,
	seconds: number,
	{ from = person(0), to = OWN, Direction = 'inbound' } = {},
) => ({
	MessageId,
	From: from,
	To: to,
	Body: `Body of ${MessageId}`,
	Direction,
	Status: 'received',
	CreatedAt: new Date(START + seconds * 1000).toISOString(),
});
const sent = (MessageId: string, seconds: number, index = 0) =>
	message(MessageId, seconds, { from: OWN, to: person(index), Direction: 'outbound' });
const answer = (MessageId: string, seconds: number, index = 0) =>
	message(MessageId, seconds, { from: person(index) });

beforeEach(() => jest.useFakeTimers().setSystemTime(START));
afterEach(async () => {
	resetProcessState();
	await jest.advanceTimersByTimeAsync(1_000);
	jest.useRealTimers();
});

describe('unseenReply', () => {
	const found = (records: object[], change = {}) =>
		unseenReply(stateOf(0, change), records.map((one) => toLoggedMessage(one as never)).reverse())?.messageId;
	const printOf = (messageId: string) => messageFingerprint({ messageId });

	test('is the first message of the person after the question', () => {
		const records = [answer('before', -60), sent('Q', 1), answer('first', 5), answer('second', 9)];
		expect(found(records)).toBe('first');
	});

	test('is the one after the message that the question has seen last', () => {
		const records = [sent('Q', 1), answer('A1', 5), sent('again', 6), answer('A2', 9)];
		expect(found(records, { reAsks: 1, lastFingerprint: printOf('A1') })).toBe('A2');
		expect(found(records.slice(0, 3), { reAsks: 1, lastFingerprint: printOf('A1') })).toBeUndefined();
	});

	test.each<[string, object[], object]>([
		['the question is not listed', [answer('A', 5)], {}],
		['another message was sent to the person since', [sent('Q', 1), sent('other', 3), answer('A', 5)], {}],
		['the message seen last is not listed', [sent('Q', 1), answer('A', 5)], { lastFingerprint: 'gone' }],
		['it is of somebody else', [sent('Q', 1), answer('A', 5, 1)], {}],
		['it is older than the question', [answer('A', 0), sent('Q', 1)], {}],
	])('is none if %s', (_why, records, change) => expect(found(records, change)).toBeUndefined());

	test('comes after the reminder too', () => {
		const records = [sent('Q', 1), sent('reminder', 3), answer('A', 5)];
		expect(found(records)).toBeUndefined();
		expect(found(records, { reminded: 'mark' })).toBe('A');
	});

	test('does not mind what was sent to others', () => {
		expect(found([sent('Q', 1), sent('other', 3, 1), answer('A', 5)])).toBe('A');
	});
});

/** Telegent with so many questions of this n8n and these messages, and n8n, which refuses the first calls. */
function scene(count: number, messages: object[], { refuses = 0, lists = true } = {}) {
	const open = new Set(Array.from({ length: count }, (_, index) => index));
	const webhooks = () =>
		[...open].map((index) => ({
			WebhookId: `WH-${index}`,
			WebhookUrl: urlOf(index),
			AuthenticationUsername: formatState(stateOf(index)),
			AuthenticationToken: lists ? secretOf(index) : '********',
			SubscribedEvents: 'Order_Update',
		}));
	const { requests, telegent } = fakeTelegent(({ route, query }) => {
		if (route !== 'GET /v1.0/message/filter') return { Results: webhooks() };
		const { Page, Results } = query as { Page: number; Results: number };
		const newestFirst = [...messages].reverse();
		return { Messages: newestFirst.slice((Page - 1) * Results, Page * Results), Total: messages.length };
	});
	const calls: Array<{ url: string; body: { MessageId: string }; headers: { Authorization: string } }> = [];
	let together = 0;
	let most = 0;
	const request = async (options: unknown) => {
		const call = options as (typeof calls)[number];
		most = Math.max(most, ++together);
		await new Promise((resolve) => setTimeout(resolve, 100));
		together--;
		if (!call.headers) throw new Error('Only asks whether the execution waits');
		calls.push(call);
		if (calls.length <= refuses) throw new Error('timeout exceeded when trying to connect');
		open.delete(Number(/waiting\/(\d+)/.exec(call.url)?.[1]));
		return {};
	};
	const warnings: string[] = [];
	const client = { telegent, request, logger: { warn: (text: string) => void warnings.push(text) } as never };
	const looks = () => requests.filter(({ route }) => route === 'GET /v1.0/message/filter').length;
	return { calls, client, looks, most: () => most, warnings, open };
}

const lookIn = async ({ client }: ReturnType<typeof scene>) => {
	const lookup = { due: 0, activeAt: Date.now(), lastAt: -Infinity, looking: false };
	const looked = lookIfDue(lookup, client, { account: 'account', url: urlOf(99) });
	await jest.advanceTimersByTimeAsync(MINUTE);
	await looked;
	return lookup;
};

describe('a lost reply', () => {
	const many = (count: number) => Array.from({ length: count }, (_, index) => index);

	test('is delivered to its question with its secret, one list for all, two at a time', async () => {
		const messages = [
			...many(30).map((i) => sent(`Q${i}`, 1, i)),
			...many(30).map((i) => answer(`A${i}`, 9, i)),
		];
		const world = scene(30, messages);
		await lookIn(world);
		const delivered = world.calls.map(({ body, headers, url }) => [
			body.MessageId,
			url,
			headers.Authorization,
		]);
		expect(delivered.sort()).toEqual(
			many(30)
				.map((i) => [`A${i}`, urlOf(i), `Bearer ${secretOf(i)}`])
				.sort(),
		);
		expect([world.looks(), world.most()]).toEqual([1, 2]);
	});

	test('is delivered again if n8n refuses it, and by the next look after three times', async () => {
		const world = scene(1, [sent('Q', 1), answer('A', 9)], { refuses: 4 });
		await lookIn(world);
		expect([world.calls.length, world.warnings]).toEqual([
			3,
			["Telegent: a reply couldn't be delivered to execution 0 yet"],
		]);
		await lookIn(world);
		expect([world.calls.length, world.open.size]).toEqual([5, 0]);
	});

	test('is not delivered if this process has handled it', async () => {
		const world = scene(1, [sent('Q', 1), answer('A', 9)]);
		claimReply('account', { messageId: 'A' }, 'https://n8n.example/other', Date.now());
		await lookIn(world);
		expect([world.looks(), world.calls]).toEqual([1, []]);
	});

	test('needs the secret, from the list or of this process', async () => {
		const world = scene(1, [sent('Q', 1), answer('A', 9)], { lists: false });
		await lookIn(world);
		expect(world.calls).toEqual([]);
		rememberSecret({ webhookId: 'WH-0', url: urlOf(0), state: stateOf(0) }, 'own secret');
		await lookIn(world);
		expect(world.calls.map(({ headers }) => headers.Authorization)).toEqual(['Bearer own secret']);
	});

	test('is found after a restart, by a process that asks another question', async () => {
		const messages: object[] = [sent('Q', 1)];
		const world = scene(1, messages);
		scheduleSweeps({ url: urlOf(99) }, 'account', world.client);
		await jest.advanceTimersByTimeAsync(5_000);
		resetProcessState();
		messages.push(answer('A', 20));
		await jest.advanceTimersByTimeAsync(MINUTE);
		expect(world.calls).toEqual([]);
		scheduleSweeps({ url: urlOf(99) }, 'account', world.client);
		await jest.advanceTimersByTimeAsync(20_000);
		expect(world.calls.map(({ body }) => body.MessageId)).toEqual(['A']);
	});

	test('is looked for at most once a minute, however many replies come', async () => {
		const world = scene(1, [sent('Q', 1)]);
		for (let minute = 0; minute < 10 * 6; minute++) {
			scheduleSweeps({ url: urlOf(99) }, 'account', world.client);
			await jest.advanceTimersByTimeAsync(10_000);
		}
		expect(world.looks()).toBeGreaterThan(7);
		expect(world.looks()).toBeLessThanOrEqual(10);
	});

	test('a list that Telegent refuses is looked at again later', async () => {
		const world = scene(1, []);
		const telegent = { call: async () => await Promise.reject(new Error('HTTP 500')) } as never;
		const lookup = await lookIn({ ...world, client: { ...world.client, telegent } });
		expect(world.warnings).toEqual(["Telegent: the message list couldn't be searched for replies: HTTP 500"]);
		expect(lookup.due).toBeGreaterThanOrEqual(START + MINUTE);
	});
});

test('looks come soon after a question, every minute for ten minutes, then every five', () => {
	const lookup = lookSoon(undefined, START);
	expect(lookup.due).toBe(START + 15_000);
	expect(lookSoon({ ...lookup, due: START + 90_000, lastAt: START }, START + 1_000).due).toBe(START + MINUTE);
	expect(pauseAfter(lookup, 1, START + MINUTE)).toBe(MINUTE);
	expect(pauseAfter(lookup, 1, START + 11 * MINUTE)).toBe(5 * MINUTE);
	expect(pauseAfter(lookup, 8, START + MINUTE)).toBe(8 * MINUTE);
});
