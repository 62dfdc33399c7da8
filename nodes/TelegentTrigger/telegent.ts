import { NodeApiError, type IDataObject } from 'n8n-workflow';
import type { ApiRequest, Telegent } from '../../transport/request';
import { fieldOf, type Slot } from './slot';
import type { Target } from './marker';

/* The calls to Telegent that registrations need. */

/**
 * All message routes of an account. An account that may not list them has none as far as we can know.
 * Source for the shape: notes of `GET /v1.0/account/message/routes`.
 */
export async function listRoutes(telegent: Telegent, accountId?: string): Promise<IDataObject[]> {
	return recordsOf(await listed(telegent, 'GET /v1.0/account/message/routes', accountId));
}

/**
 * @throws NodeApiError, with httpCode 404 where there is no such route; Error where the answer holds no route: taking
 * its empty values for the route's would lose what the route delivers to
 */
export async function readRoute(telegent: Telegent, MessageRouteId: string): Promise<IDataObject> {
	const query = { MessageRouteId };
	const answer = await telegent.call({ route: 'GET /v1.0/message/routes', query, safety: 'read' });
	if (isRecord(answer) && idOf(answer, 'MessageRouteId') !== undefined) return answer;
	throw new UnusableResponse(
		`Telegent's response for message route ${MessageRouteId} has no route with an ID. Nothing was changed on this route. Try again; if that does not help, ask Telegent.`,
	);
}

/** Telegent answered with success, but without what the answer must have. */
export class UnusableResponse extends Error {}

