import { parametersOf, addressOf, Model, type Form, type Row, type Wish } from './model.mts';
import { TriggerWorld } from './world.mts';
import type { Mode } from '../n8n/triggerHost.mts';
import type { MemoryTelegent } from './memoryTelegent.mts';

export const WORKFLOWS = ['alpha', 'beta', 'gamma'];
export const FOREIGN = [
	'https://crm.example.com/sms',
	'https://desk.example.com/in',
	'https://old.example.com/hook',
];
const STORED_SECRETS = /crm-password|crm-token|seeded-password|something/;

export type Crash = MemoryTelegent['crash'];

const PLAIN: Wish = {
	event: 'messageReceived',
	way: 'accountWebhook',
	routeId: '',
	numbers: [],
	takeOver: false,
	allowTests: false,
};

const parts = (form: Form) => form.split(':') as [workflow: string, mode: Mode];

/** n8n and Telegent as they are, and the model that they are compared with. */
export class TriggerSystem {
	readonly counts = { calls: 0, crashes: 0, refusals: 0, deliveries: 0 };

	model!: Model;

	private readonly world = new TriggerWorld();

	private delivered = 0;

	static async open(): Promise<TriggerSystem> {
		const system = new TriggerSystem();
		await system.world.open();
		system.furnish();
		system.model = new Model(system.world.routes, system.numbers);
		return system;
	}

	async close(): Promise<void> {
		this.counts.calls = this.world.telegent.calls;
		await this.world.close();
	}

	/** The sandbox's account, and a third route with a token and an address for receipts. */
	private furnish(): void {
		const { messageRoutes, webhooks } = this.world.telegent.state;
		const [first] = messageRoutes.values();
		messageRoutes.set('MRID-third', {
			...first,
			MessageRouteId: 'MRID-third',
			RouteName: 'Third',
			MessageUrl: FOREIGN[0],
			MessageUrlMethod: 'GET',
			MessageAuthenticationType: 'Bearer',
			MessagePasswordToken: 'crm-token',
			CallbackMessageUrl: FOREIGN[1],
			CallbackMessageUrlMethod: 'POST',
			CallbackMessageAuthenticationType: 'Basic',
			CallbackMessageUsername: 'crm',
			CallbackMessagePasswordToken: 'crm-password',
		});
		webhooks.set('WHID-foreign', {
			WebhookId: 'WHID-foreign',
			AccountId: first.AccountId,
			WebhookUrl: 'https://foreign.example.com/events',
			Method: 'POST',
			AuthenticationType: 'None',
			SubscribedEvents: 'New_Sms',
			Active: true,
		});
	}

	private get numbers(): Row[] {
		return [...this.world.telegent.state.numbers.values()] as unknown as Row[];
	}

	/** Publishes or tests a workflow, with the connection lost at one of the calls. */
	async add(form: Form, wanted: Wish, crash?: Crash): Promise<void> {
		const { host, telegent } = this.world;
		const [workflow, mode] = parts(form);
		const mayNot = this.model.mayNot(form, wanted);
		const sure = this.model.isSure();
		telegent.crash = crash && { ...crash };
		const crashed = () => telegent.crashed;
		const error = await host.publish(workflow, parametersOf(wanted), mode, { crashed }).then(
			() => undefined,
			(reason: Error) => reason,
		);
		if (crashed()) return this.afterCrash(form, wanted);
		telegent.restart();
		if (sure)
			expect([form, 'refused', error !== undefined, error?.message]).toEqual([
				form,
				'refused',
				mayNot,
				error?.message,
			]);
		if (error) {
			this.counts.refusals++;
			return this.model.end(form);
		}
		this.model.wishes.set(form, wanted);
		this.model.join(form, wanted);
		this.model.unsure.delete(form);
		// Publishing ends tests that nobody ended. One that still waits is left alone.
		const test: Form = `${workflow}:test`;
		if (mode === 'production' && !this.model.wishes.has(test)) this.model.unsure.delete(test);
	}

	/** Unpublishes a workflow, or ends its test. False where n8n's process ended meanwhile. */
	async remove(form: Form, wanted: Wish, crash?: Crash): Promise<boolean> {
		const { host, telegent } = this.world;
		const [workflow, mode] = parts(form);
		telegent.crash = crash && { ...crash };
		const crashed = () => telegent.crashed;
		const error = await host.unpublish(workflow, parametersOf(wanted), mode, { crashed }).then(
			() => undefined,
			(reason: Error) => reason,
		);
		if (crashed()) {
			this.afterCrash(form, wanted);
			return false;
		}
		telegent.restart();
		expect([form, error?.message]).toEqual([form, undefined]);
		this.model.end(form);
		return true;
	}

