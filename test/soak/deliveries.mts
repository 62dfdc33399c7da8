import { Random } from '../../sandbox/api/random.mts';
import { ANA, MAIN_LINE, onRoute, TriggerWorld, type Row } from '../support/trigger/world.mts';

const AT_A_TIME = 50;
/** How many of the latest messages are delivered once more now and then. */
const LATEST = 1_000;
const MAX_TRIES = 20;

const SPELLINGS: Array<(id: string, body: string) => Row> = [
	(id, body) => ({
		Message_ID: id,
		Owner: MAIN_LINE,
		To: MAIN_LINE,
		From: ANA,
		Message_Body: body,
		Segment: 1,
	}),
	(id, body) => ({ MessageId: id, From: ANA, To: MAIN_LINE, Text: body }),
	(id, body) => ({ MessageID: id, Direction: 'Inbound', From: ANA, To: [{ Number: MAIN_LINE }], Body: body }),
];

const idOf = (number: number) => `TMID-${number}`;
const numberOf = (id: unknown) => Number(String(id).slice('TMID-'.length));

/** Inbound messages at the webhook of a Telegent Trigger: once, repeated, forged, broken, and refused by n8n. */
export class Deliveries {
	/** How many executions each message started, by its number. */
	readonly executions: Uint8Array;

	/** Calls of the webhook. */
	calls = 0;

	/** Calls that were not answered as they should have been. */
	wrong = 0;

	private next = 0;

	private readonly random: Random;

	private constructor(
		private readonly world: TriggerWorld,
		private readonly secret: string,
		messages: number,
		seed: number,
	) {
		this.executions = new Uint8Array(messages);
		this.random = new Random(seed);
	}

	static async start(messages: number, seed: number): Promise<Deliveries> {
		const world = new TriggerWorld();
		await world.open();
		await world.host.publish('soak', onRoute());
		return new Deliveries(world, world.secretFor('soak') as string, messages, seed);
	}

	/** Delivers so many messages, each at least once. */
	async run(count: number): Promise<void> {
		const until = Math.min(this.executions.length, this.next + count);
		while (this.next < until) {
			const numbers = Array.from({ length: Math.min(AT_A_TIME, until - this.next) }, () => this.next++);
			this.world.host.broken = this.random.next() < 0.02;
			await Promise.all(numbers.map(async (number) => await this.message(number)));
			this.keepExecutions();
		}
	}

	async stop(): Promise<void> {
		await this.world.close();
	}

	private async message(number: number): Promise<void> {
		const spelled = this.random.pick(SPELLINGS)(idOf(number), `Message ${number}`);
		const chance = this.random.next();
		if (chance < 0.02) await this.call(spelled, 'n8n-telegent-forged', [401]);
		else if (chance < 0.03) await this.call('{"MessageId": "TMID-', this.secret, [400, 422]);
		const twice = chance > 0.85;
		await Promise.all([this.delivered(spelled), twice && this.delivered(spelled)]);
		if (chance < 0.1 && number > LATEST) {
			const earlier = number - Math.ceil(this.random.next() * LATEST);
			await this.delivered(this.random.pick(SPELLINGS)(idOf(earlier), `Message ${earlier}`));
		}
	}

	/** Telegent repeats what n8n refused. */
	private async delivered(payload: Row): Promise<void> {
		for (let tries = 0; tries < MAX_TRIES; tries++) {
			if ((await this.call(payload, this.secret, [200, 500])) === 200) return;
			this.world.host.broken = false;
		}
		this.wrong++;
	}

	private async call(payload: Row | string, secret: string, expected: number[]): Promise<number> {
		this.calls++;
		const { started, status } = await this.world.deliver(payload, { id: 'soak', secret });
		if (!expected.includes(status) || (started && status !== 200)) this.wrong++;
		return status;
	}

	/** The harness must not keep what it has counted. */
	private keepExecutions(): void {
		const { host } = this.world;
		for (const { items } of host.started)
			for (const { json } of items) this.executions[numberOf(json.messageId)]++;
		host.started.length = 0;
		host.log.length = 0;
	}
}
