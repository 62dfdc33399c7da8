import type { INodeProperties } from 'n8n-workflow';
import { frequencyCap, mustContain, redirectTo, sendInEvaluations } from './checkFields';
import { refusingSafeguards } from './refusingSafeguards';

/* What holds messages back: fields of Message → Send. None of it is sent. */

const days: INodeProperties = {
	displayName: 'Days',
	name: 'days',
	type: 'multiOptions',
	// In the order of the week, not sorted by name.
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
	description: 'The days on which messages can be sent',
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
			description: "Output the item with the status 'held' and the earliest send time in 'sendAfter'",
		},
		{
			name: 'Second Output',
			value: 'secondOutput',
			description: 'Output held items separately. Connect a Wait node and loop back to this node.',
		},
		{ name: 'Skip', value: 'skip', description: 'Report the item as skipped' },
	],
	default: 'hold',
	description: "What to do with messages that aren't sent because it's outside these hours",
};

const zone: INodeProperties = {
	displayName: 'Time Zone',
	name: 'timeZone',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The time zone for all recipients, or the fallback for numbers without a known time zone, such as toll-free numbers',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a time zone…',
			typeOptions: { searchListMethod: 'searchTimeZones', searchable: true },
		},
		{ displayName: 'By Name', name: 'name', type: 'string', placeholder: 'e.g. America/Denver' },
	],
};

const hours: INodeProperties[] = [
	{
		displayName: 'Send From',
		name: 'earliest',
		type: 'string',
		default: '09:00',
		placeholder: 'e.g. 09:00',
		description: 'Local time from which messages can be sent',
	},
	{
		displayName: 'Send Until',
		name: 'latest',
		type: 'string',
		default: '20:00',
		placeholder: 'e.g. 20:00',
		description:
			"Local time at which sending stops. If it's earlier than 'Send From', messages are also sent overnight.",
	},
	days,
	{
		displayName: 'Time Zone Source',
		name: 'zoneBy',
		type: 'options',
		options: [
			{
				name: "Recipient's Area Code",
				value: 'areaCode',
				description: 'If an area code spans several time zones, the time must be allowed in all of them',
			},
			{ name: 'Fixed Time Zone', value: 'given', description: 'The same time zone for all recipients' },
		],
		default: 'areaCode',
		description: "How to determine the recipient's local time",
	},
	zone,
];

/** The fields of Sending Hours. */
export const hoursFields: INodeProperties[] = [...hours, otherwise];

/**
 * Hours that are in force as soon as they are added. n8n's editor gives an added option its default, and stores nothing
 * for a group that was never opened (n8n 2.40, `NodeHelpers.getNodeParameters`): with an empty default the messages
 * would go out at any time. `multipleValues: false` makes n8n keep an emptied one too, so that it can be refused.
 */
function sendingHours(values: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Sending Hours',
		name: 'quietHours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: false },
		placeholder: 'Set Hours',
		default: { hours: Object.fromEntries(values.map((field) => [field.name, field.default])) },
		options: [{ displayName: 'Hours', name: 'hours', values }],
		description: 'When messages can be sent, in the local time of the recipient',
	};
}

const suppressionList: INodeProperties = {
	displayName: 'Suppression List',
	name: 'suppressionList',
	type: 'string',
	default: '',
	placeholder: "e.g. {{ $('Opt-Outs').all().map(item => item.json.number) }}",
	description:
		"Numbers that must not receive messages, for example of people who opted out. Separate the numbers with commas, or use an expression that returns a list. They're skipped and reported.",
};

const mostMessages: INodeProperties = {
	displayName: 'Max Messages per Execution',
	name: 'mostMessages',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 0 },
	default: 10,
	description:
		'How many messages this node can send in one execution, including all loops and tool calls. Further messages are refused and reported.',
};

const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dryRun',
	type: 'boolean',
	default: true,
	description: 'Whether to return the message that would be sent, without sending it',
};

const staySilent: INodeProperties = {
	displayName: 'Stay Silent While a Person Writes (Minutes)',
	name: 'staySilentMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 30,
	description:
		"How long to skip recipients after someone else texted them from the number in 'From'. Messages from this workflow or with the same 'Campaign ID' don't count.",
};

/** With the safeguards that refuse items, in the order of the labels. */
function withRefusing(fields: INodeProperties[]): INodeProperties[] {
	return [...refusingSafeguards.map(({ field }) => field), ...fields].sort((a, b) =>
		a.displayName < b.displayName ? -1 : 1,
	);
}

/** How Message → Send holds messages back. Its lists are read once a run, so this is no part of `options`. */
export const safeguards: INodeProperties = {
	displayName: 'Safeguards',
	name: 'safeguards',
	type: 'collection',
	placeholder: 'Add Safeguard',
	default: {},
	options: withRefusing([
		dryRun,
		mostMessages,
		frequencyCap,
		mustContain,
		redirectTo,
		sendInEvaluations,
		sendingHours(hoursFields),
		staySilent,
		suppressionList,
	]),
};

/** Send and Wait has no second output: a question that is not sent comes out like one without a reply. */
export const questionSafeguards: INodeProperties = {
	...safeguards,
	options: withRefusing([
		mostMessages,
		frequencyCap,
		mustContain,
		redirectTo,
		sendInEvaluations,
		sendingHours(hours),
		staySilent,
		suppressionList,
	]),
};

/** Message → Preview reports who is on the Suppression List or outside Sending Hours, what is missing, and the cost. */
export const previewSafeguards: INodeProperties = {
	...safeguards,
	options: [frequencyCap, mustContain, sendingHours(hoursFields), staySilent, suppressionList],
};
