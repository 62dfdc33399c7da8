import { numberFrom, withoutLayout } from './e164';

/**
 * Whether two texts are the same phone number, however each is written. Telegent leaves the + away at times, and people
 * the 1 of North America: ten digits that can be a North American number are one, others are with calling code.
 */
export function samePhone(a: unknown, b: unknown): boolean {
	const one = phoneIdentity(a);
	return one !== '' && one === phoneIdentity(b);
}

/** E.164 where there is one reading; else the text itself, so that short codes and names are equal to themselves only. */
export function phoneIdentity(value: unknown): string {
	const compact = withoutLayout(String(value ?? ''));
	return onlyReading(compact) ?? compact.replace(/^\+/, '').toLowerCase();
}

/** A number from a response, in E.164. Unchanged if it has no single reading, such as a short code or a name. */
export function asE164(text: string): string {
	return onlyReading(withoutLayout(text)) ?? text;
}

function onlyReading(compact: string): string | undefined {
	return numberFrom(compact, '1') ?? numberFrom(`+${compact.replace(/^\+/, '')}`, '');
}

/** The fields of an inbound message that are compared. */
export interface Message {
	from?: unknown;
	to?: unknown;
	owner?: unknown;
}

/** Whether a message comes from `person` to `own`. A group message has several numbers in `to`. */
export function isBetween(message: Message, own: string, person: string): boolean {
	const reached = [message.owner, ...String(message.to ?? '').split(',')];
	return samePhone(message.from, person) && reached.some((number) => samePhone(number, own));
}

/** Whether a text contains the digits of `typed`, at least three, in any notation of phone numbers: `(500) 555-0104`. */
export function hasDigits(text: string, typed: string): boolean {
	const digits = typed.replace(/\D/g, '');
	const isNumber = digits.length >= 3 && /^[\d\s()+./-]+$/.test(typed.trim());
	return isNumber && text.replace(/\D/g, '').includes(digits);
}
