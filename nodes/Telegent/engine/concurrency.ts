import { sleep } from 'n8n-workflow';

/** Work for one item. Tasks that share a key run one after another, in input order. */
export interface Task<T> {
	keys: string[];
	work: () => Promise<T>;
}

/** Up to this many tasks in flight, yield so that a request is sent before the next task is prepared. */
const FEW = 10;

/**
 * Runs `count` tasks, at most `bound` at a time, and returns their results in order of their index. Tasks are prepared
 * in order, one ahead, while those in flight wait for the network, which hides the cost of resolving expressions. After
 * the first task that throws no other starts; those in flight are awaited, then that error is thrown.
 * @param prepare makes the task with this index; must not throw
 */
export async function mapConcurrent<T>(
	count: number,
	bound: number,
	prepare: (index: number) => Task<T>,
): Promise<T[]> {
	const results = new Array<T>(count);
	const latest = new Map<string, Promise<void>>();
	const errors: unknown[] = [];
	let underWay = 0;
	let oneEnded = () => {};
	const anEnd = async () => await new Promise<void>((resolve) => (oneEnded = resolve));
	const run = async (index: number, { keys, work }: Task<T>) => {
		await Promise.all(keys.map((key) => latest.get(key)));
		if (errors.length === 0) results[index] = await work();
	};
	const begin = (index: number, task: Task<T>) => {
		underWay++;
		const settled = run(index, task)
			.catch((error: unknown) => void errors.push(error))
			.then(() => {
				for (const key of task.keys) if (latest.get(key) === settled) latest.delete(key);
				underWay--;
				oneEnded();
			});
		for (const key of task.keys) latest.set(key, settled);
	};
	for (let index = 0; index < count; index++) {
		const task = prepare(index);
		while (underWay >= bound) await anEnd();
		if (errors.length > 0) break;
		begin(index, task);
		if (underWay <= FEW) await sleep(0);
	}
	while (underWay > 0) await anEnd();
	if (errors.length > 0) throw errors[0];
	return results;
}
