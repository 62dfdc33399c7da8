import { createHash } from 'crypto';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import type { Message } from '../phone/compare';
import { REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../dedupe';

interface Identified extends Message {
	messageId?: unknown;
	body?: unknown;
}

/** Per account: message IDs are not documented as unique across accounts. */
const inAccount = (account: string, message: Identified) => `${account} ${messageFingerprint(message)}`;
const MAX_CLAIMS = 50_000;
/** Resume URL of the question that claimed a message, by account and message. */
const claims = processState(new BoundedMap<string, string>(MAX_CLAIMS));

/** Identifies a message; the same for each delivery, at every webhook. */
export function messageFingerprint({ body, from, messageId }: Identified): string {
	const identity = messageId ? `id ${String(messageId)}` : `text ${String(from)} ${String(body)}`;
	return createHash('sha256').update(identity).digest('base64url').slice(0, 12);
}

/**
 * Claims a message for the question with this resume URL.
 * @returns `first`, or `again` if this question claimed it before, or `other` if another question did
 */
export function claimReply(
	account: string,
	message: Identified,
	url: string,
	now: number,
): 'first' | 'again' | 'other' {
	const mark = inAccount(account, message);
	const claimedBy = claims.get(mark, now);
	if (claimedBy !== undefined) return claimedBy === url ? 'again' : 'other';
	claims.set(mark, url, now, message.messageId ? REMEMBERED_MS : REMEMBERED_WITHOUT_ID_MS);
	return 'first';
}

/** Whether a question claimed this message. */
export function isClaimed(account: string, message: Identified, now: number): boolean {
	return claims.has(inAccount(account, message), now);
}

/** Releases a claim if the question could not be resumed: the next delivery counts. */
export function releaseReply(account: string, message: Identified): void {
	claims.delete(inAccount(account, message));
}
