import type { IDataObject, IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import { REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../../shared/dedupe';
import type { TriggerEvent } from '../../shared/inbound/events';
import { triggerKey } from '../registration/config';

/** What repeated deliveries of an event have in common, and for how long they count as one. */
export interface DeliveryIdentity {
	identity: string;
	memoryMs: number;
	/** The same identity may come again later and mean something new. */
	recurs: boolean;
}

/** By ID where the event has one, otherwise by content. Pure. */
export function identityOf(event: TriggerEvent, shape: IDataObject): DeliveryIdentity {
	const identity = event.identity(shape);
	if (identity) return { identity, memoryMs: REMEMBERED_MS, recurs: event.recurs === true };
	const content = `content ${JSON.stringify(shape.raw)}`;
	return { identity: content, memoryMs: REMEMBERED_WITHOUT_ID_MS, recurs: true };
}

/** The trigger that a delivery came to: the same name in `webhook()` and in `execute()`. */
export function deliveryScope(
	context: IExecuteFunctions | IWebhookFunctions,
	event: TriggerEvent,
	test: boolean,
): string {
	const { id } = context.getWorkflow();
	return `${test ? 'test' : 'production'} ${id} ${triggerKey(context.getNode())} ${event.value}`;
}
