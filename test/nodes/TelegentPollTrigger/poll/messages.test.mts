import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { Check } from '../../../../nodes/TelegentPollTrigger/poll/check.ts';
import { checkMessages, OVERLAP_MS } from '../../../../nodes/TelegentPollTrigger/poll/messages.ts';

const NUMBER = '+15005550100';
const NUMBERS = [NUMBER, '+15005550101'];
const START = Date.UTC(2026, 10, 26);
const SECOND = 1_000;

interface Sent {
	id: number;
	/** Seconds after the first check. */
	created: number;
	/** Seconds until the list shows it. */
	delay: number;
	outbound: boolean;
	number: string;
}

type Order = 'newestFirst' | 'newestLast' | 'none';

/** Telegent's list at a time, and what the checks found in it. */
class World {
	readonly found: string[] = [];

	requests = 0;

	/** By check. */
	readonly spent: number[] = [];

	/** Telegent rejects requests for it. */
	rejected?: string;

	private state: IDataObject = {};

	constructor(
		private readonly sent: Sent[],
		private readonly order: Order = 'newestFirst',
		private readonly numbers = [NUMBER],
	) {}

	async check(seconds: number): Promise<void> {
		jest.setSystemTime(START + seconds * SECOND);
		const before = this.requests;
		const context = {
			getNodeParameter: (name: string) => (name === 'phoneNumbers' ? this.numbers : {}),
			getPollBudgetMs: () => 300_000,
		};
		const telegent = { call: async ({ query }: { query: IDataObject }) => this.page(query, seconds) };
		const check = new Check(context as never, telegent as never, this.state);
		try {
			for (const { messageId } of await checkMessages(check)) this.found.push(String(messageId));
		} finally {
			this.spent.push(this.requests - before);
			// n8n stores it as JSON.
			this.state = JSON.parse(JSON.stringify(this.state)) as IDataObject;
		}
	}

	private page({ Page, PhoneNumber, Results }: IDataObject, seconds: number): IDataObject {
		this.requests++;
		if (PhoneNumber === this.rejected) throw new Error('404');
		const shown = this.sent.filter(
			({ created, delay, number }) => number === PhoneNumber && created + delay <= seconds,
		);
		if (this.order !== 'none') shown.sort((a, b) => b.created - a.created);
		if (this.order === 'newestLast') shown.reverse();
		const from = (Number(Page) - 1) * Number(Results);
		const Messages = shown.slice(from, from + Number(Results)).map(({ created, id, outbound }) => ({
			MessageId: `TMID-${id}`,
			From: outbound ? NUMBER : '+12025550142',
			To: outbound ? '+12025550142' : PhoneNumber,
			Body: 'Hi',
			Direction: outbound ? 'outbound' : 'inbound',
			CreatedAt: new Date(START + created * SECOND).toISOString(),
		}));
		return { Messages, Page, Results, Total: shown.length };
	}
}

