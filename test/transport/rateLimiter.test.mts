import { RateLimiter, rateLimiterFor, type Priority, type Ticket } from '../../transport/rateLimiter.ts';

/** No window of a minute may hold more than `limit` of these times. */
function mostInAMinute(times: number[]): number {
	const sorted = [...times].sort((a, b) => a - b);
	let first = 0;
	return sorted.reduce((most, time, i) => {
		while (sorted[first] <= time - 60_000) first++;
		return Math.max(most, i - first + 1);
	}, 0);
}

interface Departure {
	name: string;
	priority: Priority;
	asked: number;
	at: number;
}

/** A world without a clock: requests queue at a pacer and ask again when it told them to, or after a quarter second. */
class Simulation {
	readonly left: Departure[] = [];

	now = 0;

	/** Sorted by time, first the last one. */
	private readonly due: Array<{ at: number; run: () => void }> = [];

	constructor(
		readonly pacer = new RateLimiter(),
		readonly perMinute = 50,
	) {}

	at(time: number, run: () => void): void {
		let [low, high] = [0, this.due.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.due[middle] as { at: number }).at > time) low = middle + 1;
			else high = middle;
		}
		this.due.splice(low, 0, { at: time, run });
	}

	/** A request that asks for its turn now; `done` runs when it has left. Gives its ticket. */
	request(name: string, priority: Priority, done = () => {}): Ticket {
		const ticket = this.pacer.enter(priority);
		const asked = this.now;
		const ask = () => {
			if (gone.has(ticket)) return;
			const wait = this.pacer.admit(ticket, this.now, this.perMinute);
			if (wait > 0) return this.at(this.now + Math.min(wait, 250), ask);
			this.left.push({ name, priority, asked, at: this.now });
			done();
		};
		ask();
		return ticket;
	}

	/** A list of so many requests, `side` of them at a time, each with an answer after `latency`. */
	list(name: string, count: number, { side = 10, latency = 100 } = {}): void {
		let begun = 0;
		const next = () => {
			if (begun++ < count) this.request(name, 'bulk', () => this.at(this.now + latency, next));
		};
		for (let i = 0; i < side; i++) next();
	}

	run(until = Infinity): this {
		for (let next = this.due.at(-1); next && next.at <= until; next = this.due.at(-1)) {
			this.due.pop();
			this.now = next.at;
			next.run();
		}
		return this;
	}

	times(name?: string): number[] {
		return this.left.filter((one) => name === undefined || one.name === name).map(({ at }) => at);
	}

	waits(name: string): number[] {
		return this.left.filter((one) => one.name === name).map(({ asked, at }) => at - asked);
	}
}

const gone = new Set<Ticket>();
const last = (times: number[]) => Math.max(...times);
/** The least time in which the last of so many requests can leave. */
const least = (count: number, perMinute = 50) => Math.floor((count - 1) / perMinute) * 60_000;

