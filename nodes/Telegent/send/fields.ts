import type { INodeProperties } from 'n8n-workflow';

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
		'Whether to replace curly quotes, long dashes and special spaces with plain characters. Pasted text can otherwise use two to three times as many segments. Messages with emoji or non-Latin letters aren’t changed.',
};

export const maxSegments: INodeProperties = {
	displayName: 'Max Segments',
	name: 'maxSegments',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 3,
	description: 'The largest number of segments that a message can use. Longer messages aren’t sent.',
};

/** How Message → Send behaves; none of it is sent. */
export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'If Outcome Is Unknown',
			name: 'whenUnsure',
			type: 'options',
			options: [
				{
					name: 'Check First',
					value: 'checkFirst',
					description:
						'Look the message up, and send it again only if Telegent has no record of it. Items with several recipients can’t be checked and are reported instead.',
				},
				{
					name: 'Stop and Report',
					value: 'report',
					description: 'Stop the item and report that the outcome is unknown',
				},
			],
			default: 'report',
			description: 'What to do if the connection drops and it’s unclear whether the message was sent',
		},
		{
			displayName: 'Lookup Time (Seconds)',
			name: 'checkDelay',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			displayOptions: { show: { whenUnsure: ['checkFirst'] } },
			description: 'How long to look for the message before sending it again',
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
			displayName: 'Skip Duplicates',
			name: 'skipDuplicates',
			type: 'boolean',
			default: true,
			description:
				'Whether to send to each recipient only once each time this node runs. Later items for the same recipient are skipped and reported.',
		},
	],
};

/** Message → Preview measures the text as Send would send it. */
export const previewOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [replaceSpecialCharactersField],
};
