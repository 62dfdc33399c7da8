import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/request';
import type { TelegentCredential } from '../../../transport/token';
import { readMarker, shortMarker, type Marker } from '../../TelegentTrigger/marker';
import { fieldOf, SLOTS, type Slot } from '../../TelegentTrigger/slot';
import { endOf, isRecord, readRoute, unlessGone, UnusableResponse } from '../../TelegentTrigger/telegent';
import { workflowLink } from '../../TelegentTrigger/workflowName';
import type { Item, Steps } from '../engine/operation';
import { isOn } from '../parameters';

/* Which published workflows use a message route. Their triggers write it, with what they need to give the route back,
   into its user names; people see the readable part. */

const PURPOSE: Record<Slot, string> = { message: 'messages', callback: 'receipts' };

/** A workflow that an address of a route delivers to. */
interface Holder {
	slot: Slot;
	marker: Marker;
	/** Its name where it is known, where to find it, and what it receives. */
	text: string;
}

/** Adds `HeldBy` to a route: the workflows that listen to it, or null. */
export const holderSteps = (): Steps => ({
	finish: async (item, route) => await withHolders(item, route),
});

/** The same, and says afterwards from which workflows an update may have cut a route off. */
export const updateSteps = (): Steps => {
	const affected: string[] = [];
	return {
		finish: async (item, route) => {
			affected.push(...(await affectedBy(item, route)));
			return await withHolders(item, route);
		},
		summary: () => {
			if (affected.length === 0) return undefined;
			return `Check these workflows: ${affected.join('; ')}. The update changed the URL or authentication that they use to receive from the message route. If one of them is published, unpublish and publish it to connect it again.`;
		},
	};
};

/** Refuses to delete a route that a published workflow listens to, unless the person wants just that. */
export const deleteSteps = (): Steps => ({
	load: async (item) => {
		if (isOn('Delete Even If in Use', item.options.deleteInUse)) return undefined;
		const route = await currentRoute(item);
		const holders = route ? await holdersOf(item, route) : [];
		if (holders.length > 0) throw inUse(item, route as IDataObject, holders);
		return undefined;
	},
});

/** The route of an item before anything is changed; undefined where there is none. */
async function currentRoute({ context, index, sent, telegent }: Item): Promise<IDataObject | undefined> {
	const end = await endOf(unlessGone(readRoute(telegent, String(sent.MessageRouteId ?? ''))));
	if ('answer' in end) return end.answer;
	if (!(end.error instanceof UnusableResponse)) throw end.error;
	throw new NodeOperationError(context.getNode(), end.error.message, { itemIndex: index });
}

function inUse({ context, index }: Item, route: IDataObject, holders: Holder[]): NodeOperationError {
	const name = String(route.RouteName ?? route.MessageRouteId);
	const message = `The message route "${name}" is in use by ${holders.map(({ text }) => text).join(' and ')}`;
	const made = holders.some(({ marker }) => marker.keepsake?.numbers);
	const wayOut = made
		? 'Unpublish the workflow: that deletes the route, which the workflow created for itself.'
		: 'Unpublish the workflow first, which restores what the route delivered to before, then delete the route.';
	const description = `It was not deleted, and nothing was changed. ${wayOut} If the workflow no longer exists, add the option Delete Even If in Use.`;
	return new NodeOperationError(context.getNode(), message, { itemIndex: index, description });
}

async function withHolders(item: Item, route: IDataObject): Promise<IDataObject> {
	// What holds no route has no holders either: an empty answer shall stay empty.
	if (!isRecord(route) || Object.keys(route).length === 0) return route;
	const holders = await holdersOf(item, route);
	const readable: IDataObject = {};
	for (const slot of SLOTS) {
		const field = fieldOf(slot, 'username');
		const [, note] = /^(n8n workflow \S+)(?: \| \S+)?$/.exec(String(route[field] ?? '')) ?? [];
		// Whoever wants to write the note back needs all of it.
		if (note !== undefined && item.options.showSecrets !== true) readable[field] = note;
	}
	return { ...route, ...readable, HeldBy: holders.map(({ text }) => text).join(', ') || null };
}

/** The workflows that a route delivers to, by the notes in it. A note that belongs to another URL counts as nothing. */
async function holdersOf(item: Item, route: IDataObject): Promise<Holder[]> {
	return (await notedIn(item, route)).filter(({ marker }) => !marker.stale);
}

async function notedIn({ context, index }: Item, route: IDataObject): Promise<Holder[]> {
	const noted = SLOTS.filter((slot) => isNote(route[fieldOf(slot, 'username')]));
	if (noted.length === 0) return [];
	const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL, index);
	return noted.flatMap((slot) => {
		const url = (route[fieldOf(slot, 'url')] ?? null) as string | null;
		const marker = readMarker(route[fieldOf(slot, 'username')] as string, url, accountSecret);
		const link = marker && workflowLink(marker.workflow, context.getInstanceBaseUrl(), url);
		return marker ? [{ slot, marker, text: describeHolder(marker, slot, link) }] : [];
	});
}

/** For example `"Auto-reply" (messages, https://n8n.example/workflow/8Zk…)`. */
function describeHolder({ keepsake, workflow }: Marker, slot: Slot, link?: string): string {
	const name = keepsake?.name;
	const details = [PURPOSE[slot], link ?? (name && shortMarker(workflow))].filter(Boolean);
	return `${name ? `"${name}"` : shortMarker(workflow)} (${details.join(', ')})`;
}

/**
 * The workflows that do not receive any more, or turn deliveries away, since an update: the route as it is now still has
 * their note. Asking for the route before the update as well would cost a request each time.
 */
async function affectedBy(item: Item, route: IDataObject): Promise<string[]> {
	const { sent } = item;
	const isSent = (slot: Slot, part: Parameters<typeof fieldOf>[1]) => fieldOf(slot, part) in sent;
	const differs = (slot: Slot, part: 'authentication' | 'method', value: string) =>
		isSent(slot, part) && String(route[fieldOf(slot, part)] ?? '').toLowerCase() !== value;
	return (await notedIn(item, isRecord(route) ? route : {}))
		.filter(({ marker, slot }) =>
			marker.stale
				? isSent(slot, 'url')
				: isSent(slot, 'password') ||
					differs(slot, 'method', 'post') ||
					differs(slot, 'authentication', 'bearer'),
		)
		.map(({ text }) => text);
}

const isNote = (username: unknown) => typeof username === 'string' && username.startsWith('n8n workflow ');
