import { BoundedMap } from './boundedMap';
import { processState } from './processState';

/** Requests that begin within this time share a signal. */
const SHARED_MS = 1_000;
/** More than there are different time limits. */
const MAX_SIGNALS = 10;

/** The newest signal of each time limit, by its milliseconds. */
const signals = processState(new BoundedMap<number, AbortSignal>(MAX_SIGNALS, SHARED_MS));

/**
 * A signal that aborts after `ms` milliseconds, or up to a second later. All calls within a second return the same one.
 * Node keeps a signal of `AbortSignal.timeout`, about 700 bytes, until its time is up. Most requests have ended long
 * before.
 */
export function timeLimit(ms: number): AbortSignal {
	// A monotonic clock: with one that was set back, a request could get a signal whose time is nearly up.
	const now = performance.now();
	const shared = signals.get(ms, now);
	if (shared && !shared.aborted) return shared;
	const signal = AbortSignal.timeout(ms + SHARED_MS);
	signals.set(ms, signal, now);
	return signal;
}

const listeners = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `run` when the signal aborts, or at once if it already has. `AbortSignal.any` would keep memory for each request
 * until the time limit is up.
 * @returns a function that stops listening
 */
export function onAbort(signal: AbortSignal, run: () => void): () => void {
	const all = listeners.get(signal) ?? new Set();
	// One listener per signal: Node 20 warns of more than ten.
	if (!listeners.has(signal)) signal.addEventListener('abort', () => all.forEach((one) => one()));
	listeners.set(signal, all.add(run));
	if (signal.aborted) run();
	return () => void all.delete(run);
}
