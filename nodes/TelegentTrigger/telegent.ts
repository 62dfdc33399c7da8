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
	const answer = await listed(telegent, 'GET /v1.0/account/message/routes', accountId);
	return Array.isArray(answer) ? answer : ((answer.Results ?? []) as IDataObject[]);
}

/** @throws NodeApiError, with httpCode 404 where there is no such route */
export async function readRoute(telegent: Telegent, MessageRouteId: string): Promise<IDataObject> {
	const query = { MessageRouteId };
	return (await telegent.call({ route: 'GET /v1.0/message/routes', query, safety: 'read' })) as IDataObject;
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
	return Array.isArray(end.answer) ? end.answer : ((end.answer.Results ?? []) as IDataObject[]);
}

async function listed(telegent: Telegent, route: ApiRequest['route'], AccountId?: string) {
	const query = AccountId === undefined ? {} : { AccountId };
	const answer = await unlessGone(telegent.call({ route, query, safety: 'read' }));
	return (answer ?? []) as IDataObject | IDataObject[];
}

/** @throws NodeApiError, with httpCode 404 where the account has no such number */
export async function readNumber(telegent: Telegent, number: string): Promise<IDataObject> {
	const query = { Number: number };
	return (await telegent.call({ route: 'GET /v1.0/numbers', query, safety: 'read' })) as IDataObject;
}

/**
 * Gives a number another route, or none. The switches for messages and voice go along as they are: the page of
 * `POST /v1.0/numbers/update` does not say that leaving them out keeps them.
 */
export async function assignRoute(
	telegent: Telegent,
	{ MessageEnabled, Number: number, VoiceEnabled }: IDataObject,
	MessageRouteId: string | null,
): Promise<void> {
	const switches = Object.entries({ MessageEnabled, VoiceEnabled }).filter(
		([, on]) => typeof on === 'boolean',
	);
	const body = { Number: number, ...Object.fromEntries(switches), MessageRouteId };
	await telegent.call({ route: 'POST /v1.0/numbers/update', body, safety: 'idempotent' });
}

const PAGE = 1_000;

/** The numbers of the account that are on a route. */
export async function numbersOn(telegent: Telegent, routeId: string): Promise<string[]> {
	const found: string[] = [];
	for (let page = 1; ; page++) {
		const query = { PageNumber: page, TotalNumbersRequested: PAGE };
		const route = 'GET /v1.0/numbers/inventory';
		const answer = (await telegent.call({ route, query, safety: 'read' })) as IDataObject;
		const numbers = (answer.PhoneNumbers ?? []) as IDataObject[];
		found.push(
			...numbers.filter((entry) => entry.MessageRouteId === routeId).map((entry) => String(entry.Number)),
		);
		if (numbers.length === 0 || page * PAGE >= Number(answer.TotalResults ?? 0)) return found;
	}
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
