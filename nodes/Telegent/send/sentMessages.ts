import type { LoggedMessage, LogExcerpt } from '../../shared/messageLog';

/* Finding the message of an item in Telegent's message list. Pure. */

/** What is looked for: one request to send. */
export interface SentMessage {
	from: string;
	/** In E.164. */
	to: string[];
	body: string;
}

/**
 * The item's message, the newest of several; `absent` where the list surely has none; `other` where it has one that may be the item's: to some
 * of the recipients only, or without a readable time.
 */
export type Finding = LoggedMessage | 'absent' | 'other' | 'incomplete';

/**
 * @param excerpt the list of the sender or of a recipient
 * @param isTaken whether the message with this ID belongs to another item
 */
export function findMessage(
	sent: SentMessage,
	{ complete, messages }: LogExcerpt,
	isTaken: (id: string) => boolean,
): Finding {
	const candidates = messages.filter((message) => isCandidate(message, sent) && !isTaken(message.id));
	const exact = candidates.filter((message) => isExact(message, sent));
	if (exact.length > 0) return exact.reduce((newest, one) => (one.at > newest.at ? one : newest));
	if (candidates.length > 0) return 'other';
	return complete ? 'absent' : 'incomplete';
}

function isCandidate({ body, from, outbound, to }: LoggedMessage, sent: SentMessage): boolean {
	const overlaps = to.some((number) => sent.to.includes(number));
	return outbound && from === sent.from && overlaps && body.trim() === sent.body.trim();
}

function isExact({ at, to }: LoggedMessage, sent: SentMessage): boolean {
	const wanted = new Set(sent.to);
	const listed = new Set(to);
	return (
		!Number.isNaN(at) && listed.size === wanted.size && [...listed].every((number) => wanted.has(number))
	);
}
