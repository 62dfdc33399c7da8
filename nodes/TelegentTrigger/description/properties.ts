import type { INodeProperties, INodePropertyOptions, INodePropertyTypeOptions } from 'n8n-workflow';
import { account, messageRoute, optional } from '../../shared/form/fields';
import { EVENTS, type ListenMode } from '../../shared/inbound/events';

/** Labels and descriptions of the listen modes. */
const LISTEN_MODES: Record<ListenMode, { name: string; description: string }> = {
	existingRoute: {
		name: 'Existing Route',
		description:
			'Use one of your message routes. While the workflow is published, it receives the messages instead of the route’s current URL.',
	},
	newRoute: {
		name: 'New Route',
		description:
			'A message route is made for this workflow, and the numbers you choose move to it; all of it is undone after',
	},
	accountWebhook: {
		name: 'Account Webhook',
		description: 'The account’s webhooks get one more, for this workflow; no route is changed',
	},
	manual: {
		name: 'Manual',
		description: 'You enter the address of this workflow at Telegent yourself; nothing is changed there',
	},
};

const eventsWith = (mode: ListenMode) =>
	EVENTS.filter(({ listenModes }) => listenModes.includes(mode)).map(({ value }) => value);

const listenModeOptions = (modes: ListenMode[]): INodePropertyOptions[] =>
	modes.map((value) => ({ ...LISTEN_MODES[value], value })).sort((a, b) => (a.name < b.name ? -1 : 1));

const listenOn: INodeProperties = {
	displayName: 'Listen On',
	name: 'listenOn',
	type: 'options',
	noDataExpression: true,
	options: listenModeOptions(['existingRoute']),
	default: 'existingRoute',
	description: 'How Telegent gets to call this workflow',
};

/** Listen On, once per set of events with the same listen modes. */
const listenOns = [...new Set(EVENTS.map(({ listenModes }) => listenModes.join()))].map(
	(joined): INodeProperties => {
		const events = EVENTS.filter(({ listenModes }) => listenModes.join() === joined);
		const [{ listenModes }] = events;
		return {
			...listenOn,
			displayOptions: { show: { event: events.map(({ value }) => value) } },
			options: listenModeOptions(listenModes),
			default: listenModes[0],
		};
	},
);

const onMessages = {
	event: EVENTS.filter(({ address: slot }) => slot === 'message').map(({ value }) => value),
};

function notice(name: string, way: ListenMode, text: string, events = eventsWith(way)): INodeProperties {
	return {
		displayName: text,
		name,
		type: 'notice',
		default: '',
		displayOptions: { show: { listenOn: [way], event: events } },
	};
}

const notices = [
	notice(
		'existingRouteNotice',
		'existingRoute',
		"While the workflow is published or being tested, the route delivers messages to it instead of to its current URL, such as your CRM. Afterwards, that URL is restored. To deliver to both, choose 'Account Webhook' in 'Listen On'.",
		onMessages.event,
	),
	notice(
		'receiptsNotice',
		'existingRoute',
		'While the workflow is published or being tested, the route delivers receipts to it instead of to its current Callback URL. The Message URL stays as it is. Afterwards, the Callback URL is restored.',
		['deliveryReceipt'],
	),
	notice(
		'newRouteNotice',
		'newRoute',
		'While the workflow is published or being tested, the numbers are on a new route, so their current routes do not receive their messages. Afterwards, each number moves back and the new route is deleted.',
	),
	notice(
		'accountWebhookNotice',
		'accountWebhook',
		'While the workflow is published, the account has one webhook more. Routes and other webhooks stay as they are.',
	),
	notice(
		'manualNotice',
		'manual',
		'Enter the Production URL (under Webhook URLs above) at Telegent, as Message URL of a route for instance, with the method POST, the authentication Bearer and the token below. Basic works too: any user name, for instance telegent, and the token as password. Nothing is changed there for you, and nothing is given back.',
	),
];

/** Stored in the workflow instead of the token. */
export const DERIVED = 'derived';

/** Separate constant: exempt from n8n's "Names or IDs" lint rule, since users cannot pick a value. */
const shownToken: INodePropertyTypeOptions = {
	loadOptionsMethod: 'getToken',
	loadOptionsDependsOn: ['trigger'],
};

