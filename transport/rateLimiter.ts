import { BoundedMap } from './boundedMap';
import { FairShare } from './fairShare';
import { processState } from './processState';

const WINDOW_MS = 60_000;
/** Margin for network jitter, so that Telegent's window never counts more requests than ours. */
const MARGIN_MS = 250;
const SPAN_MS = WINDOW_MS + MARGIN_MS;
/** How many interactive requests may overtake a bulk request that could go: prevents starvation. */
const MAX_PASSED = 9;
/** How soon to ask again where the time depends on what others do. */
const RECHECK_MS = 50;
/** How soon to ask again for one that only waits for the response to another. */
const RESPONSE_MS = 10;
/** How many bulk requests may be under way before one has a response, at least. */
const LEAST_TOGETHER = 3;
/** Telegent rounds `Retry-After` up to seconds, and responses take time. */
const IMPRECISION_MS = 2_000;

/** `interactive`: a person or a conversation waits for it. `bulk`: one of the many requests of a list. */
export type Priority = 'interactive' | 'bulk';

/** A place in the queue of a RateLimiter. */
export interface Ticket {
	readonly priority: Priority;
	/** Increases by one, so that it gives the distance to the first ticket of the queue. */
	readonly number: number;
	waited: boolean;
	/** When it was admitted. */
	leftAt?: number;
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

	/** Bulk requests without a response yet. */
	private readonly underWay = new Set<Ticket>();

	private readonly fairShare: FairShare;

	/** Since when the process has had something to send, with no break of a minute. */
	private activeSince = 0;

	private lastAsked = -Infinity;

