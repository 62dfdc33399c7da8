import type { IDataObject } from 'n8n-workflow';
import { sameUrl } from '../../shared/publicUrl';
import { type AddressSettings, type Backup } from '../../shared/routes/ownerNote';
import { currentSecret, freshSecret, type KnownSecret } from './secret';
import { chosenRoute, describeWorkflow, sandboxAdvice, untilWhen, type RegistrationContext } from './context';
import { RECEIVES_NOTHING, registrationError, type Registration } from './config';
import { NOTHING_CHANGED } from '../../shared/wording';
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

/** The route address of the cached registration, if it is unchanged at Telegent. */
export function ownedRoute(
	ctx: RegistrationContext,
	routes: IDataObject[],
): { messageRouteId: string; address: RouteAddress } | undefined {
	const { accountSecret, event, stored, identity } = ctx;
	const messageRouteId = chosenRoute(ctx.context);
	const address = event.address as RouteAddress;
	const route = routes.find(({ MessageRouteId }) => MessageRouteId === messageRouteId);
	if (!route || !stored || stored.messageRouteId !== messageRouteId || stored.slot !== address)
		return undefined;
	const ownership = readOwnership(route, address, accountSecret);
	const secret = currentSecret(ctx, ownership.settings.password);
	return isOwnedBy(identity, ownership) && isAddressIntact(ctx, ownership, secret)
		? { messageRouteId, address }
		: undefined;
}

/** Reads the chosen route. @throws NodeOperationError if the trigger must not take it */
export async function readChosenRoute(
	ctx: RegistrationContext,
): Promise<{ messageRouteId: string; ownership: Ownership }> {
	const messageRouteId = chosenRoute(ctx.context);
	if (messageRouteId === '') {
		throw registrationError(ctx, "'Message Route' is empty. Select a route", NOTHING_CHANGED);
	}
	const route = await readRoute(ctx.telegent, messageRouteId);
	const ownership = readOwnership(route, ctx.event.address as RouteAddress, ctx.accountSecret);
	const reason = reasonNotToTake(ctx, ownership);
	if (reason) throw registrationError(ctx, reason[0], `${reason[1]} ${NOTHING_CHANGED}`);
	return { messageRouteId, ownership };
}

/** Points the route at the trigger; the same call stores the backup of the previous owner. */
export async function registerOnRoute(
	ctx: RegistrationContext,
	messageRouteId: string,
	ownership: Ownership,
): Promise<Registration> {
	const { stored, identity } = ctx;
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
	const settings = settingsToWrite(ctx, ownership, secret.secret, copy);
	await writeWithNote(ctx, messageRouteId, address, settings);
	logRouteTakeover(ctx, messageRouteId, ownership);
	return toRegistration(ctx, secret, {
		messageRouteId,
		slot: address,
		marker: settings.username ?? undefined,
	});
}

/**
 * The settings that point an address at the trigger.
 * @param copy the cached backup, used if the owner note has none
 */
function settingsToWrite(
	{ accountSecret, identity }: RegistrationContext,
	ownership: Ownership,
	secret: string,
	copy: Backup | undefined,
): AddressSettings {
	const lacksBackup = isOwnedBy(identity, ownership) && !ownership.backup;
	const replaced = lacksBackup && copy ? copy : { previousOwners: previousOwners(ownership, identity) };
	const backup = { ...replaced, ...(identity.name && { name: identity.name }) };
	const settings = ownAddress(identity, secret, backup, accountSecret);
	// Encrypted with another account secret: unreadable now, but readable again with the old secret, so keep it.
	const { username } = ownership.settings;
	return lacksBackup && !copy && username?.includes(' | ') ? { ...settings, username } : settings;
}

