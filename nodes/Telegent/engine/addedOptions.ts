import {
	isExpression,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { isRecord } from '../../shared/json';
import { oneOf, toBoolean } from '../../shared/values';
import { rawCollection, withFieldLabel } from './parameters';
import type { Operation } from './operation';

/* Options are added in order to have them. One whose expression returns no value would be off without a word. */

const NEED_A_VALUE = ['boolean', 'number', 'options'];

/**
 * Makes the check of an operation's options. They are read from the node once per run: n8n copies it each time.
 * @returns throws ParameterError for an option that was added, but whose value can't be used
 */
export function addedOptionsCheck(
	context: IExecuteFunctions,
	{ fields }: Pick<Operation, 'fields'>,
): (options: IDataObject) => void {
	const added = rawCollection(context, 'options');
	const known = fields.find(({ name }) => name === 'options')?.options as INodeProperties[] | undefined;
	return (options) => checkAdded(known ?? [], added, options);
}

/**
 * @param added the fields of a collection as n8n stores them
 * @param given their values
 * @throws ParameterError where a field has no value, or one that it doesn't offer
 */
export function checkAdded(fields: INodeProperties[], added: IDataObject, given: IDataObject): void {
	for (const field of fields.filter(({ name }) => added[name] !== undefined)) {
		const { name, type } = field;
		if (type === 'fixedCollection') {
			const [group] = field.options as INodePropertyCollection[];
			const groupIn = (value: unknown) => recordOf(recordOf(value)[group.name]);
			checkAdded(group.values, groupIn(added[name]), groupIn(given[name]));
		} else if (NEED_A_VALUE.includes(type)) {
			withFieldLabel(field.displayName, () => checkValue(field, added[name], given[name] ?? undefined));
		}
	}
}

function checkValue({ options, type }: INodeProperties, stored: unknown, value: unknown): void {
	if (value === undefined && isExpression(stored)) throw new Error(NO_VALUE);
	if (type === 'options' && value !== undefined) oneOf(value, options as INodePropertyOptions[]);
}

/** Why a parameter that needs a value can't be used. */
export const NO_VALUE = 'the expression returned no value. Check it, or remove the field';

/** Whether a switch that was added is on. @throws Error where it is neither on nor off, or has no value */
export function toGivenBoolean(value: unknown): boolean {
	if (value === undefined || value === null) throw new Error(NO_VALUE);
	return toBoolean(value);
}

const recordOf = (value: unknown): IDataObject => (isRecord(value) ? value : {});
