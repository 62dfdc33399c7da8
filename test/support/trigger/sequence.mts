import { Random } from '../../../sandbox/api/random.mts';
import { TriggerHost, type Mode } from '../n8n/triggerHost.mts';
import { MemoryTelegent } from './memoryTelegent.mts';
import { addressOf, Model, parametersOf, wish, type Form, type Row, type Wish } from './model.mts';
import { resetProcessState } from '../../../transport/processState.ts';

const WORKFLOWS = ['alpha', 'beta', 'gamma'];
const FOREIGN = [
	'https://crm.example.com/sms',
	'https://desk.example.com/in',
	'https://old.example.com/hook',
];

export interface Outcome {
	log: string[];
	differences: string[];
	calls: number;
	crashes: number;
	refusals: number;
	deliveries: number;
}

/** One random sequence of what can happen to triggers, compared with the model after each step. */
export class Sequence {
	private readonly random: Random;

	private readonly telegent: MemoryTelegent;

	private model!: Model;

	private host!: TriggerHost;

	private readonly wishes = new Map<Form, Wish>();

	private readonly outcome: Outcome = {
		log: [],
		differences: [],
		calls: 0,
		crashes: 0,
		refusals: 0,
		deliveries: 0,
	};

	constructor(seed: number) {
		this.random = new Random(seed);
		this.telegent = new MemoryTelegent(seed);
	}

	async run(steps: number): Promise<Outcome> {
		resetProcessState();
		this.furnish();
		this.host = await TriggerHost.start(this.telegent.credential, { remote: this.telegent.remote });
		try {
			for (let step = 0; step < steps && this.outcome.differences.length === 0; step++) {
				await this.step();
				this.compare();
				if (this.random.next() < 0.3) await this.deliver();
			}
			if (this.outcome.differences.length === 0) await this.settle();
		} finally {
			await this.host.stop();
			this.telegent.close();
		}
		return { ...this.outcome, calls: this.telegent.calls };
	}

	/** The sandbox's account, and a third route with a token and an address for receipts. */
	private furnish(): void {
		const { messageRoutes, webhooks } = this.telegent.state;
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
		this.model = new Model(this.routes, this.numbers);
	}

	private get routes(): Row[] {
		return [...this.telegent.state.messageRoutes.values()];
	}

	private get numbers(): Row[] {
		return [...this.telegent.state.numbers.values()] as unknown as Row[];
	}

	private get foreignWebhooks(): number {
		return [...this.telegent.state.webhooks.values()].filter(({ WebhookId }) => WebhookId === 'WHID-foreign')
			.length;
	}

	private urlOf = (form: Form) => {
		const [workflow, mode] = form.split(':');
		return this.host.webhookUrl(workflow, mode as Mode);
	};

	private say(text: string): void {
		this.outcome.log.push(text);
	}

	private async step(): Promise<void> {
		const workflow = this.random.pick(WORKFLOWS);
		const dice = this.random.next();
		if (dice < 0.34) return await this.publish(workflow);
		if (dice < 0.52) return await this.unpublish(workflow);
		if (dice < 0.64) return await this.test(workflow);
		if (dice < 0.72) return await this.endTest(workflow);
		if (dice < 0.8) return await this.restart();
		if (dice < 0.86) return this.loseStaticData(workflow);
		return this.changeAtTelegent();
	}

	/** Publishes, or publishes an edited workflow: n8n then undoes the old version first. */
	private async publish(workflow: string): Promise<void> {
		const form: Form = `${workflow}:production`;
		const old = this.wishes.get(form);
		const wanted = old && this.random.next() < 0.3 ? old : this.wish();
		if (old && old !== wanted && !(await this.remove(form, old))) return;
		await this.add(form, wanted);
	}

	private wish(): Wish {
		const routes = [...new Set([...this.model.addresses.keys()].map((slot) => slot.split(' ')[0]))];
		return wish(this.random, routes, [...this.model.homes.keys()]);
	}

	private async unpublish(workflow: string): Promise<void> {
		const form: Form = `${workflow}:production`;
		const wanted = this.wishes.get(form);
		if (wanted) await this.remove(form, wanted);
	}

	private async test(workflow: string): Promise<void> {
		const form: Form = `${workflow}:test`;
		const old = this.wishes.get(form);
		if (old && !(await this.remove(form, old))) return;
		const published = this.wishes.get(`${workflow}:production`);
		const same = published && this.random.next() < 0.5;
		await this.add(form, same ? { ...published, allowTests: this.random.next() < 0.5 } : this.wish());
	}

