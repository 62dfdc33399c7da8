import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { withFieldLabel } from '../engine/parameters';
import { toNumber } from '../../shared/values';

/** Milliseconds of each unit of time. */
export const UNIT_MS: Record<string, number> = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

/** The unit of a time, with the label of the field that it belongs to. */
export const unitOf = (label: string, name: string, unit: string): INodeProperties => ({
	displayName: 'Unit',
	name,
	type: 'options',
	options: [
		{ name: 'Days', value: 'days' },
		{ name: 'Hours', value: 'hours' },
		{ name: 'Minutes', value: 'minutes' },
	],
	default: unit,
	description: `The unit of '${label}'`,
});

const reminderFields: INodeProperties[] = [
	{
		displayName: 'Remind After',
		name: 'amount',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 4,
		description: "How long after the question to send the reminder. Must be shorter than 'Wait Up To'.",
	},
	unitOf('Remind After', 'unit', 'hours'),
	{
		displayName: 'Reminder Message',
		name: 'message',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. Just a reminder: can you make it tomorrow at 3? Reply YES or NO.',
		description: 'The text of the reminder. Leave empty to send the question again.',
	},
];

/** Has its fields as default, so that it is in force as soon as it is added: see `sendingHours` in safeguardFields.ts. */
export const reminderOption: INodeProperties = {
	displayName: 'Reminder',
	name: 'reminder',
	type: 'fixedCollection',
	typeOptions: { multipleValues: false },
	placeholder: 'Set Reminder',
	default: { once: Object.fromEntries(reminderFields.map((field) => [field.name, field.default])) },
	options: [{ displayName: 'Reminder', name: 'once', values: reminderFields }],
	description:
		"Whether to send one reminder by text if the person hasn't replied after a set time, within 'Sending Hours'",
};

/** When to remind the person, and with which text; an empty one is the question. Undefined without a reminder. */
export function reminderOf({ reminder }: IDataObject): { afterMs: number; text: string } | undefined {
	const once = (reminder as IDataObject | undefined)?.once as IDataObject | undefined;
	if (!once) return undefined;
	const amount = withFieldLabel('Remind After', () => toNumber(once.amount ?? 4));
	return {
		afterMs: amount * (UNIT_MS[String(once.unit ?? 'hours')] ?? NaN),
		text: String(once.message ?? '').trim(),
	};
}

/** Why the reminder can't be sent; undefined where it can. */
export function invalidReminder(options: IDataObject, waitMs: number): string | undefined {
	const reminder = reminderOf(options);
	if (!reminder || (reminder.afterMs > 0 && reminder.afterMs < waitMs)) return undefined;
	return "'Remind After' must be more than 0 and shorter than 'Wait Up To'";
}
