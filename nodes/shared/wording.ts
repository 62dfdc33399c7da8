/* Sentences that messages share. Parameters appear in them by their label, in single quotes. */

/** Verbs that continue a label: `'To' is required`. */
const CONTINUES_LABEL = /^(is|isn't|can't|has|must) /;

/** What is wrong with a parameter: `'Limit' must be a whole number`, or `'To': "80155" isn't a phone number`. */
export function withLabel(label: string, reason: string): string {
	return CONTINUES_LABEL.test(reason) ? `'${label}' ${reason}` : `'${label}': ${reason}`;
}

/** Follows what to try: `Try again in a minute.` */
export const CONTACT_SUPPORT = 'If it happens again, contact Telegent support.';

export const SET_WEBHOOK_URL = "Set n8n's WEBHOOK_URL environment variable to its public https URL";

/** A refusal while a workflow is published or a test starts. */
export const NOTHING_CHANGED = 'Nothing was changed in Telegent.';
