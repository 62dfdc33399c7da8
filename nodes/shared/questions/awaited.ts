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

/** Telegent is asked this often at most, however many messages come in. */
const CACHED_MS = 2_000;

const MAX_CACHED_ACCOUNTS = 1_000;

/** By account, with the registry's version at the time: newer questions are not in the list. */
const cached = processState(
	new BoundedMap<string, { version: number; questions: Promise<QuestionWebhook[]> }>(
		MAX_CACHED_ACCOUNTS,
		CACHED_MS,
	),
);

/**
 * Whether a Send and Wait for Reply waits for this message, or has just had it. Opt-outs belong to everyone: a
 * workflow that keeps the suppression list must receive them.
 */
export async function isAwaited(context: IWebhookFunctions, shape: IDataObject): Promise<boolean> {
	if (shape.intent === 'optOut') return false;
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

/** None where Telegent does not say: a message too many is better than one that nobody gets. */
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
