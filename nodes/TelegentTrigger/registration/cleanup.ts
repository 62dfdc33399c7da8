import type { IDataObject } from 'n8n-workflow';
import { ownWebhooks, removeAccountWebhook } from './accountWebhook';
import { cachedBackup } from './record';
import { ownerIn, type PreviousOwner } from '../../shared/routes/ownerNote';
import { ownRoute, removeOwnRoute } from './newRoute';
import { chosenRoute, type RegistrationContext } from './context';
import { registrationError } from './config';
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

/** What is at Telegent that may have to do with the trigger. */
export interface AccountState {
	routes: IDataObject[];
	webhooks: IDataObject[];
}

/** What stays, because the trigger is about to use it. */
export interface InUse {
	messageRouteId?: string;
	slot?: RouteAddress;
	ownRoute?: boolean;
	webhooks?: boolean;
}

/** Reads everything at Telegent that the trigger could have to do with. */
export async function readAccountState(ctx: RegistrationContext): Promise<AccountState> {
	const { context, stored, options, telegent } = ctx;
	const accountId = options.accountId ?? stored?.accountId;
	const listed = await listRoutes(telegent, accountId);
	for (const route of listed) refuseWithoutId(ctx, route);
	const routes = listed.filter((route) => !lacksNote(ctx, route));
	// The list is of one account, and may show less than a route's own page.
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

/** A route that the trigger has to do with can be neither changed nor restored without its ID. */
function refuseWithoutId(ctx: RegistrationContext, route: IDataObject): void {
	const { accountSecret, identity } = ctx;
	const concerned = ROUTE_ADDRESSES.some((address) => {
		const ownership = readOwnership(route, address, accountSecret);
		return isOwnedBy(identity, ownership) || ownership.workflow === identity.workflow;
	});
	if (!concerned || idOf(route, 'MessageRouteId') !== undefined) return;
	throw registrationError(
		ctx,
		`Telegent lists the message route "${String(route.RouteName ?? '')}", which delivers to this workflow, without its ID`,
		'It cannot be changed without. Nothing was changed. Try again; if that does not help, ask Telegent.',
	);
}

/** Whether a route calls the trigger and says nothing about what it called before. */
function lacksNote({ accountSecret, identity }: RegistrationContext, route: IDataObject): boolean {
	return ROUTE_ADDRESSES.map((address) => readOwnership(route, address, accountSecret)).some(
		(ownership) => isOwnedBy(identity, ownership) && ownership.workflow === undefined,
	);
}

/** Undoes one thing. */
type Undo = () => Promise<void>;

/**
 * What has to be undone so that nothing of the trigger is left at Telegent except what is kept: on every route and
 * every webhook, whether static data knows of it or not. In production that includes tests of the same trigger that
 * nobody ended.
 */
export function staleRegistrations(
	ctx: RegistrationContext,
	account: AccountState,
	inUse: InUse = {},
): Undo[] {
	return ownIdentities(ctx, account).flatMap((identity) => {
		const own = identity === ctx.identity;
		const form = own ? ctx : { ...ctx, self: identity, known: undefined };
		const webhooks = own && inUse.webhooks ? [] : ownWebhooks(account.webhooks, identity);
		return [
			...webhooks.map((webhook) => async () => await removeAccountWebhook(form, webhook)),
			...account.routes.flatMap((route) => staleOnRoute(form, route, account.routes, inUse, own)),
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
		return own && inUse.ownRoute ? [] : [async () => await undoMade(ctx, route, routes)];
	}
	return ROUTE_ADDRESSES.filter(
		(address) => route.MessageRouteId !== inUse.messageRouteId || address !== inUse.slot,
	)
		.filter((address) => restorePlanFor(ctx, route, address).kind !== 'nothing')
		.map((address) => async () => await restoreAddress(ctx, route, address));
}

/** Undoes things, as many as possible. @returns what was not possible */
export async function runAll(undos: Undo[]): Promise<Error[]> {
	const failures: Error[] = [];
	for (const undo of undos) {
		const result = await settle(undo());
		if ('error' in result) failures.push(result.error as Error);
	}
	return failures;
}

async function undoMade(ctx: RegistrationContext, route: IDataObject, routes: IDataObject[]): Promise<void> {
	// What was undone before may have changed where its numbers go.
	const made = ownRoute(ctx, [route]);
	if (made) await removeOwnRoute(ctx, made, routes);
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
	// What was undone before may have changed the route meanwhile.
	const result = restorePlanFor(ctx, route, address);
	if (result.kind === 'nothing') return;
	const id = route.MessageRouteId as string;
	const name = `Message route "${String(route.RouteName ?? id)}"`;
	if (result.kind === 'unknown') {
		throw new BackupLost(
			`${name} still calls this workflow: what it called before is not known any more. Enter its address again at Telegent (Message Route → Update, ${id}).`,
		);
	}
	await updateRoute(telegent, route, address, result.settings);
	if (result.lost) {
		context.logger.warn(
			`${name} is given back, but Telegent never showed its password: enter it there again`,
		);
	}
}

/** A route cannot be given back because nobody knows any more what it called. */
export class BackupLost extends Error {}

/** The trigger, and its tests that nobody ended. A test never ends what is published. */
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
