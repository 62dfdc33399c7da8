import type { VirtualClock } from './clock.mts';
import type { EventHub } from './events.mts';
import type { Settings } from './settings.mts';
import type { Row } from './state.mts';

export interface Target {
	url: string;
	method: string;
	authentication?: string | null;
	username?: string | null;
	secret?: string | null;
}

export interface Attempt {
	n: number;
	time: string;
	kind: 'inbound' | 'receipt' | 'event';
	messageId?: string;
	/** the number whose route is called */
	number?: string;
	url: string | null;
	method: string | null;
	payload: Row;
	/** null without a response */
	status: number | null;
	durationMs: number;
	error: string | null;
	/** the first 200 characters of the response */
	response: string | null;
}

export type Subject = Pick<Attempt, 'kind' | 'messageId' | 'number' | 'payload'>;

const KEPT = 20_000;
const PRIVATE_ADDRESS =
	/^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|\[::1\]$|\[f[cd])/i;
const LOCAL_NAME = /^(localhost|[^.:]+|.*\.(localhost|local|internal|test|lan))$/i;

/** Addresses that a trial run may call without surprising a stranger. */
export const isLocal = (url: URL): boolean =>
	PRIVATE_ADDRESS.test(url.hostname) || LOCAL_NAME.test(url.hostname);

function authorization({ authentication, username, secret }: Target): Record<string, string> {
	if (authentication === 'Basic')
		return {
			authorization: `Basic ${Buffer.from(`${username ?? ''}:${secret ?? ''}`).toString('base64')}`,
		};
	if (authentication === 'Bearer' || authentication === 'Token')
		return { authorization: `Bearer ${secret ?? ''}` };
	return {};
}

/** GET carries the payload in the query string (lists repeat their name), everything else as JSON. */
export function webhookRequest(target: Target, payload: Row): { url: URL; init: RequestInit } {
	const url = new URL(target.url);
	const method = target.method.toUpperCase();
	const headers = { 'user-agent': 'Telegent-Sandbox', ...authorization(target) };
	if (method !== 'GET')
		return {
			url,
			init: {
				method,
				headers: { ...headers, 'content-type': 'application/json' },
				body: JSON.stringify(payload),
			},
		};
	for (const [name, value] of Object.entries(payload))
		for (const part of Array.isArray(value) ? value : [value])
			url.searchParams.append(name, typeof part === 'object' ? JSON.stringify(part) : String(part));
	return { url, init: { method, headers } };
}

const reason = (error: unknown): string => {
	const { message, cause } = error as Error & { cause?: { code?: string } };
	if (cause?.code === 'ECONNREFUSED') return 'connection refused';
	return cause?.code ? `${message} (${cause.code})` : message;
};

/** Calls webhooks and keeps a record of every attempt. */
export class Deliveries {
	#attempts: Attempt[] = [];
	#count = 0;
	#running = new Set<Promise<Attempt>>();
	/** aborted when the sandbox stops or starts afresh: what is on its way then no longer counts */
	#present = new AbortController();

	constructor(
		private readonly clock: VirtualClock,
		private readonly events: EventHub,
		private readonly settings: () => Settings,
	) {}

	call(target: Target, subject: Subject): Promise<Attempt> {
		const running = this.#call(target, subject).finally(() => this.#running.delete(running));
		this.#running.add(running);
		return running;
	}

	/** Records that there was nothing to call. */
	skip(subject: Subject, error: string, url: string | null = null): Attempt {
		return this.#record({
			...subject,
			url,
			method: null,
			status: null,
			durationMs: 0,
			error,
			response: null,
		});
	}

	list(): Attempt[] {
		return [...this.#attempts];
	}

	clear(): void {
		this.#present.abort();
		this.#present = new AbortController();
		this.#attempts = [];
	}

	/** Resolves when no call is on its way. */
	async idle(): Promise<void> {
		while (this.#running.size) await Promise.all(this.#running);
	}

	async #call(target: Target, subject: Subject): Promise<Attempt> {
		if (!URL.canParse(target.url))
			return this.skip(subject, 'not called: this isn’t a valid URL', target.url);
		const { url, init } = webhookRequest(target, subject.payload);
		if (this.settings().webhookHosts === 'local' && !isLocal(url))
			return this.skip(
				subject,
				'not called: the local sandbox only calls URLs on this computer or in private networks (setting webhookHosts)',
				target.url,
			);
		const started = performance.now();
		const { signal } = this.#present;
		const outcome = await this.#fetch(url, init, signal);
		const durationMs = Math.round(performance.now() - started);
		const method = init.method as string;
		const attempt = { ...subject, url: target.url, method, durationMs, ...outcome };
		return signal.aborted ? { n: 0, time: '', ...attempt } : this.#record(attempt);
	}

	async #fetch(
		url: URL,
		init: RequestInit,
		present: AbortSignal,
	): Promise<Pick<Attempt, 'status' | 'error' | 'response'>> {
		try {
			const signal = AbortSignal.any([present, AbortSignal.timeout(this.settings().webhookTimeoutMs)]);
			const answer = await fetch(url, { ...init, redirect: 'manual', signal });
			const response = (await answer.text()).slice(0, 200);
			return {
				status: answer.status,
				error: answer.ok ? null : `responded with ${answer.status}`,
				response,
			};
		} catch (error) {
			return { status: null, error: reason(error), response: null };
		}
	}

	#record(attempt: Omit<Attempt, 'n' | 'time'>): Attempt {
		const recorded = { n: ++this.#count, time: new Date(this.clock.now()).toISOString(), ...attempt };
		this.#attempts.push(recorded);
		if (this.#attempts.length > KEPT) this.#attempts.splice(0, this.#attempts.length - KEPT);
		this.events.emit('delivery', recorded);
		return recorded;
	}
}
