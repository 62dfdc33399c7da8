import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import { connect, CREDENTIAL, type TelegentClient } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { locatorText } from '../../shared/form/locator';
import { toE164 } from '../../shared/phone/e164';
import { list } from '../../shared/values';
import { NOTHING_CHANGED, withLabel } from '../../shared/wording';
import { isOnThisMachine } from '../../shared/publicUrl';
import { type TriggerEvent, type ListenMode } from '../../shared/inbound/events';
import type { TriggerIdentity } from './ownership';
import { cleanWorkflowName, hostOf, workflowLabel, workflowLink } from '../../shared/routes/workflowName';
import {
	readChosenEvent,
	secretAudience,
	storedRegistrations,
	type Registration,
	type Registrations,
} from './config';

/** State shared by all steps of one webhook method (checkExists, create, delete). */
export interface RegistrationContext {
	context: IHookFunctions;
	telegent: TelegentClient;
	accountSecret: string;
	/** Digest of the account credentials: the mutex key. */
	account: string;
	baseUrl: string;
	identity: TriggerIdentity;
	/** False if `identity.test` is only assumed. */
	testIsCertain: boolean;
	/** What a secret is bound to. */
	audience: string;
	event: TriggerEvent;
	listenMode: ListenMode;
	options: { accountId?: string; allowTests?: boolean; takeOver?: boolean };
	registrations: Registrations;
	/** The cached registration of this webhook URL. */
	stored?: Registration;
}

/**
 * Builds the context from parameters, credential and static data. Makes no API call.
 * @throws NodeOperationError if the credential or a parameter is missing
 */
export async function createContext(context: IHookFunctions): Promise<RegistrationContext> {
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const { event, listenMode } = readChosenEvent(context);
	const url = context.getNodeWebhookUrl('default') as string;
	const registrations = storedRegistrations(context);
	const stored = registrations[url];
	const { id, name } = context.getWorkflow();
	const identity = { workflow: String(id), name: cleanWorkflowName(name) || undefined };
	const mode = context.getMode();
	const test = stored?.test ?? mode === 'manual';
	const { accountId, ...options } = context.getNodeParameter('options', {}) as IDataObject;
	return {
		context,
		telegent: await connect(context),
		accountSecret: credential.accountSecret,
		account: accountDigest(credential),
		baseUrl: credential.baseUrl,
		identity: { ...identity, url, test },
		// n8n calls delete with mode "internal", also for test webhooks.
		testIsCertain: stored !== undefined || mode === 'manual' || mode === 'trigger',
		audience: secretAudience(context, test),
		event,
		listenMode,
		options: { ...options, accountId: locatorText(accountId) || undefined },
		registrations,
		stored,
	};
}

/** ID of the chosen message route; empty if none is. */
export function chosenRoute(context: IHookFunctions): string {
	return locatorText(context.getNodeParameter('messageRouteId', ''));
}

/** The chosen numbers in E.164, without duplicates. */
export function chosenNumbers({ context, telegent }: RegistrationContext): string[] {
	const numbers = list(context.getNodeParameter('phoneNumbers', [])).map((number) => {
		try {
			return toE164(String(number), telegent.countryCode);
		} catch (error) {
			const message = `${withLabel('Phone Number Names or IDs', (error as Error).message)}. ${NOTHING_CHANGED}`;
			throw new NodeOperationError(context.getNode(), message);
		}
	});
	return [...new Set(numbers)];
}

/** A workflow that owns what the trigger wants, as described by its owner note. */
export interface OtherWorkflow {
	workflow: string;
	name?: string;
	/** Its webhook URL. */
	url: string | null;
}

/** Texts for another workflow: its name, and a link if it is in this n8n. */
export function describeWorkflow(
	{ context, identity }: Pick<RegistrationContext, 'context' | 'identity'>,
	{ name, url, workflow }: OtherWorkflow,
): { label: string; where: string } {
	const link = workflowLink(workflow, context.getInstanceBaseUrl(), url, identity.url);
	const id = name ? `workflow ${workflow} ` : '';
	return {
		label: `workflow ${workflowLabel(workflow, name)}`,
		where: link ?? `${id}in the n8n at ${hostOf(url)}`,
	};
}

/** Advice to use the local sandbox; empty if the credential uses it already. */
export function sandboxAdvice({ baseUrl }: Pick<RegistrationContext, 'baseUrl'>): string {
	return isOnThisMachine(baseUrl) ? '' : ', or use the local sandbox';
}

/** What ends the takeover of a route or number, for logs. */
export function untilWhen({ test }: TriggerIdentity): string {
	return test ? 'the end of the test' : 'unpublishing the workflow';
}
