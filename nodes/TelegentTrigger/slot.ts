import type { IDataObject } from 'n8n-workflow';
import { plainUrl, sameUrl } from './address';
import {
	readMarker,
	shortMarker,
	writeMarker,
	type Keepsake,
	type Layer,
	type NumbersBefore,
	type Target,
} from './marker';

/* A route has two addresses, one for messages and one for callbacks. Here is what can be done with one. All pure. */

export type Slot = 'message' | 'callback';

export const SLOTS: Slot[] = ['message', 'callback'];

const FIELDS = {
	url: 'MessageUrl',
	method: 'MessageUrlMethod',
	authentication: 'MessageAuthenticationType',
	username: 'MessageUsername',
	password: 'MessagePasswordToken',
} as const satisfies Record<keyof Target, string>;

/** The API's name of a part of an address: the callback has the same as messages, with `Callback` before. */
export function fieldOf(slot: Slot, part: keyof Target): string {
	return `${slot === 'callback' ? 'Callback' : ''}${FIELDS[part]}`;
}

/** The trigger that acts. Its address is its own in all of n8n; a copy in another workflow could have the same. */
export interface Self {
	workflow: string;
	/** The workflow's name. */
	name?: string;
	url: string;
	test: boolean;
}

/** Who has an address of a route now. */
export interface Holding {
	slot: Slot;
	target: Target;
	/** The n8n workflow that holds it; undefined where it is nobody of ours. */
	workflow?: string;
	/** That workflow's name, where its note has one that can be read. */
	name?: string;
	/** Undefined where it cannot be read. */
	keepsake?: Keepsake;
}

/** Reads an address of a route as the API shows it. What is not shown counts as null. */
export function readHolding(route: IDataObject, slot: Slot, accountSecret: string): Holding {
	const read = (part: keyof Target) => (route[fieldOf(slot, part)] ?? null) as string | null;
	const target: Target = {
		url: read('url'),
		method: read('method'),
		authentication: read('authentication'),
		username: read('username'),
		password: read('password'),
	};
	const marker = readMarker(target.username, target.url, accountSecret);
	if (!marker) return { slot, target };
	if (marker.stale) return { slot, target: { ...target, username: null } };
	const { keepsake, workflow } = marker;
	return { slot, target, workflow, name: keepsake?.name, keepsake };
}

/** Whether the trigger itself holds the address. Without a marker, the address alone tells. */
export function isHeldBy(self: Self, { target, workflow }: Holding): boolean {
	return sameUrl(target.url, self.url) && (workflow === undefined || workflow === self.workflow);
}

/** Whether it is the same trigger of this n8n in its other form: its production address while it is tested, or a test's. */
export function isOwnOtherForm(self: Self, url: string | null, workflow?: string): boolean {
	if (workflow !== self.workflow || url === null || sameUrl(url, self.url)) return false;
	const parts = (address: string) => /^(\w+:\/\/[^/]+)\/(?:.*\/)?([^/]+\/[^/]+)$/.exec(plainUrl(address));
	const [other, own] = [parts(url), parts(self.url)];
	return other?.[1] === own?.[1] && other?.[2] === own?.[2];
}

