import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { createAccount } from '../../../sandbox/api/account.mts';
import { answerRequest, type ApiParts } from '../../../sandbox/api/api.mts';
import type { Control } from '../../../sandbox/api/control.mts';
import { ACCOUNT_KEY, ACCOUNT_SECRET } from '../../../sandbox/api/ids.mts';
import type { State } from '../../../sandbox/api/state.mts';

/** n8n's process ends in the middle of a request. Nothing that it does after that reaches Telegent. */
export class Crash extends Error {}

/** The sandbox's API without a network: the same answers, hundreds of times as fast. */
export class MemoryTelegent {
	readonly credential = {
		accountKey: ACCOUNT_KEY,
		accountSecret: ACCOUNT_SECRET,
		baseUrl: 'http://127.0.0.1:1',
	};

	readonly control: Control;

	readonly state: State;

	/** Calls since the last look, tokens left out. */
	calls = 0;

	/**
	 * Breaks the connection at one of the next calls, before or after Telegent has done its work, and ends n8n's
	 * process along with it unless it is `only` the connection.
	 */
	crash?: { in: number; when: 'before' | 'after'; only?: 'connection' };

	crashed = false;

	private readonly parts: ApiParts;

	constructor() {
		const { control, parts } = createAccount({ settings: { requestsPerMinute: 0 } });
		this.parts = parts;
		this.control = control;
		this.state = parts.world.state;
	}

	/** Takes the place of n8n's request helper. */
	remote = async (request: IHttpRequestOptions): Promise<IN8nHttpFullResponse> => {
		if (this.crashed) throw new Crash();
		const url = new URL(request.url);
		const token = url.pathname === '/v1.0/oauth2/tokens';
		const last = !token && this.crash !== undefined && --this.crash.in < 0;
		if (!token) this.calls++;
		if (last && this.crash?.when === 'before') this.end();
		const answer = await answerRequest(this.parts, {
			method: request.method ?? 'GET',
			path: url.pathname,
			query: { ...request.qs } as Record<string, unknown>,
			headers: {
				'content-type': 'application/json',
				authorization: request.headers?.Authorization as string,
			},
			text: request.body === undefined ? '' : JSON.stringify(request.body),
		});
		if (last) this.end();
		return { statusCode: answer.status, headers: {}, body: structuredClone(answer.body) as never };
	};

	private end(): never {
		const { only } = this.crash ?? {};
		this.crash = undefined;
		if (only) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
		this.crashed = true;
		throw new Crash();
	}

	/** n8n starts again. */
	restart(): void {
		this.crashed = false;
		this.crash = undefined;
	}

	close(): void {
		this.parts.world.clock.stop();
	}
}
