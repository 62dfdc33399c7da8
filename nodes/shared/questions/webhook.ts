import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { sameUrl } from '../publicUrl';
import { pollUntilFound } from '../poll';
import { idOf } from '../routes/api';
import {
	listWebhooks,
	readWebhook,
	webhookToCreate,
	webhookToUpdate,
	type WebhookSettings,
} from '../routes/webhooks';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';
import { isSecretOf } from '../secrets';
import { readState, formatState, type QuestionState } from './note';

/* The account webhook of an open question, with the execution's resume URL. */

export interface QuestionWebhook {
	url: string;
	webhookId: string;
	accountId?: string;
	state: QuestionState;
	/** For which messages Telegent calls it: those that may be its own (by default), to forward others too, or none. */
	called?: 'itself' | 'dispatcher' | 'never';
	/** The secret that calls must have; undefined where Telegent does not list it. */
	secret?: string;
}

/** Ends the token of a dispatcher, so that a call tells that other questions rely on this one. */
const FORWARDS = '.forwards';
/** As a new question makes it: Telegent may list a placeholder instead. */
const LISTED_SECRET = /^[\w-]{32}$/;
/** Orders change rarely, and a question ignores their events. */
const RARE_EVENT = 'Order_Update';

/** The open questions among an account's webhooks, including those of other n8n instances. */
export async function listQuestionWebhooks(
	telegent: TelegentClient,
	accountId?: string,
): Promise<QuestionWebhook[]> {
	const webhooks = await listWebhooks(telegent, accountId);
	return webhooks.flatMap((webhook) => questionIn(webhook, accountId) ?? []);
}

/** The question of a webhook as Telegent shows it; undefined if it has none. */
function questionIn(webhook: IDataObject, accountId?: string): QuestionWebhook | undefined {
	const state = readState(webhook.AuthenticationUsername);
	const webhookId = idOf(webhook, 'WebhookId');
	if (!state || webhookId === undefined) return undefined;
	const token = String(webhook.AuthenticationToken ?? '');
	const secret = token.endsWith(FORWARDS) ? token.slice(0, -FORWARDS.length) : token;
	const forwards = secret !== token ? 'dispatcher' : 'itself';
	return {
		url: String(webhook.WebhookUrl),
		webhookId,
		accountId,
		state,
		called: /\bnew_?sms\b/i.test(String(webhook.SubscribedEvents ?? 'New_Sms')) ? forwards : 'never',
		...(LISTED_SECRET.test(secret) && { secret }),
	};
}

/** What the token of a call says: its secret, and whether to forward other messages. Undefined if it is not ours. */
export function tokenOfCall(
	token: string | undefined,
	secretDigest: string,
): { secret: string; forwards: boolean } | undefined {
	if (token === undefined) return undefined;
	const forwards = token.endsWith(FORWARDS);
	const secret = forwards ? token.slice(0, -FORWARDS.length) : token;
	return isSecretOf(secret, secretDigest) ? { secret, forwards } : undefined;
}

/**
 * The question as Telegent has it now; undefined if its webhook is gone or without a question.
 * @throws NodeApiError if Telegent does not say
 */
export async function readQuestion(
	telegent: TelegentClient,
	{ accountId, webhookId }: Pick<QuestionWebhook, 'accountId' | 'webhookId'>,
): Promise<QuestionWebhook | undefined> {
	const address = { WebhookId: webhookId, ...(accountId && { AccountId: accountId }) };
	const webhook = await ignoreNotFound(readWebhook(telegent, address));
	return webhook && questionIn(webhook, accountId);
}

/**
 * Creates the webhook. @returns its ID, or undefined if Telegent accepted it, returned no ID and does not list it
 * @throws NodeApiError if Telegent refuses it; then it does not exist
 */
export async function createWebhook(
	telegent: TelegentClient,
	{ accountId, called, state, url }: Omit<QuestionWebhook, 'webhookId'>,
	secret: string,
): Promise<string | undefined> {
	const body = webhookToCreate(questionWebhookSettings({ accountId, called, state, url }, secret));
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

/**
 * Changes for which messages Telegent calls a question. Its state is read first, because a reply may just have changed it.
 * @returns false if it is no longer open
 * @throws NodeApiError if Telegent refuses it
 */
export async function changeCalled(telegent: TelegentClient, one: QuestionWebhook): Promise<boolean> {
	const current = await readQuestion(telegent, one);
	if (!current?.secret || current.state.answered) return false;
	await updateState(telegent, { ...current, called: one.called }, current.secret);
	return true;
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
	{ accountId, called, state, url }: Omit<QuestionWebhook, 'webhookId'>,
	secret: string,
): WebhookSettings {
	const token = called === 'dispatcher' ? `${secret}${FORWARDS}` : secret;
	const events = called === 'never' ? RARE_EVENT : 'New_Sms';
	return { accountId, url, username: formatState(state), token, events };
}
