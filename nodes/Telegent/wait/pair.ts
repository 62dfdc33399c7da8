/** Whether two texts are the same phone number, however each is written, with or without country code. */
export function samePhone(a: unknown, b: unknown): boolean {
	const [one, other] = [digits(a), digits(b)];
	if (one === '' || other === '') return false;
	return one === other || isNational(one, other) || isNational(other, one);
}

const digits = (value: unknown) =>
	String(value ?? '')
		.replace(/\D/g, '')
		.replace(/^00/, '');

/** North American numbers are written with ten digits too. */
const isNational = (short: string, long: string) => short.length === 10 && long === `1${short}`;

/** An inbound message, as far as it matters here. */
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
