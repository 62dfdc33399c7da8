import type { INodeProperties } from 'n8n-workflow';
import { account, number, optional, sorted } from '../../shared/form/fields';

/* Fields of workgroup.ts. */

export const workgroupId: INodeProperties = {
	displayName: 'Workgroup',
	name: 'workgroupId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The workgroup, a team that calls are passed to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a workgroup…',
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
	description: 'The business hours that the workgroup keeps',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a schedule…',
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
		{ name: 'Menu (IVR)', value: 'IVR', description: 'Callers choose by pressing a digit' },
		{ name: 'Round Robin', value: 'round-robin', description: 'Members take turns' },
		{ name: 'Simultaneous', value: 'simultaneous', description: 'All members ring at once' },
	],
	default: 'simultaneous',
	description: 'How calls reach the members',
};

const USER_OR_WORKGROUP = [
	{ name: 'User', value: 'User' },
	{ name: 'Workgroup', value: 'Workgroup' },
];

/** Settings that can be changed at any time. */
const changeable: INodeProperties[] = [
	optional(account, 'The account that the workgroup belongs to'),
	{
		displayName: 'Announcement Audio URL',
		name: 'announcementUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/welcome.mp3',
		description: 'The address of an audio file that callers hear first',
	},
	{
		displayName: 'Announcement Text',
		name: 'announcementText',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Press 1 for Sales, press 2 for Support.',
		description: 'A text that is read to callers first',
	},
	{
		displayName: 'Call Order',
		name: 'callOrder',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1',
		description: 'The order in which calls are passed on',
	},
	{
		displayName: 'Off-Hours ID',
		name: 'offHoursId',
		type: 'string',
		default: '',
		placeholder: 'e.g. WID-12345-abc-12345',
		description: 'The ID of the user or workgroup that takes calls outside the schedule',
	},
	{
		displayName: 'Off-Hours Type',
		name: 'offHoursType',
		type: 'options',
		options: USER_OR_WORKGROUP,
		default: 'Workgroup',
		description: 'Who takes calls outside the schedule',
	},
	{
		displayName: 'On-Hours ID',
		name: 'onHoursId',
		type: 'string',
		default: '',
		placeholder: 'e.g. WID-12345-abc-12345',
		description: 'The ID of the user or workgroup that takes calls within the schedule',
	},
	{
		displayName: 'On-Hours Type',
		name: 'onHoursType',
		type: 'options',
		options: USER_OR_WORKGROUP,
		default: 'Workgroup',
		description: 'Who takes calls within the schedule',
	},
	{
		displayName: 'Record Calls',
		name: 'recordCalls',
		type: 'boolean',
		default: true,
		description: 'Whether calls are recorded',
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
		description: 'Whether recordings are written down as text',
	},
];

export const creating: INodeProperties[] = sorted([
	...changeable,
	{
		displayName: 'AI Recording',
		name: 'aiRecording',
		type: 'boolean',
		default: true,
		description: 'Whether AI enhances the recordings',
	},
	{
		displayName: 'Caller ID Name',
		name: 'callerIdName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Support',
		description: 'The name that members see when a call comes through the workgroup',
	},
	{
		displayName: 'Caller ID Type',
		name: 'callerIdType',
		type: 'string',
		default: '',
		description: 'What kind of caller ID members see. Telegent does not list the values; ask its support.',
	},
	{
		displayName: 'Hold Music ID',
		name: 'holdMusicId',
		type: 'string',
		default: '',
		description: 'The music that waiting callers hear',
	},
	{
		displayName: 'Internal Extension',
		name: 'internalExtension',
		type: 'string',
		default: '',
		placeholder: 'e.g. 100',
		description: 'The short number that colleagues dial',
	},
	{
		displayName: 'Toll-Free Number',
		name: 'tollFreeNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18005550100',
		description: 'A toll-free number that leads to the workgroup',
	},
	{
		displayName: 'Wait Between Attempts',
		name: 'waitBetween',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20',
		description: 'How long to wait between two attempts to reach a member',
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
	description: 'The ID that adding the member returned (WorkgroupActivityId)',
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
	description: 'Who the member is',
};

export const referenceUserId: INodeProperties = {
	displayName: 'User ID',
	name: 'referenceUserId',
	type: 'string',
	default: '',
	placeholder: 'e.g. USER-abc-123',
	description: 'The person who becomes a member',
};

export const referenceWorkgroupId: INodeProperties = {
	...optional(workgroupId, 'The workgroup that becomes a member'),
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
		description: 'The digit that callers press in a menu, or the member’s place in the order of ringing',
	},
	{
		displayName: 'Email Notification',
		name: 'emailNotification',
		type: 'boolean',
		default: true,
		description: 'Whether the member is told by e-mail',
	},
	{
		displayName: 'Phone Number',
		name: 'phoneNumber',
		type: 'string',
		default: '',
		placeholder: 'e.g. +18015550123',
		description: 'The number that rings',
	},
	{
		displayName: 'SMS Notification',
		name: 'smsNotification',
		type: 'boolean',
		default: true,
		description: 'Whether the member is told by SMS',
	},
];
