/** After so long without a 429 the whole limit is tried again. */
const WHOLE_AFTER_MS = 75_000;
/** Below so many requests a minute it takes longer in proportion: a process that seldom asks learns as slowly. */
const QUICK_FROM = 3;
/** It grows little at first, and fast in the end. */
const GROWTH_EXPONENT = 2.5;
/** What each 429 takes from the share, on average, beyond what others hold already: theirs to find. */
const MEAN_CUT = 0.03;
/**
 * What was accepted tells the share where it was observed for this long. In a shorter time it tells who began first: one
 * of two processes can have 45 of 50 accepted in the first second.
 */
const TELLING_MS = 30_000;
/** A process that sends less than this each minute asks again too seldom to learn anything. */
const LEAST_SHARE = 1;

/** What a process knows of the time before a 429. */
export interface Observed {
	/** Requests of its own that Telegent accepted in that time. */
	accepted: number;
	/** The part of that time during which it had something to send, from 0 to 1. */
	active: number;
	/** How long that time was, in milliseconds. */
	seenMs: number;
}

/**
 * The part of an account's limit that this process may use while other processes or programs use the account as well.
 * All that they have in common is Telegent's 429: it says that in the time before, the whole limit was accepted, so what
 * this process had accepted then is its share. It keeps to that, less a little that others may take, and grows slowly,
 * then ever faster while no other 429 comes. Without a 429 it is the whole limit.
 *
 * Pure but for what it remembers: no timers, and the same numbers from `random` give the same shares.
 * See docs/decisions/pacing.md and bench/sharedLimit.mts, which simulates it.
 */
export class FairShare {
	/** The share after the last 429. */
	private start = Infinity;

	/** From when it grows: the last 429, or the end of the pause that it asked for. */
	private since = -Infinity;

	/** When the share was cut last: what left before says nothing about the share since. */
	private cutAt = -Infinity;

	constructor(private readonly random: () => number) {}

	/** Requests that may leave in a minute; perMinute where nobody else is known to use the account. */
	at(now: number, perMinute: number): number {
		if (this.start >= perMinute) return perMinute;
		const grows = WHOLE_AFTER_MS * Math.max(1, QUICK_FROM / this.start);
		const part = Math.max(0, now - this.since) / grows;
		return Math.min(perMinute, this.start + perMinute * part ** GROWTH_EXPONENT);
	}

	/** Telegent refused a request that left at `departed`. */
	refused(departed: number, now: number, perMinute: number, observed: Observed): void {
		const before = this.at(now, perMinute);
		const telling = Math.min(1, observed.seenMs / TELLING_MS);
		// Until it knows better, it supposes one other process.
		const supposed = Math.min(before, perMinute / 2);
		const learned = telling * shareOf(perMinute, observed) + (1 - telling) * supposed;
		const share = Math.min(before, learned);
		// Several that were under way together are one piece of news.
		const cut = departed < this.cutAt ? 0 : MEAN_CUT * (0.5 + this.random());
		this.start = Math.max(Math.min(LEAST_SHARE, perMinute), share * (1 - cut));
		this.since = Math.max(this.since, now);
		this.cutAt = now;
	}

	/** Nothing is sent before `time`, so that no 429 comes until then says nothing. */
	hold(time: number): void {
		this.since = Math.max(this.since, time);
	}
}

/**
 * What a process holds of a limit that is used up. One that has been active for the whole time knows it; the less it
 * saw, the more it supposes that there is one other process (Laplace's rule of succession).
 */
function shareOf(perMinute: number, { accepted, active }: Observed): number {
	const unseen = 1 - active;
	return (perMinute * (accepted + unseen)) / (active * perMinute + 2 * unseen);
}
