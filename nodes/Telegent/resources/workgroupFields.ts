import type { INodeProperties } from 'n8n-workflow';
import { account, number, optional, sorted } from '../../shared/form/fields';

/* Fields of workgroup.ts. */

export const workgroupId: INodeProperties = {
	displayName: 'Workgroup',
	name: 'workgroupId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The workgroup to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a workgroup…',
			typeOptions: { searchListMethod: 'searchWorkgroups', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. WID-12345-abc-12345' },
	],
};

const scheduleId: INodeProperties = {
	displayName: 'Schedule',
	name: 'scheduleId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: "The schedule with the workgroup's business hours",
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a schedule…',
			typeOptions: { searchListMethod: 'searchSchedules', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. SID-3741d220-0663-4289-85df-c203f43db5a6',
		},
	],
};

export const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Support Team',
	description: 'The name of the workgroup',
};

export const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'Menu (IVR)', value: 'IVR', description: 'Callers choose from a menu by pressing a digit' },
		{ name: 'Round Robin', value: 'round-robin', description: 'Members are called in rotation' },
		{ name: 'Simultaneous', value: 'simultaneous', description: 'All members are called at once' },
	],
	default: 'simultaneous',
	description: 'How calls are distributed to members',
};

const USER_OR_WORKGROUP = [
	{ name: 'User', value: 'User' },
	{ name: 'Workgroup', value: 'Workgroup' },
];

/** Settings that can be changed at any time. */
const changeable: INodeProperties[] = [
	optional(account, 'The account the workgroup belongs to'),
	{
		displayName: 'Announcement Audio URL',
		name: 'announcementUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/welcome.mp3',
		description: 'The URL of an audio file to play to callers first',
	},
	{
		displayName: 'Announcement Text',
		name: 'announcementText',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Press 1 for Sales, press 2 for Support.',
		description: 'A text to read to callers first',
	},
	{
		displayName: 'Call Order',
		name: 'callOrder',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1',
		description: 'The order in which calls are distributed',
	},
	{
		displayName: 'Off-Hours ID',
		name: 'offHoursId',
		type: 'string',
		default: '',
		placeholder: 'e.g. WID-12345-abc-12345',
		description: 'The ID of the user or workgroup that takes calls outside business hours',
	},
	{
		displayName: 'Off-Hours Type',
		name: 'offHoursType',
		type: 'options',
		options: USER_OR_WORKGROUP,
		default: 'Workgroup',
		description: 'Who takes calls outside business hours',
	},
	{
		displayName: 'On-Hours ID',
		name: 'onHoursId',
		type: 'string',
		default: '',
		placeholder: 'e.g. WID-12345-abc-12345',
		description: 'The ID of the user or workgroup that takes calls during business hours',
	},
	{
		displayName: 'On-Hours Type',
		name: 'onHoursType',
		type: 'options',
		options: USER_OR_WORKGROUP,
		default: 'Workgroup',
		description: 'Who takes calls during business hours',
	},
	{
		displayName: 'Record Calls',
		name: 'recordCalls',
		type: 'boolean',
		default: true,
		description: 'Whether to record calls',
	},
	scheduleId,
	{
		...optional(number, 'The number that callers dial to reach the workgroup'),
		displayName: 'Telegent Number',
		name: 'telegentPhone',
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. America/New_York',
		description: 'The time zone of the schedule',
	},
	{
		displayName: 'Transcribe Recordings',
		name: 'transcribeRecordings',
		type: 'boolean',
		default: true,
		description: 'Whether to transcribe recordings',
	},
];

export const creating: INodeProperties[] = sorted([
	...changeable,
	{
		displayName: 'AI Recording',
		name: 'aiRecording',
		type: 'boolean',
		default: true,
		description: 'Whether to enhance recordings with AI',
	},
	{
		displayName: 'Caller ID Name',
		name: 'callerIdName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Support',
		description: 'The caller name that members see for calls through the workgroup',
	},
	{
		displayName: 'Caller ID Type',
		name: 'callerIdType',
		type: 'string',
		default: '',
		description: 'The type of caller ID that members see. For the possible values, contact Telegent support.',
	},
	{
		displayName: 'Hold Music ID',
		name: 'holdMusicId',
		type: 'string',
		default: '',
		description: 'The ID of the music that callers on hold hear',
	},
	{
		displayName: 'Internal Extension',
		name: 'internalExtension',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100',
		description: 'The extension for internal calls',
	},
	{
		displayName: 'Toll-Free Number',
		name: 'tollFreeNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18005550100',
		description: 'A toll-free number for the workgroup',
	},
	{
		displayName: 'Wait Between Attempts',
		name: 'waitBetween',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20',
		description: 'How long to wait between attempts to call a member',
	},
]);

export const updating: INodeProperties[] = sorted([...changeable, name, type]);

/* Members. The API calls them activities. */

export const workgroupActivityId: INodeProperties = {
	displayName: 'Member ID',
	name: 'workgroupActivityId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. WAID-4dec6beb-3985-444b-8c06-8baa70dc1416',
	description: 'The member ID returned when the member was added (WorkgroupActivityId)',
};

export const memberType: INodeProperties = {
	displayName: 'Member Type',
	name: 'type',
	type: 'options',
	options: [
		{ name: 'User', value: 'User', description: 'A person' },
		{ name: 'Workgroup', value: 'Workgroup', description: 'Another workgroup' },
	],
	default: 'User',
	description: 'The type of member',
};

export const referenceUserId: INodeProperties = {
	displayName: 'User ID',
	name: 'referenceUserId',
	type: 'string',
	default: '',
	placeholder: 'e.g. USER-abc-123',
	description: 'The user who is the member',
};

export const referenceWorkgroupId: INodeProperties = {
	...optional(workgroupId, 'The workgroup that is the member'),
	displayName: 'Member Workgroup',
	name: 'referenceWorkgroupId',
};

export const memberSettings: INodeProperties[] = [
	{
		displayName: 'Digit or Order',
		name: 'digitOrder',
		type: 'number',
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: 1,
		description:
			"The menu digit that callers press for this member, or the member's position in the ring order",
	},
	{
		displayName: 'Email Notification',
		name: 'emailNotification',
		type: 'boolean',
		default: true,
		description: 'Whether to notify the member by email',
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550123',
		description: 'The number to call',
	},
	{
		displayName: 'SMS Notification',
		name: 'smsNotification',
		type: 'boolean',
		default: true,
		description: 'Whether to notify the member by SMS',
	},
];
