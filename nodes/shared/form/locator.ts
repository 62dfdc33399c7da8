import type { IDataObject } from 'n8n-workflow';

/** The value of a resource locator; any other value unchanged. */
export function locatorValue(value: unknown): unknown {
	return typeof value === 'object' && value !== null && '__rl' in value
		? (value as IDataObject).value
		: value;
}

/** The value as trimmed text; empty if nothing was chosen. */
export const locatorText = (locator: unknown) => String(locatorValue(locator) ?? '').trim();
