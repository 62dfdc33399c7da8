import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import { cachedBackup, toRegistration } from './record';
import { formatOwnerNote, type Backup, type NumbersBefore } from '../../shared/routes/ownerNote';
import { currentSecret, freshSecret } from './secret';
import type { Wanted } from './numberConflict';
import { type RegistrationContext } from './context';
import { registrationError, type Registration } from './config';
import { isOwnedBy, readOwnership, withNumbersRestoredTo, ownAddress, type Ownership } from './ownership';
import { idOf, listRoutes, readRoute, updateRoute, writeRoute } from '../../shared/routes/api';
import { assignRoute, numbersOn, readNumber } from '../../shared/routes/numbers';
import { ignoreNotFound, isUnsure, settle } from '../../../transport/result';
import { pollUntilFound } from '../../shared/poll';
import { workflowLabel } from '../../shared/routes/workflowName';

/** A route that this trigger made, with the numbers that it moved there. */
export interface OwnRoute {
	id: string;
	holding: Ownership;
	numbers: NumbersBefore;
}

/** The route that this trigger made before, if there is one. */
export function ownRoute(ctx: RegistrationContext, routes: IDataObject[]): OwnRoute | undefined {
	for (const route of routes) {
		const id = idOf(route, 'MessageRouteId');
		if (id === undefined) continue;
		const ownership = readOwnership(route, 'message', ctx.accountSecret);
		const backup = ownership.backup ?? cachedBackup(ctx, id, 'message');
		const { numbers } = backup ?? {};
		if (numbers && isOwnedBy(ctx.identity, ownership)) return { id, holding: ownership, numbers };
	}
	return undefined;
}

/**
 * Makes the route and moves the numbers to it. What each number had before is stored in the route before the number
 * moves, so this can end anywhere and be taken up again.
 */
export async function registerNewRoute(
	ctx: RegistrationContext,
	wanted: Wanted[],
	routes: IDataObject[],
): Promise<Registration> {
	const found = ownRoute(ctx, routes);
	const before = numbersBefore(ctx, wanted, routes, found);
	// Others of ours took numbers from this route meanwhile: where they bring them back changes now.
	if (found) await detachNumbers(ctx, wanted, found, routes);
	const route = found ? await keep(ctx, found, before) : await make(ctx, before);
	for (const { number, on } of wanted) {
		if (on === route.messageRouteId) continue;
		await moveNumber(ctx, number, route.messageRouteId);
		announce(ctx, number.Number, on);
	}
	if (found) await drop(ctx, found, before);
	return toRegistration(ctx, route.secret, {
		messageRouteId: route.messageRouteId,
		slot: 'message',
		marker: markerOf(ctx, before),
	});
}

/**
 * Moves a number to the trigger's route.
 * @throws NodeOperationError where Telegent accepts that and does not do it: the workflow would receive nothing
 */
async function moveNumber(
	ctx: RegistrationContext,
	number: Wanted['number'],
	routeId: string,
): Promise<void> {
	const { telegent } = ctx;
	const answer = await assignRoute(telegent, number, routeId);
	if (idOf(answer, 'MessageRouteId') === routeId) return;
	const moved = await pollUntilFound(async () => {
		const now = await readNumber(telegent, number.Number);
		return idOf(now, 'MessageRouteId') === routeId || undefined;
	});
	if (moved) return;
	throw registrationError(
		ctx,
		`Telegent accepted the new route of ${number.Number}, but the number is not on it`,
		'So this workflow would not receive its messages. Publish again in a minute; if that does not help, ask Telegent.',
	);
}

/** Tells n8n's log whose messages the workflow receives now. */
function announce({ context, identity }: RegistrationContext, number: string, from: string | null): void {
	if (from === null) return;
	context.logger.info(
		`Telegent: messages to ${number} go to workflow ${workflowLabel(identity.workflow, identity.name)} instead of through message route ${from}; unpublishing the workflow moves the number back`,
	);
}

