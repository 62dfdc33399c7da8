import { figures, simulate, type Case } from '../../bench/sharedLimit.mts';
import { FairShare } from '../../transport/fairShare.ts';
import { RateLimiter } from '../../transport/rateLimiter.ts';

/* Several processes with one account: what each learns from Telegent's 429. */

const MINUTE = 60_000;
const middle = () => 0.5;
/** A 429 after a whole minute of which this process saw everything. */
const afterMinute = (accepted: number) => ({ accepted, active: 1, seenMs: MINUTE });
const lists = (processes: number, count: number) => Array.from({ length: processes }, () => ({ count }));

/** Figures over two seeds: the means. */
function meanFigures(parts: Case) {
	const all = [1, 2].map((seed) => figures(simulate({ ...parts, seed }), parts.perMinute));
	const mean = (key: keyof (typeof all)[number]) => all.reduce((sum, one) => sum + one[key], 0) / all.length;
	return { refused: mean('refused'), time: mean('time'), slowest: mean('slowest'), failed: mean('failed') };
}

describe('the share of a process', () => {
	test('is the whole limit until a 429 comes', () => {
		const share = new FairShare(middle);
		share.hold(5_000);
		expect(share.at(0, 50)).toBe(50);
		expect(share.at(10 * MINUTE, 50)).toBe(50);
	});

	test('is then what Telegent had accepted of it in the minute before, less a little', () => {
		const share = new FairShare(middle);
		share.refused(0, 0, 50, afterMinute(20));
		expect(share.at(0, 50)).toBeCloseTo(19.4);
	});

	test('is half of the limit for one that has just begun, and at least one a minute', () => {
		const fresh = new FairShare(middle);
		fresh.refused(0, 0, 50, { accepted: 0, active: 0, seenMs: MINUTE });
		expect(fresh.at(0, 50)).toBeCloseTo(24.25);
		const starved = new FairShare(middle);
		starved.refused(0, 0, 50, afterMinute(0));
		expect(starved.at(0, 50)).toBe(1);
	});

	test('is half of the limit after some seconds, however much of it this process had accepted', () => {
		for (const accepted of [45, 5]) {
			const share = new FairShare(middle);
			share.refused(0, 0, 50, { accepted, active: 1, seenMs: 2_000 });
			expect(Math.abs(share.at(0, 50) - 24)).toBeLessThan(2);
		}
	});

	test('grows slowly, then ever faster, and is whole after 75 seconds', () => {
		const share = new FairShare(middle);
		share.refused(0, 0, 50, afterMinute(10));
		const at = [0, 15, 30, 45, 60, 75].map((seconds) => share.at(seconds * 1_000, 50));
		const steps = at.slice(1).map((value, i) => value - at[i]);
		expect(steps[0]).toBeGreaterThan(0);
		expect(steps[0]).toBeLessThan(1);
		expect(steps[3]).toBeGreaterThan(steps[2]);
		expect(at[5]).toBe(50);
	});

	test('does not grow while nothing may be sent', () => {
		const share = new FairShare(middle);
		share.refused(0, 0, 50, afterMinute(10));
		share.hold(MINUTE);
		expect(share.at(MINUTE, 50)).toBeCloseTo(9.7);
		expect(share.at(MINUTE + 75_000, 50)).toBe(50);
	});

	test('is cut once for requests that were under way together', () => {
		const share = new FairShare(middle);
		share.refused(0, 100, 50, afterMinute(20));
		share.refused(50, 110, 50, afterMinute(20));
		expect(share.at(110, 50)).toBeCloseTo(19.4, 1);
		share.refused(2_000, 2_100, 50, afterMinute(20));
		expect(share.at(2_100, 50)).toBeLessThan(19.2);
	});
});

