import { setImmediate } from 'node:timers/promises';

const TURNS = 4;

/** What is in use after garbage was collected, in bytes. Several turns: some things can only be freed in such a turn. */
export async function inUse(): Promise<number> {
	const { gc } = globalThis as { gc?: () => void };
	if (!gc) throw new Error('Start with --expose-gc');
	for (let turn = 0; turn < TURNS; turn++) {
		gc();
		await setImmediate();
	}
	const { external, heapUsed } = process.memoryUsage();
	return heapUsed + external;
}

export interface Point {
	/** Messages and deliveries so far. */
	count: number;
	bytes: number;
}

/** The bytes by which memory grows for each 1,000 messages and deliveries: the line with the least squares. Pure. */
export function slopeOf(points: Point[]): number {
	const mean = (value: (point: Point) => number) =>
		points.reduce((sum, point) => sum + value(point), 0) / points.length;
	const [count, bytes] = [mean((point) => point.count), mean((point) => point.bytes)];
	const over = points.reduce((sum, point) => sum + (point.count - count) * (point.bytes - bytes), 0);
	const under = points.reduce((sum, point) => sum + (point.count - count) ** 2, 0);
	return under === 0 ? 0 : (over / under) * 1_000;
}

/**
 * What is kept for each message or delivery takes at least 50 bytes: an entry of a map with a short key takes over 100,
 * and only one of the two may leave something.
 */
export const MOST_PER_1000 = 25_000;
/** Less than this, over all of the points, is chance: two collections of the same program differ as much. */
export const CHANCE_BYTES = 1_500_000;

/** Whether memory grows with the number of messages. @param points those after the warm-up. Pure. */
export function grows(points: Point[]): boolean {
	const measured = points[points.length - 1].count - points[0].count;
	const slope = slopeOf(points);
	return slope > MOST_PER_1000 && (slope * measured) / 1_000 > CHANCE_BYTES;
}
