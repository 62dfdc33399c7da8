import { BoundedMap } from './boundedMap';
import { processState } from './processState';

const WINDOW_MS = 60_000;
/** Margin for network jitter, so that Telegent's window never counts more requests than ours. */
const MARGIN_MS = 250;
const SPAN_MS = WINDOW_MS + MARGIN_MS;
/** How many interactive requests may overtake a bulk request that could go: prevents starvation. */
const MAX_PASSED = 9;
/** How soon to ask again where the time depends on what others do. */
const RECHECK_MS = 50;

/** `interactive`: a person or a conversation waits for it. `bulk`: one of the many requests of a list. */
export type Priority = 'interactive' | 'bulk';

/** A place in the queue of a RateLimiter. */
export interface Ticket {
	readonly priority: Priority;
	/** Increases by one, so that it gives the distance to the first ticket of the queue. */
	readonly number: number;
	waited: boolean;
}

/**
 * The rate limiter of one account: says whether a request may leave now or how long to wait, and never lets more than
 * `perMinute` leave in any minute.
 *
 * Two queues, each first in, first out. Interactive requests go first and may use the whole limit. Bulk requests leave
 * a small reserve of it to them: full speed up to the rest, then evenly. The reserve is lent out where the requests
 * that it would stand in for leave the window within the next seconds, so a list alone loses nothing by it.
 *
 * Pure but for what it remembers. Times are milliseconds of any clock that never goes back.
 */
export class RateLimiter {
	/** When the requests of the last minute left, oldest first. */
	private readonly left: number[] = [];

	private readonly queues: Record<Priority, Ticket[]> = { interactive: [], bulk: [] };

	private tickets = 0;

	private notBefore = 0;

	/** When the last bulk request left that had to wait: those behind it follow evenly. */
	private lastPaced = -Infinity;

	/** How many interactive requests have gone before the first bulk one although it could go. */
	private passed = 0;

	/** Takes the last place in a queue. Every ticket must be admitted or leave. */
	enter(priority: Priority): Ticket {
		const ticket = { priority, number: this.tickets++, waited: false };
		this.queues[priority].push(ticket);
		return ticket;
	}

	/**
	 * Whether the request may leave now: 0, and it counts as sent; or after how many milliseconds to ask again.
	 * @param perMinute the account's limit; 0 for none
	 */
	admit(ticket: Ticket, now: number, perMinute: number): number {
		if (perMinute <= 0) {
			if (now >= this.notBefore) this.leave(ticket);
			return Math.max(0, this.notBefore - now);
		}
		while (this.left[0] <= now - SPAN_MS) this.left.shift();
		if (this.next(now, perMinute) === ticket) {
			this.depart(ticket, now, perMinute);
			return 0;
		}
		ticket.waited = true;
		const wait = this.estimate(ticket, now, perMinute) - now;
		return wait > 0 ? wait : Math.min(RECHECK_MS, WINDOW_MS / perMinute);
	}

	/** The request will not be made. Nothing happens where it was admitted already. */
	leave(ticket: Ticket): void {
		const queue = this.queues[ticket.priority];
		const index = queue.indexOf(ticket);
		if (index >= 0) queue.splice(index, 1);
	}

	/** After a 429: no request may leave before `time`. */
	pauseUntil(time: number): void {
		this.notBefore = Math.max(this.notBefore, time);
	}

	/** Until when Telegent asked to wait; a time in the past where it did not. */
	get heldUntil(): number {
		return this.notBefore;
	}

	/** The one ticket that may go now. */
	private next(now: number, perMinute: number): Ticket | undefined {
		const [reply] = this.queues.interactive;
		const [bulk] = this.queues.bulk;
		if (bulk && this.bulkMayGo(reply !== undefined, now, perMinute)) return bulk;
		return reply && this.whenFree(0, now, perMinute) <= now ? reply : undefined;
	}

	private bulkMayGo(replyWaits: boolean, now: number, perMinute: number): boolean {
		if (!replyWaits) return this.bulkTime(now, perMinute) <= now;
		return this.passed >= MAX_PASSED && this.whenBulkFree(now, perMinute) <= now;
	}

	private depart(ticket: Ticket, now: number, perMinute: number): void {
		if (ticket.priority === 'bulk') {
			if (ticket.waited) this.lastPaced = now;
			this.passed = 0;
		} else if (this.queues.bulk.length > 0 && this.whenBulkFree(now, perMinute) <= now) {
			this.passed++;
		}
		this.leave(ticket);
		this.left.push(now);
	}

	private estimate(ticket: Ticket, now: number, perMinute: number): number {
		const position = ticket.number - this.queues[ticket.priority][0].number;
		if (ticket.priority === 'interactive') return this.whenFree(position, now, perMinute);
		return this.bulkTime(now, perMinute) + position * (WINDOW_MS / perMinute);
	}

	/** When the limit has room for one more after `others`. */
	private whenFree(others: number, now: number, perMinute: number): number {
		const index = Math.min(this.left.length - perMinute + others, this.left.length - 1);
		return Math.max(now, this.notBefore, index < 0 ? 0 : this.left[index] + SPAN_MS);
	}

	/** When the limit has room for a bulk request: beyond the reserve, or because the reserve will soon be whole again. */
	private whenBulkFree(now: number, perMinute: number): number {
		const reserve = reserveOf(perMinute);
		const index = this.left.length - (perMinute - reserve);
		if (index < 0) return Math.max(now, this.notBefore);
		const whole = this.left[index] + SPAN_MS;
		const lent = Math.max(whole - reserve * (WINDOW_MS / perMinute), this.whenFree(0, now, perMinute));
		return Math.max(now, this.notBefore, Math.min(whole, lent));
	}

	/** The same, evenly: after one that had to wait, and out of the reserve. */
	private bulkTime(now: number, perMinute: number): number {
		const gap = WINDOW_MS / perMinute;
		const reserveIsWhole = this.left.length < perMinute - reserveOf(perMinute);
		const last = reserveIsWhole ? this.lastPaced : Math.max(this.lastPaced, this.left[this.left.length - 1]);
		return Math.max(this.whenBulkFree(now, perMinute), last + gap);
	}
}

/** How many requests a minute bulk ones leave to interactive ones. */
function reserveOf(perMinute: number): number {
	return Math.min(Math.max(2, Math.ceil(perMinute / 10)), Math.floor(perMinute / 2));
}

const MAX_ACCOUNTS = 1_000;
const rateLimiters = processState(new BoundedMap<string, RateLimiter>(MAX_ACCOUNTS));

/** The rate limiter that all workflows of this process share for an account. */
export function rateLimiterFor(account: string): RateLimiter {
	const limiter = rateLimiters.get(account) ?? new RateLimiter();
	rateLimiters.set(account, limiter);
	return limiter;
}
