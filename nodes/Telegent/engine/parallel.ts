import { sleep } from 'n8n-workflow';

/** A piece of work, and what it must not overtake: pieces that share a key run one after another, in order. */
export interface Piece<T> {
	keys: string[];
	work: () => Promise<T>;
}

/** Pieces that begin together end together, and then wait for the processor instead of the network. */
const SPREAD_MS = 20;

/**
 * Does `count` pieces of work, at most `bound` at a time, and returns their results in order of their index.
 * Pieces are prepared in order, each while the one before it in its lane waits for the network: what preparing costs
 * (n8n resolves expressions) is then hardly seen. After the first piece that throws no other begins; those under way
 * are waited for, then that error is thrown.
 * @param prepare gives the piece with this index; must not throw
 */
export async function inOrder<T>(
	count: number,
	bound: number,
	prepare: (index: number) => Piece<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const latest = new Map<string, Promise<void>>();
	const errors: unknown[] = [];
	let next = 0;
	const take = () => {
		const index = next++;
		const { keys, work } = prepare(index);
		const before = keys.map((key) => latest.get(key));
		let end = () => {};
		const ended = new Promise<void>((resolve) => (end = resolve));
		for (const key of keys) latest.set(key, ended);
		return async () => {
			await Promise.all(before);
			if (errors.length === 0) {
				await work().then(
					(result) => void (results[index] = result),
					(error: unknown) => void errors.push(error),
				);
			}
			for (const key of keys) if (latest.get(key) === ended) latest.delete(key);
			end();
		};
	};
	let free = 0;
	const apart = async () => {
		const now = Date.now();
		const start = Math.max(now, free);
		free = start + SPREAD_MS / bound;
		if (start - now >= 1) await sleep(start - now);
	};
	const lane = async () => {
		for (let begin = take(); ; ) {
			await apart();
			const under = begin();
			// The request leaves before the next one is prepared.
			if (next < count) await sleep(0);
			const following = next < count && errors.length === 0 ? take() : undefined;
			await under;
			if (!following) return;
			begin = following;
		}
	};
	await Promise.all(Array.from({ length: Math.min(bound, count) }, lane));
	if (errors.length > 0) throw errors[0];
	return results;
}
