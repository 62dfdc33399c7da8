import type { IDataObject } from 'n8n-workflow';
import { plainUrl, sameUrl } from '../../shared/publicUrl';
import {
	parseOwnerNote,
	ownerLabel,
	formatOwnerNote,
	type Backup,
	type PreviousOwner,
	type NumbersBefore,
	type AddressSettings,
} from '../../shared/routes/ownerNote';
import { addressField, type RouteAddress } from '../../shared/routes/address';

/** The trigger that acts. Its address is its own in all of n8n; a copy in another workflow could have the same. */
export interface TriggerIdentity {
	workflow: string;
	/** The workflow's name. */
	name?: string;
	url: string;
	test: boolean;
}

/** Who has an address of a route now. */
export interface Ownership {
	address: RouteAddress;
	settings: AddressSettings;
	/** The n8n workflow that holds it; undefined where it is nobody of ours. */
	workflow?: string;
	/** That workflow's name, where its note has one that can be read. */
	name?: string;
	/** Undefined where it cannot be read. */
	backup?: Backup;
}

/** Reads an address of a route as the API shows it. What is not shown counts as null. */
export function readOwnership(route: IDataObject, address: RouteAddress, accountSecret: string): Ownership {
	const read = (part: keyof AddressSettings) => (route[addressField(address, part)] ?? null) as string | null;
	const settings: AddressSettings = {
		url: read('url'),
		method: read('method'),
		authentication: read('authentication'),
		username: read('username'),
		password: read('password'),
	};
	const note = parseOwnerNote(settings.username, settings.url, accountSecret);
	if (!note) return { address, settings };
	if (note.stale) return { address, settings: { ...settings, username: null } };
	const { backup, workflow } = note;
	return { address, settings, workflow, name: backup?.name, backup };
}

/** Whether the trigger itself holds the address. Without a marker, the address alone tells. */
export function isOwnedBy(identity: TriggerIdentity, { settings, workflow }: Ownership): boolean {
	return sameUrl(settings.url, identity.url) && (workflow === undefined || workflow === identity.workflow);
}

/** Whether it is the same trigger of this n8n in its other form: its production address while it is tested, or a test's. */
export function isOtherModeOf(identity: TriggerIdentity, url: string | null, workflow?: string): boolean {
	if (workflow !== identity.workflow || url === null || sameUrl(url, identity.url)) return false;
	const parts = (address: string) => /^(\w+:\/\/[^/]+)\/(?:.*\/)?([^/]+\/[^/]+)$/.exec(plainUrl(address));
	const [other, own] = [parts(url), parts(identity.url)];
	return other?.[1] === own?.[1] && other?.[2] === own?.[2];
}

/** What Telegent shows in place of a password or user name that it keeps to itself. */
const MASKED_VALUE = /^[*•·●x]{3,}$/i;

/** Which values Telegent did not show, so that they could not be put back; empty when nothing would be lost. */
export function maskedFields({ authentication, password, username }: AddressSettings): string[] {
	const type = (authentication ?? 'None').toLowerCase();
	const masked = (value: string | null) => MASKED_VALUE.test(value ?? '');
	const missing = (value: string | null) => value === null || value === '';
	return [
		masked(username) || (type === 'basic' && missing(username)) ? 'user name' : '',
		masked(password) || ((type === 'basic' || type === 'bearer') && missing(password))
			? type === 'bearer'
				? 'token'
				: 'password'
			: '',
	].filter(Boolean);
}

/**
 * Who lies below when the trigger takes the address: the latest holder first, the original last. The trigger itself
 * is never below itself, nor is a test of it that nobody ended.
 */
export function previousOwners(ownership: Ownership, identity: TriggerIdentity): PreviousOwner[] {
	const below = ownership.backup?.previousOwners ?? [];
	const here = isOwnedBy(identity, ownership) ? below : [toPreviousOwner(ownership), ...below];
	const abandoned = (owner: PreviousOwner) =>
		!identity.test && isOtherModeOf(identity, owner.settings.url, owner.workflow);
	return here.filter((owner) => !isPreviousOwner(identity, owner) && !abandoned(owner));
}

