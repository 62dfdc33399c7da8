import type { INodeProperties } from 'n8n-workflow';
import type { Operation, Resource } from '../engine/operation';
import { limit, number, phoneNumber, returnAll, simplify } from '../../shared/form/fields';
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
	description: 'The ID that sending returned',
};

const whose: INodeProperties = { ...phoneNumber, description: 'The number whose messages to retrieve' };

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
					description: 'The file’s content as Base64 text',
				},
				{
					displayName: 'MIME Type',
					name: 'baseType',
					type: 'string',
					default: '',
					placeholder: 'e.g. audio/wav',
					description: 'What kind of file it is',
				},
			],
		},
	],
	description: 'Pictures, audio or video that no address leads to: the message becomes an MMS',
};

const to: INodeProperties = {
	displayName: 'To',
	name: 'to',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +18015550123',
	description: 'Who receives the message. Separate several numbers with commas: all get the same text.',
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
	description: 'The campaign that the message is counted for',
};

const mediaUrls: INodeProperties = {
	displayName: 'Media URLs',
	name: 'mediaUrls',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/photo.jpg',
	description:
		'Addresses of pictures, audio or video: the message becomes an MMS. Separate several with commas.',
};

const owner: INodeProperties = {
	displayName: 'Owner',
	name: 'owner',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18018018011',
	description: 'The number that owns the conversation, if it is not the one in From',
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
	description: 'The number of your account that the message comes from',
};

/** What a message can carry besides its text. */
const messageFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [campaignId, mediaFiles, binaryFields, mediaUrls, owner],
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
	description: 'Send SMS and MMS, and look up messages',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get a message',
			description: 'Retrieve one message with its delivery status',
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
			description: 'Retrieve the messages that a phone number sent and received',
			route: 'GET /v1.0/message/filter',
			safety: 'read',
			fields: [whose, returnAll, limit],
			send: { phoneNumber: phone },
			list: 'Messages',
			paging: { page: 'Page', size: 'Results', most: 100, total: 'Total' },
		},
		{
			value: 'preview',
			name: 'Preview',
			action: 'Preview a message',
			description:
				'See how many segments a text takes, and which recipients are invalid or there twice. Nothing is sent.',
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
			action: 'Report the device delivery of a message',
			description: 'Record that a sent message reached the phone itself, and retrieve when',
			route: 'POST /v1.0/message/device-delivery',
			safety: 'idempotent',
			fields: [messageId],
		},
		{
			value: 'search',
			name: 'Search',
			action: 'Search messages',
			description: 'Retrieve the messages of a phone number with campaign, cost, owner and media',
			route: 'GET /v1.0/message/search',
			safety: 'read',
			fields: [whose, returnAll, limit, simplify],
			// Declared as phoneNumber and as PhoneNumber; the first is the one that is described.
			send: { phoneNumber: ['phoneNumber', phone] },
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
		},
		{
			value: 'send',
			name: 'Send',
			action: 'Send a message',
			description: 'Send an SMS, or an MMS with media, from one of your numbers',
			route: 'POST /v1.0/message/outbound',
			safety: 'once',
			forModel:
				'Sends at once, to a real phone; call it once for each text. Write numbers as +18015550123. Each 160 characters cost as one message (70 with emoji). A MessageId in the answer means that it went out. With status skipped, held or refused nothing was sent, and reason says why: do not try again.',
			fields: [from, to, body, messageFields, safeguards, sendOptions],
			send: messageSpelling,
			hooks: sendHooks,
		},
		{
			// n8n accepts the signed address that the answer comes to only with this very value.
			value: 'sendAndWait',
			name: 'Send and Wait for Reply',
			action: 'Send a message and wait for the reply',
			description: 'Ask one person by text, and go on with the answer that comes back by text',
			route: 'POST /v1.0/message/outbound',
			safety: 'once',
			fields: [
				waitNotice,
				from,
				{ ...to, description: 'Who is asked: one phone number' },
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
