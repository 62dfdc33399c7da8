/**
 * What repeating a request could do:
 * `read` changes nothing; `idempotent` may be repeated with the same effect as once;
 * `once` sends, buys or creates, and Telegent has no idempotency key: it must never be done twice.
 */
export type Safety = 'read' | 'idempotent' | 'once';

/** How an unsuccessful attempt ended. */
export type AttemptFailure =
	/** An HTTP response. `byApi`: from the API itself (JSON with a status), not from a gateway. */
	| { kind: 'response'; status: number; byApi: boolean; retryAfterMs?: number }
	/** No response. `sent`: the request may have reached Telegent. */
	| { kind: 'noResponse'; sent: boolean }
	/** A response that reports neither success nor refusal. */
	| { kind: 'unreadable' };

/** `unsure`: the work may have been done. `notDone`: it surely was not. `done`: it was, and what came after failed. */
export type Outcome = 'done' | 'unsure' | 'notDone';

export type RetryDecision = { retry: true; waitMs: number } | { retry: false; outcome: Outcome };

const TRANSIENT = [408, 425, 429, 500, 502, 503, 504];
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
const MAX_RETRY_AFTER_MS = 10 * 60_000;
const ATTEMPTS = 5;
/** Enough attempts to outlast a limit per minute. */
const ATTEMPTS_WHEN_RATE_LIMITED = 12;
/** Number of attempts for which `Retry-After` is trusted. */
const ATTEMPTS_BELIEVED = 2;
/** Enough for a short network outage; a wrong host name does not recover. */
const ATTEMPTS_WHEN_UNREACHABLE = 3;

/**
 * Whether to retry a request, and after how many milliseconds. Pure.
 *
 * The pauses are the vendor's advice: exponential from 1 s, doubling, at most 30 s, for 408, 429, 500, 503 and 504.
 * @param attempt how many attempts were made, from 1
 * @param random a number from 0 to 1 that spreads the pauses of several callers
 */
export function decideRetry(
	failure: AttemptFailure,
	safety: Safety,
	attempt: number,
	random: number,
): RetryDecision {
	const outcome = outcomeOfFailure(failure);
	const limit = attemptsFor(failure);
	const repeatable = safety !== 'once' || outcome === 'notDone';
	if (!isTransient(failure) || !repeatable || attempt >= limit) {
		return { retry: false, outcome: safety === 'read' ? 'notDone' : outcome };
	}
	return { retry: true, waitMs: pause(failure, attempt, random) };
}

/** Whether the request may have been executed although the attempt did not succeed. */
export function outcomeOfFailure(failure: AttemptFailure): Outcome {
	if (failure.kind === 'unreadable') return 'unsure';
	if (failure.kind === 'noResponse') return failure.sent ? 'unsure' : 'notDone';
	if (failure.status === 429) return 'notDone';
	// A redirect after the work looks like one before it.
	if (failure.status >= 300 && failure.status < 400) return 'unsure';
	// A gateway also says 503 when the connection behind it broke half-way; the API's own 503 did nothing.
	if (failure.status === 503 && failure.byApi) return 'notDone';
	return failure.status === 408 || failure.status >= 500 ? 'unsure' : 'notDone';
}

function isTransient(failure: AttemptFailure): boolean {
	return failure.kind === 'noResponse' || (failure.kind === 'response' && TRANSIENT.includes(failure.status));
}

function attemptsFor(failure: AttemptFailure): number {
	if (failure.kind === 'noResponse' && !failure.sent) return ATTEMPTS_WHEN_UNREACHABLE;
	return failure.kind === 'response' && failure.status === 429 ? ATTEMPTS_WHEN_RATE_LIMITED : ATTEMPTS;
}

function pause(failure: AttemptFailure, attempt: number, random: number): number {
	const backoff = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
	const jitter = (FIRST_PAUSE_MS / 2) * random;
	const asked = failure.kind === 'response' ? failure.retryAfterMs : undefined;
	// A zero or repeatedly too short Retry-After means clock skew: fall back to backoff.
	const least = asked === undefined || attempt > ATTEMPTS_BELIEVED ? backoff : 0;
	return jitter + Math.max(least, Math.min(asked ?? 0, MAX_RETRY_AFTER_MS));
}

/**
 * `Retry-After` in milliseconds: seconds or a date, in the header or, on older pages, as `RetryAfter` in the body.
 * Undefined where there is none or it cannot be read.
 */
export function parseRetryAfter(value: unknown, now: number): number | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const seconds = Number(value);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(String(value));
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
