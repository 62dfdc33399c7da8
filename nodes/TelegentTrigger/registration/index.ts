import { NodeError, NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { registerWebhook } from './accountWebhook';
import { unreachable } from '../../shared/publicUrl';
import { ownedRoute, readChosenRoute, registerOnRoute } from './existingRoute';
import { runExclusive } from '../../shared/mutex';
import { registerNewRoute } from './newRoute';
import { readNumbers } from './numberConflict';
import { staleRegistrations, readAccountState, runAll, BackupLost, type InUse } from './cleanup';
import { createContext, type RegistrationContext } from './context';
import { chosenEvent, registrationError, storedRegistrations, type Registration } from './config';
import { settle } from '../../../transport/result';
import { NOTHING_CHANGED, SET_WEBHOOK_URL } from '../../shared/wording';
import { testRunStarted, testRunEnded } from './testRuns';

/**
 * Whether the trigger is registered exactly as configured and nothing stale is left. Only checked for existing routes; for
 * other modes, `register` reads the state anyway.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const { listenMode } = chosenEvent(context);
	const stored = storedRegistrations(context)[context.getNodeWebhookUrl('default') as string];
	if (listenMode !== 'existingRoute' || stored?.way !== listenMode) return false;
	const ctx = await createContext(context);
	return await withAccountLock(ctx, async () => {
		const account = await readAccountState(ctx);
		const inUse = ownedRoute(ctx, account.routes);
		return inUse !== undefined && staleRegistrations(ctx, account, inUse).length === 0;
	});
}

/**
 * Registers the trigger at Telegent. Idempotent, also after a crash: it reads the account's state first.
 * @throws NodeOperationError before any change if another workflow would lose its messages
 */
export async function register(context: IHookFunctions): Promise<void> {
	if (chosenEvent(context).listenMode === 'manual') return;
	const ctx = await createContext(context);
	const { baseUrl, registrations, identity } = ctx;
	const reason = unreachable(identity.url, baseUrl);
	if (reason) {
		throw registrationError(
			ctx,
			reason,
			`${SET_WEBHOOK_URL}. The webhook URL is currently ${identity.url}. ${NOTHING_CHANGED}`,
		);
	}
	if (identity.test) testRunStarted(identity.url, Date.now());
	registrations[identity.url] = await withAccountLock(
		ctx,
		async () => await REGISTER_BY_MODE[ctx.listenMode](ctx),
	);
}

/**
 * Undoes everything that the trigger changed at Telegent, and nothing else.
 * @throws NodeApiError or NodeOperationError for the first step that failed; the other steps are done
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const registrations = storedRegistrations(context);
	const url = context.getNodeWebhookUrl('default') as string;
	testRunEnded(url);
	if (context.getNodeParameter('listenOn', '') === 'manual') return void delete registrations[url];
	const ctx = await createContext(context);
	// Registering was refused because of the URL, so there is nothing to undo.
	if (!ctx.stored && unreachable(url, ctx.baseUrl)) return;
	const failures = await withAccountLock(
		ctx,
		async () => await runAll(staleRegistrations(ctx, await readAccountState(ctx))),
	);
	if (failures.length > 0) throw asNodeError(ctx, failures[0]);
	delete registrations[url];
}

type RegisterMode = (ctx: RegistrationContext) => Promise<Registration>;

const REGISTER_BY_MODE: Record<Exclude<RegistrationContext['listenMode'], 'manual'>, RegisterMode> &
	Record<string, RegisterMode> = {
	async existingRoute(ctx) {
		const { messageRouteId, ownership } = await readChosenRoute(ctx);
		await cleanUp(ctx, { messageRouteId, address: ownership.address });
		return await registerOnRoute(ctx, messageRouteId, ownership);
	},
	async newRoute(ctx) {
		const { routes } = await cleanUp(ctx, { ownRoute: true });
		return await registerNewRoute(ctx, await readNumbers(ctx, routes), routes);
	},
	async accountWebhook(ctx) {
		const { webhooks } = await cleanUp(ctx, { webhooks: true });
		return await registerWebhook(ctx, webhooks);
	},
};

/** Undoes registrations of this trigger from before it was edited, or before a crash. */
async function cleanUp(ctx: RegistrationContext, inUse: InUse) {
	const account = await readAccountState(ctx);
	const failures = await runAll(staleRegistrations(ctx, account, inUse));
	const blocking = failures.filter((error) => !(error instanceof BackupLost));
	for (const { message } of failures) ctx.context.logger.warn(message);
	if (blocking.length > 0) throw asNodeError(ctx, blocking[0]);
	return account;
}

/** Runs a task while no other registration of this process works on the account. Errors become node errors. */
async function withAccountLock<T>(ctx: RegistrationContext, task: () => Promise<T>): Promise<T> {
	const result = await settle(runExclusive(ctx.account, task));
	if ('value' in result) return result.value;
	throw asNodeError(ctx, result.error as Error);
}

function asNodeError({ context }: RegistrationContext, error: Error): Error {
	return error instanceof NodeError ? error : new NodeOperationError(context.getNode(), error);
}
