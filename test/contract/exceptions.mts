import type { Json, Request } from '../../scripts/lib/contract.mts';

/*
 * Where the editor differs from the contract on purpose, with the reason. exceptions.test.mts checks that each is still
 * needed: an exception that nothing uses could hide the next defect.
 */

interface Choices {
	values: string[];
	/** The vendor's words. */
	text: string;
}

const EVENTS = [
	'Order_Update',
	'Call_Completed',
	'Call_On_Hold',
	'Call_Recording',
	'Call_In_Progress',
	'Call_Ringing',
];

/** Fields that the editor may ask for although the contract does not, by operation and place. */
export const MAY_BE_REQUIRED: Record<string, Record<string, string>> = {
	'POST /v1.0/webhook/update': { WebhookId: 'names the webhook to change' },
	'POST /v1.0/webhook/delete': { WebhookId: 'names the webhook to delete' },
	'POST /v1.0/webhook/create': { WebhookUrl: 'a webhook without an address calls nobody' },
};

/**
 * Choices that the contract makes in words only, by operation and place. Elsewhere a field without a list of values in
 * the contract takes any text in the editor too.
 */
export const CHOICES_FROM_TEXT: Record<string, Record<string, Choices>> = {
	'GET /v1.0/account/packages': {
		Filter: { values: ['All', 'Active', 'Inactive'], text: 'by status (e.g., Active, Inactive, All)' },
	},
	'GET /v1.0/account/products': {
		Filter: { values: ['All', 'Active', 'Inactive'], text: 'by status (e.g., Active, Inactive, All)' },
	},
	'GET /v1.0/account/services': {
		Filter: { values: ['All', 'Active', 'Inactive'], text: 'by status (e.g., Active, Inactive, All)' },
	},
	'GET /v1.0/account/subscriptions': {
		Filter: { values: ['All', 'Active', 'Inactive'], text: 'by status (e.g., Active, Inactive, All)' },
	},
	'POST /v1.0/voice/routes': {
		TransferCallerId: {
			values: ['Transferee', 'Transferor', 'Transferee/Transferor'],
			text: 'the list that updating a route has',
		},
	},
	'POST /v1.0/webhook/create': {
		Method: { values: ['POST', 'PUT'], text: 'typically POST or PUT' },
		DataFormat: { values: ['json', 'xml'], text: 'such as json or xml' },
		AuthenticationType: { values: ['None', 'Basic', 'Token'], text: 'None, Basic, or Token' },
		SubscribedEvents: {
			values: [...EVENTS, 'New_Sms'],
			text: 'Available: Order_Update, New_Sms, Call_Completed, …',
		},
	},
	'POST /v1.0/webhook/update': {
		Method: { values: ['POST', 'PUT'], text: 'typically POST or PUT' },
		DataFormat: { values: ['json', 'xml'], text: 'e.g. json or xml' },
		AuthenticationType: { values: ['None', 'Basic', 'Bearer'], text: 'Basic, Bearer, or None' },
		SubscribedEvents: { values: [...EVENTS, 'New_Sms'], text: 'the list that creating a webhook has' },
	},
	'POST /v1.0/workgroups': {
		OffHoursType: { values: ['User', 'Workgroup'], text: '(User or Workgroup)' },
		OnHoursType: { values: ['User', 'Workgroup'], text: '(User or Workgroup)' },
	},
	'POST /v1.0/workgroups/update': {
		OffHoursType: { values: ['User', 'Workgroup'], text: 'as creating a workgroup has it' },
		OnHoursType: { values: ['User', 'Workgroup'], text: 'as creating a workgroup has it' },
	},
};

/** Lists whose documented answer is not a list, and where their entries are looked for. */
export const ENTRIES_UNKNOWN: Record<string, { list: string; reason: string }> = {
	'GET /v1.0/distributor/accounts': {
		list: 'Results',
		reason:
			'the text says a list of accounts, the example shows a single one; other lists of accounts are in Results',
	},
};

/** A sample that cannot come out to the letter, and what is tried instead. */
export interface SampleException {
	operation: string;
	/** The field, what it holds in the sample, and what instead; `undefined` where it is not there. */
	place: string;
	given: unknown;
	instead: unknown;
	reason: string;
}

const EMPTY_LINE =
	'a line of an address that is left empty is not sent, so that an update keeps what is stored; null clears it';

const UNUSED =
	'the sample sends empty what its own choice (Basic, Workgroup) has no use for; the editor shows only what fits';

export const SAMPLE_EXCEPTIONS: SampleException[] = [
	...[
		['POST /v1.0/account/create', 'BillingAddress.Zip'],
		['POST /v1.0/account/update', 'BillingAddress.Zip'],
		...['Street1', 'Street2', 'City', 'State', 'Zip', 'Country'].flatMap((line) => [
			['POST /v1.0/distributor/create', `BillingAddress.${line}`],
			['POST /v1.0/distributor/create', `MailingAddress.${line}`],
		]),
	].map(([operation, place]) => ({ operation, place, given: '', instead: undefined, reason: EMPTY_LINE })),
	{
		operation: 'POST /v1.0/webhook/create',
		place: 'AuthenticationToken',
		given: '',
		instead: undefined,
		reason: UNUSED,
	},
	{
		operation: 'POST /v1.0/webhook/update',
		place: 'AuthenticationToken',
		given: '',
		instead: undefined,
		reason: UNUSED,
	},
	{
		operation: 'POST /v1.0/webhook/update',
		place: 'SubscribedEvents',
		given: 'Order_Update, New_SMS',
		instead: 'Order_Update, New_Sms',
		reason:
			'the page about creating lists the events and has New_Sms; here it is an example (what-is-sent.md)',
	},
	{
		operation: 'POST /v1.0/workgroups/activity',
		place: 'ReferenceUserId',
		given: '',
		instead: undefined,
		reason: UNUSED,
	},
];

/** Operations that look before they act: the request that only reads. */
export const LOOKS_FIRST: Record<string, { request: string; reason: string }> = {
	'POST /v1.0/message/routes/delete': {
		request: 'GET /v1.0/message/routes',
		reason: 'a route that a published workflow listens to is not deleted without a word',
	},
	'POST /v1.0/webhook/delete': {
		request: 'GET /v1.0/webhook',
		reason: 'a webhook that a workflow uses is not deleted without notice',
	},
};

/** The sample with what the exceptions put in place of the vendor's own values. */
export function withExceptions(request: Request, exceptions: SampleException[]): Request {
	return exceptions.reduce(
		({ body, query }, { given, instead, place }) => ({
			...(query && { query: replaced(query, place.split('.'), given, instead) }),
			...(body && { body: replaced(body, place.split('.'), given, instead) }),
		}),
		request,
	);
}

export function exceptionsOf(operation: string): SampleException[] {
	return SAMPLE_EXCEPTIONS.filter((exception) => exception.operation === operation);
}

function replaced(values: Json, [name, ...rest]: string[], given: unknown, instead: unknown): Json {
	const { [name]: inner, ...others } = values;
	if (rest.length > 0) {
		if (typeof inner !== 'object' || inner === null) return values;
		const left = replaced(inner as Json, rest, given, instead);
		// A group of which nothing is left is not sent.
		return Object.keys(left).length > 0 ? { ...values, [name]: left } : others;
	}
	if (inner !== given) return values;
	return instead === undefined ? others : { ...values, [name]: instead };
}
