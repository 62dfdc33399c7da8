import { sleep, type IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { sameUrl } from '../publicUrl';
import { eventsForUpdate, idOf } from '../routes/api';
import { listWebhooks } from '../routes/webhooks';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';
import { readState, formatState, type QuestionState } from './note';

/* What a waiting question has at Telegent: one account webhook with the execution's resume address. */

/** Telegent's limit (schema Webhook_Request). */
export const MAX_URL_LENGTH = 255;

export interface QuestionWebhook {
	url: string;
	webhookId: string;
	accountId?: string;
	state: QuestionState;
}

/** The questions among an account's webhooks, of every n8n that has this account. */
export async function listQuestionWebhooks(
	telegent: TelegentClient,
	accountId?: string,
): Promise<QuestionWebhook[]> {
	const webhooks = await listWebhooks(telegent, accountId);
	return webhooks.flatMap((webhook) => {
		const state = readState(webhook.AuthenticationUsername);
		const webhookId = idOf(webhook, 'WebhookId');
		if (!state || webhookId === undefined) return [];
		return [{ url: String(webhook.WebhookUrl), webhookId, accountId, state }];
	});
}

/**
 * Makes the webhook. @returns its id, or undefined where Telegent took it, returned no id and does not list it
 * @throws NodeApiError where Telegent does not take it; then it is not there
 */
export async function createWebhook(
	telegent: TelegentClient,
	{ accountId, state, url }: Omit<QuestionWebhook, 'webhookId'>,
	secret: string,
): Promise<string | undefined> {
	const body = {
		...questionWebhookBody({ accountId, state, url }),
		AuthenticationToken: secret,
		AuthenticationType: 'Token',
	};
	const result = await settle(telegent.call({ route: 'POST /v1.0/webhook/create', body, safety: 'once' }));
	if ('value' in result) return idOf(result.value, 'WebhookId') ?? (await findId(telegent, url, accountId));
	if (isUnsure(result.error)) await removeAllWebhooks(telegent, url, accountId);
	throw result.error;
}

/** How often to look, a second apart, for a webhook that Telegent may take a moment to show. */
const LOOKS = 3;

async function findId(
	telegent: TelegentClient,
	url: string,
	accountId?: string,
): Promise<string | undefined> {
	for (let look = 1; ; look++) {
		const webhooks = await listWebhooks(telegent, accountId);
		const made = webhooks.find(({ WebhookUrl }) => isSameResume(String(WebhookUrl), url));
		const id = idOf(made, 'WebhookId');
		if (id !== undefined || look === LOOKS) return id;
		await sleep(1_000);
	}
}

/** Writes how far the question has come. Everything is sent again: the page does not say that the rest stays. */
export async function updateState(
	telegent: TelegentClient,
	registered: QuestionWebhook,
	secret: string,
): Promise<void> {
	const { webhookId } = registered;
	// Here the type is called Bearer.
	const body = {
		...questionWebhookBody(registered),
		WebhookId: webhookId,
		AuthenticationToken: secret,
		AuthenticationType: 'Bearer',
		SubscribedEvents: eventsForUpdate('New_Sms'),
	};
	await telegent.call({ route: 'POST /v1.0/webhook/update', body, safety: 'idempotent' });
}

/** Ends it. One that is gone already is no setback. */
export async function removeWebhook(
	telegent: TelegentClient,
	{ accountId, webhookId }: Pick<QuestionWebhook, 'accountId' | 'webhookId'>,
): Promise<void> {
	const body = { WebhookId: webhookId, ...(accountId && { AccountId: accountId }) };
	await ignoreNotFound(telegent.call({ route: 'POST /v1.0/webhook/delete', body, safety: 'idempotent' }));
}

/**
 * Ends all that have this address, which only one execution has: for a creation of which nobody knows whether it was
 * done, and where Telegent does not show the note. Never throws.
 */
export async function removeAllWebhooks(
	telegent: TelegentClient,
	url: string,
	accountId?: string,
): Promise<void> {
	const result = await settle(listWebhooks(telegent, accountId));
	if ('error' in result) return;
	for (const webhook of result.value) {
		const webhookId = idOf(webhook, 'WebhookId');
		if (webhookId === undefined || !isSameResume(String(webhook.WebhookUrl), url)) continue;
		await settle(removeWebhook(telegent, { webhookId, accountId }));
	}
}

/** Whether two resume addresses are of the same execution and node, whatever their signature. */
export function isSameResume(a: string, b: string): boolean {
	return sameUrl(a.split('?')[0], b.split('?')[0]);
}

function questionWebhookBody({ accountId, state, url }: Omit<QuestionWebhook, 'webhookId'>): IDataObject {
	return {
		...(accountId && { AccountId: accountId }),
		WebhookUrl: url,
		Method: 'POST',
		DataFormat: 'json',
		// Token authentication has no use for a user name: it says whose webhook this is, and how far it has come.
		AuthenticationUsername: formatState(state),
		SubscribedEvents: 'New_Sms',
	};
}
