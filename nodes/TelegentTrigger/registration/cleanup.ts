import type { IDataObject } from 'n8n-workflow';
import { ownWebhooks, removeAccountWebhook } from './accountWebhook';
import { cachedBackup } from './record';
import { ownerIn, type PreviousOwner } from '../../shared/routes/ownerNote';
import { ownRoute, removeOwnRoute } from './newRoute';
import { chosenRoute, type RegistrationContext } from './context';
import { registrationError } from './config';
import { CONTACT_SUPPORT, NOTHING_CHANGED } from '../../shared/wording';
import {
	isOwnedBy,
	isOtherModeOf,
	readOwnership,
	planRestore,
	type RestorePlan,
	type TriggerIdentity,
} from './ownership';
import { ROUTE_ADDRESSES, type RouteAddress } from '../../shared/routes/address';
import { isTestRunning } from './testRuns';
import { idOf, listRoutes, readRoute, updateRoute } from '../../shared/routes/api';
import { listWebhooks } from '../../shared/routes/webhooks';
import { ignoreNotFound, settle } from '../../../transport/result';

/** Routes and webhooks at Telegent that may belong to the trigger. */
export interface AccountState {
	routes: IDataObject[];
	webhooks: IDataObject[];
}

/** What must not be undone, because the trigger is about to use it. */
export interface InUse {
	messageRouteId?: string;
	address?: RouteAddress;
	ownRoute?: boolean;
	webhooks?: boolean;
}

/** Reads all routes and webhooks that may belong to the trigger. */
export async function readAccountState(ctx: RegistrationContext): Promise<AccountState> {
	const { context, stored, options, telegent } = ctx;
	const accountId = options.accountId ?? stored?.accountId;
	const listed = await listRoutes(telegent, accountId);
	for (const route of listed) assertHasId(ctx, route);
	const routes = listed.filter((route) => !lacksNote(ctx, route));
	// The list covers one account, and may show fewer fields than GET of a single route.
	const others = listed
		.filter((route) => !routes.includes(route))
		.map((route) => idOf(route, 'MessageRouteId'));
	for (const id of new Set([...others, stored?.messageRouteId, chosenRoute(context)])) {
		if (!id || routes.some(({ MessageRouteId }) => MessageRouteId === id)) continue;
		const route = await ignoreNotFound(readRoute(telegent, id));
		if (route) routes.push(route);
	}
	const identified = routes.filter((route) => idOf(route, 'MessageRouteId') !== undefined);
	return { routes: identified, webhooks: await listWebhooks(telegent, accountId) };
}

/** @throws NodeOperationError if a route of the trigger has no ID: it could be neither changed nor restored */
function assertHasId(ctx: RegistrationContext, route: IDataObject): void {
	const { accountSecret, identity } = ctx;
	const concerned = ROUTE_ADDRESSES.some((address) => {
		const ownership = readOwnership(route, address, accountSecret);
		return isOwnedBy(identity, ownership) || ownership.workflow === identity.workflow;
	});
	if (!concerned || idOf(route, 'MessageRouteId') !== undefined) return;
	throw registrationError(
		ctx,
		`Telegent lists the message route "${String(route.RouteName ?? '')}", which delivers to this workflow, without an ID`,
		`The route can't be changed without it. ${NOTHING_CHANGED} Try again in a minute. ${CONTACT_SUPPORT}`,
	);
}

/** Whether a route calls the trigger but shows no owner note. */
function lacksNote({ accountSecret, identity }: RegistrationContext, route: IDataObject): boolean {
	return ROUTE_ADDRESSES.map((address) => readOwnership(route, address, accountSecret)).some(
		(ownership) => isOwnedBy(identity, ownership) && ownership.workflow === undefined,
	);
}

/** One undo step. */
type Undo = () => Promise<void>;

/**
 * Undo steps for every registration of the trigger that is not in use: on all routes and webhooks, whether static data
 * knows of them or not. In production this includes abandoned tests of the same trigger.
 */
export function staleRegistrations(
	ctx: RegistrationContext,
	account: AccountState,
	inUse: InUse = {},
): Undo[] {
	return ownIdentities(ctx, account).flatMap((identity) => {
		const own = identity === ctx.identity;
		const identityContext: RegistrationContext = own ? ctx : { ...ctx, identity, stored: undefined };
		const webhooks = own && inUse.webhooks ? [] : ownWebhooks(account.webhooks, identity);
		return [
			...webhooks.map((webhook) => async () => await removeAccountWebhook(identityContext, webhook)),
			...account.routes.flatMap((route) => staleOnRoute(identityContext, route, account.routes, inUse, own)),
		];
	});
}

