import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { isTool } from './caller';
import { compileTemplate, type Template } from './itemExpressions';
import type { Safety } from '../../../transport/retry';
import { list, toBoolean } from '../../shared/values';
import { withLabel } from '../../shared/wording';

/* The node's parameters: reading them, and saying what is wrong with one. */

/**
 * A parameter cannot be sent as it is. `field` is its label in the editor; without one, the reason is a sentence of its
 * own.
 */
export class ParameterError extends Error {
	constructor(
		readonly field: string,
		reason: string,
	) {
		super(field ? withLabel(field, reason) : reason.charAt(0).toUpperCase() + reason.slice(1));
	}
}

/** Whether the JavaScript engine threw it, and not this package: its message does not help the user. */
export function isEngineError(error: unknown): boolean {
	return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
}

/** Gives a parameter's value for one item, expressions resolved, or undefined where it has none. */
export type Read = (name: string) => unknown;

/** No field of the node uses n8n's validation, and checking that takes n8n longer than resolving an expression. */
const AS_IS = { skipValidation: true };

/**
 * Reader of the node's parameters for each item. Simple expressions are resolved here (itemExpressions.ts). A tool's are
 * all left to n8n, because the meaning of `$json` depends on the agent there.
 */
export function parametersOf(context: IExecuteFunctions): (index: number) => Read {
	const items = isTool(context) ? [] : context.getInputData();
	const fills = new Map<string, Template | undefined>();
	return (index) => (name) => {
		if (!fills.has(name)) {
			fills.set(name, compileTemplate(context.getNodeParameter(name, index, null, { rawExpressions: true })));
		}
		const filled = items[index] && fills.get(name)?.(items[index].json);
		const value = filled === undefined ? context.getNodeParameter(name, index, null, AS_IS) : filled;
		return value ?? undefined;
	};
}

/** A collection as it is stored: expressions are not resolved, and defaults are not filled in. */
export function rawCollection(context: IExecuteFunctions, name: string): IDataObject {
	return (context.getNode().parameters[name] ?? {}) as IDataObject;
}

/**
 * The result of `work`; an error that it throws becomes a ParameterError of the field with this label, or of several
 * fields where it is empty.
 * @throws ParameterError
 */
export function withFieldLabel<T>(label: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof ParameterError ? error : new ParameterError(label, reasonIn(error as Error));
	}
}

const reasonIn = (error: Error) =>
	isEngineError(error) ? "has a value of a type that can't be used. Check its expression" : error.message;

/** Whether a switch is on, which an expression can give as text too. @throws ParameterError */
export const readSwitch = (label: string, value: unknown) => withFieldLabel(label, () => toBoolean(value));

/** Requests of one node at a time, unless the option Requests at a Time says otherwise. */
export const DEFAULT_CONCURRENCY = 10;

/** The parameters of one item that steer the node and are not sent. */
export interface Steering {
	/** The collection Options, as it was given. */
	options: IDataObject;
	/** Largest number of records to return: Infinity with Return All. */
	limit: number;
	simplify: boolean;
	/** Names of the only fields to return, which a tool can have; empty for all. */
	outputFields: string[];
	showSecrets: boolean;
}

/** What `readSteering` has to know of an operation. */
interface Steered {
	fields: INodeProperties[];
	list?: string;
	safety: Safety;
	simple?: string[];
}

/** No selection: a response keeps all of its fields. One list for all items. */
const ALL_FIELDS: string[] = [];

/** Reads an item's steering parameters. @throws ParameterError */
export function readSteering(operation: Steered, read: Read): Steering {
	const options = (read('options') ?? {}) as IDataObject;
	const outputFields =
		operation.safety === 'read' ? list(read('outputFields') ?? '').map(String) : ALL_FIELDS;
	const simplifies = operation.simple !== undefined && readSwitch('Simplify', read('simplify'));
	return {
		options,
		limit: readLimit(operation, read),
		outputFields,
		simplify: simplifies && outputFields.length === 0,
		showSecrets: readSwitch('Show Secrets', options.showSecrets),
	};
}

function readLimit({ fields, list: key }: Steered, read: Read): number {
	const hasLimit = key !== undefined && fields.some(({ name }) => name === 'limit');
	if (!hasLimit || readSwitch('Return All', read('returnAll'))) return Infinity;
	const limit = Number(read('limit') ?? NaN);
	if (Number.isInteger(limit) && limit >= 1) return limit;
	throw new ParameterError('Limit', 'must be a whole number, 1 or more');
}

/** The option Requests at a Time, which holds for the whole run: that of the first item. At least 1. */
export function readConcurrency(read: Read): number {
	const { concurrency = DEFAULT_CONCURRENCY } = (read('options') ?? {}) as IDataObject;
	return Math.max(1, Math.floor(Number(concurrency)) || DEFAULT_CONCURRENCY);
}
