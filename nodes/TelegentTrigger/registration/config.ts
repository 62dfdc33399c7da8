import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INode,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { eventOf, type TriggerEvent, type ListenMode } from '../../shared/inbound/events';
import type { RouteAddress } from '../../shared/routes/address';
import { CONTACT_SUPPORT, NOTHING_CHANGED } from '../../shared/wording';

/**
 * A registration as cached in static data. The owner note at Telegent holds everything needed to undo it, so this may
 * be lost at any time. Contains no secret.
 */
export interface Registration extends IDataObject {
	way: ListenMode;
	test: boolean;
	/** Digest of the secret at Telegent. */
	secretDigest: string;
	/** When that secret was issued, in milliseconds since 1970. Older secrets are rejected. */
	secretMadeAt: number;
	accountId?: string;
	messageRouteId?: string;
	slot?: RouteAddress;
	/** A copy of the owner note, in case it is deleted at Telegent. Its backup is encrypted. */
	marker?: string;
}
export type Registrations = Record<string, Registration | undefined>;

interface ChosenEvent {
	event: TriggerEvent;
	listenMode: ListenMode;
}

/** Event and listen mode as the parameters say; they may not fit together. */
export function readChosenEvent(context: IHookFunctions | IWebhookFunctions): ChosenEvent {
	const event = eventOf(context.getNodeParameter('event', 'messageReceived') as string);
	const listenMode = context.getNodeParameter('listenOn', event.listenModes[0]) as ListenMode;
	return { event, listenMode };
}

/** Event and listen mode. @throws NodeOperationError if the event does not support the mode */
export function chosenEvent(context: IHookFunctions | IWebhookFunctions): ChosenEvent {
	const { event, listenMode } = readChosenEvent(context);
	if (event.listenModes.includes(listenMode)) return { event, listenMode };
	throw registrationError(
		{ context },
		`"${event.name}" isn't available with the selected 'Listen On' option. Select another option`,
		NOTHING_CHANGED,
	);
}

/** Registrations by webhook URL: test and production have different ones. */
export function storedRegistrations(context: IHookFunctions | IWebhookFunctions): Registrations {
	return context.getWorkflowStaticData('node') as Registrations;
}

/** What a secret is bound to: this trigger of this workflow, in test or production, independent of n8n's host. */
export function secretAudience(context: IHookFunctions | IWebhookFunctions, test: boolean): string {
	return `${context.getWorkflow().id} ${triggerKey(context.getNode())} ${test ? 'test' : 'production'}`;
}

/** ID of this trigger: the unique part of its webhook URL. */
export function triggerKey({ id, webhookId }: Pick<INode, 'id' | 'webhookId'>): string {
	return webhookId || id;
}

/** Follows what Telegent did not do although it accepted it. */
export const RECEIVES_NOTHING = `So the workflow wouldn't receive anything. Try again in a minute. ${CONTACT_SUPPORT}`;

/**
 * An error for the user: reason and next step. Both are in the message, because n8n shows no description for errors
 * while a workflow is published or a test starts.
 */
export function registrationError(
	{ context }: { context: Pick<IHookFunctions, 'getNode'> },
	reason: string,
	nextStep: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${reason}. ${nextStep}`);
}
