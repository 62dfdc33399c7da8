import { grows, slopeOf, type Point } from '../soak/memory.mts';
import { moreThan } from '../soak/open.mts';
import { countMessages, findings, type Outcome } from '../soak/report.mts';
import { SAID } from '../soak/said.mts';

/** Ten points, with so many bytes more for each message. */
const line = (bytesEach: number, noise = 0): Point[] =>
	Array.from({ length: 10 }, (_, index) => ({
		count: index * 10_000,
		bytes: 1e8 + index * 10_000 * bytesEach + (index % 2) * noise,
	}));

const good: Outcome = {
	said: Uint8Array.of(SAID.sent, SAID.notDone, SAID.unsure, SAID.unsure),
	server: { requests: 4, tokens: 1, times: [1, 0, 1, 0], faults: {} },
	deliveries: { executions: Uint8Array.of(1, 1), calls: 3, wrong: 0 },
	...{ points: line(0, 400_000), warmUp: 3, left: [], seconds: 1, seed: 1 },
	states: [{ module: 'a', size: 5, most: 5 }],
};

describe('npm run soak', () => {
	test('finds nothing where all is well', () => expect(findings(good)).toEqual([]));

	test.each<[string, Partial<Outcome>, RegExp]>([
		[
			'a message that was sent again',
			{ server: { ...good.server, times: [2, 0, 1, 0] } },
			/^1 messages were sent again$/,
		],
		[
			'a message that its item calls sent',
			{ server: { ...good.server, times: [0, 0, 1, 0] } },
			/neither sent nor reported/,
		],
		[
			'a sent message that its item calls not sent',
			{ server: { ...good.server, times: [1, 1, 1, 0] } },
			/reported otherwise/,
		],
		[
			'a message without an item',
			{ said: Uint8Array.of(SAID.nothing, 3, 2, 2) },
			/neither sent nor reported/,
		],
		[
			'a delivery that started two executions',
			{ deliveries: { ...good.deliveries, executions: Uint8Array.of(2, 1) } },
			/more than one/,
		],
		[
			'a delivery that started none',
			{ deliveries: { ...good.deliveries, executions: Uint8Array.of(0, 1) } },
			/started none/,
		],
		['a wrong response', { deliveries: { ...good.deliveries, wrong: 1 } }, /another response/],
		['memory that grows', { points: line(60) }, /memory grows/],
		['a map above its bound', { states: [{ module: 'a', size: 6, most: 5 }] }, /^a holds 6, and 5 at most$/],
		['an entry that stays', { states: [{ module: 'b', size: 1, most: 0 }] }, /^b holds 1/],
		['a socket that stays', { left: ['1 more of TCPSocketWrap'] }, /^left open/],
	])('finds %s', (_what, change, expected) => {
		expect(findings({ ...good, ...change })).toEqual([expect.stringMatching(expected)]);
	});

	test('what may have been sent is unknown, not lost', () => {
		const counts = { sent: 2, doubled: 0, lost: 0, unknown: 2, refused: 1 };
		expect(countMessages(good.said, good.server.times)).toEqual(counts);
	});

	test('the slope is that of the line, and chance is none', () => {
		expect(slopeOf(line(20))).toBeCloseTo(20_000);
		expect(grows(line(20))).toBe(false);
		expect(grows(line(60))).toBe(true);
		expect(
			grows(
				line(60)
					.slice(0, 2)
					.map(({ bytes, count }) => ({ bytes, count: count / 10 })),
			),
		).toBe(false);
	});

	test('only what there is more of is left open', () => {
		const before = new Map([
			['Timeout', 2],
			['PipeWrap', 1],
		]);
		expect(
			moreThan(
				before,
				new Map([
					['Timeout', 1],
					['TCPSocketWrap', 1],
				]),
			),
		).toEqual(['1 more of TCPSocketWrap']);
	});
});
