import { goOn, ring, type CallAnswer, type CallStep, type IncomingCall } from './calls.mts';
import type { Attempt } from './deliveries.mts';
import type { ApiParts } from './api.mts';
import type { Fault, FaultRequest } from './faults.mts';
import type { LogEntry, LogFilter } from './log.mts';
import type { Inbound, OutboxEntry } from './messaging.mts';
import { orderAnswer } from './orders.mts';
import { seededState } from './seed.mts';
import { changedSettings, defaultSettings, type OrderOutcome, type Settings } from './settings.mts';
import { stateAsJson, type Row } from './state.mts';
import { failing } from './phone/snapshot.mts';

export interface TimeChange {
	advanceSeconds?: number;
	speed?: number;
}

export interface FailingRecipient {
	number: string;
	/** only messages from this number do not get through */
	from?: string;
	status?: 'Failed' | 'Undelivered';
	errorCode?: string;
	errorMessage?: string;
}

export interface OrderCommand extends Partial<OrderOutcome> {
	/** moves this order now; without it, the outcome is for the next `count` orders */
	orderId?: string;
	count?: number;
}

/** Everything that a test, or the phone simulator, can do to the sandbox. The HTTP control API mirrors it. */
export class Control {
	constructor(
		private readonly parts: ApiParts,
		private readonly settingsAtStart: Settings,
	) {}

	requests(filter?: LogFilter): LogEntry[] {
		return this.parts.log.list(filter);
	}

	clearRequests(): void {
		this.parts.log.clear();
	}

	outbox(): OutboxEntry[] {
		return this.parts.world.messaging.outbox();
	}

	deliveries(): Attempt[] {
		return this.parts.world.deliveries.list();
	}

	/** Resolves when no webhook call is on its way. */
	idle(): Promise<void> {
		return this.parts.world.deliveries.idle();
	}

	faults(): Fault[] {
		return this.parts.faults.list();
	}

	addFault(fault: FaultRequest): Fault {
		return this.parts.faults.add(fault);
	}

	clearFaults(): void {
		this.parts.faults.clear();
	}

	/** Moves the clock, then waits for the webhook calls that fell due on the way. */
	async time(change: TimeChange = {}): Promise<{ now: string; speed: number }> {
		const { clock } = this.parts.world;
		if (change.speed !== undefined) clock.setSpeed(change.speed);
		if (change.advanceSeconds) {
			clock.advance(change.advanceSeconds * 1000);
			await this.idle();
		}
		return { now: new Date(clock.now()).toISOString(), speed: clock.speed };
	}

	settings(): Settings {
		return this.parts.world.settings;
	}

	changeSettings(change: Partial<Settings>): Settings {
		return (this.parts.world.settings = changedSettings(this.parts.world.settings, change));
	}

	/** Revokes the tokens of one path, or all. Returns how many. */
	revokeTokens(path?: string): number {
		return this.parts.tokens.revoke(path);
	}

	/** Someone texts one of the account's numbers. */
	inbound(message: Inbound): Promise<{ messageId: string; attempts: Attempt[] }> {
		return this.parts.world.messaging.receive(message);
	}

	/** Someone calls one of the account's numbers: it rings. */
	ring(call: IncomingCall): Promise<CallAnswer> {
		return ring(this.parts.world, call);
	}

	/** The next state of a call: answered, on hold, resumed, ended, or its recording available. */
	goOn(step: CallStep): Promise<CallAnswer> {
		return goOn(this.parts.world, step);
	}

	/** From now on messages do not reach this number. */
	failRecipient({ number, from, ...failure }: FailingRecipient): void {
		const { state, events } = this.parts.world;
		state.failingRecipients.set(from ? `${from} ${number}` : number, {
			status: failure.status ?? 'Failed',
			errorCode: failure.errorCode ?? (from ? '30004' : '30003'),
			errorMessage:
				failure.errorMessage ??
				(from ? 'Message blocked by the recipient' : 'Unreachable destination handset'),
		});
		events.emit('recipients', failing(state));
	}

	/** Messages reach all numbers again, or this one. */
	clearRecipients(number?: string): void {
		const { state, events } = this.parts.world;
		for (const key of [...state.failingRecipients.keys()])
			if (!number || key === number || key.endsWith(` ${number}`)) state.failingRecipients.delete(key);
		events.emit('recipients', failing(state));
	}

	/** Announces the outcome of the next order, or moves an order that exists. */
	order({ orderId, count, ...outcome }: OrderCommand): Row | undefined {
		const { orders, state } = this.parts.world;
		if (orderId === undefined) {
			orders.announce(outcome, count);
			return undefined;
		}
		const order = state.orders.get(orderId);
		if (!order) throw new Error(`Order ${orderId} doesn't exist`);
		orders.finish(order, outcome.status ?? 'Complete', outcome.message);
		return orderAnswer(order);
	}

	state(): Row {
		return stateAsJson(this.parts.world.state);
	}

	/**
	 * A fresh account: no log, no faults, no tokens, real time. Settings stay unless they are asked for. New ids go on
	 * from those before: n8n remembers which messages it has seen.
	 */
	reset({ settings = false }: { settings?: boolean } = {}): void {
		const { world, tokens, rateLimit, faults, log } = this.parts;
		world.clock.reset();
		if (settings) world.settings = this.settingsAtStart;
		world.orders.reset();
		world.messaging.reset();
		world.deliveries.clear();
		world.state = seededState(world);
		tokens.revoke();
		rateLimit.clear();
		faults.clear();
		log.clear();
		world.events.emit('reset');
	}
}

export const startingSettings = (change: Partial<Settings>): Settings =>
	changedSettings(defaultSettings, change);
