import type { INodeProperties } from 'n8n-workflow';
import { optionsCollection } from '../../shared/form/fields';
import { emptyField } from './checkFields';
import { waitForDelivery } from './deliveryFields';

/** Names of the item's binary fields; their content is sent as `MmsBase64`. */
export const binaryFields: INodeProperties = {
	displayName: 'Input Data Field Names',
	name: 'binaryFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	hint: "The name shown on the 'Binary' tab of the previous node",
	description:
		'Names of the input fields that contain the media to attach, separated by commas. Up to 5 MB in total.',
};

export const replaceSpecialCharactersField: INodeProperties = {
	displayName: 'Replace Special Characters',
	name: 'replaceSpecialCharacters',
	type: 'boolean',
	default: true,
	description:
		"Whether to replace curly quotes, long dashes and special spaces with plain characters. Pasted text can otherwise use two to three times as many segments. Messages with emoji or non-Latin letters aren't changed.",
};

export const maxSegments: INodeProperties = {
	displayName: 'Max Segments',
	name: 'maxSegments',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 3,
	description: "The largest number of segments that a message can use. Longer messages aren't sent.",
};

/** How Message → Send behaves; none of it is sent. */
export const sendOptions: INodeProperties = {
	...optionsCollection,
	options: [
		emptyField,
		{
			displayName: 'If Execution Is Retried',
			name: 'onRetry',
			type: 'options',
			options: [
				{
					name: 'Look Up First',
					value: 'lookUp',
					description: "Look for each message in Telegent's message list. Send only what isn't there.",
				},
				{
					name: 'Send Again',
					value: 'send',
					description:
						'Send each message whose outcome n8n has no record of, even if it may already have been sent',
				},
				{
					name: 'Stop and Report',
					value: 'report',
					description: "Don't send items that the earlier execution may have sent, and report them",
				},
			],
			default: 'lookUp',
			description:
				'What to do with messages that may already have been sent when you retry an execution in n8n. Messages that were certainly sent are never sent again.',
		},
		{
			displayName: 'If Outcome Is Unknown',
			name: 'whenUnsure',
			type: 'options',
			options: [
				{
					name: 'Check First',
					value: 'checkFirst',
					description: 'Look the message up, and send it again only if Telegent has no record of it',
				},
				{
					name: 'Stop and Report',
					value: 'report',
					description: 'Stop the item and report that the outcome is unknown',
				},
			],
			default: 'report',
			description: "What to do if the connection drops and it's unclear whether the message was sent",
		},
		{
			displayName: 'Lookup Time (Seconds)',
			name: 'checkDelay',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description:
				"How long Telegent may take to show a message in its message list. A message that isn't there after this time is sent again.",
		},
		{
			displayName: 'Max Parallel Messages',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
			default: 10,
			description:
				'How many messages to send in parallel. Messages to the same recipient always stay in order.',
		},
		maxSegments,
		replaceSpecialCharactersField,
		{
			displayName: 'Send Once Key',
			name: 'sendOnceKey',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.campaign }} {{ $json.customerId }}',
			displayOptions: { show: { sendOnce: ['key'] } },
			description:
				"A value that identifies the message. If the value was used before, the message isn't sent.",
		},
		{
			displayName: 'Send Once Per',
			name: 'sendOnce',
			type: 'options',
			options: [
				{
					name: 'Custom Key',
					value: 'key',
					description: 'Send one message for each value of an expression, such as campaign and customer',
				},
				{
					name: 'Recipient',
					value: 'recipient',
					description: 'Send one message to each recipient, regardless of the text',
				},
				{
					name: 'Recipient and Text',
					value: 'recipientAndText',
					description: 'Send each text to each recipient once',
				},
			],
			default: 'recipientAndText',
			description:
				"Which messages to send only once, even if the workflow runs again, on a schedule or after a crash. n8n's database keeps about the last 25,000 messages of this node, including those of manual executions.",
		},
		{
			displayName: 'Send Once Period',
			name: 'sendOncePeriod',
			type: 'options',
			options: [
				{ name: 'Day', value: 'day', description: "Once per calendar day in the workflow's time zone" },
				{ name: 'Forever', value: 'ever', description: 'Only once, for as long as n8n keeps the record' },
				{ name: 'Month', value: 'month', description: 'Once per calendar month' },
				{ name: 'Week', value: 'week', description: 'Once per ISO calendar week' },
			],
			default: 'ever',
			displayOptions: { show: { sendOnce: ['key', 'recipient', 'recipientAndText'] } },
			description: 'When the same message can be sent again',
		},
		{
			displayName: 'Skip Duplicates',
			name: 'skipDuplicates',
			type: 'boolean',
			default: true,
			description:
				'Whether to send to each recipient only once each time this node runs. Later items for the same recipient are skipped and reported.',
		},
		waitForDelivery,
	],
};

/** Message → Preview measures the text as Send would send it, and says what waiting costs. */
export const previewOptions: INodeProperties = {
	...optionsCollection,
	options: [replaceSpecialCharactersField, waitForDelivery],
};
