import { BoundedMap } from '../../transport/boundedMap.ts';
import { processState, resetProcessState } from '../../transport/processState.ts';

test('the least recently set entry goes first when the map is full', () => {
	const map = new BoundedMap<string, number>(2);
	map.set('a', 1);
	map.set('b', 2);
	map.set('a', 3);
	map.set('c', 4);
	expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([3, undefined, 4]);
	expect(map.size).toBe(2);
});

test('reading an entry does not keep it', () => {
	const map = new BoundedMap<string, number>(2);
	map.set('a', 1);
	map.set('b', 2);
	map.get('a');
	map.set('c', 3);
	expect(map.has('a')).toBe(false);
});

test('an entry counts until its maximum age, to the millisecond', () => {
	const map = new BoundedMap<string, number>(10, 1_000);
	map.set('a', 1, 5_000);
	expect([map.get('a', 5_999), map.has('a', 5_999)]).toEqual([1, true]);
	expect([map.get('a', 6_000), map.has('a', 6_000)]).toEqual([undefined, false]);
});

test('setting an entry again renews its age', () => {
	const map = new BoundedMap<string, number>(10, 1_000);
	map.set('a', 1, 0);
	map.set('a', 2, 900);
	expect(map.get('a', 1_500)).toBe(2);
});

test('an entry can have a maximum age of its own', () => {
	const map = new BoundedMap<string, number>(10, 1_000);
	map.set('a', 1, 0, 10);
	map.set('b', 2, 0);
	expect([map.has('a', 10), map.has('b', 10)]).toEqual([false, true]);
});

test('expired entries are removed by the next set', () => {
	const map = new BoundedMap<string, number>(10, 1_000);
	map.set('a', 1, 0);
	map.set('b', 2, 0);
	map.set('c', 3, 1_000);
	expect(map.size).toBe(1);
});

test('deleted and cleared entries are gone', () => {
	const map = new BoundedMap<string, number>(10);
	map.set('a', 1);
	map.set('b', 2);
	map.delete('a');
	expect([map.get('a'), map.get('b')]).toEqual([undefined, 2]);
	map.clear();
	expect(map.size).toBe(0);
});

test('resetProcessState clears every registered map', () => {
	const bounded = processState(new BoundedMap<string, number>(10));
	const plain = processState(new Map([['a', 1]]));
	bounded.set('a', 1);
	resetProcessState();
	expect([bounded.size, plain.size]).toEqual([0, 0]);
});
