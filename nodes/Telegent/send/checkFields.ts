import type { INodeProperties } from 'n8n-workflow';

/* Fields of checks on what is said, how often, and during tests. None of it is sent. */

export const emptyField: INodeProperties = {
	displayName: 'If a Field Is Empty',
	name: 'emptyField',
	type: 'options',
	options: [
		{ name: 'Refuse', value: 'refuse', description: "Don't send the message, and report what is empty" },
		{ name: 'Send', value: 'send', description: 'Send the message anyway, with a warning' },
		{ name: 'Skip', value: 'skip', description: "Output the item with the status 'skipped'" },
	],
	default: 'refuse',
	description:
		'What to do if an expression in the message returns nothing, or if the text still contains {{ }}. Without this option, items of a list are refused. A single message is sent with a warning.',
};

export const mustContain: INodeProperties = {
	displayName: 'Must Contain',
	name: 'mustContain',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. Reply STOP',
	description:
		'Text that each message must contain (not case-sensitive). For several texts, use one line per text, or an expression that returns a list. Other messages are refused and reported.',
};

/** In force as soon as it is added: see `sendingHours` in safeguardFields.ts. */
export const frequencyCap: INodeProperties = {
	displayName: 'Max Messages per Recipient',
	name: 'frequencyCap',
	type: 'fixedCollection',
	typeOptions: { multipleValues: false },
	placeholder: 'Set Limit',
	default: { cap: { most: 1, hours: 24 } },
	options: [
		{
			displayName: 'Limit',
			name: 'cap',
			values: [
				{
					displayName: 'Messages',
					name: 'most',
					type: 'number',
					typeOptions: { minValue: 0, numberPrecision: 0 },
					default: 1,
					description: 'How many messages each recipient can get in the period',
				},
				{
					displayName: 'Period (Hours)',
					name: 'hours',
					type: 'number',
					typeOptions: { minValue: 0 },
					default: 24,
					description: 'How many hours back to count messages',
				},
			],
		},
	],
	description:
		"How many messages a person can get from the number in 'From', including those of other workflows. Telegent's message list is read once per execution. People who reached the limit are skipped and reported.",
};

export const redirectTo: INodeProperties = {
	displayName: 'Redirect To',
	name: 'redirectTo',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18015550123',
	description:
		"The phone number to send all messages to instead of the recipients, for tests. Each message starts with the original recipient's number.",
};

export const sendInEvaluations: INodeProperties = {
	displayName: 'Send in Evaluations',
	name: 'sendInEvaluations',
	type: 'boolean',
	default: true,
	description:
		"Whether to send messages when n8n runs the workflow as an evaluation. If off, or without this safeguard, they're returned as in a dry run.",
};
