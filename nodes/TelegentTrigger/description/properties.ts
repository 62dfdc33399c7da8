import type { INodeProperties, INodePropertyOptions, INodePropertyTypeOptions } from 'n8n-workflow';
import { optionsCollection, account, messageRoute, optional } from '../../shared/form/fields';
import { EVENTS, type ListenMode } from '../../shared/inbound/events';
import { filtersFor } from './filters';

/** Labels and descriptions of the listen modes. */
const LISTEN_MODES: Record<ListenMode, { name: string; description: string }> = {
	existingRoute: {
		name: 'Existing Route',
		description:
			"Use one of your message routes. While the workflow is published, the route delivers messages to it instead of to the route's current URL. Unpublishing restores that URL.",
	},
	newRoute: {
		name: 'New Route',
		description:
			'Create a message route for this workflow and move the selected numbers to it. Unpublishing moves them back and deletes the route.',
	},
	accountWebhook: {
		name: 'Account Webhook',
		description: "Add a webhook for this workflow to the account. Your message routes aren't changed.",
	},
	manual: {
		name: 'Manual',
		description: 'Enter the URL of this workflow in Telegent yourself. Nothing is changed there for you.',
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
	description: 'How Telegent delivers events to this workflow',
	builderHint: {
		propertyHint:
			'existingRoute replaces the URL of the route while the workflow is published: choose accountWebhook if another system, such as a CRM, must keep receiving.',
	},
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
	event: EVENTS.filter(({ address }) => address === 'message').map(({ value }) => value),
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
		"While the workflow is published or being tested, its URL replaces the 'Message URL' of the route. A system that uses that URL now, such as your CRM, receives no messages then. The previous URL is restored afterward. To deliver to both, set 'Listen On' to 'Account Webhook'.",
		onMessages.event,
	),
	notice(
		'receiptsNotice',
		'existingRoute',
		"While the workflow is published or being tested, its URL replaces the 'Callback URL' of the route. The previous URL is restored afterward. The 'Message URL' isn't changed.",
		['deliveryReceipt'],
	),
	notice(
		'newRouteNotice',
		'newRoute',
		"While the workflow is published or being tested, the selected numbers use a new route. The URLs of their current routes don't receive their messages then. Afterward, each number moves back, and the new route is deleted.",
	),
	notice(
		'accountWebhookNotice',
		'accountWebhook',
		"While the workflow is published or being tested, the account has an additional webhook for it. Your message routes and other webhooks aren't changed.",
	),
	notice(
		'manualNotice',
		'manual',
		"In Telegent, enter the 'Production URL' (see 'Webhook URLs' above), for example as the 'Message URL' of a route. Use the method POST and Bearer authentication with the token below. Basic authentication also works, with any username and the token as the password. When you unpublish the workflow, remove the URL in Telegent yourself.",
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
		displayName: 'Token to Enter in Telegent',
		name: 'token',
		type: 'options',
		noDataExpression: true,
		typeOptions: shownToken,
		default: DERIVED,
		displayOptions: { show: { listenOn: ['manual'], event: eventsWith('manual') } },
		hint: 'To copy the token, click it twice, then press Ctrl+A and Ctrl+C (⌘ on Mac)',
		description:
			'Requests without this token are rejected. The token changes if you copy this trigger or change your account secret.',
	},
];

/** Events whose messages a workflow answers. */
const COLLECTABLE = ['messageReceived', 'newSms'];

