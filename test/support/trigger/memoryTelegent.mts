import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';
import { answerRequest, type ApiParts } from '../../../sandbox/api/api.mts';
import { VirtualClock } from '../../../sandbox/api/clock.mts';
import { Control, startingSettings } from '../../../sandbox/api/control.mts';
import { Deliveries } from '../../../sandbox/api/deliveries.mts';
import { EventHub } from '../../../sandbox/api/events.mts';
import { Faults } from '../../../sandbox/api/faults.mts';
import { ACCOUNT_KEY, ACCOUNT_SECRET } from '../../../sandbox/api/ids.mts';
import { RequestLog } from '../../../sandbox/api/log.mts';
import { Messaging } from '../../../sandbox/api/messaging.mts';
import { Orders } from '../../../sandbox/api/orders.mts';
import { Random } from '../../../sandbox/api/random.mts';
import { RateLimit } from '../../../sandbox/api/rateLimit.mts';
import { seededState } from '../../../sandbox/api/seed.mts';
import type { State } from '../../../sandbox/api/state.mts';
import { TokenOffice } from '../../../sandbox/api/tokens.mts';
import type { World } from '../../../sandbox/api/world.mts';

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

	constructor(seed = 1) {
		const settings = startingSettings({ requestsPerMinute: 0 });
		const clock = new VirtualClock();
		const events = new EventHub();
		const world = { settings, random: new Random(seed), clock, events } as World;
		const deliveries = new Deliveries(clock, events, () => world.settings);
		Object.assign(world, { deliveries, messaging: new Messaging(world), orders: new Orders(world) });
		world.state = { accounts: new Map() } as State;
		world.state = seededState(world);
		this.parts = {
			world,
			tokens: new TokenOffice(),
			rateLimit: new RateLimit(),
			faults: new Faults(),
			log: new RequestLog(),
			accountKey: ACCOUNT_KEY,
			accountSecret: ACCOUNT_SECRET,
		};
		this.control = new Control(this.parts, settings);
		this.state = world.state;
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
