import type { TelegentClient } from '../../../transport/client';
import { processState } from '../../../transport/processState';
import { settle } from '../../../transport/result';
import { listQuestionWebhooks, type QuestionWebhook } from './webhook';

type Questions = Promise<QuestionWebhook[]>;
/** By account. An entry leaves when its request has ended. */
const running = processState(new Map<string, Questions>());
const next = processState(new Map<string, Questions>());

/**
 * The open questions of the account, as listed after this call. Calls that come while Telegent lists them share the next
 * list: a hundred replies at once take a few requests.
 * @throws NodeApiError if Telegent does not list them
 */
export async function freshList(telegent: TelegentClient, account: string, accountId?: string): Questions {
	const key = `${account} ${accountId ?? ''}`;
	const current = running.get(key);
	if (!current) return await start(key, telegent, accountId);
	const scheduled = next.get(key) ?? whenEnded(current, key, telegent, accountId);
	next.set(key, scheduled);
	return await scheduled;
}

async function whenEnded(
	current: Questions,
	key: string,
	telegent: TelegentClient,
	accountId?: string,
): Questions {
	await settle(current);
	next.delete(key);
	return await start(key, telegent, accountId);
}

async function start(key: string, telegent: TelegentClient, accountId?: string): Questions {
	const list = listQuestionWebhooks(telegent, accountId);
	running.set(key, list);
	await settle(list);
	if (running.get(key) === list) running.delete(key);
	return await list;
}
