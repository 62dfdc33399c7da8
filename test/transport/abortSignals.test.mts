import { onAbort, timeLimit } from '../../transport/abortSignals.ts';
import { resetProcessState } from '../../transport/processState.ts';

describe('the signal of a time limit', () => {
	let now = 0;
	const asked: number[] = [];
	const started: AbortController[] = [];
	beforeEach(() => {
		resetProcessState();
		now = 5_000;
		asked.length = started.length = 0;
		jest.spyOn(performance, 'now').mockImplementation(() => now);
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			asked.push(ms);
			started.push(new AbortController());
			return started[started.length - 1].signal;
		});
	});
	afterEach(() => void jest.restoreAllMocks());

	test('is shared by all who ask within a second, and leaves the last of them the whole time', () => {
		const first = timeLimit(20_000);
		now += 999;
		expect(timeLimit(20_000)).toBe(first);
		expect(asked).toEqual([21_000]);
		now += 1;
		expect(timeLimit(20_000)).not.toBe(first);
		expect(asked).toEqual([21_000, 21_000]);
	});

	test('is not shared with another limit', () => {
		expect(timeLimit(20_000)).not.toBe(timeLimit(30_000));
	});

	test('is not shared once its time is up, as after the computer slept', () => {
		const first = timeLimit(20_000);
		started[0].abort();
		expect(timeLimit(20_000)).not.toBe(first);
	});

	test('is not shared for longer because the clock was set back', () => {
		const first = timeLimit(20_000);
		jest.spyOn(Date, 'now').mockReturnValue(0);
		now += 19_000;
		expect(timeLimit(20_000)).not.toBe(first);
	});
});

describe('what runs when a signal aborts', () => {
	test('runs once, and not after it was ended', () => {
		const controller = new AbortController();
		const runs: string[] = [];
		onAbort(controller.signal, () => runs.push('first'));
		const end = onAbort(controller.signal, () => runs.push('ended'));
		onAbort(controller.signal, () => runs.push('last'));
		end();
		expect(runs).toEqual([]);
		controller.abort();
		controller.abort();
		expect(runs).toEqual(['first', 'last']);
	});

	test('runs at once where the signal has aborted', () => {
		const run = jest.fn();
		onAbort(AbortSignal.abort(), run);
		expect(run).toHaveBeenCalledTimes(1);
	});

	test('needs one listener of the signal for any number of requests', () => {
		const { signal } = new AbortController();
		const listen = jest.spyOn(signal, 'addEventListener');
		for (let i = 0; i < 50; i++) onAbort(signal, () => {})();
		for (let i = 0; i < 50; i++) onAbort(signal, () => {});
		expect(listen).toHaveBeenCalledTimes(1);
	});
});
