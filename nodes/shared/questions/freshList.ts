import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { listQuestionWebhooks, type QuestionWebhook } from './webhook';

type ListedQuestions = Promise<QuestionWebhook[]>;
/** By account. An entry leaves when its request has ended. */
const listing = processState(new Map<string, ListedQuestions>());
const next = processState(new Map<string, ListedQuestions>());

/**
 * The open questions of the account, as listed after this call. Calls that come while Telegent lists them share the next
 * list: a hundred replies at once take a few requests.
 * @throws NodeApiError if Telegent does not list them
 */
export async function freshList(
	telegent: TelegentClient,
	account: string,
	accountId?: string,
): ListedQuestions {
	const key = `${account} ${accountId ?? ''}`;
	const current = listing.get(key);
	if (!current) return await startList(key, telegent, accountId);
	const scheduled = next.get(key) ?? whenEnded(current, key, telegent, accountId);
	next.set(key, scheduled);
	return await scheduled;
}

async function whenEnded(
	current: ListedQuestions,
	key: string,
	telegent: TelegentClient,
	accountId?: string,
): ListedQuestions {
	await settle(current);
	next.delete(key);
	return await startList(key, telegent, accountId);
}

async function startList(key: string, telegent: TelegentClient, accountId?: string): ListedQuestions {
	const list = listQuestionWebhooks(telegent, accountId);
	listing.set(key, list);
	await settle(list);
	if (listing.get(key) === list) listing.delete(key);
	return await list;
}
