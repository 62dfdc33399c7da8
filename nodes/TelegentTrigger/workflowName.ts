/* How workflows are called in messages and notes. All pure. */

/** Characters of a workflow name that a note keeps at most. */
const LONGEST_NAME = 40;

/**
 * A workflow name as a note keeps it: one line of at most 40 characters, without control characters and without marks
 * that change the direction of the text around it. Empty where there is nothing to show.
 */
export function cleanWorkflowName(name: unknown): string {
	const text = typeof name === 'string' ? name.slice(0, 1_000) : '';
	const line = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();
	return shortened(line, LONGEST_NAME);
}

/** At most so many characters of a text, the last one an ellipsis where more would follow. Never half a character. */
export function shortened(text: string, length: number): string {
	const characters = Array.from(text);
	return characters.length <= length
		? text
		: `${characters
				.slice(0, length - 1)
				.join('')
				.trimEnd()}…`;
}

/** A workflow as people know it: its name in quotes, or its ID where the name is not known. */
export function workflowLabel(workflow: string, name?: string): string {
	return name ? `"${name}"` : workflow;
}

/**
 * Where the editor shows a workflow, or undefined where that is not known: the workflow can belong to another n8n.
 * @param instanceBaseUrl where the editor of this n8n is
 * @param webhookUrl the webhook URL of the workflow
 * @param ownWebhookUrl a webhook URL of this n8n, if one is known: webhooks can have another host than the editor
 */
export function workflowLink(
	workflow: string,
	instanceBaseUrl: string | undefined,
	webhookUrl: string | null,
	ownWebhookUrl = instanceBaseUrl,
): string | undefined {
	const origin = originOf(webhookUrl);
	if (!instanceBaseUrl || origin === undefined || origin !== originOf(ownWebhookUrl)) return undefined;
	return `${instanceBaseUrl.replace(/\/+$/, '')}/workflow/${encodeURIComponent(workflow)}`;
}

/** Scheme, host and port of a URL; undefined for what is none. */
function originOf(url: string | null | undefined): string | undefined {
	return url && URL.canParse(url) ? new URL(url).origin : undefined;
}

/** The host of a URL, for messages: paths and queries can hold secrets. */
export function hostOf(url: string | null): string {
	return url && URL.canParse(url) ? new URL(url).host : 'an unknown URL';
}
