import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import { type AddressSettings } from '../../shared/routes/ownerNote';
import { currentSecret, freshSecret, type KnownSecret } from './secret';
import { chosenRoute, describeWorkflow, sandboxAdvice, type RegistrationContext } from './context';
import { registrationError, type Registration } from './config';
import {
	isOwnedBy,
	isOtherModeOf,
	previousOwners,
	readOwnership,
	ownAddress,
	ownAddressWithoutBackup,
	maskedFields,
	type Ownership,
} from './ownership';
import { addressField, type RouteAddress } from '../../shared/routes/address';
import { isRecord } from '../../shared/json';
import { readRoute, writeRoute } from '../../shared/routes/api';
import { isRefused, settle } from '../../../transport/result';
import { hostOf, workflowLabel } from '../../shared/routes/workflowName';
import { cachedBackup, toRegistration } from './record';

/** The address that a registration holds, if it is as the registration left it. Only asked where static data knows of one. */
export function ownedRoute(
	ctx: RegistrationContext,
	routes: IDataObject[],
): { messageRouteId: string; slot: RouteAddress } | undefined {
	const { accountSecret, event, stored, identity } = ctx;
	const messageRouteId = chosenRoute(ctx.context);
	const address = event.address as RouteAddress;
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === messageRouteId);
	if (!route || !stored || stored.messageRouteId !== messageRouteId || stored.slot !== address)
		return undefined;
	const ownership = readOwnership(route, address, accountSecret);
	const secret = currentSecret(ctx, ownership.settings.password);
	return isOwnedBy(identity, ownership) && isAddressIntact(ctx, ownership, secret)
		? { messageRouteId, slot: address }
		: undefined;
}

/** What the chosen route is and whether it may be taken. @throws NodeOperationError where it may not */
export async function readChosenRoute(
	ctx: RegistrationContext,
): Promise<{ messageRouteId: string; holding: Ownership }> {
	const messageRouteId = chosenRoute(ctx.context);
	if (messageRouteId === '') {
		throw registrationError(ctx, 'Choose the message route to listen to', 'Nothing was changed at Telegent.');
	}
	const route = await readRoute(ctx.telegent, messageRouteId);
	const ownership = readOwnership(route, ctx.event.address as RouteAddress, ctx.accountSecret);
	const reason = reasonNotToTake(ctx, ownership);
	if (reason) throw registrationError(ctx, ...reason);
	return { messageRouteId, holding: ownership };
}

/** Points the route at the trigger, in one call that also stores what it displaces. */
export async function registerOnRoute(
	ctx: RegistrationContext,
	messageRouteId: string,
	ownership: Ownership,
): Promise<Registration> {
	const { accountSecret, stored, identity } = ctx;
	const { address } = ownership;
	const current = isOwnedBy(identity, ownership)
		? currentSecret(ctx, ownership.settings.password)
		: undefined;
	const copy = cachedBackup(ctx, messageRouteId, address);
	if (current && isAddressIntact(ctx, ownership, current)) {
		const note = ownership.backup || !copy ? ownership.settings.username : stored?.marker;
		return toRegistration(ctx, current, { messageRouteId, slot: address, marker: note ?? undefined });
	}
	const secret = freshSecret(ctx);
	const lostNote = isOwnedBy(identity, ownership) && !ownership.backup;
	const displaced = lostNote && copy ? copy : { previousOwners: previousOwners(ownership, identity) };
	const backup = { ...displaced, ...(identity.name && { name: identity.name }) };
	const settings = ownAddress(identity, secret.secret, backup, accountSecret);
	// Sealed with another account secret: nobody can read it now, but it must not be lost.
	if (lostNote && !copy && ownership.settings.username?.includes(' | '))
		settings.username = ownership.settings.username;
	await writeWithNote(ctx, messageRouteId, address, settings);
	announce(ctx, messageRouteId, ownership);
	return toRegistration(ctx, secret, {
		messageRouteId,
		slot: address,
		marker: settings.username ?? undefined,
	});
}

/** Tells n8n's log whose messages the workflow receives now. The host alone: paths and queries can hold secrets. */
function announce(
	{ context, identity }: RegistrationContext,
	messageRouteId: string,
	ownership: Ownership,
): void {
	const { address, settings, workflow } = ownership;
	if (isOwnedBy(identity, ownership) || workflow !== undefined || !settings.url) return;
	const what = address === 'callback' ? 'delivery receipts' : 'inbound messages';
	context.logger.info(
		`Telegent: message route ${messageRouteId} delivers ${what} to workflow ${workflowLabel(identity.workflow, identity.name)} instead of to ${hostOf(settings.url)}; unpublishing the workflow restores the previous URL`,
	);
}

