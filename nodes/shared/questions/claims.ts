import { createHash } from 'crypto';
import type { Message } from '../phone/compare';
import { REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../dedupe';

interface Identified extends Message {
	messageId?: unknown;
	body?: unknown;
}

/** In one account: nobody says that ids are unique beyond it. */
const inAccount = (account: string, message: Identified) => `${account} ${messageFingerprint(message)}`;
const MAX_CLAIMS = 50000;
export const claims = new Map<string, { url: string; until: number }>();

/** Short name of a message, the same for each of its deliveries, whichever webhook they come to. */
export function messageFingerprint({ body, from, messageId }: Identified): string {
	const identity = messageId ? `id ${String(messageId)}` : `text ${String(from)} ${String(body)}`;
	return createHash('sha256').update(identity).digest('base64url').slice(0, 12);
}

/**
 * Takes a message for the question with this address.
 * @returns `first`, or `again` where it has it already, or `other` where another question has it
 */
export function claimReply(
	account: string,
	message: Identified,
	url: string,
	now: number,
): 'first' | 'again' | 'other' {
	const mark = inAccount(account, message);
	const holder = claims.get(mark);
	if (holder && holder.until > now) return holder.url === url ? 'again' : 'other';
	claims.delete(mark);
	claims.set(mark, { url, until: now + (message.messageId ? REMEMBERED_MS : REMEMBERED_WITHOUT_ID_MS) });
	for (const [oldest, { until }] of claims) {
		if (until > now && claims.size <= MAX_CLAIMS) break;
		claims.delete(oldest);
	}
	return 'first';
}

/** Whether a question has this message. */
export function isClaimed(account: string, message: Identified, now: number): boolean {
	return (claims.get(inAccount(account, message))?.until ?? 0) > now;
}

/** The question could not be answered with it after all: its next delivery counts. */
export function releaseReply(account: string, message: Identified): void {
	claims.delete(inAccount(account, message));
}
