import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { hasStatus, settle } from '../../../transport/result';
import { isRecord } from '../json';
import { idOf, listOfAccount, recordsOf, UnusableResponse } from './api';

/** Telegent's limit for webhook URLs (schema Webhook_Request). */
export const MAX_URL_LENGTH = 255;

/** An account webhook with token authentication, as both nodes create it. */
export interface WebhookSettings {
	/** The sub-account that it belongs to, if not to the credential's own account. */
	accountId?: string;
	url: string;
	/** The owner or question note: token authentication does not use the username. */
	username: string;
	token: string;
	/** One event, or several separated by commas. */
	events: string;
}

/** The body of `POST /v1.0/webhook/create`. */
export function webhookToCreate(settings: WebhookSettings): IDataObject {
	return { ...commonBody(settings), AuthenticationType: 'Token' };
}

/**
 * The body of `POST /v1.0/webhook/update`, with all fields: its page does not say that omitted ones keep their values.
 * The page calls the authentication Bearer, not Token.
 */
export function webhookToUpdate(WebhookId: unknown, settings: WebhookSettings): IDataObject {
	return { ...commonBody(settings), WebhookId, AuthenticationType: 'Bearer' } as IDataObject;
}

/** The event New_Sms has one name, although the sample of the page about updating has New_SMS: what-is-sent.md. */
function commonBody({ accountId, events, token, url, username }: WebhookSettings): IDataObject {
	return {
		...(accountId && { AccountId: accountId }),
		WebhookUrl: url,
		Method: 'POST',
		DataFormat: 'json',
		AuthenticationUsername: username,
		AuthenticationToken: token,
		SubscribedEvents: events,
	};
}

/** Says that a webhook URL has more characters than Telegent accepts. */
export function webhookUrlTooLong(url: string): string {
	return `Telegent accepts webhook URLs of up to ${MAX_URL_LENGTH} characters, and this one has ${url.length}`;
}

/**
 * All webhooks of an account; none if the account may not have any (403, 405). The response is a list without an
 * envelope (notes of `GET /v1.0/account/webhooks`).
 */
export async function listWebhooks(telegent: TelegentClient, accountId?: string): Promise<IDataObject[]> {
	const result = await settle(listOfAccount(telegent, 'GET /v1.0/account/webhooks', accountId));
	if ('error' in result) {
		if (hasStatus(result.error, '403', '405')) return [];
		throw result.error;
	}
	return recordsOf(result.value);
}

/**
 * @throws NodeApiError, with httpCode 404 if there is no such webhook; UnusableResponse if the response has no webhook:
 * it would look like one that no workflow uses
 */
export async function readWebhook(
	telegent: TelegentClient,
	{ AccountId, WebhookId }: IDataObject,
): Promise<IDataObject> {
	const query = { WebhookId, ...(AccountId !== undefined && { AccountId }) };
	const response = await telegent.call({ route: 'GET /v1.0/webhook', query, safety: 'read' });
	if (isRecord(response) && idOf(response, 'WebhookId') !== undefined) return response;
	throw new UnusableResponse(
		`Telegent's response for webhook ${String(WebhookId)} has no webhook with an ID. Nothing was changed on this webhook. Try again; if that doesn't help, ask Telegent.`,
	);
}
