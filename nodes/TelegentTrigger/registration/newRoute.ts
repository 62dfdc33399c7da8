import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import { cachedBackup, toRegistration } from './record';
import { formatOwnerNote, type Backup, type NumbersBefore } from '../../shared/routes/ownerNote';
import { currentSecret, freshSecret } from './secret';
import type { NumberAssignment } from './numberConflict';
import { untilWhen, type RegistrationContext } from './context';
import { RECEIVES_NOTHING, registrationError, type Registration } from './config';
import { CONTACT_SUPPORT } from '../../shared/wording';
import { isOwnedBy, readOwnership, withNumbersRestoredTo, ownAddress, type Ownership } from './ownership';
import { idOf, listRoutes, readRoute, updateRoute, writeRoute } from '../../shared/routes/api';
import { assignRoute, numbersOn, readNumber } from '../../shared/routes/numbers';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';
import { pollUntilFound } from '../../shared/poll';
import { workflowLabel } from '../../shared/routes/workflowName';

/** A route that this trigger created, with the previous routes of the numbers on it. */
export interface OwnRoute {
	id: string;
	ownership: Ownership;
	numbers: NumbersBefore;
}

/** The route that this trigger created, if there is one. */
export function ownRoute(ctx: RegistrationContext, routes: IDataObject[]): OwnRoute | undefined {
	for (const route of routes) {
		const id = idOf(route, 'MessageRouteId');
		if (id === undefined) continue;
		const ownership = readOwnership(route, 'message', ctx.accountSecret);
		const backup = ownership.backup ?? cachedBackup(ctx, id, 'message');
		const { numbers } = backup ?? {};
		if (numbers && isOwnedBy(ctx.identity, ownership)) return { id, ownership, numbers };
	}
	return undefined;
}

/**
 * Creates the route and moves the numbers to it. The previous route of each number is stored in the owner note before the
 * number moves, so this can crash anywhere and be repeated.
 */
export async function registerNewRoute(
	ctx: RegistrationContext,
	wanted: NumberAssignment[],
	routes: IDataObject[],
): Promise<Registration> {
	const found = ownRoute(ctx, routes);
	const before = numbersBefore(ctx, wanted, routes, found);
	// Triggers that took numbers from this route must restore them elsewhere: update their backups.
	if (found) await detachNumbers(ctx, wanted, found, routes);
	const route = found ? await updateOwnRoute(ctx, found, before) : await createOwnRoute(ctx, before);
	for (const { number, on } of wanted) {
		if (on === route.messageRouteId) continue;
		await moveNumber(ctx, number, route.messageRouteId);
		logNumberMove(ctx, number.Number, on);
	}
	if (found) await restoreDroppedNumbers(ctx, found, before);
	return toRegistration(ctx, route.secret, {
		messageRouteId: route.messageRouteId,
		slot: 'message',
		marker: ownRouteNote(ctx, before),
	});
}

/**
 * Moves a number to the trigger's route.
 * @throws NodeOperationError if Telegent accepts the change but does not apply it: the workflow would receive nothing
 */
async function moveNumber(
	ctx: RegistrationContext,
	number: NumberAssignment['number'],
	routeId: string,
): Promise<void> {
	const { telegent } = ctx;
	const response = await assignRoute(telegent, number, routeId);
	if (idOf(response, 'MessageRouteId') === routeId) return;
	const moved = await pollUntilFound(async () => {
		const current = await readNumber(telegent, number.Number);
		return idOf(current, 'MessageRouteId') === routeId || undefined;
	});
	if (moved) return;
	throw registrationError(
		ctx,
		`Telegent accepted the new route for ${number.Number}, but the number isn't on it`,
		RECEIVES_NOTHING,
	);
}

/** Logs that a number leaves its previous route. */
function logNumberMove(
	{ context, identity }: RegistrationContext,
	number: string,
	from: string | null,
): void {
	if (from === null) return;
	context.logger.info(
		`Telegent: messages to ${number} now go to workflow ${workflowLabel(identity.workflow, identity.name)} instead of through message route ${from}; ${untilWhen(identity)} moves the number back`,
	);
}

async function detachNumbers(
	ctx: RegistrationContext,
	wanted: NumberAssignment[],
	{ id, numbers }: OwnRoute,
	routes: IDataObject[],
): Promise<void> {
	const onOwnRoute = wanted.filter(({ on }) => on === id).map(({ number }) => number.Number);
	const remaining = Object.entries(numbers).filter(([number]) => !onOwnRoute.includes(number));
	await rewriteBackups(ctx, id, Object.fromEntries(remaining), routes);
}

