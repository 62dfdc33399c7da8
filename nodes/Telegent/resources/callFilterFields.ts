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
	description: 'The call filter to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a call filter…',
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
	description: 'One or more phone numbers, separated by commas',
};

export const filterMode: INodeProperties = {
	displayName: 'Mode',
	name: 'filterMode',
	type: 'options',
	required: true,
	options: [
		{ name: 'Adolescent', value: 'ADOLESCENT', description: "Telegent's preset for this age group" },
		{ name: 'Allowed List', value: 'WHITELIST', description: 'Only allowed numbers can call' },
		{ name: 'Blocked List', value: 'BLACKLIST', description: 'Only calls from blocked numbers are rejected' },
		{ name: 'Child', value: 'CHILD', description: "Telegent's preset for this age group" },
		{ name: 'Teenager', value: 'TEENAGER', description: "Telegent's preset for this age group" },
	],
	default: 'WHITELIST',
	description: 'Who can call. Presets for an age group require a guardian (see Guardian → Create Relation).',
};

/** The rules for an age can be chosen only when a filter is created. */
export const updatedFilterMode: INodeProperties = {
	displayName: 'Mode',
	name: 'filterMode',
	type: 'options',
	options: [
		{ name: 'Allowed List', value: 'WHITELIST', description: 'Only allowed numbers can call' },
		{ name: 'Blocked List', value: 'BLACKLIST', description: 'Only calls from blocked numbers are rejected' },
	],
	default: 'WHITELIST',
	description: 'Who can call',
};

export const timeRestrictions: INodeProperties = {
	displayName: 'Time Restrictions (JSON)',
	name: 'timeRestrictions',
	type: 'json',
	default: '{}',
	description:
		"When the filter is active. Telegent reserves this field for future use and hasn't documented its format.",
};

export const settings: INodeProperties[] = [
	{
		displayName: 'Allowed Numbers',
		name: 'allowedNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550123, +18015550124',
		description: 'Phone numbers that are allowed to call, separated by commas',
	},
	applyToInbound,
	applyToOutbound,
	{
		displayName: 'Block International',
		name: 'blockInternational',
		type: 'boolean',
		default: true,
		description: 'Whether to block calls to and from other countries',
	},
	blockUnknownNumbers,
	{
		displayName: 'Blocked Numbers',
		name: 'blockedNumbers',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550125',
		description: 'Phone numbers whose calls are rejected, separated by commas',
	},
	keywordFilter,
	notificationPhones,
	{
		displayName: 'On Keyword Detected',
		name: 'transcriptionAction',
		type: 'options',
		options: [
			{
				name: 'Notify',
				value: 'NOTIFY',
				description: "Notify the numbers in 'Notification Numbers' and continue the call",
			},
			{ name: 'Terminate', value: 'TERMINATE', description: 'End the call immediately' },
			{ name: 'Warn', value: 'WARNING', description: "Play the 'Warning Message' and continue the call" },
		],
		default: 'NOTIFY',
		description: 'What to do when a keyword is detected during a call',
	},
	{
		displayName: 'Record Flagged Calls',
		name: 'recordFlaggedCalls',
		type: 'boolean',
		default: true,
		description: 'Whether to record calls that are flagged by keywords or other rules',
	},
	{
		displayName: 'Transcribe Calls',
		name: 'enableTranscription',
		type: 'boolean',
		default: true,
		description: 'Whether to transcribe calls in real time. Required for keyword rules.',
	},
	{
		displayName: 'Warning Message',
		name: 'warningMessage',
		type: 'string',
		default: '',
		placeholder: 'e.g. This call may be terminated',
		displayOptions: { hide: { transcriptionAction: ['NOTIFY', 'TERMINATE'] } },
		description: 'The text to read to the caller as a warning',
	},
];