	private async endTest(workflow: string): Promise<void> {
		const form: Form = `${workflow}:test`;
		const wanted = this.wishes.get(form);
		if (wanted) await this.remove(form, wanted);
	}

	private async add(form: Form, wanted: Wish): Promise<void> {
		const [workflow, mode] = form.split(':') as [string, Mode];
		const mayNot = this.model.mayNot(form, wanted);
		const sure = this.model.isSure();
		this.prepareCrash();
		this.say(
			`${form} ${JSON.stringify(wanted)}${this.telegent.crash ? ` crash ${JSON.stringify(this.telegent.crash)}` : ''}`,
		);
		const crashed = () => this.telegent.crashed;
		const error = await this.host.publish(workflow, parametersOf(wanted), mode, { crashed }).then(
			() => undefined,
			(reason: Error) => reason,
		);
		if (crashed()) return this.afterCrash(form, wanted);
		this.telegent.restart();
		if (error) {
			this.say(`  refused: ${error.message}`);
			this.outcome.refusals++;
			if (sure && !mayNot) this.outcome.differences.push(`${form} was refused: ${error.message}`);
			this.forget(form);
			return;
		}
		if (sure && mayNot) this.outcome.differences.push(`${form} was not refused`);
		this.wishes.set(form, wanted);
		this.model.join(form, wanted);
		this.model.unsure.delete(form);
		// Publishing ends tests that nobody ended. One that still waits is left alone.
		const test: Form = `${workflow}:test`;
		if (mode === 'production' && !this.wishes.has(test)) this.model.unsure.delete(test);
	}

	/** Gives up one that n8n could not publish; it removed what there was. */
	private forget(form: Form): void {
		this.wishes.delete(form);
		this.model.leave(form);
		this.model.unsure.delete(form);
	}

	/** False where n8n's process ended meanwhile. */
	private async remove(form: Form, wanted: Wish): Promise<boolean> {
		const [workflow, mode] = form.split(':') as [string, Mode];
		this.prepareCrash();
		this.say(`end ${form}${this.telegent.crash ? ` crash ${JSON.stringify(this.telegent.crash)}` : ''}`);
		const crashed = () => this.telegent.crashed;
		const error = await this.host.unpublish(workflow, parametersOf(wanted), mode, { crashed }).then(
			() => undefined,
			(reason: Error) => reason,
		);
		if (crashed()) {
			this.afterCrash(form, wanted);
			return false;
		}
		this.telegent.restart();
		if (error) this.outcome.differences.push(`${form} could not be ended: ${error.message}`);
		const known = this.wishes.get(form);
		this.forget(form);
		return known !== undefined;
	}

	private prepareCrash(): void {
		if (this.random.next() > 0.25) return;
		const when = this.random.pick(['before', 'after'] as const);
		this.telegent.crash = { in: Math.floor(this.random.next() * 9), when };
	}

	/** The workflow counts as published; what there is of it at Telegent, nobody knows. */
	private afterCrash(form: Form, wanted: Wish): void {
		this.outcome.crashes++;
		this.say('  crashed');
		this.telegent.restart();
		this.host.restart();
		this.model.leave(form);
		this.model.unsure.add(form);
		if (form.endsWith('production')) this.wishes.set(form, wanted);
		else this.wishes.delete(form);
		this.loseTests();
	}

	private loseTests(): void {
		for (const form of [...this.wishes.keys()].filter((name) => name.endsWith('test'))) {
			this.wishes.delete(form);
			this.model.leave(form);
			this.model.unsure.add(form);
		}
	}

	/** n8n starts again. Older versions register what is published once more. */
	private async restart(): Promise<void> {
		const again = this.random.next() < 0.5;
		this.say(`restart${again ? ', all registered again' : ''}`);
		this.host.restart();
		this.loseTests();
		if (!again) return;
		for (const [form, wanted] of [...this.wishes]) await this.add(form, wanted);
	}

	private loseStaticData(workflow: string): void {
		this.say(`static data of ${workflow} is lost`);
		this.host.loseStaticData(workflow);
	}

