import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { connectWith, CREDENTIAL } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import type { PendingQuestion } from './question';
import type { QuestionClient } from './scheduledRemoval';

/** What a call to a question works with. */
export interface Connected {
	account: string;
	client: QuestionClient;
}

const MAX_CREDENTIALS = 1_000;
const MAX_AGE_MS = 60_000;

/** By account. Reading a credential takes n8n database connections, of which it has two by default, and an isolate. */
const credentials = processState(
	new BoundedMap<string, Promise<TelegentCredential>>(MAX_CREDENTIALS, MAX_AGE_MS),
);

/**
 * The client for a question's account. The credential is read once for replies that come at the same moment.
 * @throws Error if n8n can't read the credential
 */
export async function connectedTo(context: IWebhookFunctions, question: PendingQuestion): Promise<Connected> {
	const credential = await credentialOf(context, question.account);
	const client = {
		telegent: connectWith(context, credential),
		logger: context.logger,
		request: async (options: IHttpRequestOptions) =>
			await (context.helpers.httpRequest(options) as Promise<unknown>),
	};
	return { account: accountDigest(credential), client };
}

async function credentialOf(context: IWebhookFunctions, account?: string): Promise<TelegentCredential> {
	const known = account === undefined ? undefined : credentials.get(account);
	if (known) return await known;
	const reading = context.getCredentials<TelegentCredential>(CREDENTIAL);
	if (account === undefined) return await reading;
	credentials.set(account, reading);
	const result = await settle(reading);
	// Somebody may have changed the credential since the question was asked.
	if ('error' in result || accountDigest(result.value) !== account) credentials.delete(account);
	return await reading;
}
