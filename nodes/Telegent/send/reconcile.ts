import type { IDataObject } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import { messagesSince } from '../../shared/messageLog';
import { amountOf } from '../../shared/values';
import { payloadOf, type Item } from '../engine/operation';
import { withFieldLabel } from '../engine/parameters';
import { findMessage, type Finding, type SentMessage } from './sentMessages';
import { recipients } from './recipients';

/** Largest difference between Telegent's clock and ours that is tolerated. */
export const CLOCK_SKEW_MS = 2_000;
/** An equal message that is at most this much older may be the one: its time is not exact enough to tell. */
const DOUBTFUL_MS = 120_000;
const MAX_MESSAGE_PAGES = 10;

/** More than can be sent around the time of one send: older messages are not candidates. */
const MAX_IDS = 2_000;
/** Messages that an item of any run in this process accounts for. */
const claimedMessageIds = processState(new BoundedMap<string, true>(MAX_IDS));

/** Records that the message with this ID belongs to an item, so that no other item takes it for its own. */
export function claimMessageId(id: unknown): void {
	claimedMessageIds.set(String(id), true);
}

/** How long Telegent may take to show a message in its list, in milliseconds. */
export function lookupTime(options: IDataObject): number {
	return withFieldLabel('Lookup Time (Seconds)', () => amountOf(options.checkDelay ?? 30, 'seconds')) * 1000;
}

/** The record of a message from the list, as the response to the item's request would hold it. */
export function confirmedByLookup(item: Item, record: IDataObject): IDataObject {
	return { ...record, To: payloadOf(item).To, confirmedBy: 'lookup' };
}

/** What an item sends. */
export function sentMessage(item: Item): SentMessage {
	const { Body, From } = payloadOf(item);
	return { from: String(From), to: recipients(item), body: String(Body ?? '') };
}

/**
 * "Check First": finds out whether a send without a response was executed. Looks for the message in the lists of sender
 * and recipients repeatedly until `delayMs` is over. Sends it once more only if the lists were read completely and do
 * not have it.
 * @param startedAt when the send was made, milliseconds since 1970
 * @param delayMs how long Telegent may take to show it
 * @returns the message's record, or undefined where it stays unsure
 * @throws NodeApiError when it was sent again and that did not succeed
 */
export async function reconcileSend(
	item: Item,
	startedAt: number,
	delayMs: number,
): Promise<IDataObject | undefined> {
	const until = startedAt + delayMs;
	for (let pause = 1_000; ; pause *= 2) {
		const left = until - Date.now();
		await item.telegent.wait(Math.min(pause, left));
		const finding = await findSent(item, startedAt).catch((): Finding => 'incomplete');
		if (typeof finding === 'object') {
			claimMessageId(finding.id);
			return confirmedByLookup(item, finding.record);
		}
		if (finding !== 'absent') return undefined;
		if (left <= 0) break;
	}
	const response = await item.telegent.call(item.request, item.index);
	return 'MessageId' in response ? { ...response, confirmedBy: 'sending again' } : undefined;
}

async function findSent(item: Item, startedAt: number): Promise<Finding> {
	const sent = sentMessage(item);
	for (const number of [sent.to[0], sent.from]) {
		const finding = await findSentIn(number, item, sent, startedAt);
		if (finding !== 'absent') return finding;
	}
	return 'absent';
}

async function findSentIn(
	number: string,
	item: Item,
	sent: SentMessage,
	startedAt: number,
): Promise<Finding> {
	const excerpt = await messagesSince(item.telegent, number, startedAt - DOUBTFUL_MS, MAX_MESSAGE_PAGES);
	const finding = findMessage(sent, excerpt, (id) => claimedMessageIds.has(id));
	if (typeof finding === 'object' && finding.at < startedAt - CLOCK_SKEW_MS) return 'other';
	return finding;
}
