const WINDOW_MS = 60_000;
/** Requests do not travel equally fast: a little more than the window keeps Telegent's count below ours. */
const MARGIN_MS = 250;

/**
 * Says when the next request of one account may leave: at full speed up to the limit, evenly after,
 * and never more than `perMinute` in any minute. Pure but for what it remembers; times are in milliseconds.
 */
export class Pacer {
	private readonly slots: number[] = [];

	private notBefore = 0;

	/** Reserves the next slot and returns its time, `now` or later. `perMinute` 0 means no limit. */
	reserve(now: number, perMinute: number): number {
		const slot = Math.max(now, this.notBefore, this.earliest(now, perMinute));
		if (perMinute > 0) {
			while (this.slots[0] < now - WINDOW_MS - MARGIN_MS) this.slots.shift();
			this.slots.push(slot);
		}
		return slot;
	}

	/** The request that had this slot will not be made. */
	giveBack(slot: number): void {
		const index = this.slots.lastIndexOf(slot);
		if (index >= 0) this.slots.splice(index, 1);
	}

	/** Telegent said 429: nobody leaves before `time`. */
	holdUntil(time: number): void {
		this.notBefore = Math.max(this.notBefore, time);
	}

	private earliest(now: number, perMinute: number): number {
		if (perMinute <= 0) return now;
		const last = this.slots[this.slots.length - 1] ?? now;
		if (this.slots.length < perMinute) return last;
		const free = this.slots[this.slots.length - perMinute] + WINDOW_MS + MARGIN_MS;
		return free <= now ? last : Math.max(free, last + WINDOW_MS / perMinute);
	}
}

const MAX_ACCOUNTS = 1_000;
const pacers = new Map<string, Pacer>();

/** The one pacer that all workflows of this process share for an account. */
export function pacerFor(account: string): Pacer {
	const pacer = pacers.get(account) ?? new Pacer();
	pacers.delete(account);
	pacers.set(account, pacer);
	const [oldest] = pacers.keys();
	if (pacers.size > MAX_ACCOUNTS) pacers.delete(oldest);
	return pacer;
}

/** Forgets all accounts. */
export function clearPacers(): void {
	pacers.clear();
}
