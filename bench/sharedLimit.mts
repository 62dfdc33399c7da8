import { RateLimit } from '../sandbox/api/rateLimit.mts';
import { RateLimiter, type Priority, type Ticket } from '../transport/rateLimiter.ts';
import { decideRetry } from '../transport/retry.ts';

const MINUTE = 60_000;

/** How Telegent could count: a request passes while fewer than the limit passed in the minute before it, or this minute. */
export type Counting = 'sliding' | 'fixed';

/** One list of one process. */
export interface List {
	/** Messages. */
	count: number;
	/** When it begins, in milliseconds. */
	begins?: number;
	/** Requests at a time. */
	side?: number;
	priority?: Priority;
}

export interface Case {
	lists: List[];
	perMinute?: number;
	counting?: Counting;
	/** Whether Telegent says how long to wait. */
	retryAfter?: boolean;
	/** Milliseconds from a request to its answer; each takes up to half more. */
	latency?: number;
	seed?: number;
	/** Whether the whole limit was used, evenly, in the minute before the first list. */
	busyBefore?: boolean;
	/** When the world ends, in milliseconds. */
	until?: number;
}

/** What became of one list. */
export interface ListResult {
	begins: number;
	/** When each request was accepted. */
	accepted: number[];
	refused: number;
	/** When. */
	refusals: number[];
	/** Requests that were refused too often: the item would fail. */
	failed: number;
	/** When the last answer came. */
	ends: number;
}

/** A world without a clock: what is due next happens next. */
class Agenda {
	now = 0;

	private readonly heap: Array<{ at: number; order: number; run: () => void }> = [];

	private order = 0;

	at(time: number, run: () => void): void {
		const { heap } = this;
		let index = heap.push({ at: time, order: this.order++, run }) - 1;
		for (let up = (index - 1) >> 1; index > 0 && this.before(index, up); up = (index - 1) >> 1) {
			[heap[index], heap[up]] = [heap[up], heap[index]];
			index = up;
		}
	}

	run(until: number): void {
		for (let next = this.heap[0]; next && next.at <= until; next = this.heap[0]) {
			this.removeFirst();
			this.now = next.at;
			next.run();
		}
	}

	private removeFirst(): void {
		const { heap } = this;
		const last = heap.pop();
		if (!last || heap.length === 0) return;
		heap[0] = last;
		for (let index = 0; ; ) {
			const [left, right] = [2 * index + 1, 2 * index + 2];
			const child = right < heap.length && this.before(right, left) ? right : left;
			if (child >= heap.length || !this.before(child, index)) return;
			[heap[index], heap[child]] = [heap[child], heap[index]];
			index = child;
		}
	}

	private before(a: number, b: number): boolean {
		const [one, other] = [this.heap[a], this.heap[b]];
		return one.at < other.at || (one.at === other.at && one.order < other.order);
	}
}

/** Milliseconds to wait; 0 lets the request pass. */
type Server = (now: number) => number;

function server(counting: Counting, perMinute: number): Server {
	const sliding = new RateLimit();
	if (counting === 'sliding') return (now) => sliding.take(now, perMinute);
	let [minute, passed] = [0, 0];
	return (now) => {
		// Its minutes are not those of the processes.
		const current = Math.floor((now + 23_000) / MINUTE);
		if (current !== minute) [minute, passed] = [current, 0];
		if (passed++ < perMinute) return 0;
		return (current + 1) * MINUTE - 23_000 - now;
	};
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed * 0x9e3779b9;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

/**
 * Processes that know nothing of each other send their lists to one account. Each does what transport/client.ts does,
 * with the same rate limiter and the same retries.
 */
export function simulate(parts: Case): ListResult[] {
	const { counting = 'sliding', latency = 100, lists, perMinute = 50 } = parts;
	const { retryAfter = true, seed = 1, until = 24 * 60 * MINUTE } = parts;
	const agenda = new Agenda();
	const random = seededRandom(seed);
	const take = server(counting, perMinute);
	if (parts.busyBefore) for (let i = 1; i <= perMinute; i++) take((i / perMinute) * MINUTE - MINUTE);
	const results = lists.map((list) => {
		const { begins = 0, count, priority = 'bulk', side = 10 } = list;
		const result: ListResult = { begins, accepted: [], refused: 0, refusals: [], failed: 0, ends: begins };
		const limiter = new RateLimiter(random);
		const travel = () => (latency / 2) * (1 + random() / 2);

		/** One request until it is accepted, or given up. */
		const request = (urgency: Priority, done: () => void, attempt = 1) => {
			const ticket = limiter.enter(urgency);
			turn(ticket, () => {
				agenda.at(agenda.now + travel(), () => {
					const wait = take(agenda.now);
					if (wait === 0) result.accepted.push(agenda.now);
					else {
						result.refused++;
						result.refusals.push(agenda.now);
					}
					agenda.at(agenda.now + travel(), () => {
						limiter.finished(ticket);
						if (wait === 0) done();
						else refused(ticket, wait, attempt, urgency, done);
					});
				});
			});
		};
		const refused = (ticket: Ticket, ms: number, attempt: number, urgency: Priority, done: () => void) => {
			const retryAfterMs = retryAfter ? Math.ceil(ms / 1000) * 1000 : undefined;
			const answer = { kind: 'response', status: 429, byApi: true, retryAfterMs } as const;
			const decision = decideRetry(answer, 'once', attempt, random());
			const waitMs = decision.retry ? decision.waitMs : 0;
			limiter.refused(ticket, agenda.now, perMinute, retryAfterMs);
			limiter.pauseUntil(agenda.now + waitMs);
			if (decision.retry) agenda.at(agenda.now + waitMs, () => request(urgency, done, attempt + 1));
			else {
				result.failed++;
				done();
			}
		};
		const turn = (ticket: Ticket, go: () => void) => {
			const wait = limiter.admit(ticket, agenda.now, perMinute);
			if (wait > 0) agenda.at(agenda.now + Math.min(wait, 250), () => turn(ticket, go));
			else {
				limiter.sent(ticket);
				go();
			}
		};

		let begun = 0;
		const next = () => {
			result.ends = agenda.now;
			if (begun++ < count) request(priority, next);
		};
		const start = () => request('interactive', () => Array.from({ length: side }, next));
		agenda.at(begins + random() * latency, start);
		return result;
	});
	agenda.run(until);
	return results;
}

/** The figures of a case. */
export interface Figures {
	/** Part of all requests. */
	refused: number;
	/** Time of all against the least in which so many requests can pass. */
	time: number;
	/** The slowest list against the mean of all, each from its own beginning. */
	slowest: number;
	failed: number;
}

export function figures(results: ListResult[], perMinute = 50): Figures {
	const sum = (read: (result: ListResult) => number) =>
		results.reduce((all, result) => all + read(result), 0);
	const accepted = sum((result) => result.accepted.length);
	const refused = sum((result) => result.refused);
	const spent = results.map(({ begins, ends }) => ends - begins);
	const begins = Math.min(...results.map((result) => result.begins));
	const ends = Math.max(...results.map((result) => result.ends));
	return {
		refused: refused / (accepted + refused),
		time: (ends - begins) / (Math.max(1, Math.floor((accepted - 1) / perMinute)) * MINUTE),
		slowest: Math.max(...spent) / (spent.reduce((all, one) => all + one, 0) / spent.length),
		failed: sum((result) => result.failed),
	};
}
