import type { INodeProperties } from 'n8n-workflow';

/* What holds messages back: fields of Message → Send. None of it is sent. */

const days: INodeProperties = {
	displayName: 'Days',
	name: 'days',
	type: 'multiOptions',
	// In the order of the week: sorted by name nobody would find a day.
	options: [
		{ name: 'Monday', value: 1 },
		{ name: 'Tuesday', value: 2 },
		{ name: 'Wednesday', value: 3 },
		{ name: 'Thursday', value: 4 },
		{ name: 'Friday', value: 5 },
		{ name: 'Saturday', value: 6 },
		{ name: 'Sunday', value: 0 },
	],
	default: [0, 1, 2, 3, 4, 5, 6],
	description: 'The days on which messages may go out',
};

const otherwise: INodeProperties = {
	displayName: 'Outside These Hours',
	name: 'otherwise',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Hold',
			value: 'hold',
			description: 'The item comes out with status held and sendAfter, the time from which it may be sent',
		},
		{
			name: 'Second Output',
			value: 'secondOutput',
			description: 'The same, in an output of its own: connect a Wait node and lead back to this one',
		},
		{ name: 'Skip', value: 'skip', description: 'The item is reported as skipped' },
	],
	default: 'hold',
	description: 'What happens to an item whose recipient must not be disturbed now. Nothing is sent for it.',
};

const zone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The zone for everyone, or, with Area Code of the Recipient, for numbers that do not tell theirs, such as toll-free ones',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a time zone…',
			typeOptions: { searchListMethod: 'searchTimeZones', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. America/Denver' },
	],
};

const hours: INodeProperties[] = [
	{
		displayName: 'Earliest',
		name: 'earliest',
		type: 'string',
		default: '09:00',
		placeholder: 'e.g. 09:00',
		description: 'Messages may go out from this local time on',
	},
	{
		displayName: 'Latest',
		name: 'latest',
		type: 'string',
		default: '20:00',
		placeholder: 'e.g. 20:00',
		description: 'And until just before this local time',
	},
	days,
	{
		displayName: 'Local Time By',
		name: 'zoneBy',
		type: 'options',
		options: [
			{
				name: 'Area Code of the Recipient',
				value: 'areaCode',
				description: 'Where an area code lies in several zones, it must be allowed in all of them',
			},
			{ name: 'Time Zone Below', value: 'given', description: 'The same zone for everyone' },
		],
		default: 'areaCode',
		description: 'Whose clock counts',
	},
	zone,
];

const quietHours: INodeProperties = {
	displayName: 'Quiet Hours',
	name: 'quietHours',
	type: 'fixedCollection',
	placeholder: 'Set Hours',
	default: {},
	options: [{ displayName: 'Hours', name: 'hours', values: [...hours, otherwise] }],
	description: 'When messages may go out, by the local time of who gets them',
};

const suppressionList: INodeProperties = {
	displayName: 'Suppression List',
	name: 'suppressionList',
	type: 'string',
	default: '',
	placeholder: "e.g. {{ $('Opt-Outs').all().map(item => item.json.number) }}",
	description:
		'Numbers that must not get a message, such as people who opted out: separated with commas, or an expression that gives a list. They are skipped and reported.',
};

const allowedRecipients: INodeProperties = {
	displayName: 'Allowed Recipients',
	name: 'allowedRecipients',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18015550123, +1385*',
	description:
		'The only numbers that may get a message: separated with commas, * for any ending, or an expression that gives a list. Anything else is refused and reported.',
};

const mostMessages: INodeProperties = {
	displayName: 'Most Messages a Run',
	name: 'mostMessages',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 10,
	description:
		'How many messages this node may send in one execution, all loops and calls of a tool together. More are refused and reported.',
};

/** How Message → Send holds messages back. Its lists are read once a run, so this is no part of `options`. */
export const safeguards: INodeProperties = {
	displayName: 'Safeguards',
	name: 'safeguards',
	type: 'collection',
	placeholder: 'Add Safeguard',
	default: {},
	options: [
		allowedRecipients,
		{
			displayName: 'Dry Run',
			name: 'dryRun',
			type: 'boolean',
			default: false,
			description: 'Whether to only answer what would have been sent, and send nothing',
		},
		mostMessages,
		quietHours,
		suppressionList,
	],
};

/** A question that is not asked comes out with the item, as one that nobody answered: there is no second output. */
export const questionSafeguards: INodeProperties = {
	...safeguards,
	options: [
		allowedRecipients,
		mostMessages,
		{ ...quietHours, options: [{ displayName: 'Hours', name: 'hours', values: hours }] },
		suppressionList,
	],
};

/** Message → Preview says who is on the list. */
export const previewSafeguards: INodeProperties = { ...safeguards, options: [suppressionList] };