function toPreviousOwner({ name, settings, workflow }: Ownership): PreviousOwner {
	if (workflow !== undefined)
		return { settings: { ...settings, username: null }, workflow, ...(name && { name }) };
	const lost = maskedFields(settings).length > 0;
	const readable = (value: string | null) => (lost && MASKED_VALUE.test(value ?? '') ? null : value);
	return {
		settings: { ...settings, username: readable(settings.username), password: readable(settings.password) },
		...(lost && { lost }),
	};
}

function isPreviousOwner(identity: TriggerIdentity, { settings, workflow }: PreviousOwner): boolean {
	return sameUrl(settings.url, identity.url) && workflow === identity.workflow;
}

/** The address as the trigger wants it: its own, with its secret, and what it displaced in the user name. */
export function ownAddress(
	identity: TriggerIdentity,
	secret: string,
	backup: Backup,
	accountSecret: string,
): AddressSettings {
	return {
		url: identity.url,
		method: 'POST',
		authentication: 'Bearer',
		username: formatOwnerNote(identity.workflow, identity.url, backup, accountSecret),
		password: secret,
	};
}

/** The same with the readable part of the marker only. */
export function ownAddressWithoutBackup(
	identity: TriggerIdentity,
	settings: AddressSettings,
): AddressSettings {
	return { ...settings, username: ownerLabel(identity.workflow) };
}

export type RestorePlan =
	/** The trigger has no part in this address. */
	| { kind: 'nothing' }
	/** It holds it, but what was there before cannot be read any more. */
	| { kind: 'unknown' }
	| { kind: 'write'; settings: Partial<AddressSettings>; lost: boolean };

/**
 * What must be written so that the trigger has no part in an address any more: what was there before comes back, or,
 * where somebody else of ours took it over meanwhile, the trigger leaves the line of those who come after.
 * @param copy the keepsake from elsewhere, for a marker that is gone
 */
export function planRestore(
	ownership: Ownership,
	identity: TriggerIdentity,
	accountSecret: string,
	copy?: Backup,
): RestorePlan {
	const { settings, workflow } = ownership;
	const backup = ownership.backup ?? (isOwnedBy(identity, ownership) ? copy : undefined);
	if (isOwnedBy(identity, ownership)) {
		const [top, ...rest] = backup?.previousOwners ?? [];
		if (!top) return { kind: 'unknown' };
		return { kind: 'write', settings: withBackup(top, rest, accountSecret), lost: top.lost === true };
	}
	if (!backup?.previousOwners.some((owner) => isPreviousOwner(identity, owner))) return { kind: 'nothing' };
	const owners = backup.previousOwners.filter((owner) => !isPreviousOwner(identity, owner));
	const username = formatOwnerNote(
		workflow as string,
		settings.url,
		{ ...backup, previousOwners: owners },
		accountSecret,
	);
	return { kind: 'write', settings: { username }, lost: false };
}

function withBackup(
	{ name, settings, workflow }: PreviousOwner,
	rest: PreviousOwner[],
	accountSecret: string,
): AddressSettings {
	if (workflow === undefined) return withValidOptions(settings);
	const backup = { previousOwners: rest, ...(name && { name }) };
	return { ...settings, username: formatOwnerNote(workflow, settings.url, backup, accountSecret) };
}

/**
 * A route can show an empty text for its method or authentication, but the page of `POST /v1.0/message/routes/update`
 * takes listed values and null only: "" goes back as what it means.
 */
function withValidOptions(settings: AddressSettings): AddressSettings {
	const meant = (value: string | null, meaning: string) =>
		value === '' ? (settings.url ? meaning : null) : value;
	return {
		...settings,
		method: meant(settings.method, 'POST'),
		authentication: meant(settings.authentication, 'None'),
	};
}

/** Numbers that were moved from `route` to the route of this holding, with the route they will come back to instead. */
export function withNumbersRestoredTo(
	{ backup }: Ownership,
	route: string,
	instead: NumbersBefore,
): Backup | undefined {
	const numbers = Object.entries(backup?.numbers ?? {});
	const affected = numbers.some(([number, before]) => before === route && number in instead);
	if (!backup || !affected) return undefined;
	const corrected = numbers.map(([number, before]): [string, string | null] => [
		number,
		before === route && number in instead ? instead[number] : before,
	]);
	return { ...backup, numbers: Object.fromEntries(corrected) };
}
