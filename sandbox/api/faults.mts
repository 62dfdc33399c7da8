import { Random } from './random.mts';

export interface FaultRequest {
	method?: string;
	/** exact, any case; a trailing `*` matches whatever follows */
	path?: string;
	/** how many requests it applies to: 1, or without end when `probability` is given */
	count?: number;
	/** how many matching requests pass before it: 0 */
	skip?: number;
	status?: number;
	body?: unknown;
	headers?: Record<string, string>;
	retryAfter?: number | string;
	latencyMs?: number;
	/** break the connection before or after the work */
	drop?: 'before' | 'after';
	/** whether `status` and `latencyMs` come before or after the work; after: only for requests that succeeded */
	timing?: 'before' | 'after';
	probability?: number;
	seed?: number;
}

export interface Fault extends FaultRequest {
	id: number;
	count: number;
	skip: number;
	timing: 'before' | 'after';
	applied: number;
}

const matches = (pattern: string, path: string): boolean =>
	pattern.endsWith('*')
		? path.toLowerCase().startsWith(pattern.slice(0, -1).toLowerCase())
		: path.toLowerCase() === pattern.toLowerCase();

/** What is to go wrong, and how often. */
export class Faults {
	#faults: { fault: Fault; random: Random }[] = [];
	#count = 0;

	add(request: FaultRequest): Fault {
		const count = request.count ?? (request.probability === undefined ? 1 : Number.MAX_SAFE_INTEGER);
		const timing = request.drop ?? request.timing ?? 'before';
		const fault = { ...request, id: ++this.#count, count, skip: request.skip ?? 0, timing, applied: 0 };
		this.#faults.push({ fault, random: new Random(request.seed) });
		return fault;
	}

	/** The first fault that applies to this request now; it counts as used. */
	take(method: string, path: string, timing: Fault['timing']): Fault | undefined {
		const found = this.#faults.find(
			({ fault, random }) =>
				fault.applied < fault.count &&
				fault.timing === timing &&
				(!fault.method || fault.method.toUpperCase() === method) &&
				(!fault.path || matches(fault.path, path)) &&
				(fault.probability === undefined || random.next() < fault.probability) &&
				fault.skip-- <= 0,
		);
		if (found) found.fault.applied++;
		return found?.fault;
	}

	list(): Fault[] {
		return this.#faults.map(({ fault }) => fault);
	}

	clear(): void {
		this.#faults = [];
	}
}
