import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../../transport/retry';
import { asSent } from '../../shared/values';
import { outcomeOfError } from '../engine/itemErrors';
import { payloadOf, type FinishedItems, type Item, type OperationHooks } from '../engine/operation';
import type { ItemOutcome } from '../engine/runRecord';
import type { AwaitedMessage } from './deliveryWait';
import { loadMedia } from './media';
import { claimMessageId } from './reconcile';
import { recipients } from './recipients';
import type { Safeguards } from './safeguards';

/** How Send looks up and settles its messages: a message from the fallback number in the same way. */
export type SettlingHooks = Pick<OperationHooks, 'lookUp' | 'onFailure' | 'recover'>;

/** The one message from the fallback number, and what became of it. */
export interface Fallback {
	from: string;
	/** Those that it was sent to. */
	to: string[];
	outcome: Outcome;
	messageId: string | null;
	/** Why it was not sent, or why that is unknown. */
	reason: string | null;
}

/**
 * The hooks of a message from the fallback number. Safeguards hold for it as for any message. Skip Duplicates and Send
 * Once Per do not: it is the same message once more.
 * @param prepareText puts the text into the request as it is sent
 */
export function fallbackHooks(
	safeguards: Safeguards,
	prepareText: (item: Item) => unknown,
	settling: SettlingHooks,
): OperationHooks {
	return {
		...settling,
		async lookUp(item, earlier) {
			prepareText(item);
			return await settling.lookUp?.(item, earlier);
		},
		async beforeRequest(item) {
			prepareText(item);
			const decision = safeguards.check(item, recipients(item));
			if ('output' in decision) return decision.output;
			payloadOf(item).To = asSent(decision.to);
			return safeguards.beforeSending(item) ?? (await loadMedia(item));
		},
	};
}

/**
 * Sends an item's message once more, from the fallback number. Never throws but when the execution is stopped.
 * @param item as it was sent, before its media were loaded
 * @param to those who did not get it
 */
export async function sendFallback(
	item: Item,
	{ id }: AwaitedMessage,
	{ from, to }: Pick<Fallback, 'from' | 'to'>,
	hooks: OperationHooks,
	sendFurther: FinishedItems['sendFurther'],
): Promise<Fallback> {
	// A request that begins after a stop would count as one with an unknown outcome.
	await item.telegent.wait(0);
	const body = { ...payloadOf(item), From: from, To: asSent(to) };
	const again: Item = { ...item, request: { ...item.request, body } };
	const settled = await sendFurther(again, `fallback for ${id}`, hooks);
	return { from, ...resultOf(settled, recipients(again)) };
}

function resultOf(settled: ItemOutcome, to: string[]): Omit<Fallback, 'from'> {
	if ('error' in settled) {
		const { message } = settled.error as Error;
		return { to, outcome: outcomeOfError(settled.error), messageId: null, reason: message };
	}
	const [record = {} as IDataObject] = settled.results;
	const { MessageId, reason, status } = record;
	// Records with a status come from safeguards: nothing was sent for them.
	if (status !== undefined)
		return { to, outcome: 'notDone', messageId: null, reason: String(reason ?? status) };
	claimMessageId(MessageId);
	return { to, outcome: 'done', messageId: String(MessageId ?? ''), reason: null };
}
