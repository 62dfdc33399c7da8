import fc from 'fast-check';
import { claimKeys, keepEntries, type SharedRow } from '../../../../nodes/Telegent/engine/claimKeys.ts';
import '../../../support/fastCheck.mts';

/* Several processes over one row, in simulated time. */

/** Things that happen one after another, each at its time. */
class Clock {
	time = 0;

	private readonly due: Array<{ at: number; go: () => void }> = [];

	async wait(ms: number): Promise<void> {
		await new Promise<void>((go) => this.due.push({ at: this.time + ms, go }));
	}

	/** Runs until nothing is left to do. */
	async run(): Promise<void> {
		for (;;) {
			// Everything that follows at once happens before the next wait ends.
			for (let turn = 0; turn < 50; turn++) await Promise.resolve();
			if (this.due.length === 0) return;
			this.due.sort((one, other) => one.at - other.at);
			const next = this.due.shift()!;
			this.time = next.at;
			next.go();
		}
	}
}

/** n8n's table: a call reads the row, and writes it later as it was then, with its own entries. */
class Row {
	entries: string[] = [];

	constructor(private readonly clock: Clock) {}

	/** @param delays how long reading and writing take in each call, in turn */
	of(delays: number[]): SharedRow {
		let calls = 0;
		const delay = () => delays[calls++ % delays.length];
		return {
			now: () => this.clock.time,
			wait: async (ms) => await this.clock.wait(ms),
			record: async (entries) => {
				await this.clock.wait(delay());
				const read = [...this.entries];
				await this.clock.wait(delay());
				this.entries = [...read, ...entries.filter((entry) => !read.includes(entry))];
				return new Set(entries.filter((entry) => read.includes(entry)));
			},
		};
	}
}

/** Processes that claim the same keys. @returns for each, the keys that it took for its own */
async function race(processes: Array<{ startsAt: number; delays: number[] }>, keys: string[]) {
	const clock = new Clock();
	const row = new Row(clock);
	const own = processes.map(async ({ delays, startsAt }, index) => {
		await clock.wait(startsAt);
		const others = await claimKeys(row.of(delays), keys, `by ${index}`);
		return keys.filter((key) => !others.has(key));
	});
	await clock.run();
	return { own: await Promise.all(own), entries: row.entries };
}

test('a claim of a single process is its own, and what was claimed before is not', async () => {
	const clock = new Clock();
	const row = new Row(clock);
	row.entries = ['before'];
	const others = claimKeys(row.of([5]), ['before', 'new'], 'by me');
	await clock.run();
	expect([...(await others)]).toEqual(['before']);
	expect(row.entries).toEqual(['before', 'new', 'by me']);
	expect(clock.time).toBeLessThan(100);
});

test('two processes that read before either wrote: one of them has the key', async () => {
	const { own } = await race(
		[
			{ startsAt: 0, delays: [5, 5] },
			{ startsAt: 1, delays: [5, 5] },
		],
		['key'],
	);
	expect(own).toEqual([[], ['key']]);
});

/** Slower than 40 ms no call of the other process may be while one's own takes no time at all. */
const delay = fc.integer({ min: 0, max: 19 });
const someone = fc.record({
	startsAt: fc.integer({ min: 0, max: 200 }),
	delays: fc.array(delay, { minLength: 2, maxLength: 12 }),
});

test('no key is claimed twice, however the calls overlap, and every claim is stored', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(someone, { minLength: 2, maxLength: 4 }), async (processes) => {
			const { entries, own } = await race(processes, ['a', 'b']);
			const all = own.flat();
			expect(new Set(all).size).toBe(all.length);
			expect(entries).toEqual(expect.arrayContaining(['a', 'b']));
		}),
	);
});

test('a process that is overwritten each time claims nothing', async () => {
	const row = {
		record: async () => await Promise.resolve(new Set<string>()),
		wait: async () => {},
		now: () => 0,
	};
	expect([...(await claimKeys(row, ['key'], 'by me'))]).toEqual(['key']);
});

test('entries that another call overwrote are written again', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(someone, { minLength: 2, maxLength: 4 }), async (processes) => {
			const clock = new Clock();
			const row = new Row(clock);
			const kept = processes.map(async ({ delays, startsAt }, index) => {
				await clock.wait(startsAt);
				await keepEntries(row.of(delays), [`done ${index}`], `by ${index}`);
			});
			await clock.run();
			await Promise.all(kept);
			expect(row.entries).toEqual(expect.arrayContaining(processes.map((_, index) => `done ${index}`)));
		}),
	);
});
