import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

/** Responds to a webhook call of Telegent, without starting or resuming the workflow. */
export function respond(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/**
 * Calls `release` if the response turns out to be a refusal: n8n may still respond with 500 after the node has accepted
 * a call, and Telegent's next attempt must then not count as a repetition.
 */
export function releaseIfRefused(context: IWebhookFunctions, release: () => void): void {
	const response = context.getResponseObject();
	response.once?.('finish', () => {
		if (response.statusCode >= 400) release();
	});
}