describe('a list without other requests', () => {
	test.each([
		[51, 1.03],
		[101, 1.01],
		[301, 1.01],
		[1001, 1.01],
	])('with %i requests takes at most %f times the shortest possible time', (count, most) => {
		const simulation = new Simulation();
		simulation.list('list', count);
		const times = simulation.run().times();
		expect(times).toHaveLength(count);
		expect(mostInAMinute(times)).toBeLessThanOrEqual(50);
		expect(last(times) / least(count)).toBeLessThan(most);
	});

	test.each([1, 2, 3, 10, 40, 600, 6_000])(
		'at %i a minute stays inside the limit and uses it',
		(perMinute) => {
			const simulation = new Simulation(new RateLimiter(), perMinute);
			const count = perMinute * 4 + 1;
			simulation.list('list', count, { side: 50, latency: 20 });
			const times = simulation.run().times();
			expect(mostInAMinute(times)).toBeLessThanOrEqual(perMinute);
			expect(last(times) / least(count, perMinute)).toBeLessThan(1.02);
		},
	);

	test('runs at full speed up to the reserve of five, then at an even pace', () => {
		const simulation = new Simulation();
		simulation.list('list', 200, { latency: 0 });
		const times = simulation.run().times();
		expect(times.slice(0, 45)).toEqual(Array(45).fill(0));
		expect(times[45]).toBeGreaterThan(54_000);
		for (let i = 46; i < 200; i++) expect(times[i] - times[i - 1]).toBeGreaterThan(1_199);
		for (let i = 46; i < 200; i++) expect(times[i] - times[i - 1]).toBeLessThan(1_500);
	});

	test('takes no longer when requests are sent one after another', () => {
		const simulation = new Simulation();
		simulation.list('list', 301, { side: 1 });
		const times = simulation.run().times();
		expect(mostInAMinute(times)).toBeLessThanOrEqual(50);
		expect(last(times) / least(301)).toBeLessThan(1.03);
	});

	test('keeps the order in which its requests asked', () => {
		const simulation = new Simulation();
		for (let i = 0; i < 120; i++) simulation.request(String(i), 'bulk');
		simulation.run();
		expect(simulation.left.map(({ name }) => name)).toEqual(Array.from({ length: 120 }, (_, i) => String(i)));
	});

	test('runs at full speed again after a pause', () => {
		const simulation = new Simulation();
		simulation.list('first', 100);
		simulation.run();
		simulation.at(simulation.now + 61_000, () => simulation.list('second', 45, { latency: 0 }));
		simulation.run();
		expect(new Set(simulation.times('second')).size).toBe(1);
	});
});

describe('interactive requests', () => {
	test('use the whole limit, and do not wait below it', () => {
		const simulation = new Simulation();
		for (let i = 0; i < 50; i++) simulation.request('reply', 'interactive');
		expect(simulation.times()).toEqual(Array(50).fill(0));
		simulation.request('reply', 'interactive');
		simulation.run();
		expect(last(simulation.times())).toBe(60_250);
	});

	test('steady use below the limit never waits', () => {
		const simulation = new Simulation();
		for (let i = 0; i < 500; i++) simulation.at(i * 1300, () => simulation.request('reply', 'interactive'));
		expect(last(simulation.run().waits('reply'))).toBe(0);
	});

	test.each([1, 20, 40, 53])('a reply %i s after the start of a list of 300 is sent at once', (seconds) => {
		const simulation = new Simulation();
		simulation.list('list', 300);
		simulation.at(seconds * 1000, () => {
			for (let i = 0; i < 5; i++) simulation.request('reply', 'interactive');
		});
		expect(simulation.run().waits('reply')).toEqual([0, 0, 0, 0, 0]);
	});

	test('after that, one waits for the next free slot at most', () => {
		const simulation = new Simulation();
		simulation.list('list', 300, { side: 100 });
		for (let i = 0; i < 40; i++)
			simulation.at(61_000 + i * 7_100, () => simulation.request('reply', 'interactive'));
		simulation.run();
		expect(last(simulation.waits('reply'))).toBeLessThan(1_600);
		expect(mostInAMinute(simulation.times())).toBeLessThanOrEqual(50);
	});

	test('are not delayed by two lists of two workflows', () => {
		const simulation = new Simulation();
		simulation.list('one', 200);
		simulation.list('two', 200);
		for (let i = 1; i < 30; i++) simulation.at(i * 12_000, () => simulation.request('reply', 'interactive'));
		simulation.run();
		expect(last(simulation.waits('reply'))).toBeLessThan(6_500);
		expect(last(simulation.times('two'))).toBeLessThan((400 + 29) * 1_200 * 1.01);
	});

	test('in an endless stream do not stop a list, which gets one request in ten', () => {
		const simulation = new Simulation();
		simulation.list('list', 1_000);
		for (let i = 0; i < 500; i++) simulation.at(i * 600, () => simulation.request('reply', 'interactive'));
		simulation.run(300_000);
		const lists = simulation.times('list').filter((time) => time > 120_000);
		expect(lists.length).toBeGreaterThan((180 / 60) * 50 * 0.08);
		expect(mostInAMinute(simulation.times())).toBeLessThanOrEqual(50);
	});
});

