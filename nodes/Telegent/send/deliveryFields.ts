import type { INodeProperties } from 'n8n-workflow';
import { number } from '../../shared/form/fields';

/** Most seconds that a run waits for its messages to be delivered: an hour. */
export const MAX_DELIVERY_SECONDS = 3_600;
export const DEFAULT_DELIVERY_SECONDS = 120;

const values: INodeProperties[] = [
	{
		displayName: 'Max Wait (Seconds)',
		name: 'seconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_DELIVERY_SECONDS, numberPrecision: 0 },
		default: DEFAULT_DELIVERY_SECONDS,
		description: `How long to wait for delivery once all items are sent, at most ${MAX_DELIVERY_SECONDS} seconds. The node continues earlier if the outcome of all messages is known.`,
	},
	{
		displayName: 'If Not Delivered',
		name: 'ifNotDelivered',
		type: 'options',
		options: [
			{
				name: 'Report',
				value: 'report',
				description: "Output the item at 'Not Delivered', with the reason if Telegent returns one",
			},
			{
				name: 'Send From Another Number',
				value: 'fallback',
				description: 'Send the message once more from another number, and wait again',
			},
		],
		default: 'report',
		description: 'What to do with messages that Telegent reports as failed or undelivered',
	},
	{
		...number,
		displayName: 'Fallback From',
		name: 'fallbackFrom',
		required: false,
		modes: number.modes?.map((mode) =>
			mode.type === 'list'
				? { ...mode, typeOptions: { searchListMethod: 'searchSenders', searchable: true } }
				: mode,
		),
		displayOptions: { show: { ifNotDelivered: ['fallback'] } },
		description: "The number to send from if the message from the number in 'From' isn't delivered",
	},
];

/**
 * Has its fields as default, so that it is in force as soon as it is added: see `sendingHours` in safeguardFields.ts.
 */
export const waitForDelivery: INodeProperties = {
	displayName: 'Wait for Delivery',
	name: 'waitForDelivery',
	type: 'fixedCollection',
	typeOptions: { multipleValues: false },
	placeholder: 'Set Max Wait',
	default: {
		delivery: Object.fromEntries(values.map((field) => [field.name, field.default])),
	},
	options: [{ displayName: 'Delivery', name: 'delivery', values }],
	description:
		"Whether to wait until Telegent's message list shows that the messages were delivered or failed. Adds the output 'Not Delivered'.",
};
