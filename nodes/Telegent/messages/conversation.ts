import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../shared/json';
import { findMessages, onceForEachPage, type LogClient, type LoggedMessage } from '../../shared/messageLog';
import { samePhone } from '../../shared/phone/compare';
import { wholeNumber } from '../../shared/values';
import { payloadOf, type FetchList, type Item, type OperationHooks } from '../engine/operation';
import { readSwitch, withFieldLabel } from '../engine/parameters';
import { allPages } from '../engine/response';
import { timeInList, withIds } from './filters';
import { isWith } from './otherParty';
import { transcriptOf, type ConversationMessage } from './transcript';

/** What Conversation → Get reads of a number's list where the options do not say otherwise: 10 requests. */
export const DEFAULT_MOST_READ = 1000;
const MESSAGES_PER_REQUEST = 100;

/** Conversation → Get: one item with the messages of the pair, oldest first, and their transcript. */
export function conversationHooks(): OperationHooks {
	const warnings = new Set<string>();
	let client: LogClient | undefined;
	return {
		async fetch(item) {
			client ??= onceForEachPage(item.telegent);
			const { maxPages, media, since } = readOptions(item);
			const { LastMessages: most, OtherParty, PhoneNumber } = payloadOf(item);
			const [own, other] = [String(PhoneNumber), String(OtherParty)];
			const isWanted = (message: LoggedMessage) => isWith(message, other);
			const query = { isWanted, maxPages, most: Number(most), since };
			const { complete, messages } = await findMessages(client, own, query);
			if (!complete) warnings.add(incompleteWarning(own));
			const files = media ? await mediaOf(messages, searchOf(client, own, maxPages)) : new Map();
			const shown = messages.reverse().map((message) => shownMessage(message, other, files));
			return [
				{
					conversation: `${own}|${other}`,
					owner: own,
					otherParty: other,
					count: shown.length,
					complete,
					messages: shown as unknown as IDataObject[],
					transcript: transcriptOf(shown),
				},
			];
		},
		warnings: () => [...warnings],
	};
}

function incompleteWarning(own: string): string {
	return `The message list of ${own} wasn't read to its end, so older messages can be missing. To read more of it, raise 'Max Messages to Read'`;
}

function readOptions({ options, telegent }: Item) {
	const { includeMedia, maxRead = DEFAULT_MOST_READ, since } = options;
	const most = withFieldLabel('Max Messages to Read', () => atLeastOne(maxRead));
	return {
		maxPages: Math.ceil(most / MESSAGES_PER_REQUEST),
		media: readSwitch('Include Media', includeMedia),
		since: (since ?? '') === '' ? undefined : withFieldLabel('Since', () => timeInList(since, telegent)),
	};
}

/** @throws Error where it is not a whole number, 1 or more */
export function atLeastOne(value: unknown): number {
	const number = wholeNumber(value);
	if (number > 0) return number;
	throw new Error('must be a whole number, 1 or more');
}

/** The search of a number's messages, which alone has their media. */
function searchOf(client: LogClient, number: string, maxPages: number): FetchList {
	const paging = { page: 'Page', size: 'Results', most: MESSAGES_PER_REQUEST, total: 'ResultsTotalRecords' };
	return async (most, keep) =>
		await allPages(
			{ list: 'Results' },
			paging,
			async (page) => {
				if (Number(page.Page) > maxPages) return { Results: [] };
				const query = { phoneNumber: number, ...page };
				return await client.call({ route: 'GET /v1.0/message/search', query, safety: 'read' });
			},
			most,
			keep,
		);
}

/** URLs of media by the messages' IDs; without those that the search does not have. */
async function mediaOf(messages: LoggedMessage[], search: FetchList): Promise<Map<string, string[]>> {
	const { records } = await withIds(search, messages);
	return new Map(
		records.map(({ MessageID, MessageId = MessageID, MmsMedia }) => [
			String(MessageId),
			mediaUrlsIn(MmsMedia),
		]),
	);
}

function mediaUrlsIn(media: unknown): string[] {
	return [media ?? []].flat().flatMap((one) => {
		const url = isRecord(one) ? one.MediaUrl : one;
		return typeof url === 'string' && url !== '' ? [url] : [];
	});
}

function shownMessage(
	{ at, body, from, id, status }: LoggedMessage,
	other: string,
	files: Map<string, string[]>,
): ConversationMessage {
	return {
		id,
		role: samePhone(from, other) ? 'user' : 'assistant',
		text: body,
		time: Number.isNaN(at) ? null : new Date(at).toISOString(),
		status,
		...(files.has(id) && { media: files.get(id) }),
	};
}