function staleOnRoute(
	ctx: RegistrationContext,
	route: IDataObject,
	routes: IDataObject[],
	inUse: InUse,
	own: boolean,
): Undo[] {
	if (ownRoute(ctx, [route])) {
		return own && inUse.ownRoute ? [] : [async () => await undoOwnRoute(ctx, route, routes)];
	}
	return ROUTE_ADDRESSES.filter(
		(address) => route.MessageRouteId !== inUse.messageRouteId || address !== inUse.address,
	)
		.filter((address) => restorePlanFor(ctx, route, address).kind !== 'nothing')
		.map((address) => async () => await restoreAddress(ctx, route, address));
}

/** Runs all steps, also after one fails. @returns the errors of the steps that failed */
export async function runAll(undos: Undo[]): Promise<Error[]> {
	const failures: Error[] = [];
	for (const undo of undos) {
		const result = await settle(undo());
		if ('error' in result) failures.push(result.error as Error);
	}
	return failures;
}

async function undoOwnRoute(
	ctx: RegistrationContext,
	route: IDataObject,
	routes: IDataObject[],
): Promise<void> {
	// Earlier undo steps may have changed where its numbers return to: read again.
	const own = ownRoute(ctx, [route]);
	if (own) await removeOwnRoute(ctx, own, routes);
}

function restorePlanFor(ctx: RegistrationContext, route: IDataObject, address: RouteAddress): RestorePlan {
	const { accountSecret, identity } = ctx;
	const ownership = readOwnership(route, address, accountSecret);
	return planRestore(
		ownership,
		identity,
		accountSecret,
		cachedBackup(ctx, route.MessageRouteId as string, address),
	);
}

async function restoreAddress(
	ctx: RegistrationContext,
	route: IDataObject,
	address: RouteAddress,
): Promise<void> {
	const { context, telegent } = ctx;
	// Earlier undo steps may have changed the route: plan again.
	const plan = restorePlanFor(ctx, route, address);
	if (plan.kind === 'nothing') return;
	const id = route.MessageRouteId as string;
	const name = `Message route "${String(route.RouteName ?? id)}"`;
	if (plan.kind === 'unknown') {
		throw new BackupLost(
			`${name} still delivers to this workflow, because its previous URL isn't known anymore. Enter that URL again with Message Route → Update (ID ${id}).`,
		);
	}
	await updateRoute(telegent, route, address, plan.settings);
	if (plan.lost) {
		context.logger.warn(
			`Telegent: ${name} delivers to its previous URL again, but without its credentials, which Telegent doesn't return: enter them again with Message Route → Update (ID ${id})`,
		);
	}
}

/** A route address cannot be restored because its backup is lost. */
export class BackupLost extends Error {}

/** The trigger and, in production, its abandoned tests. A test never undoes what is published. */
function ownIdentities(
	{ accountSecret, identity, testIsCertain }: RegistrationContext,
	{ routes, webhooks }: AccountState,
): TriggerIdentity[] {
	if (identity.test || !testIsCertain) return [identity];
	const owners: PreviousOwner[] = routes
		.flatMap((route) => ROUTE_ADDRESSES.map((address) => readOwnership(route, address, accountSecret)))
		.filter((ownership) => !isOwnedBy(identity, ownership))
		.flatMap(({ backup, settings, workflow }) => [{ settings, workflow }, ...(backup?.previousOwners ?? [])]);
	const urls = [
		...owners
			.filter(({ settings, workflow }) => isOtherModeOf(identity, settings.url, workflow))
			.map(({ settings }) => settings.url),
		...webhooks
			.filter(({ AuthenticationUsername: note, WebhookUrl }) => {
				const owner = ownerIn(note);
				// Account webhooks have nothing to restore: a note with a sealed part is not ours.
				const workflow = owner?.sealed === undefined ? owner?.workflow : undefined;
				return isOtherModeOf(identity, String(WebhookUrl ?? ''), workflow);
			})
			.map(({ WebhookUrl }) => String(WebhookUrl)),
	];
	const abandoned = urls.filter((url) => !isTestRunning(String(url), Date.now()));
	return [
		identity,
		...[...new Set(abandoned)].map(
			(url): TriggerIdentity => ({ ...identity, url: url as string, test: true }),
		),
	];
}
