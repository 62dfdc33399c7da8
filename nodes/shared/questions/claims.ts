import { createHash } from 'crypto';
import { BoundedMap } from '../../../transport/boundedMap';
import { processState } from '../../../transport/processState';
import type { Message } from '../phone/compare';
import { REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../dedupe';

interface Identified extends Message {
	messageId?: unknown;
	body?: unknown;
}

/** In one account: nobody says that ids are unique beyond it. */
const inAccount = (account: string, message: Identified) => `${account} ${messageFingerprint(message)}`;
const MAX_CLAIMS = 50_000;
/** The resume URL of the question that has a message, by account and message. */
const claims = processState(new BoundedMap<string, string>(MAX_CLAIMS));

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
	const claimedBy = claims.get(mark, now);
	if (claimedBy !== undefined) return claimedBy === url ? 'again' : 'other';
	claims.set(mark, url, now, message.messageId ? REMEMBERED_MS : REMEMBERED_WITHOUT_ID_MS);
	return 'first';
}

/** Whether a question has this message. */
export function isClaimed(account: string, message: Identified, now: number): boolean {
	return claims.has(inAccount(account, message), now);
}

/** The question could not be answered with it after all: its next delivery counts. */
export function releaseReply(account: string, message: Identified): void {
	claims.delete(inAccount(account, message));
}
