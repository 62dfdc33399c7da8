import {
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/client';
import type { TelegentCredential } from '../../../transport/token';
import { isAwaited } from '../../shared/questions/awaited';
import type { ReadOptions, TriggerEvent } from '../../shared/inbound/events';
import { collectRule } from './executionOptions';
import { filterOf } from './filters';
import { deliveryScope, identityOf } from './identity';
import { hasManualToken } from './manualAccess';
import { attachMedia, mediaOptionsOf } from './media';
import { isTooLarge, readRequest, type Incoming } from '../../shared/inbound/payload';
import { releaseIfRefused, respond } from '../../shared/inbound/respond';
import { bearerOf, isSecretOf, issuedAt, verifySecret } from '../../shared/secrets';
import { claim, release } from '../../shared/dedupe';
import { chosenEvent, secretAudience, storedRegistrations, type Registration } from '../registration/config';

/**
 * Handles one webhook request of Telegent: starts the workflow with the events that are new and match the filters.
 * Never throws: n8n would start the workflow with an empty item.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const claims: string[] = [];
	try {
		if (!(await isAuthorized(context))) return respond(context, 401, 'Not authorized');
		const parsed = readRequest(await withBody(context.getRequestObject() as unknown as Incoming));
		if ('status' in parsed) return respond(context, parsed.status, parsed.message);
		const { event } = chosenEvent(context);
		const matchesFilters = filterOf(context);
		const readOptions = context.getNodeParameter('options', {}) as ReadOptions;
		const shapes = parsed.payloads
			.map((payload) => event.read(payload, new Date(), readOptions))
			.filter((shape): shape is IDataObject => shape !== undefined && matchesFilters(shape));
		if (shapes.length === 0) return { webhookResponse: { message: 'Nothing to do' } };
		const fresh = shapes.filter((shape) => isFresh(context, event, shape, claims));
		if (fresh.length === 0) return { webhookResponse: { message: 'Received before' } };
		const remaining = await withoutAwaited(context, fresh);
		if (remaining.length === 0)
			return { webhookResponse: { message: 'Left to the workflow that waits for it' } };
		releaseIfRefused(context, () => claims.forEach(release));
		return await start(context, event, remaining);
	} catch (error) {
		claims.forEach(release);
		context.logger.error(`Telegent: a webhook request couldn't be handled: ${(error as Error).message}`);
		return respond(context, 500, "The workflow couldn't be started");
	}
}

/** With Ignore Awaited Replies: drops messages that an open Send and Wait for Response is waiting for. */
async function withoutAwaited(context: IWebhookFunctions, shapes: IDataObject[]): Promise<IDataObject[]> {
	const { leaveAwaited } = context.getNodeParameter('options', {}) as IDataObject;
	if (leaveAwaited !== true) return shapes;
	const remaining: IDataObject[] = [];
	for (const shape of shapes) {
		const awaited = 'body' in shape && (await isAwaited(context, shape));
		if (!awaited) remaining.push(shape);
	}
	return remaining;
}

/** n8n parses the body of some content types only: read the others here. */
async function withBody(request: Incoming): Promise<Incoming> {
	const isRead = request.rawBody || Object.keys(request.body ?? {}).length > 0;
	if (!isRead && !isTooLarge(request)) await request.readRawBody?.();
	return request;
}

/** Whether the request carries the secret of this trigger. */
async function isAuthorized(context: IWebhookFunctions): Promise<boolean> {
	const { authorization } = context.getHeaderData();
	if (context.getNodeParameter('listenOn', '') === 'manual')
		return await hasManualToken(context, authorization);
	const secret = bearerOf(authorization);
	if (secret === undefined) return false;
	const stored = registrationOf(context);
	if (stored && isSecretOf(secret, stored.secretDigest)) return true;
	// After a crash, static data can be older than the secret at Telegent: then check the MAC in the secret.
	const time = issuedAt(secret);
	if (time === undefined || time < (stored?.secretMadeAt ?? 0)) return false;
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return verifySecret(secret, accountSecret, secretAudience(context, isTest(context)));
}

/** n8n returns the production URL here in test mode too. */
const webhookUrlOf = (context: IWebhookFunctions) => context.getNodeWebhookUrl('default') ?? '';
const isTest = (context: IWebhookFunctions) => context.getMode() === 'manual';

function registrationOf(context: IWebhookFunctions): Registration | undefined {
	const registrations = storedRegistrations(context);
	if (!isTest(context)) return registrations[webhookUrlOf(context)];
	return Object.values(registrations).find((registration) => registration?.test);
}

function isFresh(
	context: IWebhookFunctions,
	event: TriggerEvent,
	shape: IDataObject,
	claims: string[],
): boolean {
	const { identity, memoryMs } = identityOf(event, shape);
	const key = claim(deliveryScope(context, event, isTest(context)), identity, Date.now(), memoryMs);
	if (key !== undefined) claims.push(key);
	return key !== undefined;
}

/** Otherwise n8n responds with the name of a setting. */
const STARTED = { message: 'Workflow was started' };

async function start(
	context: IWebhookFunctions,
	{ value }: TriggerEvent,
	shapes: IDataObject[],
): Promise<IWebhookResponseData> {
	const items: INodeExecutionData[] = shapes.map((json) => ({ json }));
	const given = context.getNodeParameter('options', {}) as IDataObject;
	// Collected messages have their media downloaded in `execute()`.
	const options = collectRule(given, value) ? undefined : mediaOptionsOf(given);
	if (!options || shapes.every(({ media }) => !Array.isArray(media) || media.length === 0)) {
		return { webhookResponse: STARTED, workflowData: [items] };
	}
	// Respond before the downloads, so that Telegent does not time out.
	context.getResponseObject().status(200).json(STARTED);
	for (const item of items) await attachMedia(context, item, options);
	return { noWebhookResponse: true, workflowData: [items] };
}
