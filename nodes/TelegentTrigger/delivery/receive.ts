import {
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/client';
import type { TelegentCredential } from '../../../transport/token';
import { isAwaited } from '../../shared/questions/awaited';
import type { TriggerEvent } from '../../shared/inbound/events';
import { filterOf } from './filters';
import { attachMedia, mediaOptionsOf } from './media';
import { isTooLarge, readRequest, type Incoming } from '../../shared/inbound/payload';
import { releaseIfRefused, respond } from '../../shared/inbound/respond';
import {
	basicOf,
	bearerOf,
	verifySecret,
	isSecretOf,
	issuedAt,
	manualToken,
	equalText,
} from '../../shared/secrets';
import { claim, release, REMEMBERED_MS, REMEMBERED_WITHOUT_ID_MS } from '../../shared/dedupe';
import {
	chosenEvent,
	secretAudience,
	storedRegistrations,
	triggerKey,
	type Registration,
} from '../registration/config';

/**
 * Answers one call of Telegent: starts the workflow with what is new and wanted, and with nothing else.
 * Never throws: n8n would start the workflow with an empty item.
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const claims: string[] = [];
	try {
		if (!(await isAuthorized(context))) return respond(context, 401, 'Not authorized');
		const reading = readRequest(await whole(context.getRequestObject() as unknown as Incoming));
		if ('status' in reading) return respond(context, reading.status, reading.message);
		const { event } = chosenEvent(context);
		const wanted = filterOf(context);
		const shapes = reading.payloads
			.map((payload) => event.read(payload, new Date()))
			.filter((shape): shape is IDataObject => shape !== undefined && wanted(shape));
		if (shapes.length === 0) return { webhookResponse: { message: 'Nothing to do' } };
		const fresh = shapes.filter((shape) => isFresh(context, event, shape, claims));
		if (fresh.length === 0) return { webhookResponse: { message: 'Received before' } };
		const left = await withoutAwaited(context, fresh);
		if (left.length === 0) return { webhookResponse: { message: 'Awaited elsewhere' } };
		releaseIfRefused(context, () => claims.forEach(release));
		return await start(context, left);
	} catch (error) {
		claims.forEach(release);
		context.logger.error(`A call of Telegent could not be handled: ${(error as Error).message}`);
		return respond(context, 500, 'The workflow could not be started');
	}
}

/** With Leave Awaited Answers: what no Send and Wait for Reply waits for. */
async function withoutAwaited(context: IWebhookFunctions, shapes: IDataObject[]): Promise<IDataObject[]> {
	const { leaveAwaited } = context.getNodeParameter('options', {}) as IDataObject;
	if (leaveAwaited !== true) return shapes;
	const left: IDataObject[] = [];
	for (const shape of shapes) if (!('body' in shape) || !(await isAwaited(context, shape))) left.push(shape);
	return left;
}

/** n8n reads the body of some content types only. */
async function whole(request: Incoming): Promise<Incoming> {
	const isRead = request.rawBody || Object.keys(request.body ?? {}).length > 0;
	if (!isRead && !isTooLarge(request)) await request.readRawBody?.();
	return request;
}

/** Whether the call carries the secret that Telegent was given for this trigger. */
async function isAuthorized(context: IWebhookFunctions): Promise<boolean> {
	const { authorization } = context.getHeaderData();
	if (context.getNodeParameter('listenOn', '') === 'manual')
		return await hasManualToken(context, authorization);
	const secret = bearerOf(authorization);
	if (secret === undefined) return false;
	const known = registrationOf(context);
	if (known && isSecretOf(secret, known.secretDigest)) return true;
	// Static data can be older than what Telegent was given, after a crash for instance: then the secret proves itself.
	const time = issuedAt(secret);
	if (time === undefined || time < (known?.secretMadeAt ?? 0)) return false;
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return verifySecret(secret, accountSecret, secretAudience(context, isTest(context)));
}

/** n8n gives a webhook its production address in a test too. */
const addressOf = (context: IWebhookFunctions) => context.getNodeWebhookUrl('default') ?? '';
const isTest = (context: IWebhookFunctions) => context.getMode() === 'manual';

function registrationOf(context: IWebhookFunctions): Registration | undefined {
	const registrations = storedRegistrations(context);
	if (!isTest(context)) return registrations[addressOf(context)];
	return Object.values(registrations).find((registration) => registration?.test);
}

/** A person chose Bearer at Telegent, or Basic with any user name. */
async function hasManualToken(context: IWebhookFunctions, authorization?: string): Promise<boolean> {
	const given = bearerOf(authorization) ?? basicOf(authorization)?.[1];
	if (given === undefined) return false;
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL);
	return equalText(given, manualToken(accountSecret, triggerKey(context.getNode())));
}

function isFresh(
	context: IWebhookFunctions,
	event: TriggerEvent,
	shape: IDataObject,
	claims: string[],
): boolean {
	const scope = `${isTest(context) ? 'test' : 'production'} ${addressOf(context)} ${event.value}`;
	const identity = event.identity(shape);
	const key = identity
		? claim(scope, identity, Date.now(), REMEMBERED_MS)
		: claim(scope, `content ${JSON.stringify(shape.raw)}`, Date.now(), REMEMBERED_WITHOUT_ID_MS);
	if (key !== undefined) claims.push(key);
	return key !== undefined;
}

/** Without it, n8n answers with the name of a setting. */
const STARTED = { message: 'Workflow was started' };

async function start(context: IWebhookFunctions, shapes: IDataObject[]): Promise<IWebhookResponseData> {
	const items: INodeExecutionData[] = shapes.map((json) => ({ json }));
	const options = mediaOptionsOf(context);
	if (!options || shapes.every(({ media }) => !Array.isArray(media) || media.length === 0)) {
		return { webhookResponse: STARTED, workflowData: [items] };
	}
	// Telegent is not kept waiting for downloads.
	context.getResponseObject().status(200).json(STARTED);
	for (const item of items) await attachMedia(context, item, options);
	return { noWebhookResponse: true, workflowData: [items] };
}
