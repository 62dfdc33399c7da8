import type { INodeParameters } from 'n8n-workflow';
import { TriggerHost, type WebhookAnswer, type HostOptions, type Mode } from '../n8n/triggerHost.mts';
import { processedData } from '../processedData.mts';
import { MemoryTelegent } from './memoryTelegent.mts';
import type { Row } from './model.mts';
import { resetProcessState } from '../../../transport/processState.ts';

export type { Row } from './model.mts';

export const MAIN = 'MRID-5a4d0000-0000-4000-8000-000000000001';
export const BASIC = 'MRID-5a4d0000-0000-4000-8000-000000000002';
export const [MAIN_LINE, NOTIFICATIONS, TRACKER, SPARE] = [0, 1, 2, 3].map((last) => `+1500555010${last}`);
export const ANA = '+12025550142';

/** Parameters of a trigger on an existing route. */
export const onRoute = (value = MAIN, options: Row = {}, event = 'messageReceived'): INodeParameters =>
	({ event, messageRouteId: { __rl: true, mode: 'id', value }, options }) as INodeParameters;

export const onNumbers = (phoneNumbers: string[], options: Row = {}): INodeParameters =>
	({ event: 'messageReceived', listenOn: 'newRoute', phoneNumbers, options }) as INodeParameters;

export const onAccount = (event = 'messageReceived', options: Row = {}): INodeParameters =>
	({ event, listenOn: 'accountWebhook', options }) as INodeParameters;

export const manually = (event = 'messageReceived', more: Row = {}): INodeParameters =>
	({ event, listenOn: 'manual', ...more }) as INodeParameters;

/** A Telegent in memory and an n8n that works with it, new for each test. */
export class TriggerWorld {
	telegent!: MemoryTelegent;

	host!: TriggerHost;

	async open(options: HostOptions = {}, credential: Row = {}): Promise<void> {
		resetProcessState();
		processedData.rows.clear();
		this.telegent = new MemoryTelegent();
		const values = { ...this.telegent.credential, ...credential } as MemoryTelegent['credential'];
		this.host = await TriggerHost.start(values, { remote: this.telegent.remote, ...options });
	}

	async close(): Promise<void> {
		await this.host.stop();
		this.telegent.close();
	}

	/** A record of the account as it is now. */
	route(id = MAIN): Row {
		const route = this.telegent.state.messageRoutes.get(id);
		if (!route) throw new Error(`There is no route ${id}`);
		return { ...route };
	}

	/** Somebody changes a route at Telegent. */
	change(id: string, values: Row): void {
		Object.assign(this.telegent.state.messageRoutes.get(id) as Row, values);
	}

	get routes(): Row[] {
		return [...this.telegent.state.messageRoutes.values()].map((route) => ({ ...route }));
	}

	get webhooks(): Row[] {
		return [...this.telegent.state.webhooks.values()].map((webhook) => ({ ...webhook }));
	}

	routeOf(number: string): string | null | undefined {
		return this.telegent.state.numbers.get(number)?.MessageRouteId;
	}

	/** Calls that changed something, or were meant to. */
	get writes(): string[] {
		return this.telegent.control
			.requests()
			.filter(({ method, path }) => method === 'POST' && !path.endsWith('/tokens'))
			.map(({ path }) => path);
	}

	/** Telegent calls a workflow's address with the secret that it was given. */
	async deliver(
		payload: unknown,
		{ id = 'one', mode = 'production' as Mode, secret = this.secretFor(id, mode), headers = {} } = {},
	): Promise<WebhookAnswer> {
		return await this.host.call(this.host.webhookUrl(id, mode), {
			headers: {
				'content-type': 'application/json',
				...(secret !== undefined && { authorization: `Bearer ${secret}` }),
				...headers,
			},
			text: typeof payload === 'string' ? payload : JSON.stringify(payload),
		});
	}

	/** The secret that goes with a workflow's address, wherever at Telegent it stands. */
	secretFor(id: string, mode: Mode = 'production'): string | undefined {
		const url = this.host.webhookUrl(id, mode);
		for (const route of this.routes) {
			if (route.MessageUrl === url) return route.MessagePasswordToken as string;
			if (route.CallbackMessageUrl === url) return route.CallbackMessagePasswordToken as string;
		}
		return this.webhooks.find(({ WebhookUrl }) => WebhookUrl === url)?.AuthenticationToken as
			| string
			| undefined;
	}

	/** What started workflows, the newest last. */
	get items(): Row[] {
		return this.host.started.flatMap(({ items }) => items.map(({ json }) => json as Row));
	}
}

/** A world for each test of a file. */
export function useWorld(options: HostOptions = {}, credential: Row = {}): TriggerWorld {
	const world = new TriggerWorld();
	beforeEach(async () => await world.open(options, credential));
	afterEach(async () => await world.close());
	return world;
}

let count = 0;

/** An inbound message as the onboarding guide spells it. */
export const sms = (body = 'Hello', more: Row = {}): Row => ({
	Message_ID: `TMID-${++count}`,
	Owner: MAIN_LINE,
	To: MAIN_LINE,
	From: ANA,
	Message_Body: body,
	Segment: 1,
	...more,
});
