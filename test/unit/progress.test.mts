import { duration, secondsAtLimit, secondsLeft } from '../../nodes/Telegent/engine/progress.ts';

test.each([
	[60, 50, 72],
	[1000, 50, 1200],
	[50, 50, 0],
	[60, 0, 0],
])('%i requests at %i a minute take %i seconds', (count, perMinute, seconds) => {
	expect(secondsAtLimit(count, perMinute)).toBe(seconds);
});

test.each([
	// The first minute's requests leave at once: the rest does not go on like that.
	[40, 60, 15, 50, 57],
	[50, 1000, 10, 50, 1190],
	// Slower than the limit: other workflows share it.
	[60, 120, 120, 100, 120],
	[100, 200, 50, 0, 50],
])('%i of %i after %i s, at most %i a minute: %i s are left', (through, count, elapsed, perMinute, left) => {
	expect(secondsLeft(through, count, elapsed, perMinute)).toBe(left);
});

test.each([
	[1, '1 second'],
	[71.2, '72 seconds'],
	[119, '119 seconds'],
	[1200, '20 minutes'],
	[12_600, '3.5 hours'],
])('%i s is %s', (seconds, words) => expect(duration(seconds)).toBe(words));
