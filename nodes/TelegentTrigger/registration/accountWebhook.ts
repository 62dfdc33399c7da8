import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import { isOwnerNote, ownerLabel } from '../../shared/routes/ownerNote';
import { toRegistration } from './record';
import { currentSecret, freshSecret } from './secret';
import { type RegistrationContext } from './context';
import { RECEIVES_NOTHING, registrationError, type Registration } from './config';
import { NOTHING_CHANGED } from '../../shared/wording';
import type { TriggerIdentity } from './ownership';
import { pollUntilFound } from '../../shared/poll';
import { idOf } from '../../shared/routes/api';
import {
	listWebhooks,
	MAX_URL_LENGTH,
	webhookToCreate,
	webhookToUpdate,
	webhookUrlTooLong,
	type WebhookSettings,
} from '../../shared/routes/webhooks';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';

/** Webhooks of the account with this trigger's URL, whoever created them. No other webhook is ever changed. */
export function ownWebhooks(webhooks: IDataObject[], identity: TriggerIdentity): IDataObject[] {
	return webhooks.filter(({ AuthenticationUsername: note, WebhookUrl }) => {
		const ofOther = isOwnerNote(note) && note !== ownerLabel(identity.workflow);
		return sameUrl(String(WebhookUrl ?? ''), identity.url) && !ofOther;
	});
}

/** Creates or updates the webhook of the trigger; removes duplicates. */
export async function registerWebhook(
	ctx: RegistrationContext,
	webhooks: IDataObject[],
): Promise<Registration> {
	const { options, identity } = ctx;
	if (identity.url.length > MAX_URL_LENGTH) {
		throw registrationError(
			ctx,
			webhookUrlTooLong(identity.url),
			`Shorten n8n's WEBHOOK_URL, or select another option in 'Listen On'. ${NOTHING_CHANGED}`,
		);
	}
	const [own, ...duplicates] = ownWebhooks(webhooks, identity);
	for (const duplicate of duplicates) await removeAccountWebhook(ctx, duplicate);
	const account = { ...(options.accountId && { accountId: options.accountId }) };
	const current = own && currentSecret(ctx, (own.AuthenticationToken ?? null) as string | null);
	if (current && isWebhookIntact(ctx, own)) return toRegistration(ctx, current, account);
	const secret = freshSecret(ctx);
	const response = own ? await update(ctx, own, secret.secret) : await create(ctx, secret.secret);
	if (idOf(response, 'WebhookId') === undefined) await assertListed(ctx);
	return toRegistration(ctx, secret, account);
}

/**
 * Checks that the account lists the webhook, if the response contained no ID.
 * @throws NodeOperationError if it does not: the workflow would receive nothing
 */
async function assertListed(ctx: RegistrationContext): Promise<void> {
	const { options, identity, telegent } = ctx;
	const found = await pollUntilFound(async () => {
		const own = ownWebhooks(await listWebhooks(telegent, options.accountId), identity);
		return own.find((webhook) => idOf(webhook, 'WebhookId') && isWebhookIntact(ctx, webhook));
	});
	if (found) return;
	throw registrationError(
		ctx,
		"Telegent accepted the webhook, but returned no ID for it and doesn't list it",
		RECEIVES_NOTHING,
	);
}

/** Deletes a webhook. A 404 counts as success. */
export async function removeAccountWebhook(ctx: RegistrationContext, webhook: IDataObject): Promise<void> {
	const { AccountId, WebhookUrl } = webhook;
	const WebhookId = idOf(webhook, 'WebhookId');
	if (WebhookId === undefined) {
		throw registrationError(
			ctx,
			"Telegent lists a webhook of this workflow without an ID, so it couldn't be removed",
			`In Telegent, remove the webhook with the URL ${String(WebhookUrl)}.`,
		);
	}
	const body = { WebhookId, ...(AccountId != null && { AccountId }) };
	await ignoreNotFound(ctx.telegent.call({ route: 'POST /v1.0/webhook/delete', body, safety: 'idempotent' }));
}

/** @returns the webhook as in the response, or as listed if the response was lost */
async function create(ctx: RegistrationContext, secret: string): Promise<unknown> {
	const body = webhookToCreate(triggerWebhookSettings(ctx, secret));
	const call = ctx.telegent.call({ route: 'POST /v1.0/webhook/create', body, safety: 'once' });
	const result = await settle(call);
	if ('value' in result) return result.value;
	// The webhook may have been created anyway.
	const created =
		isUnsure(result.error) &&
		ownWebhooks(await listWebhooks(ctx.telegent, ctx.options.accountId), ctx.identity);
	if (!created || created.length === 0) throw result.error;
	return created[0];
}

/**
 * Sends all fields: the page of `webhook/update` does not say whether omitted ones keep their value. The type is called
 * Bearer there, and Token in `webhook/create`.
 */
async function update(
	ctx: RegistrationContext,
	{ AccountId, WebhookId }: IDataObject,
	secret: string,
): Promise<unknown> {
	const body = {
		...webhookToUpdate(WebhookId, triggerWebhookSettings(ctx, secret)),
		...(AccountId != null && { AccountId }),
	};
	return await ctx.telegent.call({ route: 'POST /v1.0/webhook/update', body, safety: 'idempotent' });
}

function triggerWebhookSettings(
	{ event, identity, options }: RegistrationContext,
	token: string,
): WebhookSettings {
	const username = ownerLabel(identity.workflow);
	return {
		accountId: options.accountId,
		url: identity.url,
		username,
		token,
		events: String(event.subscription),
	};
}

function isWebhookIntact({ event }: RegistrationContext, webhook: IDataObject): boolean {
	const events = String(webhook.SubscribedEvents ?? '')
		.split(',')
		.map((name) => name.trim().toLowerCase());
	return (
		events.length === 1 &&
		events[0] === event.subscription?.toLowerCase() &&
		webhook.Active !== false &&
		/^(token|bearer)$/i.test(String(webhook.AuthenticationType)) &&
		/^post$/i.test(String(webhook.Method))
	);
}
