import type { INodeProperties } from 'n8n-workflow';
import {
	applyToInbound,
	applyToOutbound,
	blockUnknownNumbers,
	keywordFilter,
	notificationPhones,
} from './filterFields';

/* Fields of callFilter.ts. */

export const callFilterId: INodeProperties = {
	displayName: 'Call Filter',
	name: 'callFilterId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The filter that calls of a subscriber pass',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a call filter…',
			typeOptions: { searchListMethod: 'searchCallFilters', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. CFID-8e966d20-08b8-42bf-a11f-2fdf72c663d6',
		},
	],
};

export const numbers: INodeProperties = {
	displayName: 'Numbers',
	name: 'numbers',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +18015550123, +18015550124',
	description: 'The phone numbers. Separate several with commas.',
};

export const filterMode: INodeProperties = {
	displayName: 'Mode',
	name: 'filterMode',
	type: 'options',
	required: true,
	options: [
		{ name: 'Adolescent', value: 'ADOLESCENT', description: 'Telegent’s rules for this age' },
		{ name: 'Allowed List', value: 'WHITELIST', description: 'Only allowed numbers can call' },
		{ name: 'Blocked List', value: 'BLACKLIST', description: 'Only blocked numbers are rejected' },
		{ name: 'Child', value: 'CHILD', description: 'Telegent’s rules for this age' },
		{ name: 'Teenager', value: 'TEENAGER', description: 'Telegent’s rules for this age' },
	],
	default: 'WHITELIST',
	description: 'Who can call. The rules for an age need a guardian: see Guardian → Create Relation.',
};

/** The rules for an age can be chosen only when a filter is created. */
export const updatedFilterMode: INodeProperties = {
	displayName: 'Mode',
	name: 'filterMode',
	type: 'options',
	options: [
		{ name: 'Allowed List', value: 'WHITELIST', description: 'Only allowed numbers can call' },
		{ name: 'Blocked List', value: 'BLACKLIST', description: 'Only blocked numbers are rejected' },
	],
	default: 'WHITELIST',
	description: 'Who can call',
};

export const timeRestrictions: INodeProperties = {
	displayName: 'Time Restrictions (JSON)',
	name: 'timeRestrictions',
	type: 'json',
	default: '{}',
	description: 'When the filter works. Telegent keeps this for later and does not say yet what goes in.',
};

export const settings: INodeProperties[] = [
	{
		displayName: 'Allowed Numbers',
		name: 'allowedNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550123, +18015550124',
		description: 'Phone numbers that may call. Separate several with commas.',
	},
	applyToInbound,
	applyToOutbound,
	{
		displayName: 'Block International',
		name: 'blockInternational',
		type: 'boolean',
		default: true,
		description: 'Whether calls from and to other countries are blocked',
	},
	blockUnknownNumbers,
	{
		displayName: 'Blocked Numbers',
		name: 'blockedNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550125',
		description: 'Phone numbers whose calls are rejected. Separate several with commas.',
	},
	keywordFilter,
	notificationPhones,
	{
		displayName: 'On Flagged Word',
		name: 'transcriptionAction',
		type: 'options',
		options: [
			{ name: 'Notify', value: 'NOTIFY', description: 'Tell the Notify Numbers; the call goes on' },
			{ name: 'Terminate', value: 'TERMINATE', description: 'End the call at once' },
			{ name: 'Warn', value: 'WARNING', description: 'Play the Warning Message; the call goes on' },
		],
		default: 'NOTIFY',
		description: 'What happens when a word of the keyword rules is said',
	},
	{
		displayName: 'Record Flagged Calls',
		name: 'recordFlaggedCalls',
		type: 'boolean',
		default: true,
		description: 'Whether calls against the rules are recorded',
	},
	{
		displayName: 'Transcribe Calls',
		name: 'enableTranscription',
		type: 'boolean',
		default: true,
		description: 'Whether calls are written down while they are made; keyword rules need it',
	},
	{
		displayName: 'Warning Message',
		name: 'warningMessage',
		type: 'string',
		default: '',
		placeholder: 'e.g. This call may be terminated',
		displayOptions: { hide: { transcriptionAction: ['NOTIFY', 'TERMINATE'] } },
		description: 'The text that the caller hears as a warning',
	},
];