/** The token for Manual mode; only the editor shows it. */
const manualTokenField: INodeProperties[] = [
	{
		displayName: 'Trigger',
		name: 'trigger',
		type: 'hidden',
		default: '={{ $webhookId || $nodeId }}',
		displayOptions: { show: { listenOn: ['manual'], event: eventsWith('manual') } },
	},
	{
		displayName: 'Token to Enter at Telegent',
		name: 'token',
		type: 'options',
		noDataExpression: true,
		typeOptions: shownToken,
		default: DERIVED,
		displayOptions: { show: { listenOn: ['manual'], event: eventsWith('manual') } },
		hint: 'To copy it: click it twice, then press Ctrl+A and Ctrl+C',
		description:
			'Calls without this token are turned away. It belongs to this trigger and to your account: a copy of the trigger has another one, and so it has when you change the account secret.',
	},
];

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: { event: [...onMessages.event, 'newSms'] } },
	description: 'Only messages that fit all of these start the workflow',
	options: [
		{
			displayName: 'Contains',
			name: 'contains',
			type: 'string',
			default: '',
			placeholder: 'e.g. appointment',
			description: 'Text that the message must contain, in any case',
		},
		{
			displayName: 'First Word',
			name: 'keywords',
			type: 'string',
			default: '',
			placeholder: 'e.g. BOOK, ORDER',
			description:
				'The word that the message must begin with. Separate several with commas: one of them is enough.',
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +18015550123',
			description: 'Who must have written it. Separate several numbers with commas.',
		},
		{
			displayName: 'Regular Expression',
			name: 'pattern',
			type: 'string',
			default: '',
			placeholder: 'e.g. ^order\\s+\\d+',
			description: 'A pattern that must occur in the message, in any case',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15005550100',
			description: 'Which of your numbers it must have come to. Separate several with commas.',
		},
	],
};

/* Switches are on when they are added: adding one means to want it. */
const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			...optional(account, 'The account to listen in. Needed when your distributor has several.'),
			displayOptions: { show: { '/listenOn': ['accountWebhook', 'newRoute'] } },
		},
		{
			displayName: 'Allow Tests on a Published Route',
			name: 'allowTests',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/listenOn': ['existingRoute', 'newRoute'] } },
			description:
				'Whether a test in the editor may take the messages that a published workflow gets now. They come back to it when the test ends.',
		},
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/event': [...onMessages.event, 'newSms'] } },
			description: 'Whether to download pictures and other media into binary fields',
		},
		{
			displayName: 'Largest File',
			name: 'largestMedia',
			type: 'number',
			typeOptions: { minValue: 0.1, maxValue: 25 },
			default: 5,
			displayOptions: { show: { downloadMedia: [true] } },
			description: 'The size in megabytes up to which a file is downloaded',
		},
		{
			displayName: 'Leave Awaited Answers',
			name: 'leaveAwaited',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/event': [...onMessages.event, 'newSms'] } },
			description:
				'Whether messages that a Send and Wait for Reply waits for do not start this workflow. Opt-out words such as STOP start it all the same.',
		},
		{
			displayName: 'Put Files in Field',
			name: 'mediaPrefix',
			type: 'string',
			default: 'media_',
			displayOptions: { show: { downloadMedia: [true] } },
			description:
				'The beginning of the names of the binary fields. A number follows: media_0, media_1 and so on.',
		},
		{
			displayName: 'Take Over',
			name: 'takeOver',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/listenOn': ['existingRoute', 'newRoute'] } },
			description:
				'Whether to use the route or number even if another workflow listens there, or what it uses now cannot be given back completely',
		},
		{
			displayName: 'Treat YES as Opt-In',
			name: 'yesOptsIn',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/event': ['optIn'] } },
			description:
				'Whether YES starts this workflow as START does. Add this only if your messages ask people to reply YES to subscribe: YES also answers other questions.',
		},
	],
};

const event: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: EVENTS.map(({ description, name, value }) => ({ name, value, description })),
	default: 'messageReceived',
	description: 'What starts the workflow',
};

export const properties: INodeProperties[] = [
	event,
	...listenOns,
	...notices,
	...manualTokenField,
	{
		...messageRoute,
		displayOptions: { show: { listenOn: ['existingRoute'], event: eventsWith('existingRoute') } },
		description: 'The route that shall call this workflow',
	},
	{
		displayName: 'Phone Number Names or IDs',
		name: 'phoneNumbers',
		type: 'multiOptions',
		required: true,
		typeOptions: { loadOptionsMethod: 'getNumbers' },
		default: [],
		displayOptions: { show: { listenOn: ['newRoute'], event: eventsWith('newRoute') } },
		description:
			'The numbers whose messages start the workflow. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		displayOptions: { show: { event: ['deliveryReceipt'] } },
		options: [
			{ name: 'Delivered', value: 'delivered', description: 'The message has arrived' },
			{ name: 'Failed', value: 'failed', description: 'The message did not arrive' },
			{ name: 'Queued', value: 'queued', description: 'Telegent has taken the message' },
			{ name: 'Sent', value: 'sent', description: 'The message is on its way' },
		],
		default: ['delivered', 'failed'],
		description: 'Which receipts start the workflow',
	},
	filters,
	options,
];
