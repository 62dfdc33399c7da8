/* A route has two addresses, one for messages and one for callbacks. Here is what can be done with one. All pure. */

import type { Target } from './ownerNote';

export type Slot = 'message' | 'callback';
export const SLOTS: Slot[] = ['message', 'callback'];
const FIELDS = {
	url: 'MessageUrl',
	method: 'MessageUrlMethod',
	authentication: 'MessageAuthenticationType',
	username: 'MessageUsername',
	password: 'MessagePasswordToken',
} as const satisfies Record<keyof Target, string>;

/** The API's name of a part of an address: the callback has the same as messages, with `Callback` before. */
export function fieldOf(slot: Slot, part: keyof Target): string {
	return `${slot === 'callback' ? 'Callback' : ''}${FIELDS[part]}`;
}
