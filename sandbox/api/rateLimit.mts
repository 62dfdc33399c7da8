const MINUTE = 60_000;

/** A sliding minute: a request passes when fewer than `limit` passed in the minute before it. */
export class RateLimit {
	#passed: number[] = [];

	/** Milliseconds to wait; 0 lets the request pass and counts it. */
	take(now: number, limit: number): number {
		if (limit <= 0) return 0;
		const stale = this.#passed.findIndex((time) => time > now - MINUTE);
		this.#passed.splice(0, stale === -1 ? this.#passed.length : stale);
		if (this.#passed.length < limit) {
			this.#passed.push(now);
			return 0;
		}
		return this.#passed[this.#passed.length - limit] + MINUTE - now;
	}

	clear(): void {
		this.#passed = [];
	}
}
