/*
 * Lets the time of a test file pass faster: its clocks, timers and pauses, in the nodes as well as in the sandbox. For
 * tests with real requests, which fake timers would have to be advanced for by hand. Node's own timers (of sockets and
 * `AbortSignal.timeout`) keep the real time.
 */

const real = { performance, setInterval, setTimeout };

let speed = 1;
/** Longer timers keep the real time. */
let longestMs = Infinity;
let since = { real: real.performance.now(), time: 0 };
const startedAt = Date.now();

const elapsed = () => since.time + (real.performance.now() - since.real) * speed;
const now = () => Math.round(startedAt + elapsed());

function install(): void {
	const start = real.performance.now();
	globalThis.performance = new Proxy(real.performance, {
		get: (target, key) =>
			key === 'now' ? () => start + elapsed() : (Reflect.get(target, key, target) as unknown),
	});
	Date.now = now;
	globalThis.Date = new Proxy(Date, {
		construct: (target, given, newTarget) =>
			Reflect.construct(target, given.length > 0 ? given : [now()], newTarget) as Date,
	});
	const scaled = <T extends typeof setTimeout | typeof setInterval>(timer: T): T =>
		Object.assign(
			(run: () => void, ms = 0, ...more: unknown[]) =>
				timer(run, ms > longestMs ? ms : ms / speed, ...(more as [])),
			timer,
		) as unknown as T;
	globalThis.setTimeout = scaled(real.setTimeout);
	globalThis.setInterval = scaled(real.setInterval);
}

function setSpeed(times: number): void {
	since = { real: real.performance.now(), time: elapsed() };
	speed = times;
}

let installed = false;

/**
 * Time passes `times` as fast from now on.
 * @param longest in milliseconds: longer timers keep the real time, such as axios's time limit of a request
 */
export function passFaster(times: number, longest = Infinity): void {
	if (!installed) install();
	installed = true;
	longestMs = longest;
	setSpeed(times);
}

/** Time passes `times` as fast during the tests of the file or the `describe` block that calls this. It never goes back. */
export function useFasterTime(times: number): void {
	passFaster(1);
	beforeAll(() => setSpeed(times));
	afterAll(() => setSpeed(1));
}
