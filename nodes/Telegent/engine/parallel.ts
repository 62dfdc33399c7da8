/**
 * Does `count` pieces of work, at most `bound` at a time, and returns their results in order of their index.
 * Pieces begin in order; those that share a key also run one after another, in order. After the first piece that
 * throws no other begins; those under way are waited for, then that error is thrown.
 * @param keys of a piece, asked for just before it begins
 */
export async function inOrder<T>(
	count: number,
	bound: number,
	keys: (index: number) => string[],
	work: (index: number) => Promise<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const latest = new Map<string, Promise<unknown>>();
	const errors: unknown[] = [];
	let next = 0;
	const lane = async () => {
		while (next < count && errors.length === 0) {
			const index = next++;
			const own = keys(index);
			const before = own.map((key) => latest.get(key));
			const done = Promise.allSettled(before).then(async () => {
				results[index] = await work(index);
			});
			const settled = done.catch((error: unknown) => void errors.push(error));
			for (const key of own) latest.set(key, settled);
			await settled;
			for (const key of own) if (latest.get(key) === settled) latest.delete(key);
		}
	};
	await Promise.all(Array.from({ length: Math.min(bound, count) }, lane));
	if (errors.length > 0) throw errors[0];
	return results;
}
