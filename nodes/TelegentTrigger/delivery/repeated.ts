import {
	sleep,
	type ICheckProcessedOptions,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { hasClaim } from '../../shared/dedupe';
import { eventOf } from '../../shared/inbound/events';
import { readAgainAfter, recordEntries, withProcessedEntries } from '../../shared/processedEntries';
import { deliveryScope, identityOf, type DeliveryIdentity } from './identity';

/* Repeated deliveries that another process of n8n had, or this one before it was started again. `webhook()` cannot see
   them: n8n's deduplication table is open to `execute()` only, which n8n calls with the items of `webhook()`. */

/** n8n stores one list per trigger, which each call reads and writes as a whole: about 65 KB when full. */
export const TABLE: ICheckProcessedOptions = { mode: 'entries', maxEntries: 2_400 };

/** An item that is looked up in the table. */
interface Claim {
	keys: string[];
	/** Tells that this execution had the item itself. */
	own?: string;
	repeated: boolean;
	/** The table still had the execution's own entry when it was read again. */
	kept?: boolean;
}

/**
 * n8n's table has no lock: two workers that claim the same delivery at the same moment both find it new, and the entries
 * of one of them are lost. So a worker reads its own entry again after a time in which the other has written. What other
 * deliveries overwrote is written again this often.
 */
const MAX_TRIES = 4;

/**
 * The latest deliveries of this worker, by trigger: stored with each call again, in case a slow worker erased them. More
 * than come while a call of the database takes seconds.
 */
const MAX_LATEST = 500;
const MAX_WRITERS = 1_000;
const latest = processState(new BoundedMap<string, string[]>(MAX_WRITERS));

/** After this time without another delivery, they are stored once more; the jitter keeps workers apart. */
const STORE_AGAIN_MS = 1_000;
const STORE_AGAIN_JITTER_MS = 1_000;
/** Triggers for which `storeLatestAgain` waits. */
const storingAgain = processState(new Set<string>());

/** Claims that wait until the table is free, by trigger. */
const waiting = new Map<string, Claim[]>();

/**
 * The items of a delivery without those that started an execution before: none, if the delivery is a repetition. Only
 * for production. A retry, a test and a run by hand pass, and so does everything while n8n cannot store.
 */
export async function withoutRepeated(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	if (context.getMode() !== 'webhook') return [items];
	const event = eventOf(context.getNodeParameter('event', 0, 'messageReceived') as string);
	const scope = deliveryScope(context, event, false);
	const now = Date.now();
	const claims = items.map(({ json }): Claim => {
		const delivery = identityOf(event, json);
		const keys = deliveryKeys(event.value, delivery, now);
		if (hasClaim(scope, delivery.identity, now)) return { keys, repeated: false };
		// A worker of n8n. In n8n 1.x the next worker runs the execution of a dead one again, with the same ID.
		return { keys, own: `execution ${context.getExecutionId()} ${keys[0]}`, repeated: false };
	});
	await claimAll(context, claims);
	return [items.filter((_item, index) => !claims[index].repeated)];
}

/**
 * The entries of a delivery. The table has no times, so those of a delivery that may recur name the half of its memory
 * period that it falls into, and the half before: it counts as repeated for one to two halves. Pure.
 */
export function deliveryKeys(
	event: string,
	{ identity, memoryMs, recurs }: DeliveryIdentity,
	now: number,
): string[] {
	if (!recurs) return [`${event} ${identity}`];
	const half = Math.floor(now / (memoryMs / 2));
	return [half, half - 1].map((period) => `${event} ${identity} ${period}`);
}

/** Claims deliveries, and makes sure that no other worker has the same one. Never throws. */
async function claimAll(context: IExecuteFunctions, claims: Claim[]): Promise<void> {
	let open = claims;
	for (let attempt = 1; open.length > 0 && attempt <= MAX_TRIES; attempt++) {
		const began = Date.now();
		await claimTogether(context, open);
		open = open.filter(({ kept, own, repeated }) => own !== undefined && !kept && !repeated);
		if (open.length > 0) await sleep(readAgainAfter(Date.now() - began));
	}
	// Other workers erased them each time, and none has the same ones.
	storeAgain(
		context,
		open.flatMap(({ keys }) => keys),
	);
}

const triggerOf = (context: IExecuteFunctions) => `${context.getWorkflow().id} ${context.getNode().id}`;

/** Looks claims up and stores them, with all that came in the meantime: a burst costs few calls. Never throws. */
async function claimTogether(context: IExecuteFunctions, claims: Claim[]): Promise<void> {
	const trigger = triggerOf(context);
	waiting.set(trigger, [...(waiting.get(trigger) ?? []), ...claims]);
	await withProcessedEntries(context, async () => {
		const batch = waiting.get(trigger) ?? [];
		waiting.delete(trigger);
		if (batch.length > 0) await claimBatch(context, trigger, batch);
	});
}

async function claimBatch(context: IExecuteFunctions, trigger: string, batch: Claim[]): Promise<void> {
	const mine = latest.get(trigger) ?? [];
	const keys = [...new Set(batch.flatMap(({ keys: all, own }) => (own === undefined ? all : [...all, own])))];
	try {
		const known = await recordEntries(context, [...new Set([...keys, ...mine])], TABLE);
		for (const key of mine) known.add(key);
		for (const claim of batch) {
			claim.kept = claim.own !== undefined && known.has(claim.own);
			claim.repeated = !claim.kept && claim.keys.some((key) => known.has(key));
			claim.keys.forEach((key) => known.add(key));
		}
		storeAgain(
			context,
			batch.filter((claim) => claim.kept).flatMap((claim) => claim.keys),
		);
	} catch (error) {
		for (const claim of batch) claim.kept = true;
		context.logger.warn(
			`Telegent: a delivery couldn't be compared with earlier ones: ${(error as Error).message}`,
		);
	}
}

/** Stores deliveries of this worker again with its next ones, or a little later. */
function storeAgain(context: IExecuteFunctions, keys: string[]): void {
	if (keys.length === 0) return;
	const trigger = triggerOf(context);
	latest.set(trigger, [...(latest.get(trigger) ?? []), ...keys].slice(-MAX_LATEST));
	void storeLatestAgain(context, trigger);
}

/** For the last deliveries before a pause or a restart: no later call of this worker stores them again. Never throws. */
async function storeLatestAgain(context: IExecuteFunctions, trigger: string): Promise<void> {
	if (storingAgain.has(trigger)) return;
	storingAgain.add(trigger);
	let stored: string[] | undefined;
	do {
		stored = latest.get(trigger);
		await sleep(STORE_AGAIN_MS + Math.random() * STORE_AGAIN_JITTER_MS);
	} while (stored !== latest.get(trigger));
	storingAgain.delete(trigger);
	if (stored === undefined) return;
	const entries = stored;
	await settle(withProcessedEntries(context, async () => await recordEntries(context, entries, TABLE)));
}