/** Logs which URL or workflow is replaced. Only the URL's host: paths and queries can contain secrets. */
function logRouteTakeover(
	{ context, identity }: RegistrationContext,
	messageRouteId: string,
	ownership: Ownership,
): void {
	const { address, name, settings, workflow } = ownership;
	if (isOwnedBy(identity, ownership) || !settings.url) return;
	const messages = address === 'callback' ? 'delivery receipts' : 'inbound messages';
	const before = workflow === undefined ? '' : `workflow ${workflowLabel(workflow, name)} at `;
	context.logger.info(
		`Telegent: message route ${messageRouteId} now delivers ${messages} to workflow ${workflowLabel(identity.workflow, identity.name)} instead of to ${before}${hostOf(settings.url)}; ${untilWhen(identity)} restores the previous URL`,
	);
}

/**
 * Writes the address of a route. If Telegent refuses or cuts the owner note, only the owner label is written and the backup
 * is kept in static data alone.
 */
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
			`Telegent didn't store the previous settings of message route ${routeId}, so only this n8n can restore them`,
		);
	const result = await settle(writeRoute(telegent, routeId, address, settings));
	if ('error' in result) {
		if (!isRefused(result.error)) throw result.error;
		// If it was refused for another reason, this call is refused too.
		await writeRoute(telegent, routeId, address, brief);
		return warn();
	}
	const delivers = (route: unknown) =>
		isRecord(route) && sameUrl((route[addressField(address, 'url')] ?? null) as string | null, settings.url);
	const isComplete = delivers(result.value) && field in result.value;
	const shown = isComplete ? result.value : await readRoute(telegent, routeId);
	if (!delivers(shown)) {
		throw registrationError(
			ctx,
			`Telegent accepted the new URL of message route ${routeId}, but still shows the previous one`,
			RECEIVES_NOTHING,
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
	const pointsHere =
		sameUrl(url, identity.url) && /^post$/i.test(method ?? '') && /^bearer$/i.test(authentication ?? '');
	return secret !== undefined && pointsHere && ownership.workflow === identity.workflow;
}

const alternatives = (ctx: RegistrationContext) =>
	`To test, set 'Listen On' to New Route or Account Webhook, or unpublish the workflow for a while${sandboxAdvice(ctx)}. You can also add the option 'Allow Tests on a Published Route'.`;

/** Why the trigger must not take this address: reason and next step. Undefined if it may. */
function reasonNotToTake(ctx: RegistrationContext, ownership: Ownership): [string, string] | undefined {
	const { options, identity } = ctx;
	const { backup, name, settings, workflow } = ownership;
	if (backup?.numbers && workflow !== undefined) {
		const { label, where } = describeWorkflow(ctx, { workflow, name, url: settings.url });
		return [
			`This message route belongs to ${label}, which created it (${where})`,
			"It's deleted when that workflow is unpublished. Select another route, or set 'Listen On' to New Route.",
		];
	}
	if (isOwnedBy(identity, ownership)) return undefined;
	if (isOtherModeOf(identity, settings.url, workflow)) {
		// Production may replace its own test, but not the workflow that owned the address before the test.
		const [before] = previousOwners(ownership, identity);
		if (!identity.test) return before && ownedByOther(ctx, before);
		if (options.allowTests) return undefined;
		return [
			'The published workflow uses this message route, and a test would intercept its messages',
			alternatives(ctx),
		];
	}
	return workflow === undefined ? unrestorableReason(ctx, ownership) : ownedByOther(ctx, ownership);
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
			? 'Another trigger in this workflow uses this message route'
			: `The ${label} uses this message route (${where})`;
	const rule = 'A route can deliver to only one workflow.';
	return identity.test
		? [headline, `${rule} ${alternatives(ctx)}`]
		: [
				headline,
				`${rule} Unpublish that workflow, select another option in 'Listen On', or add the option 'Take Over': the route then delivers to this workflow until you unpublish it.`,
			];
}

function unrestorableReason(
	{ options }: RegistrationContext,
	{ settings }: Ownership,
): [string, string] | undefined {
	const masked = maskedFields(settings).join(' and ');
	if (masked === '' || options.takeOver) return undefined;
	return [
		`Telegent doesn't return the ${masked} that this message route uses now, so it couldn't be restored later`,
		`The route delivers to ${hostOf(settings.url)}. To use it anyway, add the option 'Take Over'. After unpublishing, enter the ${masked} again with Message Route → Update.`,
	];
}