async function detachNumbers(
	ctx: RegistrationContext,
	wanted: Wanted[],
	{ id, numbers }: OwnRoute,
	routes: IDataObject[],
): Promise<void> {
	const here = wanted.filter(({ on }) => on === id).map(({ number }) => number.Number);
	const left = Object.entries(numbers).filter(([number]) => !here.includes(number));
	await rewriteBackups(ctx, id, Object.fromEntries(left), routes);
}

/** Gives back numbers that are not wanted any more. */
async function drop(
	ctx: RegistrationContext,
	{ id, numbers }: OwnRoute,
	before: NumbersBefore,
): Promise<void> {
	const dropped = Object.entries(numbers).filter(([number]) => !(number in before));
	if (dropped.length === 0) return;
	for (const [number, home] of dropped) await restoreNumberRoute(ctx, number, id, home);
	await writeRoute(ctx.telegent, id, 'message', { username: markerOf(ctx, before) });
}

/** The route that each number comes back to: the one it is on, or the one it was on before it came to us. */
function numbersBefore(
	ctx: RegistrationContext,
	wanted: Wanted[],
	routes: IDataObject[],
	found?: OwnRoute,
): NumbersBefore {
	const { stored } = ctx;
	// Somebody deleted our route: only static data knows where its numbers were before.
	const lost =
		stored?.way === 'newRoute' &&
		!routes.some(({ MessageRouteId }) => MessageRouteId === stored.messageRouteId)
			? stored.messageRouteId
			: undefined;
	const remembered = found?.numbers ?? (lost ? cachedBackup(ctx, lost, 'message')?.numbers : undefined) ?? {};
	return Object.fromEntries(
		wanted.map(({ number, on }) => {
			const moved = on === found?.id || (lost !== undefined && (on === null || on === lost));
			return [number.Number, moved ? (remembered[number.Number] ?? null) : on];
		}),
	);
}

/** What our own route remembers: no previous URL, but where its numbers were. */
const keepsakeOf = ({ identity }: RegistrationContext, numbers: NumbersBefore): Backup => ({
	previousOwners: [],
	numbers,
	...(identity.name && { name: identity.name }),
});

const markerOf = (ctx: RegistrationContext, numbers: NumbersBefore) =>
	formatOwnerNote(ctx.identity.workflow, ctx.identity.url, keepsakeOf(ctx, numbers), ctx.accountSecret);

async function make(ctx: RegistrationContext, numbers: NumbersBefore) {
	const { telegent } = ctx;
	const secret = freshSecret(ctx);
	const body = newRoute(ctx, secret.secret, numbers);
	const result = await settle(telegent.call({ route: 'POST /v1.0/message/routes', body, safety: 'once' }));
	if ('error' in result && !isUnsure(result.error)) throw result.error;
	const id = 'value' in result ? idOf(result.value, 'MessageRouteId') : undefined;
	// Without an ID in the response, or without one at all, it may have been made all the same.
	const made = id ?? (await findMade(ctx));
	if (made !== undefined) return { messageRouteId: made, secret };
	if ('error' in result) throw result.error;
	throw registrationError(
		ctx,
		'Telegent accepted the new message route, but returned no ID for it and does not list it',
		'No number was moved, so nothing changed for your messages. Publish again in a minute; if that does not help, ask Telegent.',
	);
}