	/** @param random from 0 to 1, so that processes in the same state do not all do the same */
	constructor(random: () => number = Math.random) {
		this.fairShare = new FairShare(random);
	}

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
		this.noteActive(now);
		const pace = paceOf(this.fairShare.at(now, perMinute), perMinute);
		while (this.left[0] <= now - Math.max(pace.span, SPAN_MS)) this.left.shift();
		if (this.next(now, pace) === ticket) {
			this.depart(ticket, now, pace);
			return 0;
		}
		if (ticket.priority === 'bulk' && this.bulkTime(now, pace) <= now) return RESPONSE_MS;
		ticket.waited = true;
		const wait = this.estimate(ticket, now, pace) - now;
		return wait > 0 ? wait : Math.min(RECHECK_MS, WINDOW_MS / perMinute);
	}

	/** The request will not be made. Nothing happens where it was admitted already. */
	leave(ticket: Ticket): void {
		const queue = this.queues[ticket.priority];
		const index = queue.indexOf(ticket);
		if (index >= 0) queue.splice(index, 1);
	}

	/** A request that was admitted leaves now. `finished` or `refused` must follow. */
	sent(ticket: Ticket): void {
		if (ticket.priority === 'bulk') this.underWay.add(ticket);
	}

	/** It has a response, or none will come. */
	finished(ticket: Ticket): void {
		this.underWay.delete(ticket);
	}

	/**
	 * Telegent answered it with 429, so the account is used by others as well: this process keeps to its share. In a
	 * sliding minute, `Retry-After` says how long ago the oldest request left that still counts.
	 */
	refused(ticket: Ticket, now: number, perMinute: number, retryAfterMs = 0): void {
		this.finished(ticket);
		if (perMinute <= 0 || ticket.leftAt === undefined) return;
		const index = this.left.lastIndexOf(ticket.leftAt);
		if (index >= 0) this.left.splice(index, 1);
		const seen = Math.min(WINDOW_MS, Math.max(0, WINDOW_MS - retryAfterMs) + IMPRECISION_MS);
		const accepted = this.left.filter((time) => time > now - seen).length;
		const active = Math.min(1, (now - this.activeSince + IMPRECISION_MS / 2) / seen);
		this.fairShare.refused(ticket.leftAt, now, perMinute, { accepted, active, seenMs: seen });
	}

	/** After a 429: no request may leave before `time`. */
	pauseUntil(time: number): void {
		this.notBefore = Math.max(this.notBefore, time);
		this.fairShare.hold(time);
	}

	/** Until when Telegent asked to wait; a time in the past where it did not. */
	get heldUntil(): number {
		return this.notBefore;
	}

	private noteActive(now: number): void {
		if (now - this.lastAsked > WINDOW_MS) this.activeSince = now;
		this.lastAsked = now;
	}

	/** The one ticket that may go now. */
	private next(now: number, pace: Pace): Ticket | undefined {
		const [reply] = this.queues.interactive;
		const [bulk] = this.queues.bulk;
		if (bulk && this.bulkMayGo(reply !== undefined, now, pace)) return bulk;
		return reply && this.whenFree(-pace.extra, now, pace) <= now ? reply : undefined;
	}

	private bulkMayGo(replyWaits: boolean, now: number, pace: Pace): boolean {
		if (this.isCrowded(pace)) return false;
		if (!replyWaits) return this.bulkTime(now, pace) <= now;
		return this.passed >= MAX_PASSED && this.whenBulkFree(now, pace) <= now;
	}

	private isCrowded({ together }: Pace): boolean {
		return this.underWay.size >= together;
	}

	private depart(ticket: Ticket, now: number, pace: Pace): void {
		if (ticket.priority === 'bulk') {
			if (ticket.waited) this.lastPaced = now;
			this.passed = 0;
		} else if (this.queues.bulk.length > 0 && this.whenBulkFree(now, pace) <= now) {
			this.passed++;
		}
		this.leave(ticket);
		ticket.leftAt = now;
		this.left.push(now);
	}

	private estimate(ticket: Ticket, now: number, pace: Pace): number {
		const position = ticket.number - this.queues[ticket.priority][0].number;
		if (ticket.priority === 'interactive') return this.whenFree(position - pace.extra, now, pace);
		return this.bulkTime(now, pace) + position * pace.gap;
	}

	/** When the limit has room for one more after `others`. */
	private whenFree(others: number, now: number, { limit, span }: Pace): number {
		const index = Math.min(this.left.length - limit + others, this.left.length - 1);
		return Math.max(now, this.notBefore, index < 0 ? 0 : this.left[index] + span);
	}

	/** When the limit has room for a bulk request: beyond the reserve, or because the reserve will soon be whole again. */
	private whenBulkFree(now: number, pace: Pace): number {
		const { gap, limit, reserve, span } = pace;
		const index = this.left.length - (limit - reserve);
		if (index < 0) return Math.max(now, this.notBefore);
		const whole = this.left[index] + span;
		const lent = Math.max(whole - reserve * gap, this.whenFree(0, now, pace));
		return Math.max(now, this.notBefore, Math.min(whole, lent));
	}

	/** The same, evenly: after one that had to wait, and out of the reserve. */
	private bulkTime(now: number, pace: Pace): number {
		const reserveIsWhole = this.left.length < pace.limit - pace.reserve;
		const last = reserveIsWhole && !pace.shared ? this.lastPaced : this.lastLeft();
		return Math.max(this.whenBulkFree(now, pace), last + pace.gap);
	}

	private lastLeft(): number {
		return Math.max(this.lastPaced, this.left[this.left.length - 1] ?? -Infinity);
	}
}

/** How requests leave: all of the limit, or the process's share of it. */
interface Pace {
	/** So many within `span`: a share of 2.5 a minute is three in 72 seconds. */
	limit: number;
	span: number;
	/** Between bulk requests that go evenly. */
	gap: number;
	/** What bulk requests leave to interactive ones. */
	reserve: number;
	/** What interactive requests may use beyond `limit`: someone waits for them, and they are few. */
	extra: number;
	/** Bulk requests without a response yet: each of them may be refused where the limit is shared. */
	together: number;
	shared: boolean;
}

function paceOf(share: number, perMinute: number): Pace {
	const limit = Math.ceil(share);
	const shared = share < perMinute;
	const reserve = reserveOf(perMinute);
	return {
		limit,
		span: SPAN_MS * (limit / share),
		gap: WINDOW_MS / share,
		reserve: shared ? 0 : reserve,
		extra: shared ? Math.min(reserve, perMinute - limit) : 0,
		together: Math.max(LEAST_TOGETHER, Math.ceil(perMinute / 20)),
		shared,
	};
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
