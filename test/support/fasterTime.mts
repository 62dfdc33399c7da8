import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { performance as nodePerformance } from 'node:perf_hooks';

/*
 * Lets the time of a test file pass faster: its clocks, timers and pauses, in the nodes as well as in the sandbox. For
 * tests with real requests, which fake timers would have to be advanced for by hand. Node's own timers (of sockets and
 * `AbortSignal.timeout`) keep the real time.
 */

const real = { performance, clearInterval, clearTimeout, setInterval, setTimeout };

/** How much time is skipped at once, at most. */
const MOST_SKIPPED_MS = 1_000;
/** How many pauses are skipped in a millisecond in which nothing happens, at most. */
const MOST_SKIPS = 10;

let speed = 1;
/** Longer timers keep the real time. */
let longestMs = Infinity;
let since = { real: real.performance.now(), time: 0 };
const startedAt = Date.now();

const elapsed = () => since.time + (real.performance.now() - since.real) * speed;
const now = () => Math.round(startedAt + elapsed());

type Timer = typeof setTimeout | typeof setInterval;

/** A timer that was started and has not ended. `due` and `everyMs` are in the faster time. */
interface Started {
	due: number;
	run: () => void;
	everyMs?: number;
}

const started = new Map<NodeJS.Timeout, Started>();

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
	globalThis.setTimeout = faster(real.setTimeout);
	globalThis.setInterval = faster(real.setInterval);
	const forget = (clear: typeof clearTimeout) =>
		((timer: NodeJS.Timeout) => {
			started.delete(timer);
			clear(timer);
		}) as typeof clearTimeout;
	globalThis.clearTimeout = forget(real.clearTimeout);
	globalThis.clearInterval = forget(real.clearInterval);
}

function faster<T extends Timer>(timer: T): T {
	const once = timer === real.setTimeout;
	return Object.assign((run: (...values: unknown[]) => void, given = 0, ...values: unknown[]) => {
		const ms = Math.max(0, given || 0);
		if (ms > longestMs) return timer(run, ms, ...(values as []));
		const entry: Started = { due: elapsed() + ms, run: () => run(...values), ...(!once && { everyMs: ms }) };
		const handle: NodeJS.Timeout = timer(() => (once ? runNow(handle) : runIfDue(handle)), ms / speed);
		started.set(handle, entry);
		return handle;
	}, timer) as unknown as T;
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

/**
 * Time passes `times` as fast during the tests of the file or the `describe` block that calls this, and much faster while
 * nothing happens: then it goes on to the next timer. It never goes back.
 */
export function useFasterTime(times = 1): void {
	passFaster(1);
	let stop: () => void;
	beforeAll(() => {
		setSpeed(times);
		stop = skipPauses();
	});
	afterAll(() => {
		stop();
		setSpeed(1);
	});
}

/** Skips the time in which no request is under way and the process has nothing to do. Returns what ends it. */
function skipPauses(): () => void {
	let underWay = 0;
	const begins = (message: unknown) => {
		underWay++;
		(message as { request: ClientRequest }).request.once('close', () => underWay--);
	};
	subscribe('http.client.request.start', begins);
	const { eventLoopUtilization } = nodePerformance;
	let before = eventLoopUtilization();
	const watch = real.setInterval(() => {
		const { active, idle } = eventLoopUtilization(before);
		before = eventLoopUtilization();
		if (active < idle) skip(MOST_SKIPS);
		else runDue();
	}, 1);
	const skip = (left: number) => {
		if (underWay === 0) skipToNextTimer();
		runDue();
		if (underWay === 0 && left > 1) setImmediate(skip, left - 1);
	};
	return () => {
		real.clearInterval(watch);
		unsubscribe('http.client.request.start', begins);
	};
}

function skipToNextTimer(): void {
	if (started.size === 0) return;
	let next = Infinity;
	for (const { due } of started.values()) next = Math.min(next, due);
	const time = Math.min(next, elapsed() + MOST_SKIPPED_MS);
	if (time > elapsed()) since = { real: real.performance.now(), time };
}

/** Runs the timers whose time has come, in their order. */
function runDue(): void {
	// Node's timers are up to a millisecond early.
	const time = elapsed() + speed;
	const due: Array<[NodeJS.Timeout, Started]> = [];
	for (const entry of started) if (entry[1].due <= time) due.push(entry);
	for (const [timer] of due.sort(([, a], [, b]) => a.due - b.due)) runIfDue(timer);
}

function runIfDue(timer: NodeJS.Timeout): void {
	const one = started.get(timer);
	if (one && one.due <= elapsed() + speed) runNow(timer);
}

/**
 * Runs a timer that was not stopped. What Node's own timer ends is not asked whether it is due: Node counts in whole
 * milliseconds, so that a timer ends up to two of them early, and it ends only once.
 */
function runNow(timer: NodeJS.Timeout): void {
	const one = started.get(timer);
	if (!one) return;
	if (one.everyMs === undefined) {
		started.delete(timer);
		real.clearTimeout(timer);
	} else one.due = elapsed() + one.everyMs;
	one.run();
}
