/* The two addresses of a message route: one for messages, one for callbacks. All pure. */

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

/** The API's name of a part of an address. The callback's names are those of messages, prefixed with `Callback`. */
export function addressField(address: RouteAddress, part: keyof AddressSettings): string {
	return `${address === 'callback' ? 'Callback' : ''}${FIELDS[part]}`;
}
