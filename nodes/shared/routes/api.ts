import { type IDataObject } from 'n8n-workflow';
import type { ApiRequest, TelegentClient } from '../../../transport/client';
import { ignoreNotFound } from '../../../transport/result';
import { isRecord } from '../json';
import { CONTACT_SUPPORT } from '../wording';
import { addressField, type RouteAddress } from './address';
import type { AddressSettings } from './ownerNote';

/* The calls to Telegent that registrations need. */

/**
 * All message routes of an account; none if Telegent does not let the account list them (404).
 * Source for the shape: notes of `GET /v1.0/account/message/routes`.
 */
export async function listRoutes(telegent: TelegentClient, accountId?: string): Promise<IDataObject[]> {
	return recordsOf(await listOfAccount(telegent, 'GET /v1.0/account/message/routes', accountId));
}

/** Reads a list of the account, or of the sub-account `AccountId`; undefined after a 404. */
export async function listOfAccount(
	telegent: TelegentClient,
	route: ApiRequest['route'],
	AccountId?: string,
): Promise<unknown> {
	const query = AccountId === undefined ? {} : { AccountId };
	return await ignoreNotFound(telegent.call({ route, query, safety: 'read' }));
}

/**
 * @throws NodeApiError, with httpCode 404 if there is no such route; UnusableResponse if the response has no route: its
 * missing values, read as empty, would overwrite the URL that the route delivers to
 */
export async function readRoute(telegent: TelegentClient, MessageRouteId: string): Promise<IDataObject> {
	const query = { MessageRouteId };
	const response = await telegent.call({ route: 'GET /v1.0/message/routes', query, safety: 'read' });
	if (isRecord(response) && idOf(response, 'MessageRouteId') !== undefined) return response;
	throw new UnusableResponse(
		`Telegent's response for message route ${MessageRouteId} contains no route with an ID. This route wasn't changed. Try again in a minute. ${CONTACT_SUPPORT}`,
	);
}

/** A successful response without a field that it must have. */
export class UnusableResponse extends Error {}

/** An ID in a record of Telegent, as text; undefined if there is none. */
export function idOf(record: unknown, field: string): string | undefined {
	const id = isRecord(record) ? record[field] : undefined;
	return (typeof id === 'string' && id !== '') || typeof id === 'number' ? String(id) : undefined;
}

/** The records of a response that is a list or has one in `Results`. Entries that are not objects are skipped. */
export function recordsOf(response: unknown): IDataObject[] {
	const list = isRecord(response) ? response.Results : response;
	return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Changes the given parts of an address. Returns the route as in Telegent's response. */
export async function writeRoute(
	telegent: TelegentClient,
	MessageRouteId: string,
	address: RouteAddress,
	settings: Partial<AddressSettings>,
): Promise<IDataObject> {
	const parts = Object.entries(settings).map(([part, value]) => [
		addressField(address, part as keyof AddressSettings),
		value,
	]);
	const body = { MessageRouteId, ...(Object.fromEntries(parts) as IDataObject) };
	const request = { route: 'POST /v1.0/message/routes/update', body, safety: 'idempotent' } as const;
	return (await telegent.call(request)) as IDataObject;
}

/** Like `writeRoute`, and applies the change to the route that was read before. */
export async function updateRoute(
	telegent: TelegentClient,
	route: IDataObject,
	address: RouteAddress,
	settings: Partial<AddressSettings>,
): Promise<void> {
	await writeRoute(telegent, route.MessageRouteId as string, address, settings);
	for (const [part, value] of Object.entries(settings))
		route[addressField(address, part as keyof AddressSettings)] = value;
}

/** A switch that Telegent shows as true or as "true" (notes of `GET /v1.0/numbers/inventory`). */
export function switchOf(shown: unknown): boolean | undefined {
	if (typeof shown === 'boolean') return shown;
	const text = String(shown ?? '').trim();
	return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : undefined;
}
