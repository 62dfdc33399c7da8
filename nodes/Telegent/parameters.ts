import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { isTool } from './guard/caller';
import { fillOf, type Fill } from './ownFields';
import { toBoolean } from './values';

/* The node's parameters: reading them, and saying what is wrong with one. */

/**
 * A parameter cannot be sent as it is. `field` is its label in the editor. A reason that begins with "is" continues the
 * label ("To is empty"); any other one follows it behind a colon.
 */
export class ParameterError extends Error {
	constructor(
		readonly field: string,
		reason: string,
	) {
		super(reason.startsWith('is ') ? `${field} ${reason}` : `${field}: ${reason}`);
	}
}

/** Whether the engine threw it, and not this package: its words mean nothing to the person. */
export function isSlip(error: unknown): boolean {
	return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

/** Gives a parameter's value for one item, expressions resolved, or undefined where it has none. */
export type Read = (name: string) => unknown;

/** No field of the node asks n8n to validate it; looking for one that does takes longer than an expression. */
const AS_IS = { skipValidation: true };

/**
 * The node's parameters, for each item: a value of its own. A tool's are all left to n8n: what `$json` is there depends
 * on the agent.
 */
export function parametersOf(context: IExecuteFunctions): (index: number) => Read {
	const items = isTool(context) ? [] : context.getInputData();
	const fills = new Map<string, Fill | undefined>();
	return (index) => (name) => {
		if (!fills.has(name)) {
			fills.set(name, fillOf(context.getNodeParameter(name, index, null, { rawExpressions: true })));
		}
		const filled = items[index] && fills.get(name)?.(items[index].json);
		const value = filled === undefined ? context.getNodeParameter(name, index, null, AS_IS) : filled;
		return value ?? undefined;
	};
}

/**
 * The result of `work`; what it complains about becomes a complaint about the field with this label.
 * @throws ParameterError
 */
export function labelled<T>(label: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof ParameterError ? error : new ParameterError(label, reasonIn(error as Error));
	}
}

const reasonIn = (error: Error) =>
	isSlip(error) ? 'its value has a form that cannot be used' : error.message;

/** Whether a switch is on, which an expression can give as text too. @throws ParameterError */
export const isOn = (label: string, value: unknown) => labelled(label, () => toBoolean(value));

/** What was chosen in a resource locator; anything else as it is. */
export function locatorValue(value: unknown): unknown {
	return typeof value === 'object' && value !== null && '__rl' in value
		? (value as IDataObject).value
		: value;
}

/** The same as text without blanks around it; empty where nothing was chosen. */
export const chosenIn = (locator: unknown) => String(locatorValue(locator) ?? '').trim();
