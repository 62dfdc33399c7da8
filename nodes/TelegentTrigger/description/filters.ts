import type { INodeProperties } from 'n8n-workflow';

/** Conditions for inbound messages. @param events the events that they apply to */
export const filtersFor = (events: string[]): INodeProperties => ({
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	displayOptions: { show: { event: events } },
	description: 'Only messages that match all filters start the workflow',
	options: [
		{
			displayName: 'Contains',
			name: 'contains',
			type: 'string',
			default: '',
			placeholder: 'e.g. appointment',
			description: 'Text the message must contain (not case-sensitive)',
		},
		{
			displayName: 'First Word',
			name: 'keywords',
			type: 'string',
			default: '',
			placeholder: 'e.g. BOOK, ORDER',
			description:
				'The word the message must start with, or several words to choose from, separated by commas (not case-sensitive)',
		},
		{
			displayName: 'From',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. +18015550123',
			description: 'The phone numbers to accept messages from, separated by commas',
		},
		{
			displayName: 'Regular Expression',
			name: 'pattern',
			type: 'string',
			default: '',
			placeholder: 'e.g. ^order\\s+\\d+',
			description: 'A regular expression that must match part of the message (not case-sensitive)',
		},
		{
			displayName: 'To',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. +15005550100',
			description: 'Your phone numbers to accept messages for, separated by commas',
		},
	],
});
