import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';
import { toBoolean } from './values';

/* The node's parameters: reading them, and saying what is wrong with one. */

/** A parameter cannot be sent as it is. `field` is its label in the editor. */
export class ParameterError extends Error {
	constructor(
		readonly field: string,
		reason: string,
	) {
		super(`${field}: ${reason}`);
	}
}

/** Gives a parameter's value for one item, expressions resolved, or undefined where it has none. */
export type Read = (name: string) => unknown;

/** No field of the node asks n8n to validate it; looking for one that does takes longer than an expression. */
const AS_IS = { skipValidation: true };

/**
 * The node's parameters, for each item. One that holds no expression is the same for all of them: it is read once, and
 * each item gets its own copy.
 */
export function parametersOf(context: IExecuteFunctions): (index: number) => Read {
	const constants = new Map<string, { value: unknown } | undefined>();
	return (index) => (name) => {
		const constant = constants.get(name);
		if (constant) return deepCopy(constant.value as IDataObject);
		const value: unknown = context.getNodeParameter(name, index, null, AS_IS) ?? undefined;
		if (constants.has(name)) return value;
		const raw = context.getNodeParameter(name, index, null, { rawExpressions: true });
		constants.set(name, isConstant(raw) ? { value: deepCopy(value as IDataObject) } : undefined);
		return value;
	};
}

/** Whether a parameter holds no expression, however deep. `raw` is as n8n stores it: JSON. */
export function isConstant(raw: unknown): boolean {
	return !JSON.stringify(raw).includes('"=');
}

/**
 * The result of `work`; what it complains about becomes a complaint about the field with this label.
 * @throws ParameterError
 */
export function labelled<T>(label: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof ParameterError ? error : new ParameterError(label, (error as Error).message);
	}
}

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