/** Restores the route of numbers that are no longer chosen. */
async function restoreDroppedNumbers(
	ctx: RegistrationContext,
	{ id, numbers }: OwnRoute,
	before: NumbersBefore,
): Promise<void> {
	const dropped = Object.entries(numbers).filter(([number]) => !(number in before));
	if (dropped.length === 0) return;
	for (const [number, originalRoute] of dropped) await restoreNumberRoute(ctx, number, id, originalRoute);
	await writeRoute(ctx.telegent, id, 'message', { username: ownRouteNote(ctx, before) });
}

/** The route to restore for each number: its current one, or for numbers on the own route the one before. */
function numbersBefore(
	ctx: RegistrationContext,
	wanted: NumberAssignment[],
	routes: IDataObject[],
	found?: OwnRoute,
): NumbersBefore {
	const { stored } = ctx;
	// The own route was deleted at Telegent: only static data knows the previous routes of its numbers.
	const lost =
		stored?.way === 'newRoute' &&
		!routes.some(({ MessageRouteId }) => MessageRouteId === stored.messageRouteId)
			? stored.messageRouteId
			: undefined;
	const previous = found?.numbers ?? (lost ? cachedBackup(ctx, lost, 'message')?.numbers : undefined) ?? {};
	return Object.fromEntries(
		wanted.map(({ number, on }) => {
			const moved = on === found?.id || (lost !== undefined && (on === null || on === lost));
			return [number.Number, moved ? (previous[number.Number] ?? null) : on];
		}),
	);
}

/** The backup in an own route: no previous owners, but the previous routes of its numbers. */
const ownRouteBackup = ({ identity }: RegistrationContext, numbers: NumbersBefore): Backup => ({
	previousOwners: [],
	numbers,
	...(identity.name && { name: identity.name }),
});

const ownRouteNote = (ctx: RegistrationContext, numbers: NumbersBefore) =>
	formatOwnerNote(ctx.identity.workflow, ctx.identity.url, ownRouteBackup(ctx, numbers), ctx.accountSecret);

async function createOwnRoute(ctx: RegistrationContext, numbers: NumbersBefore) {
	const { telegent } = ctx;
	const secret = freshSecret(ctx);
	const body = newRouteBody(ctx, secret.secret, numbers);
	const result = await settle(telegent.call({ route: 'POST /v1.0/message/routes', body, safety: 'once' }));
	if ('error' in result && !isUnsure(result.error)) throw result.error;
	const id = 'value' in result ? idOf(result.value, 'MessageRouteId') : undefined;
	// If the response is lost or has no ID, the route may have been created anyway.
	const messageRouteId = id ?? (await findCreatedRoute(ctx));
	if (messageRouteId !== undefined) return { messageRouteId, secret };
	if ('error' in result) throw result.error;
	throw registrationError(
		ctx,
		"Telegent accepted the new message route, but returned no ID for it and doesn't list it",
		`No number was moved, so nothing changed for your messages. Try again in a minute. ${CONTACT_SUPPORT}`,
	);
}

function newRouteBody(ctx: RegistrationContext, secret: string, numbers: NumbersBefore): IDataObject {
	const { accountSecret, context, options, identity } = ctx;
	const settings = ownAddress(identity, secret, ownRouteBackup(ctx, numbers), accountSecret);
	return {
		RouteName:
			`n8n: ${context.getWorkflow().name ?? identity.workflow}${identity.test ? ' (test)' : ''}`.slice(
				0,
				100,
			),
		MessageUrl: settings.url,
		MessageUrlMethod: settings.method,
		MessageRouteEnabled: true,
		MessageAuthenticationType: settings.authentication,
		MessageUsername: settings.username,
		MessagePasswordToken: settings.password,
		...(options.accountId && { AccountId: options.accountId }),
	};
}

/** ID of the route that was just created, from the list; it may take a moment to appear. */
async function findCreatedRoute(ctx: RegistrationContext): Promise<string | undefined> {
	const created = await pollUntilFound(async () => {
		const routes = await listRoutes(ctx.telegent, ctx.options.accountId);
		return ownRoute(ctx, routes) ?? (await ownRouteByUrl(ctx, routes));
	});
	return created?.id;
}

