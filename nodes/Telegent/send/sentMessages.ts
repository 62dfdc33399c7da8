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
 * The item's message, the newest of several; `absent` where the list surely has none; `other` where it has one that may
 * be the item's: to some of the recipients only, without a readable time, or without a text.
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

function isCandidate(message: LoggedMessage, sent: SentMessage): boolean {
	const { body, from, outbound, to } = message;
	const overlaps = to.some((number) => sent.to.includes(number));
	const mayBeText = !hasText(message) || comparable(body) === comparable(sent.body);
	return outbound && from === sent.from && overlaps && mayBeText;
}

function isExact(message: LoggedMessage, sent: SentMessage): boolean {
	const { at, to } = message;
	const wanted = new Set(sent.to);
	const listed = new Set(to);
	const equal = listed.size === wanted.size && [...listed].every((number) => wanted.has(number));
	return equal && !Number.isNaN(at) && hasText(message);
}

/** Whether the list shows texts of messages. The text of a picture without words can be null. */
const hasText = ({ record }: LoggedMessage) => record.Body !== undefined;

/** Telegent may store line breaks and accents in another form. */
const comparable = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
