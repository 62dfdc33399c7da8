import { type IDataObject, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';
import { settle } from '../../../transport/result';
import { messagesSince } from '../../shared/messageLog';
import { hasQuestion } from '../../shared/questions/openQuestions';
import { bearerOf, isSecretOf } from '../../shared/secrets';
import type { Item } from '../engine/operation';
import { deliveryIn } from '../send/deliveryStatus';
import { questionCall, staysOpen } from './questionCall';
import { loadQuestion, type PendingQuestion } from './question';

/* A question that was not delivered gets no reply: its execution continues at once instead of at the time limit. */

/** Pauses between the looks: 8 s, 30 s and 2 minutes after the question. None follows one that tells the outcome. */
const PAUSES_MS = [8_000, 22_000, 90_000];
/** Largest difference between Telegent's clock and ours, with the time that sending takes. */
const ASKED_TOLERANCE_MS = 5 * 60_000;

/** Not one of Telegent's events. */
const EVENT = 'n8n_Question_Not_Delivered';

/**
 * Looks a few times at Telegent's message list, and resumes the execution if the question was not delivered. Ends with
 * the process: then the time limit counts. Never throws.
 * @param withdraw removes the question's webhook
 */
export async function endIfNotDelivered(
	{ context, telegent }: Item,
	{ askedAt, messageId, to }: PendingQuestion,
	{ secret, url }: { secret: string; url: string },
	withdraw: () => Promise<void>,
): Promise<void> {
	for (const pause of PAUSES_MS) {
		if (!(await staysOpen(url, pause))) return;
		const read = await settle(messagesSince(telegent, to, askedAt - ASKED_TOLERANCE_MS, 1));
		const listed = 'value' in read ? read.value.messages : [];
		const own = listed.filter(({ id }) => id === messageId);
		const { delivery, reason } = deliveryIn(own, [to]);
		if (delivery === 'delivered') return;
		if (delivery === 'unknown') continue;
		if (!hasQuestion(url)) return;
		const request = questionCall(url, secret, { Event: EVENT, Reason: reason });
		const resumed = await settle(context.helpers.httpRequest(request) as Promise<unknown>);
		if ('value' in resumed) return await withdraw();
		const { message } = resumed.error as Error;
		context.logger.warn(
			`Telegent: the question wasn't delivered, and its execution couldn't be resumed: ${message}`,
		);
	}
}

/** What resumes the execution where this process says that its question was not delivered; undefined for other calls. */
export function resumeUndelivered(context: IWebhookFunctions): IWebhookResponseData | undefined {
	const { Event, Reason } = (context.getBodyData() ?? {}) as IDataObject;
	if (Event !== EVENT) return undefined;
	const question = loadQuestion(context);
	const secret = bearerOf(context.getHeaderData().authorization);
	if (!question || secret === undefined || !isSecretOf(secret, question.secretDigest)) return undefined;
	const json = {
		replied: false,
		matched: false,
		answer: null,
		from: question.to,
		to: question.from,
		respondedAt: null,
		askedAt: new Date(question.askedAt).toISOString(),
		waitedUntil: new Date().toISOString(),
		sentMessageId: question.messageId || null,
		delivered: false,
		deliveryReason: Reason ?? null,
		...(question.review && { approved: false }),
	};
	return { webhookResponse: { message: 'Continued' }, workflowData: [[{ json, pairedItem: { item: 0 } }]] };
}
