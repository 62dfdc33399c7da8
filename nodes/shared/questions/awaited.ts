import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { connect, CREDENTIAL } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { settle } from '../../../transport/result';
import { locatorText } from '../form/locator';
import { isBetween } from '../phone/compare';
import { listQuestionWebhooks, type QuestionWebhook } from './webhook';
import { registryVersion, isAwaitedInProcess } from './openQuestions';
import { isClaimed, messageFingerprint } from './claims';

/** Minimum time between two requests for the open questions, however many messages arrive. */
const CACHED_MS = 2_000;

const MAX_CACHED_ACCOUNTS = 1_000;

/** By account, with the registry's version at that time: the list lacks newer questions. */
const cached = processState(
	new BoundedMap<string, { version: number; questions: Promise<QuestionWebhook[]> }>(
		MAX_CACHED_ACCOUNTS,
		CACHED_MS,
	),
);

/**
 * Whether a Send and Wait for Response waits for this message, or has just received it. Never true for opt-outs and HELP:
 * carriers expect a response to both at any time, and the workflow that responds must receive them.
 */
export async function isAwaited(context: IWebhookFunctions, shape: IDataObject): Promise<boolean> {
	if (shape.intent === 'optOut' || shape.intent === 'help') return false;
	const credential = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	const account = accountDigest(credential);
	if (isClaimed(account, shape, Date.now()) || isAwaitedInProcess(account, shape)) return true;
	const { accountId } = context.getNodeParameter('options', {}) as IDataObject;
	const questions = await questionsOf(context, account, locatorText(accountId) || undefined);
	return questions.some(({ state }) => {
		if (state.answered || state.deadline < Date.now())
			return state.lastFingerprint === messageFingerprint(shape);
		return isBetween(shape, state.from, state.to);
	});
}

/** Empty if the request fails: starting a workflow for a reply is better than losing a message. */
async function questionsOf(
	context: IWebhookFunctions,
	account: string,
	accountId?: string,
): Promise<QuestionWebhook[]> {
	const key = `${account} ${accountId ?? ''}`;
	const known = cached.get(key);
	const version = registryVersion();
	if (known?.version === version) return await known.questions;
	const questions = connect(context).then(async (telegent) => {
		const result = await settle(listQuestionWebhooks(telegent, accountId || undefined));
		return 'value' in result ? result.value : [];
	});
	cached.set(key, { version, questions });
	return await questions;
}