/** Writes the address of a route. Where Telegent does not keep the long user name, static data alone remembers. */
async function writeWithNote(
	ctx: RegistrationContext,
	routeId: string,
	address: RouteAddress,
	settings: AddressSettings,
): Promise<void> {
	const { context, identity, telegent } = ctx;
	const field = addressField(address, 'username');
	const brief = ownAddressWithoutBackup(identity, settings);
	const warn = () =>
		context.logger.warn(
			`Telegent does not keep the note about what message route ${routeId} called before: only this n8n remembers it now`,
		);
	const result = await settle(writeRoute(telegent, routeId, address, settings));
	if ('error' in result) {
		if (!isRefused(result.error)) throw result.error;
		// Refused for another reason, it is refused again.
		await writeRoute(telegent, routeId, address, brief);
		return warn();
	}
	const delivers = (route: unknown) =>
		isRecord(route) && sameUrl((route[addressField(address, 'url')] ?? null) as string | null, settings.url);
	const complete = delivers(result.value) && field in result.value;
	const shown = complete ? result.value : await readRoute(telegent, routeId);
	if (!delivers(shown)) {
		throw registrationError(
			ctx,
			`Telegent accepted the new URL of message route ${routeId}, but still shows the previous one`,
			'So the workflow would receive nothing. Publish it again in a minute; if that does not help, ask Telegent.',
		);
	}
	if (shown[field] === settings.username) return;
	await writeRoute(telegent, routeId, address, { username: brief.username });
	warn();
}

function isAddressIntact(
	{ identity }: RegistrationContext,
	ownership: Ownership,
	secret: KnownSecret | undefined,
): boolean {
	const { authentication, method, url } = ownership.settings;
	const called =
		sameUrl(url, identity.url) && /^post$/i.test(method ?? '') && /^bearer$/i.test(authentication ?? '');
	return secret !== undefined && called && ownership.workflow === identity.workflow;
}

const alternatives = (ctx: RegistrationContext) =>
	`For tests, choose New Route or Account Webhook in Listen On, or unpublish the workflow for a while${sandboxAdvice(ctx)}. Or add the option Allow Tests on a Published Route.`;

/** Why the trigger may not take this address: headline and what to do. Undefined where it may. */
function reasonNotToTake(ctx: RegistrationContext, ownership: Ownership): [string, string] | undefined {
	const { options, identity } = ctx;
	const { backup, name, settings, workflow } = ownership;
	if (backup?.numbers && workflow !== undefined) {
		const { label, where } = describeWorkflow(ctx, { workflow, name, url: settings.url });
		return [
			`The message route was created by ${label} for itself (${where})`,
			'It is deleted when that workflow is unpublished. Choose another route, or New Route in Listen On.',
		];
	}
	if (isOwnedBy(identity, ownership)) return undefined;
	if (isOtherModeOf(identity, settings.url, workflow)) {
		// What a test of our own has may be taken, but not what another had before it.
		const [before] = previousOwners(ownership, identity);
		if (!identity.test) return before && ownedByOther(ctx, before);
		if (options.allowTests) return undefined;
		return [
			'The published workflow listens to this message route, and a test would take its messages',
			alternatives(ctx),
		];
	}
	return workflow === undefined ? cannotRestore(ctx, ownership) : ownedByOther(ctx, ownership);
}

function ownedByOther(
	ctx: RegistrationContext,
	{ name, settings, workflow }: Pick<Ownership, 'name' | 'settings' | 'workflow'>,
): [string, string] | undefined {
	const { options, identity } = ctx;
	const own = sameUrl(settings.url, identity.url) && workflow === identity.workflow;
	if (workflow === undefined || own || (identity.test ? options.allowTests : options.takeOver))
		return undefined;
	const { label, where } = describeWorkflow(ctx, { workflow, name, url: settings.url });
	const headline =
		workflow === identity.workflow
			? 'Another trigger of this workflow listens to this message route'
			: `The ${label} listens to this message route (${where})`;
	const rule = 'A route can deliver to one workflow only.';
	return identity.test
		? [headline, `${rule} ${alternatives(ctx)}`]
		: [
				headline,
				`${rule} Unpublish that workflow, choose another option in Listen On, or add the option Take Over: the route is given back to it when this workflow is unpublished.`,
			];
}

function cannotRestore(
	{ options }: RegistrationContext,
	{ settings }: Ownership,
): [string, string] | undefined {
	const lost = maskedFields(settings).join(' and ');
	if (lost === '' || options.takeOver) return undefined;
	return [
		`Telegent does not show the ${lost} that this message route uses now, so it could not be restored`,
		`The route delivers to ${hostOf(settings.url)}. To use it anyway, add the option Take Over: afterwards, enter the ${lost} at Telegent again.`,
	];
}
