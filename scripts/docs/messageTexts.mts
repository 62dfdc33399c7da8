/* What a message looks like in the code of the package, and what only looks like one. */

/** Names of properties that hold texts of a form. */
export const FORM_TEXTS = new Set([
	'action',
	'activationMessage',
	'builderHint',
	'codex',
	'default',
	'description',
	'displayName',
	'documentationUrl',
	'eventTriggerDescription',
	'forModel',
	'header',
	'hint',
	'message',
	'name',
	'placeholder',
	'propertyHint',
	'subtitle',
	'summary',
	'waitingNodeTooltip',
]);

/** Functions that make, or write, a message: its text first, then what to do. */
export const MESSAGE_CALL = /((error|refuse|refusal|warn|respond|fail|problem)\w*|unknownOutcome|\.tell)$/i;
/** Functions that write to n8n's log. */
export const LOG_CALL = /\blogger\.(warn|error|info)$|console\.(warn|error|log)$/;

/** Whether a text is a sentence for people, and no name, path or piece of code. */
export function isSentence(text: string): boolean {
	const words = text.match(/(?<![/_\w])[A-Za-z’']{2,}(?![/_])/g) ?? [];
	const isLabel = words.every((word) => /^[A-Z]/.test(word) || /^(in|of|to|the|and|if|on|for)$/.test(word));
	const isList = (text.match(/,\S/g) ?? []).length > 2;
	return (
		words.length >= 3 && !isLabel && !isList && !/^[=$/^{]|=>|\(\?:\S|^(GET|POST|DELETE) |^file:/.test(text)
	);
}

/** Whether a text is more than a label. */
export const isLong = (text: string) => (text.match(/[A-Za-z’']{2,}/g) ?? []).length >= 4;

/** Files whose literals are texts of forms, or data: only errors made there count. */
export const FORM_FILE =
	/\/description\/|[fF]ields\.ts$|\/resources\/|inbound\/events\.ts$|\.(?:node|credentials)\.ts$|timeZones\.ts$|optOut\w+\.ts$|numberingPlans\.ts$/;

/** A regular expression as code, without its slashes and flags. */
export const codeOf = (pattern: string) => `\`${pattern.replace(/^\/|\/\w*$/g, '')}\``;

/** A text with single spaces, and one `…` where several would follow each other. */
export function tidy(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replace(/(… ?)+…/g, '…')
		.trim();
}
