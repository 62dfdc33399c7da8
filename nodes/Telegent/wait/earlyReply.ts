import { type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { settle } from '../../../transport/result';
import { findMessages } from '../../shared/messageLog';
import type { PendingQuestion } from './question';
import { awaitedReplyIn } from './matchReply';
import { questionCall, staysOpen } from './questionCall';
import { hasQuestion } from '../../shared/questions/openQuestions';
import { isClaimed } from '../../shared/questions/claims';

/* n8n rejects requests for an execution that it has not stored as waiting yet. A reply in this moment, such as an
   auto-reply, would be lost unless Telegent retries, which its documentation does not say. */

const EARLY_REPLY_DELAY_MS = 4_000;

/** Checks once, after a delay, for a reply that arrived too early, and delivers it as Telegent would. Never throws. */
export async function lookForEarlyReply(
	{ helpers, logger }: IExecuteFunctions,
	telegent: TelegentClient,
	pending: PendingQuestion,
	{ account, registered: { url }, secret }: { account: string; registered: { url: string }; secret: string },
): Promise<void> {
	if (!(await staysOpen(url, EARLY_REPLY_DELAY_MS))) return;
	const read = await settle(findMessages(telegent, pending.to, { maxPages: 1 }));
	const messages = 'value' in read ? read.value.messages : [];
	const early = earlyReply(
		messages.map(({ record }) => record),
		pending,
	);
	if (!early || !hasQuestion(url) || isClaimed(account, early, Date.now())) return;
	const request = questionCall(url, secret, { Event: 'New_Sms', ...(early.raw as IDataObject) });
	const delivered = await settle(helpers.httpRequest(request) as Promise<unknown>);
	if ('error' in delivered)
		logger.warn(`Telegent: an early reply couldn't be delivered: ${(delivered.error as Error).message}`);
}

/** The first reply after the question, by Telegent's timestamps; undefined if the question is not listed. Pure. */
export function earlyReply(messages: IDataObject[], pending: PendingQuestion): IDataObject | undefined {
	const timeOf = ({ CreatedAt }: IDataObject) => Date.parse(String(CreatedAt));
	const question = messages.find(({ MessageId }) => MessageId === pending.messageId);
	if (!question || pending.messageId === '') return undefined;
	const later = messages
		.filter((message) => timeOf(message) >= timeOf(question) && /^in/i.test(String(message.Direction)))
		.sort((a, b) => timeOf(a) - timeOf(b));
	return awaitedReplyIn(later, pending, new Date());
}
