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
import { testRunStarted, testRunEnded } from './testRuns';

/**
 * Whether Telegent calls the trigger already, exactly as it should, and nothing of it is left elsewhere. Where it
 * takes more than a look, `register` finds out.
 */
export async function isRegistered(context: IHookFunctions): Promise<boolean> {
	const { way: listenMode } = chosenEvent(context);
	const stored = storedRegistrations(context)[context.getNodeWebhookUrl('default') as string];
	if (listenMode !== 'existingRoute' || stored?.way !== listenMode) return false;
	const ctx = await createContext(context);
	return await forPerson(ctx, async () => {
		const account = await readAccountState(ctx);
		const inUse = ownedRoute(ctx, account.routes);
		return inUse !== undefined && staleRegistrations(ctx, account, inUse).length === 0;
	});
}

/**
 * Makes Telegent call the trigger. May be repeated at any time, and after any crash: it reads first what is there.
 * @throws NodeOperationError where that would take something from somebody, before anything was changed
 */
export async function register(context: IHookFunctions): Promise<void> {
	if (chosenEvent(context).way === 'manual') return;
	const ctx = await createContext(context);
	const { baseUrl, registrations, identity } = ctx;
	const reason = unreachable(identity.url, baseUrl);
	if (reason) {
		throw registrationError(
			ctx,
			reason,
			`Set WEBHOOK_URL of this n8n to its public https address; now the webhook would be ${identity.url}. Nothing was changed at Telegent.`,
		);
	}
	if (identity.test) testRunStarted(identity.url, Date.now());
	registrations[identity.url] = await forPerson(ctx, async () => await REGISTER_BY_MODE[ctx.listenMode](ctx));
}

/**
 * Undoes everything that the trigger did at Telegent, and nothing else.
 * @throws NodeApiError or NodeOperationError with the first thing that was not possible; the rest is done
 */
export async function unregister(context: IHookFunctions): Promise<void> {
	const registrations = storedRegistrations(context);
	const url = context.getNodeWebhookUrl('default') as string;
	testRunEnded(url);
	if (context.getNodeParameter('listenOn', '') === 'manual') return void delete registrations[url];
	const ctx = await createContext(context);
	// Refused before anything was done.
	if (!ctx.stored && unreachable(url, ctx.baseUrl)) return;
	const failures = await forPerson(
		ctx,
		async () => await runAll(staleRegistrations(ctx, await readAccountState(ctx))),
	);
	if (failures.length > 0) throw nodeError(ctx, failures[0]);
	delete registrations[url];
}

type Take = (ctx: RegistrationContext) => Promise<Registration>;

const REGISTER_BY_MODE: Record<Exclude<RegistrationContext['listenMode'], 'manual'>, Take> &
	Record<string, Take> = {
	async existingRoute(ctx) {
		const { messageRouteId, holding: ownership } = await readChosenRoute(ctx);
		await cleanUp(ctx, { messageRouteId, slot: ownership.address });
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

/** Ends what the trigger did before it was edited, or before a crash. */
async function cleanUp(ctx: RegistrationContext, inUse: InUse) {
	const account = await readAccountState(ctx);
	const failures = await runAll(staleRegistrations(ctx, account, inUse));
	const serious = failures.filter((error) => !(error instanceof BackupLost));
	for (const { message } of failures) ctx.context.logger.warn(message);
	if (serious.length > 0) throw nodeError(ctx, serious[0]);
	return account;
}

/** Works on the account while no other registration of this process does; what goes wrong becomes an error of the node. */
async function forPerson<T>(ctx: RegistrationContext, work: () => Promise<T>): Promise<T> {
	const result = await settle(runExclusive(ctx.account, work));
	if ('value' in result) return result.value;
	throw nodeError(ctx, result.error as Error);
}

function nodeError({ context }: RegistrationContext, error: Error): Error {
	return error instanceof NodeError ? error : new NodeOperationError(context.getNode(), error);
}
