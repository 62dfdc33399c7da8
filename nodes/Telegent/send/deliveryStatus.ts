import type { IDataObject } from 'n8n-workflow';
import type { LoggedMessage } from '../../shared/messageLog';

/* What Telegent's message list tells about the delivery of a message. Pure. */

export type Delivery = 'delivered' | 'failed' | 'unknown';

export interface MessageDelivery {
	/** `unknown`: not yet, or not told. */
	delivery: Delivery;
	/** The carrier's reason, or why it is unknown. */
	reason: string | null;
	/** Where the list has an entry for each of several recipients. */
	byRecipient?: Array<{ number: string; delivery: Delivery; reason: string | null }>;
}

const NOT_DELIVERED = /^(failed|undelivered)$/i;
const DELIVERED = /^delivered$/i;
const NOT_LISTED = "Telegent's message list doesn't show this message";

/** @param entries of the message in the list @param to its recipients, in E.164 */
export function deliveryIn(entries: LoggedMessage[], to: string[]): MessageDelivery {
	if (entries.length === 0) return { delivery: 'unknown', reason: NOT_LISTED };
	const separate = to.length > 1 && entries.every((entry) => entry.to.length === 1);
	if (!separate) return deliveryOf(entries);
	const byRecipient = to.map((number) => {
		const own = entries.filter((entry) => entry.to.includes(number));
		return {
			number,
			...(own.length > 0 ? deliveryOf(own) : { delivery: 'unknown' as const, reason: NOT_LISTED }),
		};
	});
	const find = (delivery: Delivery) => byRecipient.find((one) => one.delivery === delivery);
	const { delivery, reason } = find('unknown') ?? find('failed') ?? byRecipient[0];
	return { delivery, reason, byRecipient };
}

/** Some of the recipients surely did not get it, although others are unknown: what counts when the time is up. */
export function withoutWaiting(status: MessageDelivery): MessageDelivery {
	const failed = status.byRecipient?.find(({ delivery }) => delivery === 'failed');
	return failed ? { ...status, delivery: 'failed', reason: failed.reason } : status;
}

/** The recipients who surely did not get a failed message: none where the list does not tell which of several. */
export function failedRecipients({ byRecipient }: MessageDelivery, to: string[]): string[] {
	if (to.length === 1) return to;
	return (byRecipient ?? []).flatMap(({ delivery, number }) => (delivery === 'failed' ? [number] : []));
}

function deliveryOf(entries: LoggedMessage[]): Omit<MessageDelivery, 'byRecipient'> {
	const failed = entries.find(({ status }) => NOT_DELIVERED.test(status));
	if (failed) return { delivery: 'failed', reason: carrierReason(failed.record) };
	const pending = entries.find(({ status }) => !DELIVERED.test(status));
	if (!pending) return { delivery: 'delivered', reason: null };
	return { delivery: 'unknown', reason: `Telegent's message list still has the status "${pending.status}"` };
}

/**
 * The carrier's reason under the names that it has in delivery receipts: the documentation of the list shows no field
 * for it.
 */
function carrierReason({ ErrorCode, ErrorMessage }: IDataObject): string | null {
	const [text, code] = [ErrorMessage, ErrorCode].map((one) => String(one ?? '').trim());
	return [text, code && (text ? `(${code})` : code)].filter(Boolean).join(' ') || null;
}
