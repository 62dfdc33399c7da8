import type { IDataObject } from 'n8n-workflow';
import { CREDENTIAL } from '../../../transport/request';
import type { TelegentCredential } from '../../../transport/token';
import { readMarker, shortMarker } from '../../TelegentTrigger/marker';
import { fieldOf, SLOTS, type Slot } from '../../TelegentTrigger/slot';
import type { Item, Steps } from '../engine/operation';

const PURPOSE: Record<Slot, string> = { message: 'messages', callback: 'receipts' };

/**
 * Says which published workflows listen to a message route. Their triggers write it, with what they need to give the
 * route back, into its user names; people see the readable part.
 */
export const holderSteps = (): Steps => ({
	finish: async ({ context, index, options }: Item, route) => {
		const notes = SLOTS.map((slot) => ({ slot, note: route[fieldOf(slot, 'username')] }));
		const holders: string[] = [];
		const readable: IDataObject = {};
		for (const { note, slot } of notes.filter((one) => isNote(one.note))) {
			const { accountSecret } = await context.getCredentials<TelegentCredential>(CREDENTIAL, index);
			const url = (route[fieldOf(slot, 'url')] ?? null) as string | null;
			const marker = readMarker(note as string, url, accountSecret);
			if (!marker) continue;
			// Whoever wants to write the note back needs all of it.
			if (options.showSecrets !== true) readable[fieldOf(slot, 'username')] = shortMarker(marker.workflow);
			if (!marker.stale) holders.push(`${shortMarker(marker.workflow)} (${PURPOSE[slot]})`);
		}
		return { ...route, ...readable, HeldBy: holders.join(', ') || null };
	},
});

const isNote = (username: unknown) => typeof username === 'string' && username.startsWith('n8n workflow ');