/** Which values Telegent did not show, so that they could not be put back; empty when nothing would be lost. */
export function unshown({ authentication, password, username }: Target): string[] {
	const type = (authentication ?? 'None').toLowerCase();
	const masked = (value: string | null) => value !== null && /^[*•·●x]{3,}$/i.test(value);
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
export function layersBelow(holding: Holding, self: Self): Layer[] {
	const below = holding.keepsake?.layers ?? [];
	const here = isHeldBy(self, holding) ? below : [layerOf(holding), ...below];
	const abandoned = (layer: Layer) => !self.test && isOwnOtherForm(self, layer.target.url, layer.workflow);
	return here.filter((layer) => !isLayerOf(self, layer) && !abandoned(layer));
}

function layerOf({ name, target, workflow }: Holding): Layer {
	if (workflow !== undefined)
		return { target: { ...target, username: null }, workflow, ...(name && { name }) };
	const lost = unshown(target).length > 0;
	const readable = (value: string | null) => (lost && /^[*•·●x]{3,}$/i.test(value ?? '') ? null : value);
	return {
		target: { ...target, username: readable(target.username), password: readable(target.password) },
		...(lost && { lost }),
	};
}

function isLayerOf(self: Self, { target, workflow }: Layer): boolean {
	return sameUrl(target.url, self.url) && workflow === self.workflow;
}

/** The address as the trigger wants it: its own, with its secret, and what it displaced in the user name. */
export function taken(self: Self, secret: string, keepsake: Keepsake, accountSecret: string): Target {
	return {
		url: self.url,
		method: 'POST',
		authentication: 'Bearer',
		username: writeMarker(self.workflow, self.url, keepsake, accountSecret),
		password: secret,
	};
}

/** The same with the readable part of the marker only. */
export function takenBriefly(self: Self, target: Target): Target {
	return { ...target, username: shortMarker(self.workflow) };
}

export type Release =
	/** The trigger has no part in this address. */
	| { kind: 'nothing' }
	/** It holds it, but what was there before cannot be read any more. */
	| { kind: 'unknown' }
	| { kind: 'write'; target: Partial<Target>; lost: boolean };

/**
 * What must be written so that the trigger has no part in an address any more: what was there before comes back, or,
 * where somebody else of ours took it over meanwhile, the trigger leaves the line of those who come after.
 * @param copy the keepsake from elsewhere, for a marker that is gone
 */
export function release(holding: Holding, self: Self, accountSecret: string, copy?: Keepsake): Release {
	const { target, workflow } = holding;
	const keepsake = holding.keepsake ?? (isHeldBy(self, holding) ? copy : undefined);
	if (isHeldBy(self, holding)) {
		const [top, ...rest] = keepsake?.layers ?? [];
		if (!top) return { kind: 'unknown' };
		return { kind: 'write', target: restored(top, rest, accountSecret), lost: top.lost === true };
	}
	if (!keepsake?.layers.some((layer) => isLayerOf(self, layer))) return { kind: 'nothing' };
	const layers = keepsake.layers.filter((layer) => !isLayerOf(self, layer));
	const username = writeMarker(workflow as string, target.url, { ...keepsake, layers }, accountSecret);
	return { kind: 'write', target: { username }, lost: false };
}

function restored({ name, target, workflow }: Layer, rest: Layer[], accountSecret: string): Target {
	if (workflow === undefined) return withValidOptions(target);
	const keepsake = { layers: rest, ...(name && { name }) };
	return { ...target, username: writeMarker(workflow, target.url, keepsake, accountSecret) };
}

/**
 * A route can show an empty text for its method or authentication, but the page of `POST /v1.0/message/routes/update`
 * takes listed values and null only: "" goes back as what it means.
 */
function withValidOptions(target: Target): Target {
	const meant = (value: string | null, meaning: string) =>
		value === '' ? (target.url ? meaning : null) : value;
	return {
		...target,
		method: meant(target.method, 'POST'),
		authentication: meant(target.authentication, 'None'),
	};
}

/** Numbers that were moved from `route` to the route of this holding, with the route they will come back to instead. */
export function renumbered(
	{ keepsake }: Holding,
	route: string,
	instead: NumbersBefore,
): Keepsake | undefined {
	const numbers = Object.entries(keepsake?.numbers ?? {});
	const affected = numbers.some(([number, before]) => before === route && number in instead);
	if (!keepsake || !affected) return undefined;
	const corrected = numbers.map(([number, before]): [string, string | null] => [
		number,
		before === route && number in instead ? instead[number] : before,
	]);
	return { ...keepsake, numbers: Object.fromEntries(corrected) };
}