describe('a list alone', () => {
	test('takes as long as ever, and nothing is refused', () => {
		const alone = meanFigures({ lists: lists(1, 300) });
		expect(alone).toMatchObject({ refused: 0, failed: 0 });
		expect(alone.time).toBeLessThan(1.01);
	});

	test('has few requests under way, and waits for their answers only', () => {
		const limiter = new RateLimiter(middle);
		const tickets = Array.from({ length: 6 }, () => limiter.enter('bulk'));
		const go = (now: number) =>
			tickets.filter((one) => {
				if (one.leftAt !== undefined || limiter.admit(one, now, 50) > 0) return false;
				limiter.sent(one);
				return true;
			});
		const first = go(0);
		expect(first).toHaveLength(3);
		expect(limiter.admit(tickets[3], 10, 50)).toBeLessThanOrEqual(10);
		first.forEach((one) => limiter.finished(one));
		expect(go(20)).toEqual(tickets.slice(3));
	});

	test('of few messages is sent at once', () => {
		const [result] = simulate({ lists: [{ count: 40 }], latency: 100 });
		expect(result.ends).toBeLessThan(3_000);
	});
});

describe.each([
	[2, 150, 0, 0.08],
	[4, 75, 0, 0.1],
	// The first has most of the limit accepted before the others begin.
	[2, 150, 1_000, 0.08],
	[4, 75, 1_000, 0.1],
])('%i processes with %i messages each that begin %i ms apart', (processes, count, apart, refused) => {
	test.each([undefined, 'fixed'] as const)('share the limit (window: %s)', (counting) => {
		const shared = meanFigures({
			lists: lists(processes, count).map((list, i) => ({ ...list, begins: i * apart })),
			counting,
		});
		expect(shared.failed).toBe(0);
		expect(shared.refused).toBeLessThanOrEqual(refused);
		expect(shared.time).toBeLessThanOrEqual(1.08);
		expect(shared.slowest).toBeLessThanOrEqual(1.5);
	});
});

test('two processes that join a used-up limit share it', () => {
	const shared = meanFigures({ lists: lists(2, 300), busyBefore: true });
	expect(shared.refused).toBeLessThanOrEqual(0.1);
	expect(shared.time).toBeLessThanOrEqual(1.08);
});

test('without Retry-After, two processes share it as well', () => {
	const shared = meanFigures({ lists: lists(2, 600), retryAfter: false });
	expect(shared.refused).toBeLessThanOrEqual(0.12);
	expect(shared.time).toBeLessThanOrEqual(1.08);
});

test.each([10, 100])(
	'with %i processes all lists end, and none waits twice as long as the mean',
	(processes) => {
		const shared = figures(simulate({ lists: lists(processes, processes === 10 ? 30 : 3) }));
		expect(shared.failed).toBe(0);
		expect(shared.slowest).toBeLessThan(2);
		expect(shared.time).toBeLessThan(1.5);
	},
);

test('one that joins late gets a fair part within a few minutes', () => {
	const [, late] = simulate({ lists: [{ count: 600 }, { count: 150, begins: 5 * MINUTE }] });
	const inFifthMinute = late.accepted.filter((time) => time > 9 * MINUTE && time <= 10 * MINUTE).length;
	expect(inFifthMinute).toBeGreaterThan(15);
	expect(late.ends - late.begins).toBeLessThan(9 * MINUTE);
});

test('when the other one stops, the whole limit is used within two minutes', () => {
	const [long, short] = simulate({ lists: [{ count: 600 }, { count: 100 }] });
	const after = long.accepted.filter(
		(time) => time > short.ends + 2 * MINUTE && time <= short.ends + 3 * MINUTE,
	);
	expect(after.length).toBeGreaterThanOrEqual(47);
});

test('replies go before a list also where the limit is shared', () => {
	const limiter = new RateLimiter(middle);
	const bulk = limiter.enter('bulk');
	limiter.admit(bulk, 0, 50);
	limiter.refused(bulk, 100, 50, 30_000);
	const next = limiter.enter('bulk');
	const reply = limiter.enter('interactive');
	expect(limiter.admit(next, 60_000, 50)).toBeGreaterThan(0);
	expect(limiter.admit(reply, 60_000, 50)).toBe(0);
});
