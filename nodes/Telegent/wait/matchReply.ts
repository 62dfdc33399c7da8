import type { IDataObject } from 'n8n-workflow';
import { eventOf } from '../../shared/inbound/events';
import type { MessageIntent } from '../../shared/inbound/intent';
import type { InboundMessage } from '../../shared/inbound/shapes';
import { isBetween } from '../../shared/phone/compare';
import type { PendingQuestion } from './question';

export type Reply = InboundMessage & MessageIntent;

/** Allows for clock skew, and for timestamps taken when the carrier received the message. */
const REPLY_SKEW_MS = 2 * 60000;

/** The first payload that is a reply to the question: from and to the right numbers, and after the question. Pure. */
export function awaitedReplyIn(
	payloads: IDataObject[],
	question: Pick<PendingQuestion, 'askedAt' | 'from' | 'to'>,
	now: Date,
): Reply | undefined {
	const event = eventOf('newSms');
	return payloads
		.map((payload) => event.read(payload, now) as Reply | undefined)
		.find(
			(shape) =>
				shape !== undefined &&
				isBetween(shape, question.from, question.to) &&
				Date.parse(shape.receivedAt) >= question.askedAt - REPLY_SKEW_MS,
		);
}
