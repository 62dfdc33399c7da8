import { phone, type SendContext } from '../../shared/values';
import { samePhone } from '../../shared/phone/compare';
import type { LoggedMessage } from '../../shared/messageLog';

/** Short codes, and names that some senders have in place of a number. */
const OTHER_SENDER = /^(\d{3,6}|[a-z][\w -]{2,10})$/i;

/** The number at the other end, in E.164 where it is a phone number. @throws Error where it is not a sender */
export function otherParty(value: unknown, context: SendContext): string {
	return typeof value === 'string' && OTHER_SENDER.test(value.trim()) ? value.trim() : phone(value, context);
}

/** Whether a message of one of your numbers came from this party, or went to it. */
export function isWith({ from, outbound, to }: LoggedMessage, party: string): boolean {
	return samePhone(from, party) || (outbound && to.some((number) => samePhone(number, party)));
}
