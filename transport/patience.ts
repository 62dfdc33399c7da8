/** How long one call may take. Times are in milliseconds. */
export interface Patience {
	/** For one attempt of a request that may be retried, until the end of its response. */
	attemptMs: number;
	/** For all waits of a call before its attempts are repeated. */
	waitMs: number;
	/** Whether waiting for the account's rate limit counts as well. A list must wait for it as long as it takes. */
	limitsQueue: boolean;
	/** All calls of the node share the waits: the pages of a list in the editor, for instance. */
	acrossCalls?: boolean;
}

/** Longer than the timeout of Telegent's gateway: a request that must not be repeated is not abandoned before it. */
export const MAX_ATTEMPT_MS = 120_000;

/** Room for one wait of ten minutes, the most that is waited for a `Retry-After`. */
const EXECUTION: Patience = { attemptMs: MAX_ATTEMPT_MS, waitMs: 11 * 60_000, limitsQueue: false };
/** A user waits for a list in the editor. */
const EDITOR: Patience = { attemptMs: 20_000, waitMs: 10_000, limitsQueue: true, acrossCalls: true };
/** Telegent waits for the response to its webhook call. */
const WEBHOOK: Patience = { attemptMs: 20_000, waitMs: 10_000, limitsQueue: true };
/** A user waits for the Publish button. Publishing makes several calls. */
const PUBLISHING: Patience = { attemptMs: 30_000, waitMs: 60_000, limitsQueue: true };

/** A poll must end before the next one: n8n's shortest interval is a minute, and its scheduler gives a poll 45 seconds. */
const POLL: Patience = { attemptMs: 15_000, waitMs: 10_000, limitsQueue: true, acrossCalls: true };

/** How long a call may take for whom n8n made `context`. */
export function patienceFor(context: object): Patience {
	if ('getExecutionCancelSignal' in context) return EXECUTION;
	if ('getCurrentNodeParameter' in context) return EDITOR;
	if ('__emitError' in context) return POLL;
	return 'getRequestObject' in context ? WEBHOOK : PUBLISHING;
}

/** `12:14` in a time zone, never too early; with the day where it is not today's next hours. `time` as of `Date.now()`. */
export function clockTime(time: number, now: number, timeZone: string): string {
	const minute = Math.ceil(time / 60_000) * 60_000;
	if (minute - now > 30 * 24 * 3_600_000) return 'further notice';
	const day = minute - now < 12 * 3_600_000 ? {} : ({ month: 'short', day: 'numeric' } as const);
	const options = { ...day, hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
	return new Intl.DateTimeFormat('en-US', options).format(minute);
}
