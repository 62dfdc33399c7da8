import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import { connect, CREDENTIAL, type TelegentClient } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { locatorText } from '../../shared/form/locator';
import { toE164 } from '../../shared/phone/e164';
import { list } from '../../shared/values';
import { isOnThisMachine } from '../../shared/publicUrl';
import { type TriggerEvent, type ListenMode } from '../../shared/inbound/events';
import type { TriggerIdentity } from './ownership';
import { cleanWorkflowName, hostOf, workflowLabel, workflowLink } from '../../shared/routes/workflowName';
import {
	choiceOf,
	secretAudience,
	storedRegistrations,
	type Registration,
	type Registrations,
} from './config';

/** Everything that a webhook method works with. */
export interface RegistrationContext {
	context: IHookFunctions;
	telegent: TelegentClient;
	accountSecret: string;
	/** The Telegent account, for locks; no secret can be read from it. */
	account: string;
	baseUrl: string;
	identity: TriggerIdentity;
	/** Whether `self.test` is known, and not only assumed. */
	testIsCertain: boolean;
	/** Whom a secret is made for. */
	holder: string;
	event: TriggerEvent;
	listenMode: ListenMode;
	options: { accountId?: string; allowTests?: boolean; takeOver?: boolean };
	registrations: Registrations;
	/** Of this trigger's address, from static data. */
	stored?: Registration;
}

/**
 * Reads what a webhook method works with. Makes no call to Telegent.
 * @throws NodeOperationError where the credential or a parameter is missing
 */
export async function createContext(context: IHookFunctions): Promise<RegistrationContext> {
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const { event, way: listenMode } = choiceOf(context);
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
		// n8n deletes with the mode "internal", a test's webhook too.
		testIsCertain: stored !== undefined || mode === 'manual' || mode === 'trigger',
		holder: secretAudience(context, test),
		event,
		listenMode,
		options: { ...options, accountId: locatorText(accountId) || undefined },
		registrations,
		stored,
	};
}

/** The chosen message route. */
export function chosenRoute(context: IHookFunctions): string {
	return locatorText(context.getNodeParameter('messageRouteId', ''));
}

/** The numbers for a route of their own, in E.164. */
export function chosenNumbers({ context, telegent }: RegistrationContext): string[] {
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

/** How to avoid a conflict by using the local sandbox; empty for those who use it already. */
export function sandboxAdvice({ baseUrl }: Pick<RegistrationContext, 'baseUrl'>): string {
	return isOnThisMachine(baseUrl) ? '' : ', or use the local sandbox';
}
