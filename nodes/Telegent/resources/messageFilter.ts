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
	description: 'The filter that messages of a subscriber pass',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a message filter…',
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
	description: 'The phone numbers. Separate several with commas.',
};

const filterMode: INodeProperties = {
	displayName: 'Mode',
	name: 'filterMode',
	type: 'options',
	options: [
		{ name: 'Active', value: 'ACTIVE', description: 'Messages against the rules are blocked' },
		{ name: 'Inactive', value: 'INACTIVE', description: 'The filter rests' },
		{
			name: 'Monitor Only',
			value: 'MONITOR_ONLY',
			description: 'Messages against the rules are noted and reported, but delivered',
		},
	],
	default: 'ACTIVE',
	description: 'What the filter does',
};

const settings: INodeProperties[] = [
	{
		displayName: 'Allowed Contacts',
		name: 'allowedContacts',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550123, +18015550124',
		description: 'Phone numbers whose messages are not checked. Separate several with commas.',
	},
	applyToInbound,
	applyToOutbound,
	{
		displayName: 'Block Links',
		name: 'blockLinks',
		type: 'boolean',
		default: true,
		description: 'Whether messages with web addresses are blocked',
	},
	{
		displayName: 'Block Media',
		name: 'blockMedia',
		type: 'boolean',
		default: true,
		description: 'Whether messages with pictures, video or audio are blocked',
	},
	blockUnknownNumbers,
	{
		displayName: 'Blocked Contacts',
		name: 'blockedContacts',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550125',
		description:
			'Phone numbers whose messages are dropped without their noticing. Separate several with commas.',
	},
	keywordFilter,
	notificationPhones,
];

// Entries of a list, not recipients: the vendor's samples contain numbers that are not valid.
const SEND = { ...SEND_ALIKE, allowedContacts: existingPhones, blockedContacts: existingPhones };

export const messageFilter: Resource = {
	value: 'messageFilter',
	name: 'Message Filter',
	description: 'Block or report unwanted messages of a subscriber (AI Guardian)',
	operations: [
		{
			value: 'addAllowedContacts',
			name: 'Add Allowed Contacts',
			action: 'Add allowed contacts to a message filter',
			description: 'Let messages of phone numbers through unchecked',
			route: 'POST /v1.0/subscribers/message-filter/allowed-contacts/add',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: phones },
		},
		{
			value: 'addBlockedContacts',
			name: 'Add Blocked Contacts',
			action: 'Add blocked contacts to a message filter',
			description:
				'Drop what phone numbers send to the subscriber, without their noticing. To stop what you send to them after an opt-out, use Message → Send → Safeguards → Suppression List.',
			route: 'POST /v1.0/subscribers/message-filter/blocked-contacts/add',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: phones },
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create a message filter',
			description:
				'Create a filter for a subscriber’s messages. AI Guardian must be on: see Guardian → Update Features.',
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
			action: 'Delete a message filter',
			description:
				'Delete a filter with its contacts and rules for good. To pause it, update its Mode instead.',
			route: 'POST /v1.0/subscribers/message-filter/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, messageFilterId],
			deletes: true,
		},
		{
			value: 'getKeywords',
			name: 'Get Keywords',
			action: 'Get keywords of a message filter',
			description: 'Retrieve the words that a filter looks for',
			route: 'GET /v1.0/subscribers/message-filter/keywords',
			safety: 'read',
			fields: [subscriber, messageFilterId, accountFields],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many message filters',
			description: 'Retrieve message filters: all, or those of a subscriber or number',
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
			action: 'Get many allowed contacts of a message filter',
			description: 'Retrieve the phone numbers whose messages are not checked',
			route: 'GET /v1.0/subscribers/message-filter/allowed-contacts',
			safety: 'read',
			fields: [subscriber, messageFilterId, returnAll, limit, accountFilter],
			list: '',
			entry: 'Number',
		},
		{
			value: 'getBlockedContacts',
			name: 'Get Many Blocked Contacts',
			action: 'Get many blocked contacts of a message filter',
			description: 'Retrieve the phone numbers whose messages are dropped',
			route: 'GET /v1.0/subscribers/message-filter/blocked-contacts',
			safety: 'read',
			fields: [subscriber, messageFilterId, returnAll, limit, accountFilter],
			list: '',
			entry: 'Number',
		},
		{
			value: 'removeAllowedContacts',
			name: 'Remove Allowed Contacts',
			action: 'Remove allowed contacts from a message filter',
			description: 'Have messages of phone numbers checked again',
			route: 'POST /v1.0/subscribers/message-filter/allowed-contacts/remove',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: existingPhones },
		},
		{
			value: 'removeBlockedContacts',
			name: 'Remove Blocked Contacts',
			action: 'Remove blocked contacts from a message filter',
			description: 'Stop dropping messages of phone numbers',
			route: 'POST /v1.0/subscribers/message-filter/blocked-contacts/remove',
			safety: 'idempotent',
			fields: [subscriber, messageFilterId, contacts],
			send: { contacts: existingPhones },
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a message filter',
			description:
				'Replace the settings of a message filter. Add all that should hold: Telegent drops what you leave out.',
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
