import type { Failure } from './failure';
import { TOKEN_ROUTE } from './token';

const OUTBOUND = '/v1.0/message/outbound';

/** What to do next, by Telegent's message. The first that fits is shown. Source: the vendor's quick start and guides. */
export const HINTS_BY_MESSAGE: Array<[test: RegExp, hint: string, path?: string]> = [
	[
		/MessageRouteId (field )?is required/i,
		"The number in 'From' has no message route. Use Number → Update and select a message route in 'Update Fields'. To create one, use Message Route → Create.",
		OUTBOUND,
	],
	[
		/MessageRouteId (field )?is required/i,
		'Create a message route first (Message Route → Create), then select it here.',
	],
	[
		/already in use/i,
		'The number is no longer available. Use Number → Search Available again and select another one.',
		'/v1.0/numbers/',
	],
	[
		/e-?mail\b.*\balready\b/i,
		'This email address is already used by another Telegent subscriber. Use a different one.',
	],
	[
		/invalid .*AccountId|AccountId.*invalid/i,
		"Use the account ID from your Telegent representative. IDs from Telegent's test environment don't work in production.",
	],
	[
		/\biot\b.*\ba2p\b|\ba2p\b.*\biot\b/i,
		"IoT numbers support person-to-person (P2P) messages only. Set 'Message Type' to P2P, or 'Number Type' to MVNO.",
	],
	[
		/NotifyValue|ThrottleValue/i,
		"Enter increasing values: 'Notify At (MB)' must be lower than 'Throttle At (MB)', and 'Throttle At (MB)' lower than 'Limit (MB)'.",
	],
	[
		/^Telegent returned an unreadable response \(larger than /,
		"Request fewer records at once. If it should be a small response, check the 'Base URL' in the Telegent credential, and any proxy in between.",
	],
	[
		/not provisioned|not (owned|yours)|does not belong/i,
		"In 'From', select a number in your account that has messaging enabled.",
		OUTBOUND,
	],
	[
		/not provisioned|not (owned|yours)|does not belong/i,
		'Select a number that belongs to your account. Number → Get Many lists them.',
		'/v1.0/numbers',
	],
];

/** None says "run it again": the work may have been done before the request that this is about. */
export const HINTS_BY_STATUS: Record<number, string> = {
	400: "Check the values in this node's fields.",
	401: "Check 'Account Key' and 'Account Secret' in the Telegent credential, and that your account has access to this operation.",
	403: "Your account doesn't have access to this operation or resource. Check that the ID belongs to your account, or contact Telegent support.",
	404: 'No record with this ID exists in your account. Select it from the list, or check the ID for missing characters.',
	409: 'A record with this value already exists. Use the existing record, or enter a different value.',
	422: "Check the values in this node's fields.",
	429: "Your account has reached its rate limit. Lower 'Requests per Minute' in the Telegent credential, or ask Telegent for a higher limit.",
};

/** Message of a call whose response doesn't come from Telegent's API. */
export const UNREADABLE = 'Telegent returned an unreadable response';

/** Message of a token exchange that something other than Telegent responded to. */
export const NO_TELEGENT = "The 'Base URL' in the Telegent credential doesn't lead to Telegent";

const CHECK_BASE_URL =
	"Check the 'Base URL': it's https://api.telegent.com, unless you use the local sandbox or a proxy. Nothing was sent.";

const CHECK_KEY = 'Check both for missing characters. Nothing was sent.';

/** Whatever responded with a redirect, HTML or half a response may not be Telegent. */
const CHECK_PROXY = "Check the 'Base URL' in the Telegent credential, and any proxy in between.";

/** For a refusal without a status of its own. */
const CHECK_VALUES =
	"Check the values in this node's fields. If they look right, contact Telegent support with this message.";

const CHECK_NETWORK =
	"Check the network and the 'Base URL' in the Telegent credential. Nothing was sent or changed.";

const CHECK_TLS =
	"Check the 'Base URL' in the Telegent credential, this machine's clock, and any proxy in between. Nothing was sent or changed.";

const NOT_CONFIRMED = "Telegent didn't confirm the request, so it may or may not have gone through.";

const TRIED_BEFORE = 'An earlier attempt may have gone through.';

const NOT_RETRIED = "It wasn't retried, to avoid doing it twice.";

const check = (operation: string) => `Before you run this again, check ${operation}.`;

/** Where to look before doing it again, by the beginning of the path. The first that fits is shown. */
export const WHERE_TO_CHECK: Array<[path: string, hint: string]> = [
	[OUTBOUND, "Before you send again, check Message → Get Many for the recipient's number."],
	['/v1.0/message/routes', check('Message Route → Get Many')],
	['/v1.0/voice/routes', check('Voice Route → Get Many')],
	['/v1.0/webhook', check('Webhook → Get Many')],
	['/v1.0/numbers/provision', 'Before you order again, check Number → Get Many.'],
	// These have an order already; a port-in whose response was lost has no ID to look it up by.
	['/v1.0/numbers/portin/', check('the order with Number → Get Order')],
	[
		'/v1.0/numbers/portin',
		'Before you submit it again, ask Telegent support whether the port-in was received.',
	],
	['/v1.0/numbers/portout', 'Before you give the PIN to the new carrier, set it again.'],
	['/v1.0/numbers/status', "Before you change it again, check the number's status with Number → Get."],
	['/v1.0/numbers/reactivate', check("the number's status with Number → Get")],
	['/v1.0/numbers/voicemail', check('Voicemail → Get')],
	['/v1.0/numbers/data-usage', check('Data Usage → Get Settings')],
	['/v1.0/numbers/', check('the number with Number → Get')],
	['/v1.0/subscribers/call-filter', check('Call Filter → Get Many')],
	['/v1.0/subscribers/message-filter', check('Message Filter → Get Many')],
	['/v1.0/subscribers/guardian', check('Guardian → Get Many Guardians')],
	['/v1.0/subscribers/transfer', check('the subscriber with Subscriber → Get')],
	['/v1.0/subscribers', check('Subscriber → Get Many')],
	['/v1.0/subscriptions', check('Subscription → Get Many')],
	['/v1.0/packages/items', check('Package → Get Many Items')],
	['/v1.0/packages', check('Package → Get Many')],
	['/v1.0/products', check('Product → Get Many')],
	['/v1.0/services/items', check('Service → Get Many Items')],
	['/v1.0/services', check('Service → Get Many')],
	['/v1.0/workgroups/activity', check('the members with Workgroup → Get')],
	['/v1.0/workgroups', check('Workgroup → Get Many')],
	['/v1.0/account/create', check('Account → Get Many')],
	['/v1.0/distributor/create', check('Distributor → Get')],
	['', 'Before you run this again, check in Telegent whether it already went through.'],
];

/** Longer messages are searched up to here only, to keep that fast. */
const MAX_LOOKED_AT = 1_000;

/** The sentence that tells a person how to get unstuck, in the words of the editor. */
export function errorHint(failure: Failure): string {
	const { outcome, repeatable, route, status = 0 } = failure;
	const path = route.split(' ')[1] ?? '';
	if (outcome !== 'unsure') return afterRefusal(failure, path);
	if (!repeatable) return `${NOT_CONFIRMED} ${NOT_RETRIED} ${whereToCheck(path)}`;
	// The last response was a clear one, but an attempt before it was not.
	if (status >= 400 && status < 500 && status !== 408)
		return `${afterRefusal(failure, path)} ${TRIED_BEFORE}`;
	return `${NOT_CONFIRMED} It's safe to run this again.`;
}

function afterRefusal({ message, route, status }: Failure, path: string): string {
	if (route === TOKEN_ROUTE && status !== undefined && status < 500) return noToken(message, status);
	const start = message.slice(0, MAX_LOOKED_AT);
	const known = HINTS_BY_MESSAGE.find(([test, , below = '']) => path.startsWith(below) && test.test(start));
	if (known) return known[1];
	if (status === undefined) return /certificate|\(TLS\)|\(SSRF/.test(start) ? CHECK_TLS : CHECK_NETWORK;
	return byStatus(status, start);
}

function byStatus(status: number, message: string): string {
	if (status >= 500 || status === 408)
		return 'Telegent is temporarily unavailable. This usually passes within a few minutes.';
	if (message.startsWith(UNREADABLE) || (status >= 300 && status < 400)) return CHECK_PROXY;
	return HINTS_BY_STATUS[status] ?? CHECK_VALUES;
}

function whereToCheck(path: string): string {
	const found = WHERE_TO_CHECK.find(([start]) => path.startsWith(start)) as [string, string];
	return found[1];
}

function noToken(message: string, status: number): string {
	if (status === 429 || status === 408) return HINTS_BY_STATUS[429];
	return message === NO_TELEGENT || message === UNREADABLE ? CHECK_BASE_URL : CHECK_KEY;
}
