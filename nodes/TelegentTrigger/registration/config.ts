import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INode,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { eventOf, type TriggerEvent, type ListenMode } from '../../shared/inbound/events';
import type { RouteAddress } from '../../shared/routes/address';

/**
 * What static data remembers of a registration. It is only a cache: Telegent itself holds what is needed to undo
 * it, so all of this may be lost. No secret is in it.
 */
export interface Registration extends IDataObject {
	way: ListenMode;
	test: boolean;
	/** Recognises the secret that Telegent was given. */
	secretDigest: string;
	/** When that secret was made: an older one is not accepted any more. */
	secretMadeAt: number;
	accountId?: string;
	messageRouteId?: string;
	slot?: RouteAddress;
	/** A copy of the marker, for the case that it is lost at Telegent. What matters in it is sealed. */
	marker?: string;
}
export type Registrations = Record<string, Registration | undefined>;

export function choiceOf(context: IHookFunctions | IWebhookFunctions): {
	event: TriggerEvent;
	way: ListenMode;
} {
	const event = eventOf(context.getNodeParameter('event', 'messageReceived') as string);
	return { event, way: context.getNodeParameter('listenOn', event.listenModes[0]) as ListenMode };
}

/** Event and way to listen, as the parameters say. @throws NodeOperationError where they do not go together */
export function chosenEvent(context: IHookFunctions | IWebhookFunctions): {
	event: TriggerEvent;
	way: ListenMode;
} {
	const { event, way: listenMode } = choiceOf(context);
	if (event.listenModes.includes(listenMode)) return { event, way: listenMode };
	throw registrationError(
		{ context },
		`"${event.name}" cannot be heard that way: choose Listen On again`,
		'Nothing was changed at Telegent.',
	);
}

/** One registration for each address: test and production differ. */
export function storedRegistrations(context: IHookFunctions | IWebhookFunctions): Registrations {
	return context.getWorkflowStaticData('node') as Registrations;
}

/** Whom a secret is made for: this trigger of this workflow, as a test or in production, wherever n8n runs. */
export function secretAudience(context: IHookFunctions | IWebhookFunctions, test: boolean): string {
	return `${context.getWorkflow().id} ${triggerKey(context.getNode())} ${test ? 'test' : 'production'}`;
}

/** What tells this trigger from others: the part of its address that nobody else has. */
export function triggerKey({ id, webhookId }: Pick<INode, 'id' | 'webhookId'>): string {
	return webhookId || id;
}

/**
 * Words for people, with what to do next. All of it is the message: n8n shows nothing else of what goes wrong while
 * a workflow is published or a test begins.
 */
export function registrationError(
	{ context }: { context: Pick<IHookFunctions, 'getNode'> },
	reason: string,
	nextStep: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${reason}. ${nextStep}`);
}
