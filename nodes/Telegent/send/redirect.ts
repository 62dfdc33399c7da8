import type { ApiRequest } from '../../../transport/client';
import { payloadOf, type Item } from '../engine/operation';
import { asSent, phone } from '../../shared/values';
import { CollectionReader } from './collectionReader';
import { recipients } from './recipients';

/** A message that goes to a phone of the user instead of its recipients. */
interface Redirection {
	to: string;
	people: string[];
	/** The text without the recipients at its beginning. */
	text: string;
}

const redirections = new WeakMap<ApiRequest, Redirection>();

/** The people whom a message is for: its recipients, or those whose message *Redirect To* sends to another phone. */
export function addressees(item: Pick<Item, 'request'>): string[] {
	return redirections.get(item.request)?.people ?? recipients(item);
}

/** The phone that a message is redirected to; undefined where it goes to its recipients. */
export function redirectedTo({ request }: Pick<Item, 'request'>): string | undefined {
	return redirections.get(request)?.to;
}

/** The safeguard *Redirect To* for one run of the node. */
export class Redirect {
	private readonly settings = new CollectionReader('safeguards');

	private phone = '';

	private redirected = 0;

	/**
	 * Addresses the item's message to these people, or to the phone that gets it in their place.
	 * @throws ParameterError where the phone's number cannot be read
	 */
	address(item: Item, people: string[]): void {
		const payload = payloadOf(item);
		const to = this.phoneFor(item);
		payload.To = asSent(to === undefined ? people : [to]);
		if (to === undefined) return;
		const text = redirections.get(item.request)?.text ?? String(payload.Body);
		redirections.set(item.request, { to, people, text });
		payload.Body = `For ${namesOf(people)}: ${text}`;
	}

	/** Counts an item that was sent, for the warning. */
	count(item: Item): void {
		const to = redirectedTo(item);
		if (to === undefined) return;
		this.redirected++;
		this.phone = to;
	}

	get warnings(): string[] {
		if (this.redirected === 0) return [];
		const what = this.redirected === 1 ? '1 message' : `${this.redirected} messages`;
		return [
			`${what} went to ${this.phone} instead of the recipients. To send to the recipients, remove 'Redirect To'.`,
		];
	}

	private phoneFor(item: Item): string | undefined {
		if (!this.settings.has(item, 'redirectTo')) return undefined;
		return this.settings.read(item, 'redirectTo', 'Redirect To', (given) => {
			const number = phone(given, item.telegent);
			if (number === '') throw new Error("is empty. Enter a phone number, or remove 'Redirect To'");
			return number;
		});
	}
}

const MAX_NAMED_PEOPLE = 3;

function namesOf(people: string[]): string {
	const more = people.length - MAX_NAMED_PEOPLE;
	return `${people.slice(0, MAX_NAMED_PEOPLE).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
