import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/client';
import type { TelegentCredential } from '../../../transport/token';
import {
	isOwnerNote,
	ownerIn,
	ownerLabel,
	parseOwnerNote,
	type OwnerNote,
} from '../../shared/routes/ownerNote';
import { addressField, ROUTE_ADDRESSES, type RouteAddress } from '../../shared/routes/address';
import { isRecord } from '../../shared/json';
import { readRoute, UnusableResponse } from '../../shared/routes/api';
import { ignoreNotFound, settle } from '../../../transport/result';
import { workflowLink } from '../../shared/routes/workflowName';
import { payloadOf, type Item, type OperationHooks } from '../engine/operation';
import { deletesInUse } from './deleteInUse';

/* Which published workflows use a message route. Their triggers store that in the usernames of the route, with a backup
   of its previous settings (ownerNote.ts). */

const PURPOSE: Record<RouteAddress, string> = { message: 'messages', callback: 'delivery receipts' };

/** A workflow that a route delivers to. */
interface Holder {
	address: RouteAddress;
	note: OwnerNote;
	/** Its name (or ID), link, and what it receives. */
	text: string;
}

/** Adds `HeldBy` to a route: the workflows that listen to it, or null. */
export const ownerHooks = (): OperationHooks => ({
	afterResponse: async (item, route) => await withHolders(item, route),
});

/** Also lists the workflows that may no longer receive from the route after an update. */
export const updateSteps = (): OperationHooks => {
	const affected: string[] = [];
	return {
		afterResponse: async (item, route) => {
			affected.push(...(await affectedBy(item, route)));
			return await withHolders(item, route);
		},
		summary: () => {
			if (affected.length === 0) return undefined;
			return `Check these workflows: ${affected.join('; ')}. The update changed the URL or authentication that the message route uses to deliver to them. If one of them is published, unpublish and publish it again to reconnect it.`;
		},
	};
};

/** Refuses to delete a route that a published workflow listens to, unless Delete Even If in Use is on. */
export const deleteSteps = (): OperationHooks => ({
	beforeRequest: async (item) => {
		if (deletesInUse(item)) return undefined;
		const route = await currentRoute(item);
		const owners = route ? await holdersOf(item, route) : [];
		if (owners.length > 0) throw inUse(item, route as IDataObject, owners);
		return undefined;
	},
});

/** The route of an item before anything is changed; undefined if it doesn't exist. */
async function currentRoute(item: Item): Promise<IDataObject | undefined> {
	const { context, index, telegent } = item;
	const id = String(payloadOf(item).MessageRouteId ?? '');
	const end = await settle(ignoreNotFound(readRoute(telegent, id)));
	if ('value' in end) return end.value;
	if (!(end.error instanceof UnusableResponse)) throw end.error;
	throw new NodeOperationError(context.getNode(), end.error.message, { itemIndex: index });
}

function inUse({ context, index }: Item, route: IDataObject, owners: Holder[]): NodeOperationError {
	const name = String(route.RouteName ?? route.MessageRouteId);
	const message = `The message route "${name}" is in use by ${owners.map(({ text }) => text).join(' and ')}`;
	const made = owners.some(({ note }) => note.backup?.numbers);
	const hint = made
		? 'Unpublish the workflow: that deletes the route, which the workflow created for itself.'
		: "Unpublish the workflow first to restore the route's previous URL, then delete the route.";
	const description = `The route wasn't deleted, and nothing was changed. ${hint} If the workflow no longer exists, add the option 'Delete Even If in Use'.`;
	return new NodeOperationError(context.getNode(), message, { itemIndex: index, description });
}

async function withHolders(item: Item, route: IDataObject): Promise<IDataObject> {
	// An empty response stays empty.
	if (!isRecord(route) || Object.keys(route).length === 0) return route;
	const owners = await holdersOf(item, route);
	const readable: IDataObject = {};
	for (const address of ROUTE_ADDRESSES) {
		const field = addressField(address, 'username');
		const owner = ownerIn(route[field]);
		// To write the note back later, all of it is needed.
		if (owner && item.options.showSecrets !== true) readable[field] = ownerLabel(owner.workflow);
	}
	return { ...route, ...readable, HeldBy: owners.map(({ text }) => text).join(', ') || null };
}

/** The workflows that a route delivers to, by the notes in it. A note that belongs to another URL counts as nothing. */
async function holdersOf(item: Item, route: IDataObject): Promise<Holder[]> {
	return (await holdersInNotes(item, route)).filter(({ note }) => !note.stale);
}

async function holdersInNotes({ context, index }: Item, route: IDataObject): Promise<Holder[]> {
	const noted = ROUTE_ADDRESSES.filter((address) => isOwnerNote(route[addressField(address, 'username')]));
	if (noted.length === 0) return [];
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL, index);
	return noted.flatMap((address) => {
		const url = (route[addressField(address, 'url')] ?? null) as string | null;
		const note = parseOwnerNote(route[addressField(address, 'username')] as string, url, accountSecret);
		const link = note && workflowLink(note.workflow, context.getInstanceBaseUrl(), url);
		return note ? [{ address, note, text: describeHolder(note, address, link) }] : [];
	});
}

/** For example `"Auto-reply" (messages, https://n8n.example/workflow/8Zk…)`. */
function describeHolder({ backup, workflow }: OwnerNote, address: RouteAddress, link?: string): string {
	const name = backup?.name;
	const details = [PURPOSE[address], link ?? (name && ownerLabel(workflow))].filter(Boolean);
	return `${name ? `"${name}"` : ownerLabel(workflow)} (${details.join(', ')})`;
}

/**
 * The workflows that no longer receive, or refuse deliveries, after an update: the route still has their note. Reading
 * the route before the update as well would cost a request each time.
 */
async function affectedBy(item: Item, route: IDataObject): Promise<string[]> {
	const sent = payloadOf(item);
	const isSent = (address: RouteAddress, part: Parameters<typeof addressField>[1]) =>
		addressField(address, part) in sent;
	const differs = (address: RouteAddress, part: 'authentication' | 'method', value: string) =>
		isSent(address, part) && String(route[addressField(address, part)] ?? '').toLowerCase() !== value;
	return (await holdersInNotes(item, isRecord(route) ? route : {}))
		.filter(({ address, note }) =>
			note.stale
				? isSent(address, 'url')
				: isSent(address, 'password') ||
					differs(address, 'method', 'post') ||
					differs(address, 'authentication', 'bearer'),
		)
		.map(({ text }) => text);
}
