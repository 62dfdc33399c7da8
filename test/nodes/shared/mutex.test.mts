import { runExclusive } from '../../../nodes/shared/mutex.ts';

test('tasks with the same key run in order, and a rejected task does not stop the next', async () => {
	const order: string[] = [];
	const work =
		(name: string, ms: number, fails = false) =>
		async () => {
			await new Promise((resolve) => setTimeout(resolve, ms));
			order.push(name);
			if (fails) throw new Error(name);
			return name;
		};
	const ends = await Promise.allSettled([
		runExclusive('a', work('1', 20, true)),
		runExclusive('a', work('2', 1)),
		runExclusive('b', work('3', 5)),
	]);
	expect(order).toEqual(['3', '1', '2']);
	expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});
