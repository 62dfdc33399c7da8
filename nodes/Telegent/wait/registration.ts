import { sleep, type IDataObject } from 'n8n-workflow';
import type { Telegent } from '../../../transport/request';
import { sameUrl } from '../../TelegentTrigger/address';
import {
	endOf,
	eventsForUpdate,
	idOf,
	isUnsure,
	listWebhooks,
	unlessGone,
} from '../../TelegentTrigger/telegent';
import { readNote, writeNote, type Note } from './note';

/* What a waiting question has at Telegent: one account webhook with the execution's resume address. */

/** Telegent's limit (schema Webhook_Request). */
export const LONGEST_URL = 255;

export interface Registered {
	url: string;
	webhookId: string;
	accountId?: string;
	note: Note;
}

/** The questions among an account's webhooks, of every n8n that has this account. */
export async function listQuestions(telegent: Telegent, accountId?: string): Promise<Registered[]> {
	const webhooks = await listWebhooks(telegent, accountId);
	return webhooks.flatMap((webhook) => {
		const note = readNote(webhook.AuthenticationUsername);
		const webhookId = idOf(webhook, 'WebhookId');
		if (!note || webhookId === undefined) return [];
		return [{ url: String(webhook.WebhookUrl), webhookId, accountId, note }];
	});
}

/**
 * Makes the webhook. @returns its id, or undefined where Telegent took it, returned no id and does not list it
 * @throws NodeApiError where Telegent does not take it; then it is not there
 */
export async function register(
	telegent: Telegent,
	{ accountId, note, url }: Omit<Registered, 'webhookId'>,
	secret: string,
): Promise<string | undefined> {
	const body = {
		...wanted({ accountId, note, url }),
		AuthenticationToken: secret,
		AuthenticationType: 'Token',
	};
	const end = await endOf(telegent.call({ route: 'POST /v1.0/webhook/create', body, safety: 'once' }));
	if ('answer' in end) return idOf(end.answer, 'WebhookId') ?? (await findId(telegent, url, accountId));
	if (isUnsure(end.error)) await removeAll(telegent, url, accountId);
	throw end.error;
}

/** How often to look, a second apart, for a webhook that Telegent may take a moment to show. */
const LOOKS = 3;

async function findId(telegent: Telegent, url: string, accountId?: string): Promise<string | undefined> {
	for (let look = 1; ; look++) {
		const webhooks = await listWebhooks(telegent, accountId);
		const made = webhooks.find(({ WebhookUrl }) => isSameResume(String(WebhookUrl), url));
		const id = idOf(made, 'WebhookId');
		if (id !== undefined || look === LOOKS) return id;
		await sleep(1_000);
	}
}

/** Writes how far the question has come. Everything is sent again: the page does not say that the rest stays. */
export async function rewriteNote(telegent: Telegent, registered: Registered, secret: string): Promise<void> {
	const { webhookId } = registered;
	// Here the type is called Bearer.
	const body = {
		...wanted(registered),
		WebhookId: webhookId,
		AuthenticationToken: secret,
		AuthenticationType: 'Bearer',
		SubscribedEvents: eventsForUpdate('New_Sms'),
	};
	await telegent.call({ route: 'POST /v1.0/webhook/update', body, safety: 'idempotent' });
}

/** Ends it. One that is gone already is no setback. */
export async function remove(
	telegent: Telegent,
	{ accountId, webhookId }: Pick<Registered, 'accountId' | 'webhookId'>,
): Promise<void> {
	const body = { WebhookId: webhookId, ...(accountId && { AccountId: accountId }) };
	await unlessGone(telegent.call({ route: 'POST /v1.0/webhook/delete', body, safety: 'idempotent' }));
}

/**
 * Ends all that have this address, which only one execution has: for a creation of which nobody knows whether it was
 * done, and where Telegent does not show the note. Never throws.
 */
export async function removeAll(telegent: Telegent, url: string, accountId?: string): Promise<void> {
	const end = await endOf(listWebhooks(telegent, accountId));
	if ('error' in end) return;
	for (const webhook of end.answer) {
		const webhookId = idOf(webhook, 'WebhookId');
		if (webhookId === undefined || !isSameResume(String(webhook.WebhookUrl), url)) continue;
		await endOf(remove(telegent, { webhookId, accountId }));
	}
}

/** Whether two resume addresses are of the same execution and node, whatever their signature. */
export function isSameResume(a: string, b: string): boolean {
	return sameUrl(a.split('?')[0], b.split('?')[0]);
}

function wanted({ accountId, note, url }: Omit<Registered, 'webhookId'>): IDataObject {
	return {
		...(accountId && { AccountId: accountId }),
		WebhookUrl: url,
		Method: 'POST',
		DataFormat: 'json',
		// Token authentication has no use for a user name: it says whose webhook this is, and how far it has come.
		AuthenticationUsername: writeNote(note),
		SubscribedEvents: 'New_Sms',
	};
}
