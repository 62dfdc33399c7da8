import {
	NodeOperationError,
	type IDataObject,
	type IHookFunctions,
	type INode,
	type IWebhookFunctions,
} from 'n8n-workflow';
import { connect, CREDENTIAL, type Telegent } from '../../transport/request';
import { accountDigest, type TelegentCredential } from '../../transport/token';
import { chosenIn } from '../Telegent/parameters';
import { toE164 } from '../Telegent/phone';
import { list } from '../Telegent/values';
import { isOnThisMachine } from './address';
import { eventOf, type TriggerEvent, type Way } from './events';
import type { Self, Slot } from './slot';
import { cleanWorkflowName, hostOf, workflowLabel, workflowLink } from './workflowName';

/**
 * What static data remembers of a registration. It is only a cache: Telegent itself holds what is needed to undo
 * it, so all of this may be lost. No secret is in it.
 */
export interface Registration extends IDataObject {
	way: Way;
	test: boolean;
	/** Recognises the secret that Telegent was given. */
	secretDigest: string;
	/** When that secret was made: an older one is not accepted any more. */
	secretMadeAt: number;
	accountId?: string;
	messageRouteId?: string;
	slot?: Slot;
	/** A copy of the marker, for the case that it is lost at Telegent. What matters in it is sealed. */
	marker?: string;
}

export type Registrations = Record<string, Registration | undefined>;

/** Everything that a webhook method works with. */
export interface Situation {
	context: IHookFunctions;
	telegent: Telegent;
	accountSecret: string;
	/** The Telegent account, for locks; no secret can be read from it. */
	account: string;
	baseUrl: string;
	self: Self;
	/** Whether `self.test` is known, and not only assumed. */
	testIsCertain: boolean;
	/** Whom a secret is made for. */
	holder: string;
	event: TriggerEvent;
	way: Way;
	options: { accountId?: string; allowTests?: boolean; takeOver?: boolean };
	registrations: Registrations;
	/** Of this trigger's address, from static data. */
	known?: Registration;
}

/**
 * Reads what a webhook method works with. Makes no call to Telegent.
 * @throws NodeOperationError where the credential or a parameter is missing
 */
export async function situationOf(context: IHookFunctions): Promise<Situation> {
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const { event, way } = choiceOf(context);
	const url = context.getNodeWebhookUrl('default') as string;
	const registrations = registrationsOf(context);
	const known = registrations[url];
	const { id, name } = context.getWorkflow();
	const self = { workflow: String(id), name: cleanWorkflowName(name) || undefined };
	const mode = context.getMode();
	const test = known?.test ?? mode === 'manual';
	const { accountId, ...options } = context.getNodeParameter('options', {}) as IDataObject;
	return {
		context,
		telegent: await connect(context),
		accountSecret: credential.accountSecret,
		account: accountDigest(credential),
		baseUrl: credential.baseUrl,
		self: { ...self, url, test },
		// n8n deletes with the mode "internal", a test's webhook too.
		testIsCertain: known !== undefined || mode === 'manual' || mode === 'trigger',
		holder: holderOf(context, test),
		event,
		way,
		options: { ...options, accountId: chosenIn(accountId) || undefined },
		registrations,
		known,
	};
}

/** Event and way to listen, as the parameters say. @throws NodeOperationError where they do not go together */
export function chosen(context: IHookFunctions | IWebhookFunctions): { event: TriggerEvent; way: Way } {
	const { event, way } = choiceOf(context);
	if (event.ways.includes(way)) return { event, way };
	throw refusal(
		{ context },
		`"${event.name}" cannot be heard that way: choose Listen On again`,
		'Nothing was changed at Telegent.',
	);
}

function choiceOf(context: IHookFunctions | IWebhookFunctions): { event: TriggerEvent; way: Way } {
	const event = eventOf(context.getNodeParameter('event', 'messageReceived') as string);
	return { event, way: context.getNodeParameter('listenOn', event.ways[0]) as Way };
}

/** One registration for each address: test and production differ. */
export function registrationsOf(context: IHookFunctions | IWebhookFunctions): Registrations {
	return context.getWorkflowStaticData('node') as Registrations;
}

/** Whom a secret is made for: this trigger of this workflow, as a test or in production, wherever n8n runs. */
export function holderOf(context: IHookFunctions | IWebhookFunctions, test: boolean): string {
	return `${context.getWorkflow().id} ${triggerOf(context.getNode())} ${test ? 'test' : 'production'}`;
}

/** What tells this trigger from others: the part of its address that nobody else has. */
export function triggerOf({ id, webhookId }: Pick<INode, 'id' | 'webhookId'>): string {
	return webhookId || id;
}

/** The chosen message route. */
export function chosenRoute(context: IHookFunctions): string {
	return chosenIn(context.getNodeParameter('messageRouteId', ''));
}

/** The numbers for a route of their own, in E.164. */
export function chosenNumbers({ context, telegent }: Situation): string[] {
	const given = list(context.getNodeParameter('phoneNumbers', [])).map((number) => {
		try {
			return toE164(String(number), telegent.countryCode);
		} catch (error) {
			throw new NodeOperationError(context.getNode(), `Phone Numbers: ${(error as Error).message}`);
		}
	});
	return [...new Set(given)];
}

/** A workflow that uses what the trigger wants, as its note at Telegent describes it. */
export interface OtherWorkflow {
	workflow: string;
	name?: string;
	/** Its webhook URL. */
	url: string | null;
}

/** How messages call another workflow: by its name, with a link where it is in this n8n. */
export function describeWorkflow(
	{ context, self }: Pick<Situation, 'context' | 'self'>,
	{ name, url, workflow }: OtherWorkflow,
): { label: string; where: string } {
	const link = workflowLink(workflow, context.getInstanceBaseUrl(), url, self.url);
	const id = name ? `workflow ${workflow} ` : '';
	return {
		label: `workflow ${workflowLabel(workflow, name)}`,
		where: link ?? `${id}in the n8n at ${hostOf(url)}`,
	};
}

/** How to avoid a conflict by using the local sandbox; empty for those who use it already. */
export function sandboxAdvice({ baseUrl }: Pick<Situation, 'baseUrl'>): string {
	return isOnThisMachine(baseUrl) ? '' : ', or use the local sandbox';
}

/**
 * Words for people, with what to do next. All of it is the message: n8n shows nothing else of what goes wrong while
 * a workflow is published or a test begins.
 */
export function refusal(
	{ context }: { context: Pick<IHookFunctions, 'getNode'> },
	reason: string,
	wayOut: string,
): NodeOperationError {
	return new NodeOperationError(context.getNode(), `${reason}. ${wayOut}`);
}