test('random arrivals stay within the limit and in order', () => {
	const simulation = new Simulation(new RateLimiter(), 40);
	let seed = 7;
	const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
	let time = 0;
	for (let i = 0; i < 500; i++) {
		time += random() * 2500;
		const priority = random() < 0.3 ? 'interactive' : 'bulk';
		simulation.at(time, () => simulation.request(priority, priority));
	}
	simulation.run();
	expect(simulation.left).toHaveLength(500);
	expect(mostInAMinute(simulation.times())).toBeLessThanOrEqual(40);
	for (const priority of ['interactive', 'bulk'])
		expect(simulation.waits(priority).length).toBeGreaterThan(100);
	const asked = simulation.left.filter(({ name }) => name === 'bulk').map((one) => one.asked);
	expect(asked).toEqual([...asked].sort((a, b) => a - b));
});

test('0 means no limit', () => {
	const simulation = new Simulation(new RateLimiter(), 0);
	for (let i = 0; i < 1000; i++) simulation.request('any', i % 2 ? 'bulk' : 'interactive');
	expect(simulation.times()).toEqual(Array(1000).fill(0));
});

test('a lower limit applies from the next request on', () => {
	const pacer = new RateLimiter();
	for (let i = 0; i < 45; i++) expect(pacer.admit(pacer.enter('bulk'), 0, 50)).toBe(0);
	expect(pacer.admit(pacer.enter('interactive'), 0, 10)).toBeGreaterThanOrEqual(60_000);
});

test('after a 429 no request is sent before Retry-After has passed, and replies are sent first', () => {
	const simulation = new Simulation();
	simulation.pacer.pauseUntil(9_000);
	simulation.pacer.pauseUntil(4_000);
	expect(simulation.pacer.heldUntil).toBe(9_000);
	simulation.request('list', 'bulk');
	simulation.request('reply', 'interactive');
	simulation.run();
	expect(simulation.left.map(({ at, name }) => [name, at])).toEqual([
		['reply', 9_000],
		['list', expect.any(Number)],
	]);
	expect(last(simulation.times())).toBeLessThan(9_100);
	const unlimited = new RateLimiter();
	unlimited.pauseUntil(9_000);
	expect(unlimited.admit(unlimited.enter('bulk'), 0, 0)).toBe(9_000);
});

test('a request that leaves the queue delays no other', () => {
	const simulation = new Simulation();
	const tickets = Array.from({ length: 1000 }, (_, i) => simulation.request(String(i), 'bulk'));
	for (const ticket of tickets.slice(0, 999)) {
		gone.add(ticket);
		simulation.pacer.leave(ticket);
	}
	simulation.run();
	expect(simulation.left.map(({ name }) => name)).toEqual([
		...Array.from({ length: 45 }, (_, i) => String(i)),
		'999',
	]);
	expect(last(simulation.times())).toBeLessThan(56_000);
});

test('a clock with fractions of a millisecond that jumps ahead does no harm', () => {
	const pacer = new RateLimiter();
	expect(pacer.admit(pacer.enter('bulk'), 0.25, 50)).toBe(0);
	expect(pacer.admit(pacer.enter('bulk'), 86_400_000.75, 50)).toBe(0);
});

test('a list waits for a response where three of its requests have none', () => {
	const pacer = new RateLimiter();
	const admitted = Array.from({ length: 3 }, () => pacer.enter('bulk'));
	for (const ticket of admitted) {
		expect(pacer.admit(ticket, 0, 50)).toBe(0);
		pacer.sent(ticket);
	}
	const next = pacer.enter('bulk');
	expect(pacer.admit(next, 0, 50)).toBeGreaterThan(0);
	pacer.finished(admitted[0]);
	expect(pacer.admit(next, 0, 50)).toBe(0);
});

test('each account has one rate limiter', () => {
	expect(rateLimiterFor('a')).toBe(rateLimiterFor('a'));
	expect(rateLimiterFor('a')).not.toBe(rateLimiterFor('b'));
});
