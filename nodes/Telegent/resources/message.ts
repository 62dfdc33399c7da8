import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from '../engine/operation';
import { limit, number, phoneNumber, returnAll, simplify } from '../../shared/form/fields';
import {
	filterSpelling,
	listFilterHooks,
	listFilters,
	searchFilterHooks,
	searchFilterSpelling,
	searchFilters,
} from '../messages/filters';
import { binaryFields, previewOptions, sendOptions } from '../send/fields';
import { previewHooks } from '../send/preview';
import { previewSafeguards, questionSafeguards, safeguards } from '../send/safeguardFields';
import { sendHooks } from '../send/steps';
import { list, numberObjects, objects, phone, urls } from '../../shared/values';
import { UNSENT_FIELDS, question, waitFields, waitNotice, waitOptions } from '../wait/fields';
import { waitHooks } from '../wait/steps';

const messageId: INodeProperties = {
	displayName: 'Message ID',
	name: 'messageId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. TMID-00348008102307aK01',
	description: 'The ID of the message, as returned when it was sent or received',
};

const whose: INodeProperties = { ...phoneNumber, description: 'The phone number to retrieve messages for' };

const mediaFiles: INodeProperties = {
	displayName: 'Media Files (Base64)',
	name: 'mmsBase64',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add File',
	default: {},
	options: [
		{
			displayName: 'File',
			name: 'file',
			values: [
				{
					displayName: 'Content',
					name: 'base64',
					type: 'string',
					default: '',
					description: 'The content of the file as Base64 text',
				},
				{
					displayName: 'MIME Type',
					name: 'baseType',
					type: 'string',
					default: '',
					placeholder: 'e.g. audio/wav',
					description: 'The MIME type of the file',
				},
			],
		},
	],
	description: 'Media to attach as Base64 text, for files without a public URL. Sends the message as MMS.',
};

const to: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +18015550123',
	description:
		"The recipient's phone number. To send the same message to several people, separate the numbers with commas.",
	builderHint: {
		propertyHint:
			'Write numbers as +18015550123. To reply in a workflow that the Telegent Trigger started, use {{ $json.from }}.',
	},
};

const body: INodeProperties = {
	displayName: 'Message',
	name: 'body',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Your order is on its way',
	description: 'The text of the message',
};

const campaignId: INodeProperties = {
	displayName: 'Campaign ID',
	name: 'campaignId',
	type: 'string',
	default: '',
	placeholder: 'e.g. JCID-dsuhofh3882',
	description: 'The campaign identifier for tracking',
};

const mediaUrls: INodeProperties = {
	displayName: 'Media URLs',
	name: 'mediaUrls',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/photo.jpg',
	description:
		'Public URLs of images, audio or video to attach, separated by commas. Sends the message as MMS.',
};

const owner: INodeProperties = {
	displayName: 'Owner',
	name: 'owner',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18018018011',
	description: "The number that owns the conversation, if it isn't the number in 'From'",
};

const from: INodeProperties = {
	...number,
	displayName: 'From',
	name: 'from',
	modes: number.modes?.map((mode) =>
		mode.type === 'list'
			? { ...mode, typeOptions: { searchListMethod: 'searchSenders', searchable: true } }
			: mode,
	),
	description: 'The number to send the message from',
	builderHint: {
		propertyHint:
			'Leave mode list with an empty value, so that the user selects a number. To reply in a workflow that the Telegent Trigger started, use mode number with {{ $json.owner }}. Never invent a number.',
	},
};

/** What a message can carry besides its text. */
const messageFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [campaignId, binaryFields, mediaFiles, mediaUrls, owner],
};

const messageSpelling: Operation['send'] = {
	to: numberObjects,
	from: phone,
	owner: phone,
	mediaUrls: ['MmsMedia', (value) => objects('MediaUrl')(urls(value))],
	binaryFields: ['BinaryFields', list],
};

