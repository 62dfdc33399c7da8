import { createHash } from 'crypto';
import type { Message } from '../phone/compare';
import { REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../dedupe';

interface Identified extends Message {
	messageId?: unknown;
	body?: unknown;
}

/** In one account: nobody says that ids are unique beyond it. */
const inAccount = (account: string, message: Identified) => `${account} ${markOf(message)}`;
const MOST_REMEMBERED = 50000;
export const taken = new Map<string, { url: string; until: number }>();

/** Short name of a message, the same for each of its deliveries, whichever webhook they come to. */
export function markOf({ body, from, messageId }: Identified): string {
	const identity = messageId ? `id ${String(messageId)}` : `text ${String(from)} ${String(body)}`;
	return createHash('sha256').update(identity).digest('base64url').slice(0, 12);
}

/**
 * Takes a message for the question with this address.
 * @returns `first`, or `again` where it has it already, or `other` where another question has it
 */
export function take(
	account: string,
	message: Identified,
	url: string,
	now: number,
): 'first' | 'again' | 'other' {
	const mark = inAccount(account, message);
	const holder = taken.get(mark);
	if (holder && holder.until > now) return holder.url === url ? 'again' : 'other';
	taken.delete(mark);
	taken.set(mark, { url, until: now + (message.messageId ? REMEMBERED_MS : REMEMBERED_WITHOUT_ID_MS) });
	for (const [oldest, { until }] of taken) {
		if (until > now && taken.size <= MOST_REMEMBERED) break;
		taken.delete(oldest);
	}
	return 'first';
}

/** Whether a question has this message. */
export function isTaken(account: string, message: Identified, now: number): boolean {
	return (taken.get(inAccount(account, message))?.until ?? 0) > now;
}

/** The question could not be answered with it after all: its next delivery counts. */
export function giveBack(account: string, message: Identified): void {
	taken.delete(inAccount(account, message));
}
