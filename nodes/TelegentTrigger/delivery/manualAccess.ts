import type { IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { CREDENTIAL } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import type { TelegentCredential } from '../../../transport/token';
import { basicOf, bearerOf, digest, equalText, isSecretOf, manualToken } from '../../shared/secrets';
import { triggerKey } from '../registration/config';

/** After a change of the account secret, the previous token is accepted this long at most. */
const ACCEPTED_MS = 60_000;
const MAX_TRIGGERS = 10_000;

/** Digests of accepted tokens. n8n 2.40 makes an isolate of 40 to 50 ms each time that `webhook()` reads a credential. */
const accepted = processState(new BoundedMap<string, string>(MAX_TRIGGERS, ACCEPTED_MS));

/** Manual mode accepts the token as Bearer, or as the password of Basic with any user name. */
export async function hasManualToken(context: IWebhookFunctions, authorization?: string): Promise<boolean> {
	const given = bearerOf(authorization) ?? basicOf(authorization)?.[1];
	if (given === undefined) return false;
	const node = context.getNode();
	const trigger = `${context.getWorkflow().id} ${triggerKey(node)} ${node.credentials?.[CREDENTIAL]?.id}`;
	const known = accepted.get(trigger);
	if (known !== undefined && isSecretOf(given, known)) return true;
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	if (!equalText(given, manualToken(accountSecret, triggerKey(node)))) return false;
	accepted.set(trigger, digest(given));
	return true;
}