/* Switches are on when they are added: adding one means to want it. */
const options: INodeProperties = {
	...optionsCollection,
	options: [
		{
			...optional(
				account,
				'The account to receive events from. Required if your distributor has more than one account.',
			),
			displayOptions: { show: { '/listenOn': ['accountWebhook', 'newRoute'] } },
		},
		{
			displayName: 'Allow Tests on a Published Route',
			name: 'allowTests',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/listenOn': ['existingRoute', 'newRoute'] } },
			description:
				'Whether a test in the editor can temporarily receive the messages of a published workflow. They go back to that workflow when the test ends.',
		},
		{
			displayName: "Campaign ID of This Workflow's Messages",
			name: 'campaignId',
			type: 'string',
			default: '',
			placeholder: 'e.g. JCID-dsuhofh3882',
			displayOptions: { show: { staySilentMinutes: [{ _cnd: { gt: 0 } }] } },
			description:
				"The campaign ID of messages that another workflow or system sends for this one. They don't count as written by a person.",
		},
		{
			displayName: 'Collect Messages (Seconds)',
			name: 'collectSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 600 },
			default: 8,
			displayOptions: { show: { '/event': COLLECTABLE } },
			description:
				"How long to wait for more messages from a person before the workflow continues with all of them. Opt-outs and HELP don't wait.",
		},
		{
			displayName: 'Collect Messages for at Most (Seconds)',
			name: 'collectLongestSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 600 },
			default: 60,
			displayOptions: { show: { collectSeconds: [{ _cnd: { gt: 0 } }] } },
			description: 'The longest time to wait after the first message, even if the person keeps writing',
		},
		{
			displayName: 'Download Media',
			name: 'downloadMedia',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/event': [...onMessages.event, 'newSms'] } },
			description: 'Whether to download the images and other media in messages and output them as files',
		},
		{
			displayName: 'Ignore Awaited Replies',
			name: 'leaveAwaited',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/event': [...onMessages.event, 'newSms'] } },
			description:
				"Whether to ignore replies that a 'Send and Wait for Response' operation is waiting for. Opt-outs and HELP still start the workflow.",
		},
		{
			displayName: 'Max File Size (MB)',
			name: 'largestMedia',
			type: 'number',
			typeOptions: { minValue: 0.1, maxValue: 25 },
			default: 5,
			displayOptions: { show: { downloadMedia: [true] } },
			description: 'The largest size of files to download. Larger files are skipped.',
		},
		{
			displayName: 'Output Field Prefix',
			name: 'mediaPrefix',
			type: 'string',
			default: 'media_',
			displayOptions: { show: { downloadMedia: [true] } },
			description:
				'The prefix of the output fields that contain the files. A number is added to it, for example media_0, media_1.',
		},
		{
			displayName: 'Stay Silent While a Person Writes (Minutes)',
			name: 'staySilentMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			displayOptions: { show: { '/event': COLLECTABLE } },
			description:
				'How long to ignore messages from a person after someone else, such as a colleague, texted them. Opt-outs and HELP still start the workflow.',
		},
		{
			displayName: 'Take Over',
			name: 'takeOver',
			type: 'boolean',
			default: true,
			displayOptions: { show: { '/listenOn': ['existingRoute', 'newRoute'] } },
			description:
				"Whether to use the route or number even if another workflow uses it or its settings can't be fully restored",
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
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: EVENTS.map(({ description, name, value }) => ({ name, value, description })),
	default: 'messageReceived',
	builderHint: {
		propertyHint:
			'For replies to be processed, use messageReceived and branch on intent, which is optOut, optIn, help or null. Use deliveryReceipt to learn whether sent messages arrived.',
	},
};

export const properties: INodeProperties[] = [
	event,
	...listenOns,
	...notices,
	...manualTokenField,
	{
		...messageRoute,
		displayOptions: { show: { listenOn: ['existingRoute'], event: eventsWith('existingRoute') } },
		description: 'The message route to receive from',
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
			{ name: 'Delivered', value: 'delivered', description: 'The message was delivered' },
			{ name: 'Failed', value: 'failed', description: "The message wasn't delivered" },
			{ name: 'Queued', value: 'queued', description: 'Telegent accepted the message' },
			{ name: 'Sent', value: 'sent', description: 'The message is on its way' },
		],
		default: ['delivered', 'failed'],
		description: 'The delivery statuses that start the workflow',
	},
	filtersFor([...onMessages.event, 'newSms']),
	options,
];
