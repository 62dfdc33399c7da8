import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import {
	accountFields,
	accountFilter,
	deleteNotice,
	limit,
	optional,
	returnAll,
	simplify,
	sorted,
	subscriber,
} from '../../shared/form/fields';
import { existingPhone, existingPhones, phones } from '../../shared/values';
import {
	applyToInbound,
	applyToOutbound,
	blockUnknownNumbers,
	filterFilters,
	keywordFilter,
	notificationPhones,
	phoneOf,
	SEND as SEND_ALIKE,
	UPDATING,
} from './filterFields';

const messageFilterId: INodeProperties = {
	displayName: 'Message Filter',
	name: 'messageFilterId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The message filter to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a message filter…',
			typeOptions: { searchListMethod: 'searchMessageFilters', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. MFID-7435d672-a2d0-451e-ab62-45499f5bc7a1',
		},
	],
};

const contacts: INodeProperties = {
	displayName: 'Contacts',
	name: 'contacts',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +18015550123, +18015550124',
	description: 'One or more phone numbers, separated by commas',
};

const filterMode: INodeProperties = {
	displayName: 'Mode',
	name: 'filterMode',
	type: 'options',
	options: [
		{ name: 'Active', value: 'ACTIVE', description: 'Messages that break the rules are blocked' },
		{ name: 'Inactive', value: 'INACTIVE', description: 'The filter is paused' },
		{
			name: 'Monitor Only',
			value: 'MONITOR_ONLY',
			description: 'Messages that break the rules are logged and reported, but still delivered',
		},
	],
	default: 'ACTIVE',
	description: 'What to do with messages that break the rules',
};

const settings: INodeProperties[] = [
	{
		displayName: 'Allowed Contacts',
		name: 'allowedContacts',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550123, +18015550124',
		description: 'Phone numbers whose messages skip the filter, separated by commas',
	},
	applyToInbound,
	applyToOutbound,
	{
		displayName: 'Block Links',
		name: 'blockLinks',
		type: 'boolean',
		default: true,
		description: 'Whether to block messages that contain URLs',
	},
	{
		displayName: 'Block Media',
		name: 'blockMedia',
		type: 'boolean',
		default: true,
		description: 'Whether to block messages with images, video or audio',
	},
	blockUnknownNumbers,
	{
		displayName: 'Blocked Contacts',
		name: 'blockedContacts',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550125',
		description: 'Phone numbers whose messages are blocked silently, separated by commas',
	},
	keywordFilter,
	notificationPhones,
];

// Entries of a list, not recipients: the vendor's samples contain numbers that are not valid.
const SEND = { ...SEND_ALIKE, allowedContacts: existingPhones, blockedContacts: existingPhones };

export const messageFilter: Resource = {
	value: 'messageFilter',
	name: 'Message Filter',
	description: 'Block or flag unwanted messages for a subscriber (AI Guardian)',
	operations: [
		{
			value: 'addAllowedContacts',
			name: 'Add Allowed Contacts',
			action: 'Add allowed contacts to message filter',
			description:
				'Add phone numbers to the allowed list of a message filter. Their messages skip the filter.',
			route: 'POST /v1.0/subscribers/message-filter/allowed-contacts/add',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: phones },
		},
		{
			value: 'addBlockedContacts',
			name: 'Add Blocked Contacts',
			action: 'Add blocked contacts to message filter',
			description:
				"Add phone numbers to the blocked list of a message filter. Their messages are blocked silently. To stop messages you send after an opt-out, use 'Suppression List' in Message → Send instead.",
			route: 'POST /v1.0/subscribers/message-filter/blocked-contacts/add',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: phones },
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create message filter',
			description:
				'Create a new message filter for a subscriber. AI Guardian must be on (see Guardian → Update Features).',
			route: 'POST /v1.0/subscribers/message-filter',
			safety: 'once',
			fields: [
				subscriber,
				phoneOf,
				{ ...filterMode, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted(settings),
				},
			],
			send: SEND,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete message filter',
			description:
				"Delete a message filter permanently, including its contacts and rules. To pause it instead, update its 'Mode'.",
			route: 'POST /v1.0/subscribers/message-filter/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, messageFilterId],
			deletes: true,
		},
		{
			value: 'getKeywords',
			name: 'Get Keywords',
			action: 'Get message filter keywords',
			description: 'Retrieve the keywords a message filter looks for',
			route: 'GET /v1.0/subscribers/message-filter/keywords',
			safety: 'read',
			fields: [subscriber, messageFilterId, accountFields],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many message filters',
			description: 'Retrieve a list of message filters, optionally for one subscriber or number',
			route: 'GET /v1.0/subscribers/message-filter',
			safety: 'read',
			fields: [returnAll, limit, simplify, filterFilters],
			send: { phone: existingPhone },
			list: '',
			simple: [
				'FilterId',
				'SubscriberId',
				'Phone',
				'FilterMode',
				'AllowedContacts',
				'BlockedContacts',
				'KeywordFilter',
				'BlockUnknownNumbers',
				'BlockLinks',
				'BlockMedia',
			],
		},
		{
			value: 'getAllowedContacts',
			name: 'Get Many Allowed Contacts',
			action: 'Get many allowed contacts of message filter',
			description: 'Retrieve a list of the phone numbers a message filter allows',
			route: 'GET /v1.0/subscribers/message-filter/allowed-contacts',
			safety: 'read',
			fields: [subscriber, messageFilterId, returnAll, limit, accountFilter],
			list: '',
			entry: 'Number',
		},
		{
			value: 'getBlockedContacts',
			name: 'Get Many Blocked Contacts',
			action: 'Get many blocked contacts of message filter',
			description: 'Retrieve a list of the phone numbers a message filter blocks',
			route: 'GET /v1.0/subscribers/message-filter/blocked-contacts',
			safety: 'read',
			fields: [subscriber, messageFilterId, returnAll, limit, accountFilter],
			list: '',
			entry: 'Number',
		},
		{
			value: 'removeAllowedContacts',
			name: 'Remove Allowed Contacts',
			action: 'Remove allowed contacts from message filter',
			description: 'Remove phone numbers from the allowed list of a message filter',
			route: 'POST /v1.0/subscribers/message-filter/allowed-contacts/remove',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: existingPhones },
		},
		{
			value: 'removeBlockedContacts',
			name: 'Remove Blocked Contacts',
			action: 'Remove blocked contacts from message filter',
			description: 'Remove phone numbers from the blocked list of a message filter',
			route: 'POST /v1.0/subscribers/message-filter/blocked-contacts/remove',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: existingPhones },
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update message filter',
			description:
				'Update a message filter. This replaces all its settings, so add every setting you want to keep.',
			route: 'POST /v1.0/subscribers/message-filter/update',
			safety: 'idempotent',
			fields: [
				{ ...messageFilterId, name: 'filterId' },
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([...settings, filterMode, optional(phoneOf), optional(subscriber)]),
				},
			],
			send: { ...SEND, ...UPDATING },
		},
	],
};
