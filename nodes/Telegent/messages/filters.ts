import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { instant } from '../../shared/instant';
import { findMessages, toLoggedMessage, type LogExcerpt, type LoggedMessage } from '../../shared/messageLog';
import { byType, list, type SendContext } from '../../shared/values';
import {
	payloadOf,
	type FetchList,
	type Item,
	type Operation,
	type OperationHooks,
} from '../engine/operation';
import { isWith, otherParty } from './otherParty';

/* Filters of Message → Get Many and Search. Telegent's lists take a phone number only, so the node filters. */

const direction: INodeProperties = {
	displayName: 'Direction',
	name: 'direction',
	type: 'options',
	options: [
		{ name: 'Inbound', value: 'inbound' },
		{ name: 'Outbound', value: 'outbound' },
	],
	default: 'inbound',
	description: 'Return only messages the phone number received, or only messages it sent',
};

const party: INodeProperties = {
	displayName: 'Other Party',
	name: 'otherParty',
	type: 'string',
	default: '',
	placeholder: 'e.g. +18015550123',
	description: 'The number the messages came from or went to',
};

const since: INodeProperties = {
	displayName: 'Since',
	name: 'since',
	type: 'dateTime',
	default: '',
	description: 'The time of the oldest message to return, in the time zone of the workflow',
};

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: [
		{ name: 'Delivered', value: 'delivered' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Queued', value: 'queued' },
		{ name: 'Received', value: 'received' },
		{ name: 'Sent', value: 'sent' },
		{ name: 'Undelivered', value: 'undelivered' },
	],
	default: [],
	description: 'Return only messages with one of these statuses',
};

const until: INodeProperties = {
	displayName: 'Until',
	name: 'until',
	type: 'dateTime',
	default: '',
	description: 'The time of the newest message to return, in the time zone of the workflow',
};

const campaign: INodeProperties = {
	displayName: 'Campaign ID',
	name: 'campaignId',
	type: 'string',
	default: '',
	placeholder: 'e.g. JCID-dsuhofh3882',
	description: 'Return only messages of this campaign (not case-sensitive)',
};

export const listFilters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [direction, party, since, status, until],
};

export const searchFilters: INodeProperties = {
	...listFilters,
	options: [campaign, direction, party, since, status, until],
};

/** A moment as the message list has it: without the fraction of a second. @throws Error where it is none */
export function timeInList(value: unknown, context: SendContext): number {
	return Math.floor(instant(value, context) / 1000) * 1000;
}

/** @throws Error where Telegent has no such status */
function knownStatus(value: unknown): unknown {
	return byType(typeof value === 'string' ? value.toLowerCase() : value, { ...status, type: 'options' });
}

/** How the filters are read; `takeFilters` takes them out of the request again. */
export const filterSpelling: Operation['send'] = {
	otherParty: ['otherParty', (value, context) => (value === '' ? undefined : otherParty(value, context))],
	since: ['since', timeInList],
	until: ['until', timeInList],
	status: ['status', (value) => list(value).map(knownStatus)],
	direction: 'direction',
};

export const searchFilterSpelling: Operation['send'] = {
	...filterSpelling,
	campaignId: ['campaignId', (value) => String(byType(value, campaign)).trim().toLowerCase() || undefined],
};

interface Filters {
	campaignId?: string;
	direction?: string;
	otherParty?: string;
	since?: number;
	status?: string[];
	until?: number;
}

/** The filters of an item, or undefined where it has none. They are not sent. */
function takeFilters(item: Item): Filters | undefined {
	const { campaignId, direction, otherParty, since, status, until, ...sent } = payloadOf(item);
	item.request = { ...item.request, query: sent };
	const statuses = (status as string[] | undefined)?.length ? status : undefined;
	const all = { campaignId, direction, otherParty, since, status: statuses, until };
	return Object.values(all).some((value) => value !== undefined) ? (all as Filters) : undefined;
}

const matches = ({ direction, otherParty, status }: Filters) => {
	return (message: LoggedMessage) =>
		(direction === undefined || (direction === 'outbound') === message.outbound) &&
		(status === undefined || status.includes(message.status.toLowerCase())) &&
		(otherParty === undefined || isWith(message, otherParty));
};

const inCampaign = ({ campaignId }: Filters) => {
	return ({ CampaignID, CampaignId = CampaignID }: IDataObject) =>
		campaignId === undefined || String(CampaignId).toLowerCase() === campaignId;
};

/** As many pages as other lists can have. */
const MAX_FILTERED_PAGES = 10_000;

const INCOMPLETE =
	"Telegent's message list couldn't be read to its end, so messages that match the filters can be missing";
const NOT_IN_SEARCH =
	'Telegent\'s search doesn\'t have all messages of the list. To include the others, use "Get Many" with the same filters';

/** Message → Get Many with filters: the newest messages that match, newest first. */
export function listFilterHooks(): OperationHooks {
	const warnings = new Set<string>();
	return {
		async fetch(item, fetchList) {
			const filters = takeFilters(item);
			if (!filters) return await fetchList(item.limit);
			const { complete, messages } = await inLog(item, filters, item.limit);
			if (!complete) warnings.add(INCOMPLETE);
			return messages.map(({ record }) => record);
		},
		warnings: () => [...warnings],
	};
}

/** Message → Search with filters. Its records have no time: the message list tells which are of the period. */
export function searchFilterHooks(): OperationHooks {
	const warnings = new Set<string>();
	return {
		async fetch(item, fetchList) {
			const filters = takeFilters(item);
			if (!filters) return await fetchList(item.limit);
			const isMatch = matches(filters);
			const ofCampaign = inCampaign(filters);
			if (filters.since === undefined && filters.until === undefined)
				return await fetchList(
					item.limit,
					(record) => ofCampaign(record) && isMatch(toLoggedMessage(record)),
				);
			const most = filters.campaignId === undefined ? item.limit : Infinity;
			const { complete, messages } = await inLog(item, filters, most);
			const { missing, records } = await withIds(fetchList, messages);
			if (!complete) warnings.add(INCOMPLETE);
			if (missing) warnings.add(NOT_IN_SEARCH);
			return records.filter(ofCampaign).slice(0, item.limit);
		},
		warnings: () => [...warnings],
	};
}

async function inLog(item: Item, filters: Filters, most: number): Promise<LogExcerpt> {
	const query = item.request.query ?? {};
	const number = String(query.PhoneNumber ?? query.phoneNumber);
	const { since, until } = filters;
	const isWanted = matches(filters);
	return await findMessages(item.telegent, number, {
		since,
		until,
		most,
		isWanted,
		maxPages: MAX_FILTERED_PAGES,
	});
}

/** The records of these messages in the search, which is read no further than to the last of them. */
export async function withIds(
	fetchList: FetchList,
	messages: LoggedMessage[],
): Promise<{ records: IDataObject[]; missing: boolean }> {
	const ids = new Set(messages.map(({ id }) => id));
	const records = await fetchList(ids.size, (record) => ids.delete(toLoggedMessage(record).id));
	return { records, missing: ids.size > 0 };
}