	/** The workflow counts as published; what there is of it at Telegent, nobody knows. */
	private afterCrash(form: Form, wanted: Wish): void {
		this.counts.crashes++;
		this.world.telegent.restart();
		this.model.lose(form, wanted);
		this.restart();
	}

	/** n8n starts again. */
	restart(): void {
		this.world.host.restart();
		this.model.loseTests();
	}

	loseStaticData(workflow: string): void {
		this.world.host.loseStaticData(workflow);
	}

	/** Somebody puts a number on a route at Telegent, on purpose: so it shall stay. */
	putNumber(number: string, route: string | null): void {
		Object.assign(this.world.telegent.state.numbers.get(number) as object, { MessageRouteId: route });
		this.model.homes.set(number, route);
		this.model.lines.set(number, []);
	}

	/** Somebody points a route elsewhere at Telegent, on purpose: so it shall stay. */
	pointRoute(slot: string, url: string, whole: boolean): void {
		const [id, part] = slot.split(' ');
		const prefix = part === 'callback' ? 'Callback' : '';
		const before = this.world.route(id);
		const own = {
			MessageUrlMethod: 'GET',
			MessageAuthenticationType: 'Basic',
			MessageUsername: 'someone',
			MessagePasswordToken: 'something',
		};
		const hasToken = (before[`${prefix}MessagePasswordToken`] ?? null) !== null;
		const others = whole ? own : hasToken ? {} : { MessageAuthenticationType: 'None' };
		const change = Object.entries({ MessageUrl: url, ...others }).map(([key, value]) => [
			prefix + key,
			value,
		]);
		this.world.change(id, Object.fromEntries(change) as Row);
		this.model.lines.set(slot, []);
		this.model.addresses.set(slot, addressOf(this.world.route(id), slot));
	}

	/** What Telegent would call now starts what is expected, once, and is never turned away. */
	async deliver(number: string): Promise<void> {
		const routeId = this.world.routeOf(number);
		const route = this.world.routes.find(({ MessageRouteId }) => MessageRouteId === routeId);
		const { host } = this.world;
		if (!route || !String(route.MessageUrl).startsWith(host.url)) return;
		const expected = this.model.top(number) ?? this.model.top(`${routeId} message`);
		const count = host.started.length;
		const id = `TMID-${++this.delivered}`;
		const call = {
			headers: {
				authorization: `Bearer ${String(route.MessagePasswordToken)}`,
				'content-type': 'application/json',
			},
			text: JSON.stringify({ Message_ID: id, From: '+18015550123', To: number, Message_Body: 'Hi' }),
		};
		const url = String(route.MessageUrl);
		const statuses = [(await host.call(url, call)).status, (await host.call(url, call)).status];
		this.counts.deliveries++;
		if (!this.model.isSure() || !expected) return;
		const started = host.started.slice(count).map(({ workflow }) => workflow);
		expect({ number, statuses, started }).toEqual({
			number,
			statuses: [200, 200],
			started: [parts(expected)[0]],
		});
	}

	/** Telegent looks as the model expects, nothing of others is gone, and no secret is stored. */
	compare(): void {
		const { host, routes, webhooks } = this.world;
		const urlOf = (form: Form) => host.webhookUrl(...parts(form));
		expect(this.model.differences(routes, this.numbers, webhooks, urlOf)).toEqual([]);
		expect(webhooks.map(({ WebhookId }) => WebhookId)).toContain('WHID-foreign');
		expect([...host.stored].filter(([, text]) => STORED_SECRETS.test(text))).toEqual([]);
	}

	/** Everything is unpublished, and what a crash left is cleared up by the next time that the trigger is used. */
	async settle(): Promise<void> {
		for (const workflow of WORKFLOWS) {
			for (const mode of ['test', 'production'] as const) {
				const form: Form = `${workflow}:${mode}`;
				const wanted = this.model.wishes.get(form);
				if (wanted) await this.remove(form, wanted);
				if (this.model.unsure.has(form) || mode === 'production') {
					await this.add(form, PLAIN);
					await this.remove(form, PLAIN);
				}
			}
		}
		this.model.unsure.clear();
		this.compare();
	}
}
