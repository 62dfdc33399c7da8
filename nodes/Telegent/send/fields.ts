import type { INodeProperties } from 'n8n-workflow';

/** Names of the item's binary fields; their content is sent as `MmsBase64`. */
export const binaryFields: INodeProperties = {
	displayName: 'Media From Binary Fields',
	name: 'binaryFields',
	type: 'string',
	default: '',
	placeholder: 'e.g. data',
	hint: 'The name of the input field that contains the file, as the previous node shows it under Binary',
	description: 'Pictures, audio or video of the item, 5 MB at most. Separate several names with commas.',
};

export const replaceSpecialCharacters: INodeProperties = {
	displayName: 'Replace Special Characters',
	name: 'replaceSpecialCharacters',
	type: 'boolean',
	default: false,
	description:
		'Whether to turn curly quotes, dashes, odd spaces and the like into plain ones, so that a pasted text does not take two or three times the segments. A text with letters or emoji that need the segments anyway stays as it is.',
};

export const maxSegments: INodeProperties = {
	displayName: 'Max Segments',
	name: 'maxSegments',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 3,
	description: 'Refuse a text that takes more segments than this, before anything is sent',
};

/** How Message → Send behaves; none of it is sent. */
export const sendOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		maxSegments,
		replaceSpecialCharacters,
		{
			displayName: 'Requests at a Time',
			name: 'concurrency',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
			default: 10,
			description:
				'How many messages are on their way side by side. Messages to the same recipient keep their order in any case.',
		},
		{
			displayName: 'Seconds to Check',
			name: 'checkDelay',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			displayOptions: { show: { whenUnsure: ['checkFirst'] } },
			description: 'How long Telegent may take until a message that went out appears in its lists',
		},
		{
			displayName: 'Skip Duplicates',
			name: 'skipDuplicates',
			type: 'boolean',
			default: false,
			description:
				'Whether to send to each recipient only once in a run. Later items for the same recipient are reported as skipped.',
		},
		{
			displayName: 'When Unsure',
			name: 'whenUnsure',
			type: 'options',
			options: [
				{
					name: 'Check First',
					value: 'checkFirst',
					description: 'Look the message up; send again only if it is surely not there',
				},
				{ name: 'Report It', value: 'report', description: 'The item fails and says that it is not known' },
			],
			default: 'report',
			description: 'What to do when the connection broke and nobody knows whether the message went out',
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
	options: [replaceSpecialCharacters],
};
