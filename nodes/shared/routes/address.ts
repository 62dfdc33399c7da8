/* A route has two addresses, one for messages and one for callbacks. Here is what can be done with one. All pure. */

import type { AddressSettings } from './ownerNote';

export type RouteAddress = 'message' | 'callback';
export const ROUTE_ADDRESSES: RouteAddress[] = ['message', 'callback'];
const FIELDS = {
	url: 'MessageUrl',
	method: 'MessageUrlMethod',
	authentication: 'MessageAuthenticationType',
	username: 'MessageUsername',
	password: 'MessagePasswordToken',
} as const satisfies Record<keyof AddressSettings, string>;

/** The API's name of a part of an address: the callback has the same as messages, with `Callback` before. */
export function addressField(address: RouteAddress, part: keyof AddressSettings): string {
	return `${address === 'callback' ? 'Callback' : ''}${FIELDS[part]}`;
}
