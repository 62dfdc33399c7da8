/*
 * What the contract test cannot find out by itself, or must not expect. Each line says why, and each is checked: one
 * that is no longer needed fails.
 */

import type { Json } from './contract.mts';

/** Parameters that steer the node and are never sent. */
export const NOT_SENT = ['options', 'returnAll', 'limit', 'safeguards', 'simplify'];

/** Parameters that are a second way to fill a field of the contract, by operation. requests.test.mts tries each. */
export const OTHER_WAYS: Record<string, Record<string, string>> = {
	'POST /v1.0/message/outbound': {
		binaryFields: 'adds the content of binary fields of the item to MmsBase64',
	},
};

/** Fields whose name and label in the editor differ from the contract's name, by operation and place. */
export const NAMED_OTHERWISE: Record<string, Record<string, { name: string; reason: string }>> = {
	'POST /v1.0/message/outbound': {
		MmsMedia: { name: 'mediaUrls', reason: 'people speak of the URL of a picture, not of MMS media' },
	},
};

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
};

/** What the node adds to an answer, with its type. */
export const ADDED: Record<string, Record<string, string>> = {
	'GET /v1.0/account/message/routes': { HeldBy: 'string?' },
	'GET /v1.0/message/routes': { HeldBy: 'string?' },
	'POST /v1.0/message/routes/update': { HeldBy: 'string?' },
	'POST /v1.0/message/outbound': { encoding: 'string', characters: 'integer', segments: 'integer' },
};

/** What Send and Send and Wait give where nothing was sent. */
const HELD = {
	status: 'held',
	reason: "it's 21:30 in America/Denver for +18015737111, which is outside the sending hours",
	sendAfter: '2026-11-22T16:00:00.000Z',
};

/** What an operation gives in some cases only, besides its answer or in its place, by name: examples. */
export const SOMETIMES: Record<string, Json[]> = {
	'message.send': [
		HELD,
		{ skipped: [{ number: '+18014271919', reason: '+18014271919 is on the Suppression List' }] },
		{
			status: 'dryRun',
			request: {
				From: '+18018018011',
				To: [{ Number: '+18015737111' }],
				Body: 'Hello there!!!',
				CampaignId: 'JCID-dsuhofh3882',
				MmsMedia: [{ MediaUrl: 'https://results2.com' }],
				Owner: '+18018018011',
			},
		},
		{ confirmedBy: 'lookup', CreatedAt: '2025-05-01T12:00:00Z' },
	],
};

/** Answers that are not those of Telegent, by the operation's name: examples. */
export const OWN_ANSWERS: Record<string, Json[]> = {
	'message.preview': [
		{
			text: 'Hello there!!!',
			encoding: 'GSM-7',
			characters: 14,
			segments: 1,
			totalSegments: 2,
			nonGsmCharacters: ['’'],
			to: ['+18015737111', '+18014271919'],
			invalid: [{ number: '12', reason: 'too short' }],
			duplicates: [{ number: '+18015737111', item: 0 }],
			suppressed: ['+18014271919'],
			outsideHours: [{ number: '+18015737111', reason: HELD.reason }],
		},
	],
	'message.sendAndWait': [
		{
			replied: true,
			matched: true,
			answer: 'Yes please',
			intent: 'optIn',
			body: 'Yes please',
			from: '+18015737111',
			to: '+18018018011',
			media: ['https://example.com/photo.jpg'],
			segments: 1,
			messageId: 'TMID-00348008102307aK01',
			receivedAt: '2026-11-21T12:00:00.000Z',
			askedAt: '2026-11-21T11:59:00.000Z',
			sentMessageId: 'TMID-00348008102306aK01',
			secondsWaited: 60,
			reAsks: 0,
			raw: {},
		},
		{ answer: true, approved: true },
		{ answer: 4.5 },
		{ answer: null, approved: false, chatInput: 'Only for two people' },
		{ replied: false, waitedUntil: '2026-11-22T12:00:00.000Z' },
		{ ...HELD, To: [{ Number: '+18015737111' }] },
	],
};
