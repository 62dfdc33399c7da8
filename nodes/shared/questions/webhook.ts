import type { TelegentClient } from '../../../transport/client';
import { sameUrl } from '../publicUrl';
import { pollUntilFound } from '../poll';
import { idOf } from '../routes/api';
import { listWebhooks, webhookToCreate, webhookToUpdate, type WebhookSettings } from '../routes/webhooks';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';
import { readState, formatState, type QuestionState } from './note';

/* The account webhook of an open question, with the execution's resume URL. */

export interface QuestionWebhook {
	url: string;
	webhookId: string;
	accountId?: string;
	state: QuestionState;
}

/** The open questions among an account's webhooks, including those of other n8n instances. */
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
 * Creates the webhook. @returns its ID, or undefined if Telegent accepted it, returned no ID and does not list it
 * @throws NodeApiError if Telegent refuses it; then it does not exist
 */
export async function createWebhook(
	telegent: TelegentClient,
	{ accountId, state, url }: Omit<QuestionWebhook, 'webhookId'>,
	secret: string,
): Promise<string | undefined> {
	const body = webhookToCreate(questionWebhookSettings({ accountId, state, url }, secret));
	const result = await settle(telegent.call({ route: 'POST /v1.0/webhook/create', body, safety: 'once' }));
	if ('value' in result) return idOf(result.value, 'WebhookId') ?? (await findId(telegent, url, accountId));
	if (isUnsure(result.error)) await removeAllWebhooks(telegent, url, accountId);
	throw result.error;
}

async function findId(
	telegent: TelegentClient,
	url: string,
	accountId?: string,
): Promise<string | undefined> {
	return await pollUntilFound(async () => {
		const webhooks = await listWebhooks(telegent, accountId);
		const created = webhooks.find(
			({ AuthenticationUsername, WebhookUrl }) =>
				isSameResume(String(WebhookUrl), url) && !readState(AuthenticationUsername)?.answered,
		);
		return idOf(created, 'WebhookId');
	});
}

/** Stores the state of the question. */
export async function updateState(
	telegent: TelegentClient,
	registered: QuestionWebhook,
	secret: string,
): Promise<void> {
	const body = webhookToUpdate(registered.webhookId, questionWebhookSettings(registered, secret));
	await telegent.call({ route: 'POST /v1.0/webhook/update', body, safety: 'idempotent' });
}

/** Deletes the webhook. One that no longer exists counts as deleted. */
export async function removeWebhook(
	telegent: TelegentClient,
	{ accountId, webhookId }: Pick<QuestionWebhook, 'accountId' | 'webhookId'>,
): Promise<void> {
	const body = { WebhookId: webhookId, ...(accountId && { AccountId: accountId }) };
	await ignoreNotFound(telegent.call({ route: 'POST /v1.0/webhook/delete', body, safety: 'idempotent' }));
}

/**
 * Deletes all webhooks with this resume URL, which is unique to one execution: after a creation with unknown outcome, and
 * if Telegent does not show the note. Never throws.
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

/** Whether two resume URLs, apart from their signatures, belong to the same execution and node. */
export function isSameResume(a: string, b: string): boolean {
	return sameUrl(a.split('?')[0], b.split('?')[0]);
}

/** The username of the webhook stores the state of the question. */
function questionWebhookSettings(
	{ accountId, state, url }: Omit<QuestionWebhook, 'webhookId'>,
	token: string,
): WebhookSettings {
	return { accountId, url, username: formatState(state), token, events: 'New_Sms' };
}
