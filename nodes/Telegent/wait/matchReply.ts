import type { IDataObject } from 'n8n-workflow';
import { eventOf } from '../../shared/inbound/events';
import type { InboundMessage } from '../../shared/inbound/shapes';
import { isBetween } from '../../shared/phone/compare';
import type { Plan } from './question';

export type Answer = InboundMessage & { intent: string | null };

/** Clocks differ, and Telegent may stamp a message with the time at which the carrier had it. */
const SKEW_MS = 2 * 60000;

/** The message that answers the question, among what a call says: between the right numbers, and after the question. Pure. */
export function awaitedIn(payloads: IDataObject[], plan: Plan, now: Date): Answer | undefined {
	const event = eventOf('newSms');
	return payloads
		.map((payload) => event.read(payload, now) as Answer | undefined)
		.find(
			(shape) =>
				shape !== undefined &&
				isBetween(shape, plan.from, plan.to) &&
				Date.parse(shape.receivedAt) >= plan.askedAt - SKEW_MS,
		);
}
