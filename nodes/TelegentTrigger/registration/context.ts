import { NodeOperationError, type IDataObject, type IHookFunctions } from 'n8n-workflow';
import { connect, CREDENTIAL, type Telegent } from '../../../transport/client';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { chosenIn } from '../../shared/form/locator';
import { toE164 } from '../../shared/phone/e164';
import { list } from '../../shared/values';
import { isOnThisMachine } from '../../shared/publicUrl';
import { type TriggerEvent, type Way } from '../../shared/inbound/events';
import type { Self } from './ownership';
import { cleanWorkflowName, hostOf, workflowLabel, workflowLink } from '../../shared/routes/workflowName';
import { choiceOf, holderOf, Registration, Registrations, registrationsOf } from './config';

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
