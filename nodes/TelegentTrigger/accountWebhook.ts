import { sleep, type IDataObject } from 'n8n-workflow';
import { sameUrl } from './address';
import { shortMarker } from './marker';
import { currentSecret, freshSecret, type KnownSecret } from './registrationSecret';
import { refusal, type Registration, type Situation } from './situation';
import type { Self } from './slot';
import { endOf, eventsForUpdate, idOf, isUnsure, listWebhooks, unlessGone } from './telegent';

/** Telegent's limit (schema Webhook_Request). */
const LONGEST_URL = 255;

/** The account's webhooks that call this trigger: they are its own, whoever made them. Others are never touched. */
export function ownWebhooks(webhooks: IDataObject[], self: Self): IDataObject[] {
	return webhooks.filter(({ AuthenticationUsername: note, WebhookUrl }) => {
		const ofOther = String(note ?? '').startsWith('n8n workflow ') && note !== shortMarker(self.workflow);
		return sameUrl(String(WebhookUrl ?? ''), self.url) && !ofOther;
	});
}

/** Subscribes the trigger to its event, or finds the subscription that is there already. */
export async function takeWebhook(situation: Situation, webhooks: IDataObject[]): Promise<Registration> {
	const { options, self } = situation;
	if (self.url.length > LONGEST_URL) {
		throw refusal(
			situation,
			`Telegent takes addresses of at most ${LONGEST_URL} characters, and this one has ${self.url.length}`,
			'Give this n8n a shorter WEBHOOK_URL, or choose another way in Listen On.',
		);
	}
	const [own, ...doubles] = ownWebhooks(webhooks, self);
	for (const double of doubles) await removeWebhook(situation, double);
	const found = { ...(options.accountId && { accountId: options.accountId }) };
	const current = own && currentSecret(situation, (own.AuthenticationToken ?? null) as string | null);
	if (current && isIntact(situation, own)) return registered(situation, current, found);
	const secret = freshSecret(situation);
	const answer = own ? await update(situation, own, secret.secret) : await create(situation, secret.secret);
	if (idOf(answer, 'WebhookId') === undefined) await confirm(situation);
	return registered(situation, secret, found);
}

/** How often to look, a second apart, for a webhook that Telegent may take a moment to show. */
const LOOKS = 3;

/**
 * Looks whether the account's list has the webhook as it should be, where the response did not say so.
 * @throws NodeOperationError where it does not: the workflow would receive nothing
 */
async function confirm(situation: Situation): Promise<void> {
	const { options, self, telegent } = situation;
	for (let look = 1; ; look++) {
		const own = ownWebhooks(await listWebhooks(telegent, options.accountId), self);
		if (own.some((webhook) => idOf(webhook, 'WebhookId') && isIntact(situation, webhook))) return;
		if (look === LOOKS) break;
		await sleep(1_000);
	}
	throw refusal(
		situation,
		'Telegent accepted the webhook, but returned no ID for it and does not list it',
		'So the workflow would receive nothing. Publish again in a minute; if that does not help, ask Telegent.',
	);
}

/** Ends a subscription. One that is gone already is no setback. */
export async function removeWebhook(situation: Situation, webhook: IDataObject): Promise<void> {
	const { AccountId, WebhookUrl } = webhook;
	const WebhookId = idOf(webhook, 'WebhookId');
	if (WebhookId === undefined) {
		throw refusal(
			situation,
			'Telegent lists a webhook of this workflow without its ID, so it could not be removed',
			`Remove it at Telegent: the one that calls ${String(WebhookUrl)}.`,
		);
	}
	const body = { WebhookId, ...(AccountId != null && { AccountId }) };
	await unlessGone(
		situation.telegent.call({ route: 'POST /v1.0/webhook/delete', body, safety: 'idempotent' }),
	);
}

/** @returns the webhook as Telegent's response shows it, or as the list does where the response was lost */
async function create(situation: Situation, secret: string): Promise<unknown> {
	const body = { ...wanted(situation, secret), AuthenticationType: 'Token' };
	const call = situation.telegent.call({ route: 'POST /v1.0/webhook/create', body, safety: 'once' });
	const end = await endOf(call);
	if ('answer' in end) return end.answer;
	// It may have been made all the same.
	const made =
		isUnsure(end.error) &&
		ownWebhooks(await listWebhooks(situation.telegent, situation.options.accountId), situation.self);
	if (!made || made.length === 0) throw end.error;
	return made[0];
}

/** Everything is sent again: the page does not say whether what is left out stays. Here the type is called Bearer. */
async function update(
	situation: Situation,
	{ AccountId, WebhookId }: IDataObject,
	secret: string,
): Promise<unknown> {
	const body = {
		...wanted(situation, secret),
		...(AccountId != null && { AccountId }),
		WebhookId,
		AuthenticationType: 'Bearer',
		SubscribedEvents: eventsForUpdate(String(situation.event.subscription)),
	};
	return await situation.telegent.call({ route: 'POST /v1.0/webhook/update', body, safety: 'idempotent' });
}

function wanted({ event, options, self }: Situation, secret: string): IDataObject {
	return {
		...(options.accountId && { AccountId: options.accountId }),
		WebhookUrl: self.url,
		Method: 'POST',
		DataFormat: 'json',
		// Token authentication has no use for a user name: it says whose webhook this is.
		AuthenticationUsername: shortMarker(self.workflow),
		AuthenticationToken: secret,
		SubscribedEvents: event.subscription,
	};
}

function isIntact({ event }: Situation, webhook: IDataObject): boolean {
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
	{ self, way }: Situation,
	secret: KnownSecret,
	found: Partial<Registration>,
): Registration {
	return {
		way,
		test: self.test,
		secretDigest: secret.digest,
		secretMadeAt: secret.madeAt,
		...found,
	} as Registration;
}
