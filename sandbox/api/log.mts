export interface LogEntry {
	n: number;
	/** ISO time of the virtual clock */
	time: string;
	method: string;
	path: string;
	query: Record<string, unknown>;
	body?: unknown;
	/** 0 while it runs, and for a connection that was dropped */
	status: number;
	/** the `jti` of the token that came with the request, or that it was given */
	tokenId?: string;
	/** the error's message, if the response was an error */
	error?: string;
	/** the id of the fault that was applied */
	fault?: number;
	durationMs?: number;
}

export interface LogFilter {
	after?: number;
	method?: string;
	path?: string;
}

const KEPT = 100_000;
const LONGEST_TEXT = 2_000;
const SECRETS = new Set(['AccountSecret']);

/** A copy without secrets, and without megabytes of base64. */
export function loggable(value: unknown, key = ''): unknown {
	if (SECRETS.has(key) && value) return '***';
	if (typeof value === 'string' && value.length > LONGEST_TEXT)
		return `${value.slice(0, LONGEST_TEXT)}… (${value.length} characters)`;
	if (Array.isArray(value)) return value.map((item) => loggable(item));
	if (value && typeof value === 'object')
		return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, loggable(part, name)]));
	return value;
}

/** Everything that was asked of the API, in order of arrival. */
export class RequestLog {
	#entries: LogEntry[] = [];
	#count = 0;

	open(entry: Omit<LogEntry, 'n' | 'status'>): LogEntry {
		const opened = { n: ++this.#count, ...entry, status: 0 };
		this.#entries.push(opened);
		if (this.#entries.length > KEPT * 1.1) this.#entries.splice(0, this.#entries.length - KEPT);
		return opened;
	}

	list({ after = 0, method, path }: LogFilter = {}): LogEntry[] {
		return this.#entries
			.slice(-KEPT)
			.filter(
				(entry) =>
					entry.n > after &&
					(!method || entry.method === method.toUpperCase()) &&
					(!path || entry.path.toLowerCase() === path.toLowerCase()),
			);
	}

	clear(): void {
		this.#entries = [];
	}
}
