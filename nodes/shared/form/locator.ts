import type { IDataObject } from 'n8n-workflow';

/** What was chosen in a resource locator; anything else as it is. */
export function locatorValue(value: unknown): unknown {
	return typeof value === 'object' && value !== null && '__rl' in value
		? (value as IDataObject).value
		: value;
}

/** The same as text without blanks around it; empty where nothing was chosen. */
export const locatorText = (locator: unknown) => String(locatorValue(locator) ?? '').trim();
