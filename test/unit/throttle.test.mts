import { Pacer, pacerFor } from '../../transport/throttle.ts';

/** No window of a minute may hold more than `limit` of these times. */
function mostInAMinute(times: number[]): number {
	return Math.max(
		...times.map((start) => times.filter((time) => time >= start && time < start + 60_000).length),
	);
}

test('full speed up to the limit, evenly after, never more than the limit in any minute', () => {
	const pacer = new Pacer();
	const slots = Array.from({ length: 301 }, () => pacer.reserve(0, 50));
	expect(slots.slice(0, 50)).toEqual(Array(50).fill(0));
	expect(mostInAMinute(slots)).toBe(50);
	expect(slots[50]).toBeGreaterThanOrEqual(60_000);
	const gaps = slots.slice(51, 100).map((slot, i) => slot - slots[50 + i]);
	for (const gap of gaps) expect(gap).toBeCloseTo(1200, 0);
	// 301 requests need six minutes at least.
	expect(slots[300]).toBeLessThan(360_000 * 1.01);
});

test('a pause earns the full speed again', () => {
	const pacer = new Pacer();
	for (let i = 0; i < 50; i++) pacer.reserve(0, 50);
	expect(pacer.reserve(120_000, 50)).toBe(120_000);
});

test('steady use below the limit never waits', () => {
	const pacer = new Pacer();
	for (let i = 0; i < 500; i++) expect(pacer.reserve(i * 1300, 50)).toBe(i * 1300);
});

test('0 means no limit', () => {
	const pacer = new Pacer();
	for (let i = 0; i < 1000; i++) expect(pacer.reserve(5, 0)).toBe(5);
});

test('a lower limit holds from the next request on', () => {
	const pacer = new Pacer();
	for (let i = 0; i < 50; i++) pacer.reserve(0, 50);
	expect(pacer.reserve(0, 10)).toBeGreaterThanOrEqual(60_000);
});

test('after a 429 nobody leaves before the time that Telegent named', () => {
	const pacer = new Pacer();
	pacer.holdUntil(9_000);
	pacer.holdUntil(4_000);
	expect([pacer.reserve(0, 0), pacer.reserve(0, 50), pacer.reserve(10_000, 50)]).toEqual([
		9_000, 9_000, 10_000,
	]);
});

test('random arrivals stay inside the limit', () => {
	const pacer = new Pacer();
	let now = 0;
	let seed = 7;
	const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
	const slots = Array.from({ length: 1000 }, () => pacer.reserve((now += random() * 1500), 40));
	expect(mostInAMinute(slots)).toBeLessThanOrEqual(40);
	expect(slots).toEqual([...slots].sort((a, b) => a - b));
});

test('one pacer an account', () => {
	expect(pacerFor('a')).toBe(pacerFor('a'));
	expect(pacerFor('a')).not.toBe(pacerFor('b'));
});

test('turns that are given back are free again, and the limit holds all the same', () => {
	const pacer = new Pacer();
	const sent = Array.from({ length: 50 }, () => pacer.reserve(0, 50));
	const stopped = Array.from({ length: 1000 }, () => pacer.reserve(0, 50));
	for (const slot of stopped) pacer.giveBack(slot);
	const next = Array.from({ length: 60 }, () => pacer.reserve(5_000, 50));
	expect(next[0]).toBeLessThan(62_000);
	expect(mostInAMinute([...sent, ...next])).toBeLessThanOrEqual(50);
});

test('turns given back between those of another workflow let nobody overtake', () => {
	const pacer = new Pacer();
	const slots = Array.from({ length: 120 }, () => pacer.reserve(0, 50));
	const others = slots.filter((_, i) => i < 50 || i % 2 === 0);
	for (const slot of slots.filter((_, i) => i >= 50 && i % 2 === 1)) pacer.giveBack(slot);
	const next = Array.from({ length: 100 }, () => pacer.reserve(1_000, 50));
	expect(mostInAMinute([...others, ...next])).toBeLessThanOrEqual(50);
	expect(next[0]).toBeGreaterThanOrEqual(Math.max(...others));
});

test('nobody overtakes those who wait, however few are left of a minute that is over', () => {
	const pacer = new Pacer();
	const waiting = Array.from({ length: 70 }, () => pacer.reserve(0, 50)).slice(50);
	for (const slot of waiting.filter((_, i) => i % 2 === 0)) pacer.giveBack(slot);
	for (let i = 0; i < 2; i++) expect(pacer.reserve(61_000, 50)).toBeGreaterThanOrEqual(Math.max(...waiting));
});
