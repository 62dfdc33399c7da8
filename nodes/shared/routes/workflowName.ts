/* Names and links of workflows in messages and notes. All pure. */

/** Maximum length of a workflow name in a note. */
const MAX_NAME = 40;

/**
 * A workflow name for a note: one line of at most 40 characters, without control characters and bidirectional marks,
 * which would change the direction of the text around it. Empty if nothing remains.
 */
export function cleanWorkflowName(name: unknown): string {
	const text = typeof name === 'string' ? name.slice(0, 1_000) : '';
	const line = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ').trim();
	return shortened(line, MAX_NAME);
}

/** A text cut to a length, ending with an ellipsis. Does not split surrogate pairs. */
export function shortened(text: string, length: number): string {
	const characters = Array.from(text);
	return characters.length <= length
		? text
		: `${characters
				.slice(0, length - 1)
				.join('')
				.trimEnd()}…`;
}

/** A workflow's name in quotes, or its ID if the name is unknown. */
export function workflowLabel(workflow: string, name?: string): string {
	return name ? `"${name}"` : workflow;
}

/**
 * The editor URL of a workflow, or undefined if it is unknown: the workflow may belong to another n8n.
 * @param instanceBaseUrl the URL of this n8n's editor
 * @param webhookUrl the webhook URL of the workflow
 * @param ownWebhookUrl a webhook URL of this n8n, if known: webhooks may have another host than the editor
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

/** Scheme, host and port of a URL; undefined for anything else. */
function originOf(url: string | null | undefined): string | undefined {
	return url && URL.canParse(url) ? new URL(url).origin : undefined;
}

/** The host of a URL, for messages: paths and queries can hold secrets. */
export function hostOf(url: string | null): string {
	return url && URL.canParse(url) ? new URL(url).host : 'an unknown URL';
}
