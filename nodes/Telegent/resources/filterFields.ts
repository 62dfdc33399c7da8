import type { INodeProperties } from 'n8n-workflow';
import { account, number, optional, sorted, subscriber } from '../../shared/form/fields';
import { existingPhone, existingPhones, jsonText, phone } from '../../shared/values';

/* Fields that message filters and call filters share. */

export const phoneOf: INodeProperties = {
	...number,
	displayName: 'Phone Number',
	name: 'phone',
	description: "The subscriber's phone number that the filter applies to",
};

export const notificationPhones: INodeProperties = {
	displayName: 'Notification Numbers',
	name: 'notificationPhones',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18015550123',
	description:
		"Phone numbers to notify when the filter is triggered, such as a parent's, separated by commas",
};

export const applyToInbound: INodeProperties = {
	displayName: 'Apply to Inbound',
	name: 'applyToInbound',
	type: 'boolean',
	default: true,
	description: 'Whether to filter what the subscriber receives',
};

export const applyToOutbound: INodeProperties = {
	displayName: 'Apply to Outbound',
	name: 'applyToOutbound',
	type: 'boolean',
	default: true,
	description: 'Whether to filter what the subscriber sends or dials',
};

export const blockUnknownNumbers: INodeProperties = {
	displayName: 'Block Unknown Numbers',
	name: 'blockUnknownNumbers',
	type: 'boolean',
	default: true,
	description: "Whether to block all numbers that aren't on the allowed list",
};

const RULES = `{
	"CustomKeywords": [],
	"SystemKeywords": { "Profanity": [], "Violence": [] },
	"SeverityMap": {}
}`;

export const keywordFilter: INodeProperties = {
	displayName: 'Keyword Rules (JSON)',
	name: 'keywordFilter',
	type: 'json',
	default: RULES,
	description:
		"Keywords to look for: your own in CustomKeywords, Telegent's by category in SystemKeywords. SeverityMap sets HIGH, MEDIUM or LOW per keyword.",
};

/** Which filters to list; all by default. */
export const filterFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: sorted([
		optional(account, 'The account to look in. Required if your distributor has more than one account.'),
		optional(phoneOf, 'Return only filters for this phone number'),
		optional(subscriber, 'Return only filters for this subscriber'),
	]),
};

/**
 * Keyword rules in Telegent's form: JSON inside a text. The vendor's update sample omits the outer brackets, so a text
 * that begins like it is sent unchanged.
 */
function keywordText(value: unknown): string {
	if (value === '' || (typeof value === 'string' && value.trimStart().startsWith('"CustomKeywords"'))) {
		return value;
	}
	return jsonText(value);
}

export const SEND = { keywordFilter: keywordText, notificationPhones: existingPhones, phone };

/** An update replaces all settings, so it must be able to send back the numbers that are there. */
export const UPDATING = { phone: existingPhone };
