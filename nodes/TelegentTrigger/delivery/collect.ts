import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import type { TriggerEvent } from '../../shared/inbound/events';
import { recordEntries, withProcessedEntries } from '../../shared/processedEntries';
import { isUrgent, type CollectRule } from './executionOptions';
import { deliveryScope } from './identity';
import { joined } from './joined';
import type { MessageLists } from './lists';
import { PairList, type Collected } from './pairList';
import { TABLE } from './repeated';

/* Several messages of a person become one execution. Each delivery starts one, which waits: the newest goes on with all
   messages, the others end. See docs/decisions/collect-and-takeover.md. */

/** The messages of a person that wait in this process, oldest first. */
interface Group {
	/** When the first of them began to wait. */
	since: number;
	messages: Collected[];
}

const MAX_GROUPS = 10_000;
const waitingGroups = processState(new BoundedMap<string, Group>(MAX_GROUPS, 3_600_000));

/** How often a waiting execution looks whether it was stopped, or a newer message came. */
const LOOK_MS = 250;
/** The execution of a newer message goes first: only if it does not, an older one takes the messages. */
const PRECEDENCE_MS = 2_000;

/** The items that go on: one per person with all messages, or none where a newer execution has them. */
export async function withoutCollected(
	context: IExecuteFunctions,
	event: TriggerEvent,
	items: INodeExecutionData[],
	rule: CollectRule,
	lists: MessageLists,
): Promise<INodeExecutionData[]> {
	const taken = items.map(async (item) =>
		isUrgent(item) ? joined([item]) : await new Collector(context, event, rule, item, lists).take(),
	);
	return (await Promise.all(taken)).filter((item) => item !== undefined);
}

class Collector {
	private readonly own: Collected;

	private readonly key: string;

	private readonly list: PairList;

	/** When the silence, or the time for collecting, is over. */
	private until: number;

	constructor(
		private readonly context: IExecuteFunctions,
		event: TriggerEvent,
		private readonly rule: CollectRule,
		item: INodeExecutionData,
		lists: MessageLists,
	) {
		const now = Date.now();
		this.own = { item, id: event.identity(item.json), arrivedAt: now };
		const scope = deliveryScope(context, event, context.getMode() === 'manual');
		this.key = `${scope} ${String(item.json.conversation)} ${String(item.json.from)}`;
		const group = waitingGroups.get(this.key) ?? { since: now, messages: [] };
		group.since = Math.min(group.since, now);
		group.messages.push(this.own);
		waitingGroups.set(this.key, group);
		this.until = Math.min(now + rule.quietMs, group.since + rule.longestMs);
		this.list = new PairList(context, event, scope, this.own, lists);
	}

	/** Waits until the person is silent. @returns the item with all messages, unless another execution has them */
	async take(): Promise<INodeExecutionData | undefined> {
		do {
			if (!(await this.waited())) return undefined;
			await this.list.read();
			if (!this.isNewest()) return undefined;
		} while (this.prolonged());
		const waiting = waitingGroups.get(this.key)?.messages ?? [this.own];
		waitingGroups.delete(this.key);
		if (this.list.hasNewerThan(waiting)) await sleep(PRECEDENCE_MS);
		const all = this.list.inOrder([...this.list.missing(waiting), ...waiting]);
		const handled = await this.handled(all.filter(({ id }) => id !== ''));
		this.list.remember();
		const last = Math.max(-Infinity, ...[...handled].map(({ arrivedAt }) => arrivedAt));
		// What is older than a message that an execution went on with is no longer missing.
		const isLeft = (one: Collected) => !handled.has(one) && (waiting.includes(one) || one.arrivedAt > last);
		const left = all.filter(isLeft);
		return left.length > 0 ? joined(left.map(({ item }) => item)) : undefined;
	}

	/** False where a newer message came meanwhile, whose execution goes on, or where the execution was stopped. */
	private async waited(): Promise<boolean> {
		const signal = this.context.getExecutionCancelSignal();
		for (;;) {
			if (!this.isNewest()) return false;
			if (signal?.aborted) return this.leave();
			const left = this.until - Date.now();
			if (left <= 0) return true;
			await sleep(Math.min(left, LOOK_MS));
		}
	}

	/** The messages stay for the next execution of this person, which waits as long as any. */
	private leave(): false {
		const group = waitingGroups.get(this.key);
		if (group) group.since = Infinity;
		return false;
	}

	private isNewest(): boolean {
		return waitingGroups.get(this.key)?.messages.at(-1) === this.own;
	}

	/** Whether Telegent's list has a message that came later, so that the silence is not over yet. */
	private prolonged(): boolean {
		const since = waitingGroups.get(this.key)?.since ?? this.own.arrivedAt;
		const until = Math.min(this.list.newestAt() + this.rule.quietMs, since + this.rule.longestMs);
		if (until <= Date.now()) return false;
		this.until = until;
		return true;
	}

	/** Claims the messages for this execution. @returns those that another execution went on with */
	private async handled(messages: Collected[]): Promise<Set<Collected>> {
		if (this.context.getMode() !== 'webhook' || messages.length === 0) return new Set();
		const entryOf = ({ id }: Collected) => `passed on ${id}`;
		// In n8n 1.x, the next worker runs the execution of a dead one again, with the same ID.
		const again = `passed on by ${this.context.getExecutionId()} ${this.own.id}`;
		const entries = [...messages.map(entryOf), again];
		const record = async () => await recordEntries(this.context, entries, TABLE);
		const known = await settle(withProcessedEntries(this.context, record));
		if ('value' in known)
			return new Set(known.value.has(again) ? [] : messages.filter((one) => known.value.has(entryOf(one))));
		this.context.logger.warn(
			`Telegent: collected messages couldn't be compared with earlier ones: ${(known.error as Error).message}`,
		);
		return new Set();
	}
}
