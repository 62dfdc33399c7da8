import { sleep } from 'n8n-workflow';
import { useFasterTime } from './fasterTime.mts';

describe('without haste', () => {
	// Node counts in whole milliseconds, so that its timers end up to two milliseconds early.
	test('timers end that last for parts of milliseconds', async () => {
		for (const part of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
			for (let turn = 0; turn < 5; turn++) await sleep(5 + part);
		}
	}, 10_000);
});

describe('while nothing happens', () => {
	useFasterTime();

	test('an hour passes at once, its timers in their order', async () => {
		const ended: number[] = [];
		const began = Date.now();
		await Promise.all(
			[60, 1, 30].map(async (minutes) => ended.push(await sleep(minutes * 60_000).then(() => minutes))),
		);
		expect(ended).toEqual([1, 30, 60]);
		expect(Date.now() - began).toBeGreaterThanOrEqual(3_600_000);
	});

	test('a timer that is stopped does not end, and an interval goes on', async () => {
		let [stopped, times] = [0, 0];
		const timer = setTimeout(() => stopped++, 1_000);
		const interval = setInterval(() => times++, 1_000);
		clearTimeout(timer);
		await sleep(10_500);
		clearInterval(interval);
		expect([stopped, times]).toEqual([0, 10]);
		await sleep(5_000);
		expect(times).toBe(10);
	});
});
