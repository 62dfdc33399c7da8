import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import { isOwnerNote, ownerLabel } from '../../shared/routes/ownerNote';
import { currentSecret, freshSecret, type KnownSecret } from './secret';
import { type RegistrationContext } from './context';
import { registrationError, type Registration } from './config';
import type { TriggerIdentity } from './ownership';
import { pollUntilFound } from '../../shared/poll';
import { idOf } from '../../shared/routes/api';
import {
	listWebhooks,
	MAX_URL_LENGTH,
	webhookToCreate,
	webhookToUpdate,
	type WebhookSettings,
} from '../../shared/routes/webhooks';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';

/** The account's webhooks that call this trigger: they are its own, whoever made them. Others are never touched. */
export function ownWebhooks(webhooks: IDataObject[], identity: TriggerIdentity): IDataObject[] {
	return webhooks.filter(({ AuthenticationUsername: note, WebhookUrl }) => {
		const ofOther = isOwnerNote(note) && note !== ownerLabel(identity.workflow);
		return sameUrl(String(WebhookUrl ?? ''), identity.url) && !ofOther;
	});
}

/** Subscribes the trigger to its event, or finds the subscription that is there already. */
export async function registerWebhook(
	ctx: RegistrationContext,
	webhooks: IDataObject[],
): Promise<Registration> {
	const { options, identity } = ctx;
	if (identity.url.length > MAX_URL_LENGTH) {
		throw registrationError(
			ctx,
			`Telegent takes addresses of at most ${MAX_URL_LENGTH} characters, and this one has ${identity.url.length}`,
			'Give this n8n a shorter WEBHOOK_URL, or choose another way in Listen On.',
		);
	}
	const [own, ...doubles] = ownWebhooks(webhooks, identity);
	for (const double of doubles) await removeAccountWebhook(ctx, double);
	const found = { ...(options.accountId && { accountId: options.accountId }) };
	const current = own && currentSecret(ctx, (own.AuthenticationToken ?? null) as string | null);
	if (current && isWebhookIntact(ctx, own)) return registered(ctx, current, found);
	const secret = freshSecret(ctx);
	const answer = own ? await update(ctx, own, secret.secret) : await create(ctx, secret.secret);
	if (idOf(answer, 'WebhookId') === undefined) await confirm(ctx);
	return registered(ctx, secret, found);
}

/**
 * Looks whether the account's list has the webhook as it should be, where the response did not say so.
 * @throws NodeOperationError where it does not: the workflow would receive nothing
 */
async function confirm(ctx: RegistrationContext): Promise<void> {
	const { options, identity, telegent } = ctx;
	const found = await pollUntilFound(async () => {
		const own = ownWebhooks(await listWebhooks(telegent, options.accountId), identity);
		return own.find((webhook) => idOf(webhook, 'WebhookId') && isWebhookIntact(ctx, webhook));
	});
	if (found) return;
	throw registrationError(
		ctx,
		'Telegent accepted the webhook, but returned no ID for it and does not list it',
		'So the workflow would receive nothing. Publish again in a minute; if that does not help, ask Telegent.',
	);
}

/** Ends a subscription. One that is gone already is no setback. */
export async function removeAccountWebhook(ctx: RegistrationContext, webhook: IDataObject): Promise<void> {
	const { AccountId, WebhookUrl } = webhook;
	const WebhookId = idOf(webhook, 'WebhookId');
	if (WebhookId === undefined) {
		throw registrationError(
			ctx,
			'Telegent lists a webhook of this workflow without its ID, so it could not be removed',
			`Remove it at Telegent: the one that calls ${String(WebhookUrl)}.`,
		);
	}
	const body = { WebhookId, ...(AccountId != null && { AccountId }) };
	await ignoreNotFound(ctx.telegent.call({ route: 'POST /v1.0/webhook/delete', body, safety: 'idempotent' }));
}

/** @returns the webhook as Telegent's response shows it, or as the list does where the response was lost */
async function create(ctx: RegistrationContext, secret: string): Promise<unknown> {
	const body = webhookToCreate(triggerWebhookSettings(ctx, secret));
	const call = ctx.telegent.call({ route: 'POST /v1.0/webhook/create', body, safety: 'once' });
	const result = await settle(call);
	if ('value' in result) return result.value;
	// It may have been made all the same.
	const made =
		isUnsure(result.error) &&
		ownWebhooks(await listWebhooks(ctx.telegent, ctx.options.accountId), ctx.identity);
	if (!made || made.length === 0) throw result.error;
	return made[0];
}

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

function registered(
	{ identity, listenMode }: RegistrationContext,
	secret: KnownSecret,
	found: Partial<Registration>,
): Registration {
	return {
		way: listenMode,
		test: identity.test,
		secretDigest: secret.digest,
		secretMadeAt: secret.madeAt,
		...found,
	} as Registration;
}
