import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';
import { optionsCollection, account, optional } from '../../shared/form/fields';
import { reminderOption, unitOf } from './reminderOption';
import { emptyField } from '../send/checkFields';
import { maxSegments, replaceSpecialCharactersField } from '../send/fields';

/* Fields of Message → Send and Wait for Response, in addition to those of Send. */

export const waitNotice: INodeProperties = {
	displayName:
		'The workflow pauses here until the person replies by text. If no reply arrives in time, it continues with <code>replied</code> set to false. Each execution can wait for one person. To ask several people, put this node in a sub-workflow and call it once per person.',
	name: 'waitNotice',
	type: 'notice',
	default: '',
};

/** n8n fills a field of this name with its own text for human review of tools: "The agent wants to run this tool …". */
export const question: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Can you make it tomorrow at 3? Reply YES or NO.',
	description: 'The question to send',
};

const expectedAnswer: INodeProperties = {
	displayName: 'Expected Reply',
	name: 'expectedAnswer',
	type: 'options',
	options: [
		{ name: 'Any Text', value: 'any', description: 'Any reply is accepted' },
		{ name: 'Number', value: 'number', description: 'A number, for example from 1 to 5' },
		{ name: 'One of a List', value: 'oneOf', description: 'One of the replies you list' },
		{ name: 'Pattern', value: 'pattern', description: 'A reply that matches a regular expression' },
		{
			name: 'Yes or No',
			value: 'yesNo',
			description: "Yes or no, also in other words such as 'sure' or 'nope'",
		},
	],
	default: 'any',
	description: "The kind of reply to expect. If the reply doesn't match, the question is asked again.",
};

const choices: INodeProperties = {
	displayName: 'Accepted Replies',
	name: 'choices',
	type: 'string',
	default: '',
	placeholder: 'e.g. Confirm, Reschedule',
	displayOptions: { show: { expectedAnswer: ['oneOf'] } },
	description: 'The replies to accept, separated by commas (not case-sensitive)',
};

const pattern: INodeProperties = {
	displayName: 'Pattern',
	name: 'pattern',
	type: 'string',
	default: '',
	placeholder: 'e.g. ^[A-Z]{2}\\d{4}$',
	displayOptions: { show: { expectedAnswer: ['pattern'] } },
	description: 'A regular expression that the reply must match (not case-sensitive)',
};

const waitAmount: INodeProperties = {
	displayName: 'Wait Up To',
	name: 'waitAmount',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1,
	description: 'How long to wait for the reply',
};

const waitUnit = unitOf('Wait Up To', 'waitUnit', 'days');

/** In form order. */
export const waitFields = [expectedAnswer, choices, pattern, waitAmount, waitUnit];

/** Names of the fields above in a request body: they control the node and are not sent to Telegent. */
export const UNSENT_FIELDS = ['ExpectedAnswer', 'Choices', 'Pattern', 'WaitAmount', 'WaitUnit'];

const onNumbers = { show: { '/expectedAnswer': ['number'] } };
const onExpected = { hide: { '/expectedAnswer': ['any'] } };

export const waitOptions: INodeProperties = {
	...optionsCollection,
	options: [
		optional(
			account,
			"The account the number in 'From' belongs to. Required if your distributor has more than one account.",
		),
		{
			displayName: 'Follow-Up Message',
			name: 'reAsk',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sorry, we did not understand that. Please reply YES or NO.',
			displayOptions: onExpected,
			description:
				"The message to send if the reply doesn't match. Leave empty to send a short text that says which reply is expected.",
		},
		emptyField,
		maxSegments,
		{
			displayName: 'Maximum',
			name: 'maximum',
			type: 'number',
			default: 5,
			displayOptions: onNumbers,
			description: 'The largest number to accept',
		},
		{
			displayName: 'Minimum',
			name: 'minimum',
			type: 'number',
			default: 1,
			displayOptions: onNumbers,
			description: 'The smallest number to accept',
		},
		reminderOption,
		replaceSpecialCharactersField,
		{
			displayName: 'Times to Ask Again',
			name: 'mostReAsks',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
			default: 1,
			displayOptions: onExpected,
			description:
				"How many times to ask again if the reply doesn't match. After that, the workflow continues with 'matched' set to false.",
		},
	],
};

/** Receives replies. n8n serves it for waiting executions only, so nothing has to be published. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];