export const message: Resource = {
	value: 'message',
	name: 'Message',
	description: 'Send SMS and MMS messages, and look up messages',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get message',
			description: 'Retrieve a message with its delivery status',
			route: 'GET /v1.0/message/details',
			safety: 'read',
			fields: [messageId, simplify],
			simple: [
				'MessageId',
				'Direction',
				'MessageType',
				'Status',
				'Cost',
				'From',
				'To',
				'Body',
				'CreatedOn',
				'CampaignId',
			],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many messages',
			description:
				"Retrieve a list of the messages a phone number sent and received. To include cost, campaign and media, use 'Search'.",
			route: 'GET /v1.0/message/filter',
			safety: 'read',
			fields: [whose, returnAll, limit, listFilters],
			send: { ...filterSpelling, phoneNumber: phone },
			list: 'Messages',
			paging: { page: 'Page', size: 'Results', most: 100, total: 'Total' },
			hooks: listFilterHooks,
		},
		{
			value: 'preview',
			name: 'Preview',
			action: 'Preview message',
			description:
				'Check how many segments a message uses, and which recipients are invalid or duplicated. Nothing is sent.',
			route: 'POST /v1.0/message/outbound',
			safety: 'read',
			fields: [{ ...to, required: false }, body, previewSafeguards, previewOptions],
			send: { to: list },
			local: true,
			hooks: previewHooks,
		},
		{
			value: 'reportDelivery',
			name: 'Report Device Delivery',
			action: 'Report device delivery of message',
			description: "Report that a sent message reached the recipient's device, and retrieve the time",
			route: 'POST /v1.0/message/device-delivery',
			safety: 'idempotent',
			fields: [messageId],
		},
		{
			value: 'search',
			name: 'Search',
			action: 'Search messages',
			description:
				"Retrieve a list of a phone number's messages with campaign, cost, owner and media. For basic details only, use 'Get Many'.",
			route: 'GET /v1.0/message/search',
			safety: 'read',
			fields: [whose, returnAll, limit, simplify, searchFilters],
			// Declared as phoneNumber and as PhoneNumber; the first is the one that is described.
			send: { ...searchFilterSpelling, phoneNumber: ['phoneNumber', phone] },
			list: 'Results',
			paging: { page: 'Page', size: 'Results', most: 100, total: 'ResultsTotalRecords' },
			simple: [
				'MessageID',
				'Direction',
				'Status',
				'Cost',
				'From',
				'To',
				'Owner',
				'Body',
				'MmsMedia',
				'CampaignID',
			],
			hooks: searchFilterHooks,
		},
		{
			value: 'send',
			name: 'Send',
			action: 'Send message',
			description: 'Send an SMS message, or an MMS message with media, from one of your numbers',
			route: 'POST /v1.0/message/outbound',
			safety: 'once',
			forBuilder:
				"For a list, pass one item per recipient and refer to its fields in to and body: the node keeps to the rate limit and reports each. Several numbers in one item, separated by commas, get the same text in one request. Set safeguards.suppressionList to the numbers that opted out. Each output item has MessageId and segments. Items that weren't sent have status and reason instead.",
			forModel:
				"Sends immediately, to a real phone. Call it once per message. Use the format +18015550123 for numbers. Every 160 characters are billed as one message (70 with emoji). A MessageId in the response means that the message was sent. With the status skipped, held or refused, nothing was sent, and reason says why. Don't try again then.",
			fields: [from, to, body, messageFields, safeguards, sendOptions],
			send: messageSpelling,
			hooks: sendHooks,
		},
		{
			// n8n accepts the signed URL that the reply comes to only with this value.
			value: 'sendAndWait',
			name: 'Send and Wait for Response',
			action: 'Send message and wait for response',
			description: 'Send a message to one person and pause the workflow until they reply by text',
			route: 'POST /v1.0/message/outbound',
			safety: 'once',
			forBuilder:
				'One person per execution. For several people, call a sub-workflow once per item without waiting for it. Add no trigger for the reply. Branch on replied (false after the time limit), matched, and answer, which is true or false with expectedAnswer yesNo. Needs a public https WEBHOOK_URL.',
			fields: [
				waitNotice,
				from,
				{ ...to, description: "The recipient's phone number. Only one recipient is possible." },
				question,
				...waitFields,
				messageFields,
				questionSafeguards,
				waitOptions,
			],
			send: { ...messageSpelling, message: 'Body' },
			finalizeRequest: (sent) =>
				Object.fromEntries(Object.entries(sent).filter(([name]) => !UNSENT_FIELDS.includes(name))),
			request: (body) => ({ route: 'POST /v1.0/message/outbound', safety: 'once', body }),
			hooks: waitHooks,
		},
	],
};
