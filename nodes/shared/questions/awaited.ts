import { sleep, type IDataObject, type IWebhookFunctions } from 'n8n-workflow';
import { BoundedMap } from '../../../transport/boundedMap';
import { connect, CREDENTIAL, type TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { accountDigest, type TelegentCredential } from '../../../transport/token';
import { settle } from '../../../transport/result';
import { locatorText } from '../form/locator';
import { isBetween } from '../phone/compare';
import { listQuestionWebhooks, type QuestionWebhook } from './webhook';
import { isAwaitedInProcess } from './openQuestions';
import { isClaimed, messageFingerprint } from './claims';

/** Telegent is asked this often at most, however many messages come in: those of a burst wait for the next list. */
const LIST_INTERVAL_MS = 2_000;

const MAX_LISTED_ACCOUNTS = 1_000;

type Questions = Promise<QuestionWebhook[] | undefined>;
/** By account: the list that is not requested yet, and when the latest one was. */
const nextList = processState(new BoundedMap<string, Questions>(MAX_LISTED_ACCOUNTS));
const latestList = processState(new BoundedMap<string, number>(MAX_LISTED_ACCOUNTS));

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
	const connected = async () => await connect(context);
	const questions = await questionsOf(connected, account, locatorText(accountId) || undefined);
	// Where Telegent does not say, the trigger starts: a message too many is better than one that nobody gets.
	return (questions ?? []).some(({ state }) => {
		if (state.answered || state.deadline < Date.now())
			return state.lastFingerprint === messageFingerprint(shape);
		return isBetween(shape, state.from, state.to);
	});
}

/**
 * The open questions at Telegent, as listed after this call: any n8n process may have asked one a moment ago. Undefined
 * where Telegent does not say.
 */
export async function questionsOf(
	connected: () => Promise<TelegentClient>,
	account: string,
	accountId?: string,
): Questions {
	const key = `${account} ${accountId ?? ''}`;
	const scheduled = nextList.get(key);
	if (scheduled) return await scheduled;
	const questions = (async () => {
		await sleep(Math.max(0, (latestList.get(key) ?? 0) + LIST_INTERVAL_MS - Date.now()));
		nextList.delete(key);
		latestList.set(key, Date.now());
		const result = await settle(listQuestionWebhooks(await connected(), accountId || undefined));
		return 'value' in result ? result.value : undefined;
	})();
	nextList.set(key, questions);
	return await questions;
}
