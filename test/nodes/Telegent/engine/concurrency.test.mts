import { mapConcurrent } from '../../../../nodes/Telegent/engine/concurrency.ts';

/** Pieces that end when the test says so, and what happened to them. */
function pieces(keysOf: (index: number) => string[] = () => []) {
	const seen: string[] = [];
	const ends: Array<(error?: Error) => void> = [];
	let most = 0;
	let underWay = 0;
	const prepare = (index: number) => {
		seen.push(`prepared ${index}`);
		const work = async () => {
			seen.push(`began ${index}`);
			most = Math.max(most, ++underWay);
			await new Promise<void>((resolve, reject) => {
				ends[index] = (error) => (error ? reject(error) : resolve());
			}).finally(() => underWay--);
			seen.push(`ended ${index}`);
			return index * 10;
		};
		return { keys: keysOf(index), work };
	};
	const began = async (index: number) => {
		while (!ends[index]) await new Promise((resolve) => setImmediate(resolve));
	};
	const end = async (index: number, error?: Error) => {
		await began(index);
		ends[index](error);
	};
	return { prepare, began, end, seen, most: () => most };
}

test('results are in input order, however the pieces end', async () => {
	const { end, prepare } = pieces();
	const all = mapConcurrent(4, 4, prepare);
	for (const index of [2, 0, 3, 1]) await end(index);
	expect(await all).toEqual([0, 10, 20, 30]);
});

test('never more at a time than the bound, and always as many where there is work', async () => {
	const { began, end, most, prepare } = pieces();
	const all = mapConcurrent(50, 7, prepare);
	for (let index = 0; index < 50; index++) {
		await began(Math.min(index + 6, 49));
		await end(index);
	}
	await all;
	expect(most()).toBe(7);
});

test('pieces that share a key run one after another, all others go on beside them', async () => {
	const { began, end, prepare, seen } = pieces((index) => (index % 2 === 0 ? ['Ann', `other ${index}`] : []));
	const all = mapConcurrent(5, 5, prepare);
	await began(3);
	expect(seen.filter((what) => what.startsWith('began'))).toEqual(['began 0', 'began 1', 'began 3']);
	for (const index of [1, 3, 0, 2, 4]) await end(index);
	await all;
	const ann = seen.filter((what) => /[024]$/.test(what) && !what.startsWith('prepared'));
	expect(ann).toEqual(['began 0', 'ended 0', 'began 2', 'ended 2', 'began 4', 'ended 4']);
});

test('each piece leaves before the next is prepared, and one is prepared ahead', async () => {
	const { began, end, prepare, seen } = pieces();
	const all = mapConcurrent(4, 2, prepare);
	await began(1);
	while (!seen.includes('prepared 2')) await new Promise((resolve) => setImmediate(resolve));
	expect(seen).toEqual(['prepared 0', 'began 0', 'prepared 1', 'began 1', 'prepared 2']);
	for (let index = 0; index < 4; index++) await end(index);
	await all;
});

test('after an error nothing new begins; what is under way is waited for', async () => {
	const { began, end, prepare, seen } = pieces((index) =>
		index === 2 ? ['Ann'] : index === 0 ? ['Ann'] : [],
	);
	const all = mapConcurrent(6, 3, prepare);
	let over = false;
	all.catch(() => undefined).finally(() => (over = true));
	await began(1);
	await end(1, new Error('first'));
	await new Promise((resolve) => setImmediate(resolve));
	expect(over).toBe(false);
	await end(0, new Error('second'));
	await expect(all).rejects.toThrow('first');
	expect(seen.filter((what) => what.startsWith('began'))).toEqual(['began 0', 'began 1']);
	expect(seen).not.toContain('prepared 4');
});

test('nothing to do is no work', async () => {
	const { prepare, seen } = pieces();
	expect(await mapConcurrent(0, 10, prepare)).toEqual([]);
	expect(seen).toEqual([]);
});
