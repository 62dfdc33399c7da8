import { settle } from '../../../transport/result';
import { freshList } from '../../shared/questions/freshList';
import { callFor, dispatchersOf, shareable, SHARED_FROM } from '../../shared/questions/sharing';
import type { QuestionWebhook } from '../../shared/questions/webhook';
import { scheduleSweeps, type QuestionClient } from './scheduledRemoval';
import { countOfOpen, countQuestion, isWaiting } from './staleWebhooks';

/**
 * For which messages Telegent is to call a new question. It relies on other questions only where Telegent lists their
 * secrets, and where n8n says, at the address that messages are forwarded to, that their executions wait. Never throws.
 */
export async function chooseCalled(
	client: QuestionClient,
	account: string,
	{ accountId, state, url }: Pick<QuestionWebhook, 'accountId' | 'state' | 'url'>,
): Promise<QuestionWebhook['called']> {
	const count = countOfOpen(account, accountId);
	countQuestion(account, accountId);
	if (count !== undefined && count < SHARED_FROM) return 'itself';
	const listed = await settle(freshList(client.telegent, account, accountId));
	if ('error' in listed) return 'itself';
	const open = shareable(listed.value, url, Date.now());
	const dead: QuestionWebhook[] = [];
	for (const one of dispatchersOf(open)) if (!(await isWaiting(client.request, one))) dead.push(one);
	const called = callFor(
		state,
		open.filter((one) => !dead.includes(one)),
	);
	// Removes what has ended, and keeps few of them called.
	if (dead.length > 0 || called === 'dispatcher') scheduleSweeps({ accountId, url }, account, client, 0);
	return called;
}
