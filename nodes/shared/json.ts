import type { IDataObject } from 'n8n-workflow';

/* Narrowing of values of unknown type. All pure. */

/** Whether a value is an object: neither null nor a list. */
export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a scalar; empty for an object, a list, null and undefined. */
export function textOf(value: unknown): string {
	return value === undefined || typeof value === 'object' ? '' : String(value);
}
