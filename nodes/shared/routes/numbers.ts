import type { IDataObject } from 'n8n-workflow';
import type { TelegentClient } from '../../../transport/client';
import { isRecord, idOf, UnusableResponse, switchOf, readInventory } from './api';

/**
 * @throws NodeApiError, with httpCode 404 where the account has no such number; Error where the answer holds no number:
 * taking it for one without a route would lose the route that it has
 */
export async function readNumber(telegent: TelegentClient, number: string): Promise<IDataObject> {
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
