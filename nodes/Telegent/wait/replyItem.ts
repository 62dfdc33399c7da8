import type { IDataObject } from 'n8n-workflow';
import type { Parsed } from './expected';
import type { Reply } from './matchReply';
import type { PendingQuestion } from './question';

/** The output item for a reply. */
export function replyItem(
	{ reply, question }: { reply: Reply; question: PendingQuestion },
	parsed: Parsed,
	reAsks: number,
): IDataObject {
	const respondedAt = new Date();
	return {
		replied: true,
		matched: parsed !== undefined,
		answer: parsed ?? null,
		intent: reply.intent,
		intentBy: reply.intentBy,
		body: reply.body,
		from: question.to,
		to: question.from,
		media: reply.media,
		segments: reply.segments,
		messageId: reply.messageId,
		receivedAt: reply.receivedAt,
		// By n8n's clock, under the name that n8n's own nodes give it; `receivedAt` is by Telegent's.
		respondedAt: respondedAt.toISOString(),
		responder: responderOf(question),
		askedAt: new Date(question.askedAt).toISOString(),
		sentMessageId: question.messageId || null,
		secondsWaited: Math.max(0, Math.round((respondedAt.getTime() - question.askedAt) / 1000)),
		reAsks,
		raw: reply.raw,
		...(question.review && reviewFields(parsed, reply.body)),
	};
}

/** Fields that n8n reads for a human review. A reply other than yes or no is passed to the agent as feedback. */
function reviewFields(parsed: Parsed, body: string): IDataObject {
	return { approved: parsed === true, ...(parsed === undefined && { chatInput: body }) };
}

/**
 * Who answered, in the form of n8n's Slack and Telegram nodes: `id` and `source`. For a text message the number is the ID.
 * `to` is the number that received the reply.
 */
function responderOf({ from, to }: PendingQuestion): IDataObject {
	return { id: to, phoneNumber: to, to: from, source: 'telegent' };
}