export function isRecord(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An ID in a record of Telegent, as text; undefined where there is none. */
export function idOf(record: unknown, field: string): string | undefined {
	const id = isRecord(record) ? record[field] : undefined;
	return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}

/** The records of a list, which stand alone or in `Results`. What is no record is left out. */
export function recordsOf(answer: unknown): IDataObject[] {
	const list = isRecord(answer) ? answer.Results : answer;
	return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Changes an address of a route; what is left out stays. Gives the route as Telegent shows it after. */
export async function writeRoute(
	telegent: Telegent,
	MessageRouteId: string,
	slot: Slot,
	target: Partial<Target>,
): Promise<IDataObject> {
	const parts = Object.entries(target).map(([part, value]) => [fieldOf(slot, part as keyof Target), value]);
	const body = { MessageRouteId, ...(Object.fromEntries(parts) as IDataObject) };
	const request = { route: 'POST /v1.0/message/routes/update', body, safety: 'idempotent' } as const;
	return (await telegent.call(request)) as IDataObject;
}

/** The same for a route that was read already: what was read follows the change. */
export async function rewrite(
	telegent: Telegent,
	route: IDataObject,
	slot: Slot,
	target: Partial<Target>,
): Promise<void> {
	await writeRoute(telegent, route.MessageRouteId as string, slot, target);
	for (const [part, value] of Object.entries(target)) route[fieldOf(slot, part as keyof Target)] = value;
}

/**
 * All webhooks of an account; none where it may not have any. The answer is a bare list (notes of
 * `GET /v1.0/account/webhooks`).
 */
export async function listWebhooks(telegent: Telegent, accountId?: string): Promise<IDataObject[]> {
	const end = await endOf(listed(telegent, 'GET /v1.0/account/webhooks', accountId));
	if ('error' in end) {
		if (hasStatus(end.error, '403', '405')) return [];
		throw end.error;
	}
	return recordsOf(end.answer);
}

async function listed(telegent: Telegent, route: ApiRequest['route'], AccountId?: string): Promise<unknown> {
	const query = AccountId === undefined ? {} : { AccountId };
	return await unlessGone(telegent.call({ route, query, safety: 'read' }));
}

/** The pages spell the event of inbound messages differently: `New_Sms` for webhook/create, `New_SMS` for webhook/update. */
export function eventsForUpdate(events: string): string {
	return events.replace(/\bNew_Sms\b/gi, 'New_SMS');
}

/**
 * @throws NodeApiError, with httpCode 404 where the account has no such number; Error where the answer holds no number:
 * taking it for one without a route would lose the route that it has
 */
export async function readNumber(telegent: Telegent, number: string): Promise<IDataObject> {
	const query = { Number: number };
	const answer = await telegent.call({ route: 'GET /v1.0/numbers', query, safety: 'read' });
	if (isRecord(answer) && idOf(answer, 'Number') !== undefined) return answer;
	throw new UnusableResponse(
		`Telegent's response for ${number} has no number in it. Nothing was changed on this number. Try again; if that does not help, ask Telegent.`,
	);
}

/**
 * Gives a number another route, or none. The switches for messages and voice go along as they are: the page of
 * `POST /v1.0/numbers/update` does not say that leaving them out keeps them.
 */
export async function assignRoute(
	telegent: Telegent,
	{ MessageEnabled, Number: number, VoiceEnabled }: IDataObject,
	MessageRouteId: string | null,
): Promise<unknown> {
	const switches = Object.entries({ MessageEnabled, VoiceEnabled })
		.map(([name, shown]) => [name, switchOf(shown)] as const)
		.filter(([, on]) => on !== undefined);
	const body = { Number: number, ...Object.fromEntries(switches), MessageRouteId };
	return await telegent.call({ route: 'POST /v1.0/numbers/update', body, safety: 'idempotent' });
}

/** A switch that Telegent shows as true or as "true" (notes of `GET /v1.0/numbers/inventory`). */
function switchOf(shown: unknown): boolean | undefined {
	if (typeof shown === 'boolean') return shown;
	const text = String(shown ?? '').trim();
	return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
}

const PAGE_SIZE = 1_000;
/** Ends a list that Telegent never ends: a million numbers. */
const MAX_PAGES = 1_000;

/**
 * The account's numbers, page by page. Telegent may give fewer at a time than asked for, so its total says when all are
 * there; a page without a new number ends the list whatever the total says.
 */
export async function readInventory(telegent: Telegent, maxPages = MAX_PAGES): Promise<IDataObject[]> {
	const found = new Map<string, IDataObject>();
	for (let page = 1; page <= maxPages; page++) {
		const { numbers, total } = await inventoryPage(telegent, page);
		const known = found.size;
		for (const entry of numbers) found.set(String(entry.Number), entry);
		if (found.size === known || found.size >= (total ?? Infinity)) break;
		if (total === undefined && numbers.length < PAGE_SIZE) break;
	}
	return [...found.values()];
}

/** One page of the account's numbers. `total` is the number of all, undefined where Telegent does not say. */
export async function inventoryPage(
	telegent: Telegent,
	page: number,
): Promise<{ numbers: IDataObject[]; total?: number }> {
	const query = { PageNumber: page, TotalNumbersRequested: PAGE_SIZE };
	const route = 'GET /v1.0/numbers/inventory';
	const answer: unknown = await telegent.call({ route, query, safety: 'read' });
	const { PhoneNumbers, TotalResults }: IDataObject = isRecord(answer) ? answer : {};
	const list: unknown = PhoneNumbers ?? answer;
	const entries: unknown[] = Array.isArray(list) ? list : [];
	const numbers = entries.filter(isRecord).filter((entry) => idOf(entry, 'Number') !== undefined);
	const total = Number(TotalResults ?? NaN);
	return { numbers, ...(Number.isFinite(total) && { total }) };
}

/** The numbers of the account that are on a route. */
export async function numbersOn(telegent: Telegent, routeId: string): Promise<string[]> {
	const inventory = await readInventory(telegent);
	return inventory
		.filter(({ MessageRouteId }) => MessageRouteId === routeId)
		.map((entry) => String(entry.Number));
}

/** How a call ended. */
export async function endOf<T>(call: Promise<T>): Promise<{ answer: T } | { error: unknown }> {
	return await call.then(
		(answer) => ({ answer }),
		(error: unknown) => ({ error }),
	);
}

/** What a call gave, or undefined where it concerns something that is not there any more. */
export async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
	const end = await endOf(call);
	if ('answer' in end) return end.answer;
	if (hasStatus(end.error, '404')) return undefined;
	throw end.error;
}

function hasStatus(error: unknown, ...statuses: string[]): boolean {
	return error instanceof NodeApiError && statuses.includes(error.httpCode ?? '');
}

/** Whether Telegent refused the request for what it says. */
export function isRefused(error: unknown): boolean {
	return hasStatus(error, '400', '422');
}

/** Whether a request may have been carried out although no good answer came. */
export function isUnsure(error: unknown): boolean {
	return error instanceof NodeApiError && error.context.outcome === 'unsure';
}
