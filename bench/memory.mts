import { setImmediate } from 'node:timers/promises';
import type { Memory } from './jobs.mts';

const TURNS = 3;

/**
 * Measures the memory that a run really needs: at about forty points of the run garbage is collected, and what is left
 * (V8's heap and the buffers beside it) is compared with what was left before the run, when the input was there
 * already. Needs `--expose-gc`.
 */
export class MemoryWatch {
	private before = 0;

	private peak = 0;

	private beats = 0;

	private samples = 0;

	private readonly every: number;

	constructor(every: number) {
		this.every = every;
	}

	async start(): Promise<void> {
		this.before = await inUse();
		this.peak = this.before;
	}

	/** Called for each request, which waits meanwhile. */
	async beat(): Promise<void> {
		if (++this.beats % this.every === 0) await this.sample();
	}

	async sample(): Promise<void> {
		this.samples++;
		this.peak = Math.max(this.peak, await inUse());
	}

	/** The output's own size is that of a copy of it. */
	async result(output: object): Promise<Memory> {
		const text = JSON.stringify(output);
		const before = await inUse();
		const copy = JSON.parse(text) as object;
		const size = (await inUse()) - before;
		if (Object.keys(copy).length === 0) throw new Error('There is no output to measure');
		return { peak: this.peak - this.before, output: size, samples: this.samples };
	}
}

type Collect = (options?: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;

/** Several times with turns of the event loop in between: some things can only be freed in such a turn. */
async function inUse(): Promise<number> {
	const { gc } = globalThis as { gc?: Collect };
	if (!gc) throw new Error('Start with --expose-gc');
	for (let turn = 0; turn < TURNS; turn++) {
		gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
		await setImmediate();
	}
	const { external, heapUsed } = process.memoryUsage();
	return heapUsed + external;
}
