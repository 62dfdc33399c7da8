import type { Failure } from '../../transport/errors';
import { TOKEN_ROUTE } from '../../transport/token';

/** What to do next, by what Telegent said. The first that fits is shown. Source: the vendor's quick start and guides. */
const WAYS_OUT: Array<[test: RegExp, hint: string]> = [
	[
		/MessageRouteId (field )?is required/i,
		'Create a message route first (Message Route → Create), then choose it here.',
	],
	[
		/already in use/i,
		'Someone else took the number meanwhile. Use Number → Search Available again and choose another.',
	],
	[
		/e-?mail\b.*\balready\b/i,
		'An e-mail address can belong to one subscriber only, on the whole platform. Use another address.',
	],
	[
		/invalid .*AccountId|AccountId.*invalid/i,
		'Use the Account ID that your Telegent representative gave you. IDs of a sandbox do not work in production.',
	],
	[
		/\biot\b.*\ba2p\b|\ba2p\b.*\biot\b/i,
		'IoT numbers are for person-to-person messages only: choose Message Type P2P, or Number Type MVNO.',
	],
	[/NotifyValue|ThrottleValue/i, 'The limits must rise: Notify below Throttle, Throttle below Limit.'],
	[
		/not provisioned|not (owned|yours)|does not belong/i,
		'Choose a number of your own account, with messaging enabled, in From.',
	],
];

const WAYS_OUT_BY_STATUS: Record<number, string> = {
	400: 'Check the values of this operation’s fields, then run it again.',
	401: 'Check Account Key and Account Secret in the Telegent credential, and that the account may use this operation.',
	403: 'Your account may not use this operation, or what it names belongs to another account. Telegent support can tell.',
	404: 'Nothing has this ID in your account. Choose it from the list, or check it for missing characters.',
	409: 'It exists already. Use the existing one, or change the value that must be unique.',
	422: 'Check the values of this operation’s fields, then run it again.',
	429: 'Your account’s limit of requests a minute is used up. Lower Requests per Minute in the Telegent credential, or ask Telegent for more.',
};

/** What a failed call says where something came back that is no answer of Telegent. */
export const UNREADABLE = 'Telegent’s answer cannot be read';

const CHECK_ADDRESS =
	'No Telegent answers at the Base URL of the Telegent credential. It is https://api.telegent.com, unless you use the sandbox or a proxy.';

const CHECK_FIRST =
	'Telegent did not confirm the request, so it may or may not have been carried out. It was not repeated, to avoid doing it twice.';

/** Where to look before repeating, by the beginning of the path. */
const WHERE_TO_CHECK: Array<[path: string, hint: string]> = [
	[
		'/v1.0/message/outbound',
		'Look with Message → Get Many for the recipient’s number before you send again.',
	],
	['/v1.0/numbers/', 'Look with Number → Get Many before you order again.'],
	['/v1.0/message/routes', 'Look with Message Route → Get Many before you create it again.'],
	['/v1.0/voice/routes', 'Look with Voice Route → Get Many before you create it again.'],
	['', 'Look at Telegent what is there before you run it again.'],
];

/** The sentence that tells a person how to get unstuck, in the words of the editor; empty where there is none. */
export function wayOut({ message, outcome, route, status }: Failure): string {
	if (outcome === 'unsure') {
		const path = route.split(' ')[1];
		const [, where] = WHERE_TO_CHECK.find(([start]) => path.startsWith(start)) as [string, string];
		return `${CHECK_FIRST} ${where}`;
	}
	if (route === TOKEN_ROUTE && status !== undefined && status < 500) {
		if (status === 404 || (status >= 300 && status < 400) || message === UNREADABLE) return CHECK_ADDRESS;
		return WAYS_OUT_BY_STATUS[status === 429 ? 429 : 401];
	}
	const known = WAYS_OUT.find(([test]) => test.test(message));
	if (known) return known[1];
	if (status === undefined)
		return 'Check the network and the Base URL of the Telegent credential, then run it again.';
	if (status >= 500 || status === 408) return 'Telegent is having trouble. Try again in some minutes.';
	return WAYS_OUT_BY_STATUS[status] ?? '';
}
