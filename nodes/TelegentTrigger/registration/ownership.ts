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

/** Identity of a trigger: webhook URL and workflow. A copied workflow can have the same URL. */
export interface TriggerIdentity {
	workflow: string;
	/** The workflow's name. */
	name?: string;
	url: string;
	test: boolean;
}

/** Current owner of a route address. */
export interface Ownership {
	address: RouteAddress;
	settings: AddressSettings;
	/** The workflow that owns it; undefined if no workflow does. */
	workflow?: string;
	/** Name of that workflow, if the owner note has one and can be decrypted. */
	name?: string;
	/** What to restore; undefined if there is none or it cannot be decrypted. */
	backup?: Backup;
}

/** Reads the ownership of a route address from an API response. Missing values count as null. */
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

/** Whether this trigger owns the address. Without an owner note, the URL decides. */
export function isOwnedBy(identity: TriggerIdentity, { settings, workflow }: Ownership): boolean {
	return sameUrl(settings.url, identity.url) && (workflow === undefined || workflow === identity.workflow);
}

/** Whether the URL belongs to the same trigger of this n8n in its other mode: production for a test, or test for production. */
export function isOtherModeOf(identity: TriggerIdentity, url: string | null, workflow?: string): boolean {
	if (workflow !== identity.workflow || url === null || sameUrl(url, identity.url)) return false;
	const parts = (address: string) => /^(\w+:\/\/[^/]+)\/(?:.*\/)?([^/]+\/[^/]+)$/.exec(plainUrl(address));
	const [other, own] = [parts(url), parts(identity.url)];
	return other?.[1] === own?.[1] && other?.[2] === own?.[2];
}

/** What Telegent shows in place of a password or username that it masks. */
const MASKED_VALUE = /^[*•·●x]{3,}$/i;

/** Labels of the credentials that Telegent masks, so they cannot be restored; empty if all are shown. */
export function maskedFields({ authentication, password, username }: AddressSettings): string[] {
	const type = (authentication ?? 'None').toLowerCase();
	const masked = (value: string | null) => MASKED_VALUE.test(value ?? '');
	const missing = (value: string | null) => value === null || value === '';
	return [
		masked(username) || (type === 'basic' && missing(username)) ? 'username' : '',
		masked(password) || ((type === 'basic' || type === 'bearer') && missing(password))
			? type === 'bearer'
				? 'token'
				: 'password'
			: '',
	].filter(Boolean);
}

/**
 * Previous owners when the trigger takes the address: latest first, original last. Never contains this trigger or an
 * abandoned test of it.
 */
export function previousOwners(ownership: Ownership, identity: TriggerIdentity): PreviousOwner[] {
	const stored = ownership.backup?.previousOwners ?? [];
	const owners = isOwnedBy(identity, ownership) ? stored : [toPreviousOwner(ownership), ...stored];
	const abandoned = (owner: PreviousOwner) =>
		!identity.test && isOtherModeOf(identity, owner.settings.url, owner.workflow);
	return owners.filter((owner) => !isSameTrigger(identity, owner) && !abandoned(owner));
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

function isSameTrigger(identity: TriggerIdentity, { settings, workflow }: PreviousOwner): boolean {
	return sameUrl(settings.url, identity.url) && workflow === identity.workflow;
}

/** The settings of an address that the trigger owns: its URL and secret, and the owner note as username. */
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

/** The same with the readable part of the owner note only. */
export function ownAddressWithoutBackup(
	identity: TriggerIdentity,
	settings: AddressSettings,
): AddressSettings {
	return { ...settings, username: ownerLabel(identity.workflow) };
}

export type RestorePlan =
	/** The trigger neither owns the address nor is a previous owner. */
	| { kind: 'nothing' }
	/** The trigger owns the address, but the backup is lost. */
	| { kind: 'unknown' }
	| { kind: 'write'; settings: Partial<AddressSettings>; lost: boolean };

/**
 * Plans how to remove the trigger from an address. If it owns the address, the latest previous owner is restored. If
 * another workflow has taken it over since, the trigger is removed from that workflow's previous owners.
 * @param copy the cached backup, used if the owner note is gone
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
		const [latest, ...rest] = backup?.previousOwners ?? [];
		if (!latest) return { kind: 'unknown' };
		return { kind: 'write', settings: withBackup(latest, rest, accountSecret), lost: latest.lost === true };
	}
	if (!backup?.previousOwners.some((owner) => isSameTrigger(identity, owner))) return { kind: 'nothing' };
	const owners = backup.previousOwners.filter((owner) => !isSameTrigger(identity, owner));
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
 * A route can show "" for its method or authentication, but `POST /v1.0/message/routes/update` documents only listed
 * values and null: write the value that "" means.
 */
function withValidOptions(settings: AddressSettings): AddressSettings {
	const listed = (value: string | null, meaning: string) =>
		value === '' ? (settings.url ? meaning : null) : value;
	return {
		...settings,
		method: listed(settings.method, 'POST'),
		authentication: listed(settings.authentication, 'None'),
	};
}

/** The backup with numbers that were to return to `route` returning to `instead`; undefined if none is affected. */
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
