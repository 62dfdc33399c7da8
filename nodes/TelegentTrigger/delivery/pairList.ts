import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import { hasClaim } from '../../shared/dedupe';
import type { ReadOptions, TriggerEvent } from '../../shared/inbound/events';
import type { LoggedMessage } from '../../shared/messageLog';
import { phoneIdentity, samePhone } from '../../shared/phone/compare';
import { executionOptions, isUrgent } from './executionOptions';
import { filterOf } from './filters';
import type { MessageLists } from './lists';

/** A message that waits, or was found in Telegent's list. */
export interface Collected {
	item: INodeExecutionData;
	/** Empty for a message without an ID. */
	id: string;
	/** By this process's clock, milliseconds since 1970. */
	arrivedAt: number;
}

/** How far back messages are caught up that no execution went on with, as after a crash of n8n. */
const CATCH_UP_MS = 24 * 3_600_000;
/** In a test, only what comes after the message that started it. Its delivery may have taken so long. */
const TEST_MS = 10 * 60_000;
/** Pages of 100 messages. What is older is not caught up. */
const MAX_CATCH_UP_PAGES = 5;
const MAX_MISSING = 50;

/** When this process last went on with messages of a pair, in Telegent's time: what is older need not be read again. */
const passedOnAt = processState(new BoundedMap<string, number>(10_000, CATCH_UP_MS));

/** What Telegent's list has of the person and our number. Empty where it cannot be read, or does not have the message. */
export class PairList {
	private mine?: LoggedMessage;

	private inbound: Array<Collected & { logged: LoggedMessage }> = [];

	private lastOutbound = -Infinity;

	/**
	 * @param scope of the trigger, as `deliveryScope` gives it
	 * @param own the message that waits
	 */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly event: TriggerEvent,
		private readonly scope: string,
		private readonly own: Collected,
		private readonly lists: MessageLists,
	) {}

	/** Reads the list. Never throws: without it, only what this process received is known. */
	async read(): Promise<void> {
		const { from, owner } = this.own.item.json;
		if (this.own.id === '') return;
		const look = this.isTest ? TEST_MS : CATCH_UP_MS;
		const since = passedOnAt.get(this.key) ?? Date.now() - look;
		try {
			const { messages } = await this.lists.read(phoneIdentity(owner), since, MAX_CATCH_UP_PAGES);
			this.mine = messages.find(({ id }) => id === this.own.id);
			if (!this.mine) throw new Error("the message isn't in it yet");
			const isOther = (message: LoggedMessage) => !message.outbound && samePhone(message.from, from);
			const sent = messages.filter(({ outbound, to }) => outbound && to.some((one) => samePhone(one, from)));
			this.lastOutbound = Math.max(-Infinity, ...sent.map(({ at }) => at));
			this.inbound = messages.filter(isOther).flatMap((message) => this.collected(message));
		} catch (error) {
			this.context.logger.warn(
				`Telegent: the message list couldn't be used to collect messages, so only those that this n8n process received are collected: ${(error as Error).message}`,
			);
		}
	}

	/** When the newest message came, by this process's clock. */
	newestAt(): number {
		return Math.max(-Infinity, ...this.inbound.map(({ arrivedAt }) => arrivedAt));
	}

	/** Whether the list has a newer message than those that wait here: another execution goes first. */
	hasNewerThan(waiting: Collected[]): boolean {
		const ids = new Set(waiting.map(({ id }) => id));
		const order = ({ logged: { at, id } }: (typeof this.inbound)[number]) =>
			`${String(at).padStart(20, '0')} ${id}`;
		const known = this.inbound.filter(({ id }) => ids.has(id)).map(order);
		return this.inbound.some((one) => !ids.has(one.id) && known.every((other) => order(one) > other));
	}

	/** Messages that no execution of this process had, since the last message to the person. */
	missing(waiting: Collected[]): Collected[] {
		// Replies that Send and Wait had can't be told from others later.
		if (executionOptions(this.context).leaveAwaited === true) return [];
		const ids = new Set(waiting.map(({ id }) => id));
		const earliest = this.isTest ? (this.mine?.at ?? Infinity) : this.lastOutbound;
		const isMissing = ({ id, logged: { at } }: (typeof this.inbound)[number]) =>
			!ids.has(id) && at >= earliest && !hasClaim(this.scope, id, Date.now());
		return this.inbound
			.filter(isMissing)
			.sort((a, b) => a.arrivedAt - b.arrivedAt)
			.slice(-MAX_MISSING);
	}

	/**
	 * Oldest first: as in the list, where it has all of them, because n8n may start the executions of two deliveries in
	 * either order; else as they arrived.
	 */
	inOrder(messages: Collected[]): Collected[] {
		// The list begins with the newest.
		const places = new Map(this.inbound.map(({ id }, index) => [id, -index]));
		const listed = messages.every(({ id }) => places.has(id));
		const order = ({ arrivedAt, id }: Collected) => (listed ? Number(places.get(id)) : arrivedAt);
		return [...messages].sort((a, b) => order(a) - order(b));
	}

	/** An execution went on with the messages up to this one. */
	remember(): void {
		if (this.mine && !this.isTest) passedOnAt.set(this.key, this.mine.at);
	}

	private get isTest(): boolean {
		return this.context.getMode() !== 'webhook';
	}

	private get key(): string {
		return `${this.scope} ${String(this.own.item.json.conversation)}`;
	}

	/** The message as the trigger would output it; nothing for one that does not start the workflow, or never waits. */
	private collected(logged: LoggedMessage): PairList['inbound'] {
		const { at, id, record } = logged;
		const json = this.event.read(record, new Date(at), executionOptions(this.context) as ReadOptions);
		const matches = filterOf({
			getNodeParameter: (name: string, fallback: unknown) =>
				this.context.getNodeParameter(name, 0, fallback) as unknown,
		});
		if (!json || !matches(json) || isUrgent({ json }) || !this.reaches(json.owner)) return [];
		const arrivedAt = this.own.arrivedAt + at - (this.mine?.at ?? NaN);
		return [{ item: { json }, id, arrivedAt, logged }];
	}

	private reaches(owner: unknown): boolean {
		return samePhone(owner, this.own.item.json.owner);
	}
}