function newRoute(ctx: RegistrationContext, secret: string, numbers: NumbersBefore): IDataObject {
	const { accountSecret, context, options, identity } = ctx;
	const settings = ownAddress(identity, secret, keepsakeOf(ctx, numbers), accountSecret);
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

/** The ID of the route that this trigger just made, by the account's list; Telegent may take a moment to show it. */
async function findMade(ctx: RegistrationContext): Promise<string | undefined> {
	const made = await pollUntilFound(async () => {
		const routes = await listRoutes(ctx.telegent, ctx.options.accountId);
		return ownRoute(ctx, routes) ?? (await ownRouteByUrl(ctx, routes));
	});
	return made?.id;
}

/** The list may not show what the route's own page shows: the note above all. */
async function ownRouteByUrl(ctx: RegistrationContext, routes: IDataObject[]): Promise<OwnRoute | undefined> {
	const { identity, telegent } = ctx;
	for (const route of routes) {
		const id = idOf(route, 'MessageRouteId');
		if (id === undefined || !sameUrl((route.MessageUrl ?? null) as string | null, identity.url)) continue;
		const whole = await ignoreNotFound(readRoute(telegent, id));
		const own = whole && ownRoute(ctx, [whole]);
		if (own) return own;
	}
	return undefined;
}

/** Makes sure that the route that is there stores what each number had before, and has a secret that is known. */
async function keep(
	ctx: RegistrationContext,
	{ holding: ownership, id, numbers }: OwnRoute,
	before: NumbersBefore,
) {
	const { accountSecret, identity, telegent } = ctx;
	const current = currentSecret(ctx, ownership.settings.password);
	const all = { ...numbers, ...before };
	const same = Object.keys(all).every((number) => number in numbers && numbers[number] === all[number]);
	if (current && same && ownership.backup) return { messageRouteId: id, secret: current };
	const secret = freshSecret(ctx);
	const settings = ownAddress(identity, secret.secret, keepsakeOf(ctx, all), accountSecret);
	await writeRoute(telegent, id, 'message', current ? { username: settings.username } : settings);
	return { messageRouteId: id, secret: current ?? secret };
}

/**
 * Gives the numbers back and deletes the route: children before parents, and never with a number still on it.
 * @throws NodeOperationError where numbers are on it that somebody else put there
 */
export async function removeOwnRoute(
	ctx: RegistrationContext,
	{ id, numbers }: OwnRoute,
	routes: IDataObject[],
): Promise<void> {
	const { telegent } = ctx;
	for (const [number, home] of Object.entries(numbers)) await restoreNumberRoute(ctx, number, id, home);
	await rewriteBackups(ctx, id, numbers, routes);
	await refuseOccupied(ctx, id, numbers);
	const body = { MessageRouteId: id };
	await ignoreNotFound(
		telegent.call({ route: 'POST /v1.0/message/routes/delete', body, safety: 'idempotent' }),
	);
	const gone = routes.findIndex(({ MessageRouteId }) => MessageRouteId === id);
	if (gone >= 0) routes.splice(gone, 1);
}

/** Gives a number its route back, unless somebody moved it elsewhere meanwhile. */
async function restoreNumberRoute(
	{ context, telegent }: RegistrationContext,
	number: string,
	from: string,
	home: string | null,
): Promise<void> {
	const entry = await ignoreNotFound(readNumber(telegent, number));
	if (!entry || entry.MessageRouteId !== from) return;
	if (home !== null && !(await ignoreNotFound(readRoute(telegent, home)))) {
		context.logger.warn(`Message route ${home} is gone: ${number} cannot go back to it and has no route now`);
		home = null;
	}
	await assignRoute(telegent, { ...entry, Number: number }, home);
}

/** Another trigger of ours may have taken a number from this route: it must not bring it back here. */
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

/** Telegent may take a moment to move a number. */
async function refuseOccupied(ctx: RegistrationContext, id: string, numbers: NumbersBefore): Promise<void> {
	let left: string[] = [];
	await pollUntilFound(async () => {
		left = await numbersOn(ctx.telegent, id);
		return left.every((number) => number in numbers) && left.length > 0 ? undefined : left;
	});
	if (left.length === 0) return;
	throw registrationError(
		ctx,
		`${left.join(', ')} ${left.length === 1 ? 'is' : 'are'} still on the message route that this workflow made, so it was not deleted`,
		`Give ${left.length === 1 ? 'that number' : 'those numbers'} another route (Number → Update), then delete route ${id} (Message Route → Delete).`,
	);
}