beforeEach(() => void jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate', 'nextTick'] }));
afterEach(() => void jest.useRealTimers());

const idsOf = (sent: Sent[]) =>
	sent
		.filter(({ created, outbound }) => created > 0 && !outbound)
		.map(({ id }) => `TMID-${id}`)
		.sort();
const sentMessages = (maxLength: number) =>
	fc
		.array(
			fc.record({
				created: fc.integer({ min: -300, max: 3_000 }),
				delay: fc.integer({ min: 0, max: OVERLAP_MS / SECOND }),
				outbound: fc.boolean(),
				number: fc.constantFrom(...NUMBERS),
			}),
			{ maxLength },
		)
		.map((all) => all.map((one, id) => ({ ...one, id })));
const END = 3_000 + OVERLAP_MS / SECOND;

test.each<Order>(['newestFirst', 'newestLast', 'none'])(
	'%s: each message once, however late the list shows it within the overlap, whenever checks come',
	async (order) => {
		await fc.assert(
			fc.asyncProperty(
				sentMessages(order === 'none' ? 18 : 80),
				fc.array(fc.integer({ min: 1, max: END }), { maxLength: 12 }),
				async (sent, times) => {
					const world = new World(sent, order, NUMBERS);
					await world.check(0);
					for (const time of times.sort((a, b) => a - b)) await world.check(time);
					await world.check(END);
					// What was created before the first check and shown after it may come or not: but never twice.
					const before = new Set(sent.filter(({ created }) => created <= 0).map(({ id }) => `TMID-${id}`));
					expect(world.found.filter((id) => !before.has(id)).sort()).toEqual(idsOf(sent));
					expect(new Set(world.found).size).toBe(world.found.length);
				},
			),
			{ numRuns: 30 },
		);
	},
);

const many = (count: number, number = NUMBER, first = 0): Sent[] =>
	Array.from({ length: count }, (_, id) => ({
		id: first + id,
		created: id + 1,
		delay: 0,
		outbound: false,
		number,
	}));

test.each<[Order, number]>([
	['newestFirst', 4],
	['newestLast', 4],
	['none', 4],
])(
	'%s: a large backlog comes in several checks of at most 25 requests, each message once',
	async (order, checks) => {
		const sent = many(6_000);
		if (order === 'none') sent.reverse().splice(3, 0, ...sent.splice(40, 1));
		const world = new World(sent, order);
		await world.check(0);
		for (let count = 0; count < checks; count++) await world.check(7_000 + count * 60);
		expect(new Set(world.found).size).toBe(6_000);
		expect(world.found).toHaveLength(6_000);
		expect(Math.max(...world.spent)).toBeLessThanOrEqual(25);
	},
);

test('messages that arrive while a backlog is read are given, too', async () => {
	const sent = [...many(6_000)];
	const late = { id: 9_000, created: 7_030, delay: 0, outbound: false, number: NUMBER };
	const world = new World([...sent, late]);
	await world.check(0);
	for (let count = 0; count < 5; count++) await world.check(7_000 + count * 60);
	expect(new Set(world.found).size).toBe(6_001);
	expect(world.found).toHaveLength(6_001);
});

test('with more numbers than requests, checks take turns, and a number that is first read later loses nothing', async () => {
	const numbers = Array.from({ length: 60 }, (_, index) => `+150055${String(50_000 + index)}`);
	const sent = numbers.flatMap((number, index) => many(2, number, index * 2));
	const world = new World(sent, 'newestFirst', numbers);
	await world.check(0);
	for (let count = 1; count < 6; count++) await world.check(count * 60);
	expect(world.spent).toEqual([25, 25, 25, 25, 25, 25]);
	expect(world.found.toSorted()).toEqual(idsOf(sent));
});

test.each(NUMBERS)(
	'a number that Telegent rejects, %s, does not keep the other one waiting',
	async (rejected) => {
		const other = NUMBERS.find((number) => number !== rejected);
		const world = new World(many(3, other), 'newestFirst', NUMBERS);
		await world.check(0);
		world.rejected = rejected;
		const failed = [];
		for (let count = 1; count < 4; count++) {
			failed.push(
				await world.check(count * 60).then(
					() => false,
					() => true,
				),
			);
		}
		expect(failed).toContain(true);
		expect(world.found.toSorted()).toEqual(['TMID-0', 'TMID-1', 'TMID-2']);
	},
);

test('a time in the future hides no message', async () => {
	const sent = [
		{ id: 0, created: 9_000_000, delay: -9_000_000, outbound: false, number: NUMBER },
		...many(3, NUMBER, 1),
	];
	const world = new World(sent.map((one) => ({ ...one })));
	await world.check(0);
	await world.check(1_000);
	expect(world.found.toSorted()).toEqual(['TMID-0', 'TMID-1', 'TMID-2', 'TMID-3']);
});

test('what is kept between checks does not grow', async () => {
	const sent = Array.from({ length: 500 }, (_, id) => ({ ...many(1)[0], id, created: id * 60 + 1 }));
	const world = new World(sent);
	await world.check(0);
	for (let time = 60; time < 30_600; time += 300) await world.check(time);
	const { numbers } = (world as unknown as { state: { numbers: Record<string, { seen: object }> } }).state;
	expect(Object.keys(numbers[NUMBER].seen).length).toBeLessThanOrEqual(11);
	expect(world.found).toHaveLength(500);
});
