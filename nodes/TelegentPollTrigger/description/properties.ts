import type { IBuilderHint, INodeProperties } from 'n8n-workflow';

/** For n8n's AI workflow builder. */
export const pollBuilderHint: IBuilderHint = {
	searchHint:
		'Starts a workflow for new SMS messages, without a public URL: it asks Telegent every minute or less often. Choose the Telegent Trigger instead if Telegent can reach n8n, because it starts at once. Also for data usage that passes a threshold and for orders that change: choose with event. To reply to a message, set from to {{ $json.owner }} and to to {{ $json.from }} in a Telegent node (message, send).',
	relatedNodes: [
		{ nodeType: 'n8n-nodes-telegent.telegent', relationHint: 'Reply to the message that was found' },
	],
};

const pollEvent: INodeProperties = {
	displayName: 'Trigger On',
	name: 'event',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Data Usage Passed Threshold',
			value: 'dataUsage',
			description: 'When the data usage of a number passes a threshold, once per number and billing period',
		},
		{
			name: 'New Message',
			value: 'messageReceived',
			description: 'When one of your numbers receives a message',
		},
		{
			name: 'Order Changed',
			value: 'orderUpdate',
			description: 'When the status of a number order or port-in changes',
		},
	],
	default: 'messageReceived',
};

export const pollProperties: INodeProperties[] = [
	pollEvent,
	{
		displayName: 'Phone Number Names or IDs',
		name: 'phoneNumbers',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getNumbers' },
		default: [],
		displayOptions: { show: { event: ['dataUsage', 'messageReceived'] } },
		hint: 'Leave empty to check all numbers in your account',
		description:
			'The numbers to check. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName:
			'Each check of messages makes one request per number. It reads up to 25 numbers; the next check continues with the others.',
		name: 'requestsNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { event: ['messageReceived'] } },
	},
	{
		displayName: 'Threshold Unit',
		name: 'unit',
		type: 'options',
		options: [
			{ name: 'Megabytes (MB)', value: 'megabytes' },
			{ name: 'Percent of the Limit', value: 'percent' },
		],
		default: 'percent',
		displayOptions: { show: { event: ['dataUsage'] } },
		description: 'The unit of the threshold',
	},
	{
		displayName: 'Threshold',
		name: 'threshold',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 80,
		displayOptions: { show: { event: ['dataUsage'] } },
		description: 'The data usage that starts the workflow',
	},
	{
		displayName: 'Order IDs',
		name: 'orderIds',
		type: 'string',
		default: '',
		placeholder: 'e.g. JNUOID-76ba71a8-d7a6-4489-b695-1ad363b8d596',
		displayOptions: { show: { event: ['orderUpdate'] } },
		description:
			'The orders to check, separated by commas. Leave empty to check the order of each number in your account. A pending port-in has no number there yet, so enter its ID here.',
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		displayOptions: { show: { event: ['messageReceived'] } },
		description: 'Only messages that match all filters start the workflow',
		options: [
			{
				displayName: 'From',
				name: 'from',
				type: 'string',
				default: '',
				placeholder: 'e.g. +18015550123',
				description: 'The phone numbers to accept messages from, separated by commas',
			},
		],
	},
];