/** Finds the own route by URL, and reads it: the list may not show the owner note. */
async function ownRouteByUrl(ctx: RegistrationContext, routes: IDataObject[]): Promise<OwnRoute | undefined> {
	const { identity, telegent } = ctx;
	for (const route of routes) {
		const id = idOf(route, 'MessageRouteId');
		if (id === undefined || !sameUrl((route.MessageUrl ?? null) as string | null, identity.url)) continue;
		const full = await ignoreNotFound(readRoute(telegent, id));
		const own = full && ownRoute(ctx, [full]);
		if (own) return own;
	}
	return undefined;
}

/** Updates the own route: its note has the previous route of each number, and its secret is known. */
async function updateOwnRoute(
	ctx: RegistrationContext,
	{ id, numbers, ownership }: OwnRoute,
	before: NumbersBefore,
) {
	const { accountSecret, identity, telegent } = ctx;
	const current = currentSecret(ctx, ownership.settings.password);
	const all = { ...numbers, ...before };
	const isStored = Object.keys(all).every((number) => number in numbers && numbers[number] === all[number]);
	if (current && isStored && ownership.backup) return { messageRouteId: id, secret: current };
	const secret = freshSecret(ctx);
	const settings = ownAddress(identity, secret.secret, ownRouteBackup(ctx, all), accountSecret);
	await writeRoute(telegent, id, 'message', current ? { username: settings.username } : settings);
	return { messageRouteId: id, secret: current ?? secret };
}

/**
 * Restores the routes of the numbers, then deletes the own route; never while a number is on it.
 * @throws NodeOperationError if others assigned numbers to it
 */
export async function removeOwnRoute(
	ctx: RegistrationContext,
	{ id, numbers }: OwnRoute,
	routes: IDataObject[],
): Promise<void> {
	const { telegent } = ctx;
	for (const [number, originalRoute] of Object.entries(numbers))
		await restoreNumberRoute(ctx, number, id, originalRoute);
	await rewriteBackups(ctx, id, numbers, routes);
	await assertNoNumbers(ctx, id, numbers);
	const body = { MessageRouteId: id };
	await ignoreNotFound(
		telegent.call({ route: 'POST /v1.0/message/routes/delete', body, safety: 'idempotent' }),
	);
	const index = routes.findIndex(({ MessageRouteId }) => MessageRouteId === id);
	if (index >= 0) routes.splice(index, 1);
}

/** Restores the route of a number, unless the number was moved elsewhere since. */
async function restoreNumberRoute(
	{ context, telegent }: RegistrationContext,
	number: string,
	from: string,
	originalRoute: string | null,
): Promise<void> {
	const entry = await ignoreNotFound(readNumber(telegent, number));
	if (!entry || entry.MessageRouteId !== from) return;
	if (originalRoute !== null && !(await ignoreNotFound(readRoute(telegent, originalRoute)))) {
		context.logger.warn(
			`Telegent: ${number} couldn't be moved back, because message route ${originalRoute} no longer exists. The number has no route now`,
		);
		originalRoute = null;
	}
	await assignRoute(telegent, { ...entry, Number: number }, originalRoute);
}

/** Updates the backups of triggers that took a number from this route: they must not restore it here. */
async function rewriteBackups(
	{ accountSecret, telegent }: RegistrationContext,
	id: string,
	numbers: NumbersBefore,
	routes: IDataObject[],
): Promise<void> {
	for (const route of routes) {
		const ownership = readOwnership(route, 'message', accountSecret);
		const corrected = withNumbersRestoredTo(ownership, id, numbers);
		if (!corrected || ownership.workflow === undefined) continue;
		const username = formatOwnerNote(ownership.workflow, ownership.settings.url, corrected, accountSecret);
		await updateRoute(telegent, route, 'message', { username });
	}
}

/** @throws NodeOperationError if numbers stay on the route; moving one may take a moment */
async function assertNoNumbers(ctx: RegistrationContext, id: string, numbers: NumbersBefore): Promise<void> {
	let left: string[] = [];
	await pollUntilFound(async () => {
		left = await numbersOn(ctx.telegent, id);
		return left.every((number) => number in numbers) && left.length > 0 ? undefined : left;
	});
	if (left.length === 0) return;
	throw registrationError(
		ctx,
		`${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} still on the message route that this workflow created, so the route wasn't deleted`,
		`Move ${left.length === 1 ? 'that number' : 'those numbers'} to another route (Number → Update), then delete route ${id} (Message Route → Delete).`,
	);
}
