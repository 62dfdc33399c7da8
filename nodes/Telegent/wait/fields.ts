import type { INodeProperties, IWebhookDescription } from 'n8n-workflow';
import { account, optional } from '../../shared/form/fields';
import { maxSegments, replaceSpecialCharactersField } from '../send/fields';

/* Fields of Message → Send and Wait for Reply, in addition to those of Send. */

export const waitNotice: INodeProperties = {
	displayName:
		'The execution waits here until the person answers by text, and goes on with the answer. When nobody answers in time, it goes on with <code>replied</code> set to false. One person a run: for many, call a sub-workflow with this node once for each.',
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
	placeholder: 'e.g. Can you come tomorrow at 3? Please answer YES or NO.',
	description: 'The text of the question',
};

const expectedAnswer: INodeProperties = {
	displayName: 'Expected Answer',
	name: 'expectedAnswer',
	type: 'options',
	options: [
		{ name: 'Any Text', value: 'any', description: 'Whatever the person writes' },
		{ name: 'Number', value: 'number', description: 'A number, for instance from 1 to 5' },
		{ name: 'One of a List', value: 'oneOf', description: 'One of the answers that you list' },
		{ name: 'Pattern', value: 'pattern', description: 'Text that matches a regular expression' },
		{ name: 'Yes or No', value: 'yesNo', description: 'Yes or no, in the words that people use for it' },
	],
	default: 'any',
	description: 'What the answer should be. To another answer, the question is asked again.',
};

const choices: INodeProperties = {
	displayName: 'Answers',
	name: 'choices',
	type: 'string',
	default: '',
	placeholder: 'e.g. Confirm, Reschedule',
	displayOptions: { show: { expectedAnswer: ['oneOf'] } },
	description: 'The answers that fit, in any case. Separate them with commas.',
};

const pattern: INodeProperties = {
	displayName: 'Pattern',
	name: 'pattern',
	type: 'string',
	default: '',
	placeholder: 'e.g. ^[A-Z]{2}\\d{4}$',
	displayOptions: { show: { expectedAnswer: ['pattern'] } },
	description: 'A regular expression that the answer must match, in any case',
};

const waitAmount: INodeProperties = {
	displayName: 'Wait Up To',
	name: 'waitAmount',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 1,
	description: 'How long to wait for the answer',
};

const waitUnit: INodeProperties = {
	displayName: 'Unit',
	name: 'waitUnit',
	type: 'options',
	options: [
		{ name: 'Days', value: 'days' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Minutes', value: 'minutes' },
	],
	default: 'days',
	description: 'What Wait Up To counts',
};

/** In form order. */
export const waitFields = [expectedAnswer, choices, pattern, waitAmount, waitUnit];

/** Names of the fields above in a request body: they control the node and are not sent to Telegent. */
export const UNSENT_FIELDS = ['ExpectedAnswer', 'Choices', 'Pattern', 'WaitAmount', 'WaitUnit'];

const onNumbers = { show: { '/expectedAnswer': ['number'] } };
const onExpected = { hide: { '/expectedAnswer': ['any'] } };

export const waitOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		optional(account, 'The account that From belongs to. Needed when your distributor has several.'),
		{
			displayName: 'Ask Again at Most',
			name: 'mostReAsks',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 10, numberPrecision: 0 },
			default: 1,
			displayOptions: onExpected,
			description:
				'How often to ask again when the answer is not what was expected. After that, the workflow goes on with it, and matched is false.',
		},
		{
			displayName: 'Ask Again With',
			name: 'reAsk',
			type: 'string',
			default: '',
			placeholder: 'e.g. Sorry, we did not understand. Please answer YES or NO.',
			displayOptions: onExpected,
			description: 'What to write then. Left empty, a short polite sentence says what was expected.',
		},
		maxSegments,
		{
			displayName: 'Maximum',
			name: 'maximum',
			type: 'number',
			default: 5,
			displayOptions: onNumbers,
			description: 'The largest number that fits',
		},
		{
			displayName: 'Minimum',
			name: 'minimum',
			type: 'number',
			default: 1,
			displayOptions: onNumbers,
			description: 'The smallest number that fits',
		},
		replaceSpecialCharactersField,
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
