import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { isRecord } from '../json';
import { CONTACT_SUPPORT } from '../wording';
import { isLastPage, totalOf } from '../pages';
import { idOf, recordsOf, switchOf, UnusableResponse } from './api';

/** How the numbers of an account are listed (notes of `GET /v1.0/numbers/inventory`). */
export const NUMBER_INVENTORY = {
	route: 'GET /v1.0/numbers/inventory',
	list: 'PhoneNumbers',
	paging: { page: 'PageNumber', size: 'TotalNumbersRequested', total: 'TotalResults' },
} as const;

/**
 * @throws NodeApiError, with httpCode 404 if the account has no such number; UnusableResponse if the response has no
 * number: it would look like one without a route, and its route would be lost
 */
export async function readNumber(telegent: TelegentClient, number: string): Promise<IDataObject> {
	const query = { Number: number };
	const response = await telegent.call({ route: 'GET /v1.0/numbers', query, safety: 'read' });
	if (isRecord(response) && idOf(response, 'Number') !== undefined) return response;
	throw new UnusableResponse(
		`Telegent's response for ${number} contains no number. This number wasn't changed. Try again in a minute. ${CONTACT_SUPPORT}`,
	);
}

/**
 * Assigns a route, or none, to a number. Also sends the switches for messages and voice unchanged: the page of
 * `POST /v1.0/numbers/update` does not say that omitted ones keep their value.
 */
export async function assignRoute(
	telegent: TelegentClient,
	{ MessageEnabled, Number: number, VoiceEnabled }: IDataObject,
	MessageRouteId: string | null,
): Promise<unknown> {
	const switches = Object.entries({ MessageEnabled, VoiceEnabled })
		.map(([name, shown]) => [name, switchOf(shown)] as const)
		.filter(([, on]) => on !== undefined);
	const body = { Number: number, ...Object.fromEntries(switches), MessageRouteId };
	return await telegent.call({ route: 'POST /v1.0/numbers/update', body, safety: 'idempotent' });
}

/** The numbers of the account that are on a route. */
export async function numbersOn(telegent: TelegentClient, routeId: string): Promise<string[]> {
	const inventory = await readInventory(telegent);
	return inventory
		.filter(({ MessageRouteId }) => MessageRouteId === routeId)
		.map((entry) => String(entry.Number));
}

const PAGE_SIZE = 1_000;

/** A bound (a million numbers) for the case that Telegent never reports the last page. */
const MAX_INVENTORY_PAGES = 1_000;

/**
 * The account's numbers, page by page. Telegent may return fewer per page than requested, so its total tells when the
 * list is complete; a page without a new number ends the list whatever the total is.
 */
export async function readInventory(
	telegent: TelegentClient,
	maxPages = MAX_INVENTORY_PAGES,
): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (let page = 1; page <= maxPages; page++) {
		const { numbers, total } = await inventoryPage(telegent, page);
		const known = found.size;
		for (const entry of numbers) found.set(String(entry.Number), entry);
		const counts = { size: PAGE_SIZE, given: numbers.length, found: found.size };
		if (found.size === known || isLastPage(total, counts)) break;
	}
	return [...found.values()];
}

/** The account's numbers that can receive messages. */
export async function messageNumbers(telegent: TelegentClient, maxPages?: number): Promise<IDataObject[]> {
	const all = await readInventory(telegent, maxPages);
	return all.filter(
		({ MessageEnabled, Status }) => !/^false$/i.test(String(MessageEnabled)) && Status !== 'Cancelled',
	);
}

/** One page of the account's numbers. `total` counts all of them; undefined if Telegent does not return it. */
export async function inventoryPage(
	telegent: TelegentClient,
	page: number,
): Promise<{ numbers: IDataObject[]; total?: number }> {
	const { list, paging, route } = NUMBER_INVENTORY;
	const query = { [paging.page]: page, [paging.size]: PAGE_SIZE };
	const response: unknown = await telegent.call({ route, query, safety: 'read' });
	const entries: unknown = isRecord(response) ? response[list] : response;
	const numbers = recordsOf(entries).filter((entry) => idOf(entry, 'Number') !== undefined);
	return { numbers, total: totalOf(response, paging.total) };
}