	/** Somebody changes something at Telegent, on purpose: so it shall stay. */
	private changeAtTelegent(): void {
		if (!this.model.isSure()) return;
		const number = this.random.pick([...this.model.homes.keys()]);
		if (this.random.next() < 0.4) {
			const home = this.random.pick([...this.model.addresses.keys(), null]);
			const id = home?.split(' ')[0] ?? null;
			this.say(`${number} is put on ${id}`);
			const entry = this.telegent.state.numbers.get(number);
			if (entry) entry.MessageRouteId = id;
			this.model.homes.set(number, id);
			this.model.lines.set(number, []);
			return;
		}
		const slot = this.random.pick([...this.model.addresses.keys()]);
		this.changeRoute(slot);
	}

	private changeRoute(slot: string): void {
		const [id, part] = slot.split(' ');
		const prefix = part === 'callback' ? 'Callback' : '';
		const route = this.telegent.state.messageRoutes.get(id) as Row;
		const url = `${this.random.pick(FOREIGN)}?${Math.floor(this.random.next() * 1000)}`;
		const whole = this.random.next() < 0.5;
		this.say(`${slot} is pointed to ${url}${whole ? ' with a password' : ''}`);
		route[`${prefix}MessageUrl`] = url;
		if (whole) {
			route[`${prefix}MessageUrlMethod`] = 'GET';
			route[`${prefix}MessageAuthenticationType`] = 'Basic';
			route[`${prefix}MessageUsername`] = 'someone';
			route[`${prefix}MessagePasswordToken`] = 'something';
		} else if ((route[`${prefix}MessagePasswordToken`] ?? null) === null) {
			route[`${prefix}MessageAuthenticationType`] = 'None';
		}
		this.model.lines.set(slot, []);
		this.model.addresses.set(slot, addressOf(route, slot));
	}

	private compare(): void {
		const webhooks = [...this.telegent.state.webhooks.values()];
		const found = this.model.differences(this.routes, this.numbers, webhooks, this.urlOf);
		if (this.foreignWebhooks !== 1) found.push('the foreign webhook is gone');
		for (const [key, text] of this.host.stored) {
			if (/crm-password|crm-token|seeded-password|something/.test(text))
				found.push(`a secret is stored: ${key}`);
		}
		this.outcome.differences.push(...found);
	}

	/** What Telegent would call now starts what is expected, once, and is never turned away. */
	private async deliver(): Promise<void> {
		const number = this.random.pick(this.numbers);
		const route = this.telegent.state.messageRoutes.get(String(number.MessageRouteId)) as Row | undefined;
		if (!route || !String(route.MessageUrl).startsWith(this.host.url)) return;
		const expected =
			this.model.top(number.Number as string) ?? this.model.top(`${String(route.MessageRouteId)} message`);
		const count = this.host.started.length;
		const id = `TMID-${this.random.digits(12)}`;
		const call = {
			headers: {
				authorization: `Bearer ${String(route.MessagePasswordToken)}`,
				'content-type': 'application/json',
			},
			text: JSON.stringify({ Message_ID: id, From: '+18015550123', To: number.Number, Message_Body: 'Hi' }),
		};
		const [first, second] = [
			await this.host.call(String(route.MessageUrl), call),
			await this.host.call(String(route.MessageUrl), call),
		];
		this.outcome.deliveries++;
		if (!this.model.isSure() || !expected) return;
		if (first.status !== 200 || second.status !== 200) {
			this.outcome.differences.push(
				`${number.Number as string} for ${expected}: answered ${first.status}, ${second.status}`,
			);
		}
		const started = this.host.started.slice(count).map(({ workflow }) => workflow);
		if (started.join() !== expected.split(':')[0]) {
			this.outcome.differences.push(
				`${number.Number as string} started ${started.join()} instead of ${expected}`,
			);
		}
	}

	/** Everything is unpublished, and what a crash left is cleared up by the next time that the trigger is used. */
	private async settle(): Promise<void> {
		this.say('settle');
		const plain: Wish = {
			event: 'messageReceived',
			way: 'accountWebhook',
			routeId: '',
			numbers: [],
			takeOver: false,
			allowTests: false,
		};
		this.random.next = () => 0.99;
		for (const workflow of WORKFLOWS) {
			for (const mode of ['test', 'production'] as const) {
				const form: Form = `${workflow}:${mode}`;
				const wanted = this.wishes.get(form);
				if (wanted) await this.remove(form, wanted);
				if (this.model.unsure.has(form) || mode === 'production') {
					await this.add(form, plain);
					await this.remove(form, plain);
				}
			}
		}
		this.model.unsure.clear();
		this.compare();
	}
}
