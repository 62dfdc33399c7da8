import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import type { TelegentCredential } from '../../../transport/token';
import { parseOwnerNote } from '../routes/ownerNote';
import { addressField, ROUTE_ADDRESSES } from '../routes/address';
import { idOf, recordsOf } from '../routes/api';
import { inventoryPage } from '../routes/numbers';
import { hasDigits } from '../phone/compare';
import { settle } from '../../../transport/result';

/* The "From List" of message routes. It shows numbers and workflows, which users recognize more easily than routes. */

/** The numbers of each route, by its ID. */
interface Usage {
	numbers: Map<string, string[]>;
	/** Whether all numbers of the account were read. */
	complete: boolean;
}

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/**
 * The message routes of the account with their numbers and the workflows that use them. Always two requests; without
 * numbers if Telegent does not return them.
 */
export const searchMessageRoutes: Search = async function (filter = '') {
	const { connect, CREDENTIAL } = await import('../../../transport/client');
	const telegent = await connect(this);
	const [response, inventory] = await Promise.all([
		telegent.call({ route: 'GET /v1.0/account/message/routes', safety: 'read' }),
		settle(inventoryPage(telegent, 1)),
	]);
	const usage = 'value' in inventory ? usageOf(inventory.value) : undefined;
	const { accountSecret } = await this.getCredentials<TelegentCredential>(CREDENTIAL);
	const wanted = filter.trim().toLowerCase();
	const results = recordsOf(response).flatMap((route): INodeListSearchItems[] => {
		const value = idOf(route, 'MessageRouteId');
		if (value === undefined) return [];
		const numbers = usage?.numbers.get(value) ?? [];
		const name = labelOf(route, numbers, usage, accountSecret) || value;
		const searched = [name, value, ...numbers, route.MessageUrl].join(' ').toLowerCase();
		return searched.includes(wanted) || numbers.some((number) => hasDigits(number, wanted))
			? [{ name, value }]
			: [];
	});
	return { results };
};

function usageOf({ numbers, total }: Awaited<ReturnType<typeof inventoryPage>>): Usage {
	const byRoute = new Map<string, string[]>();
	for (const entry of numbers) {
		const id = idOf(entry, 'MessageRouteId');
		if (id !== undefined) byRoute.set(id, [...(byRoute.get(id) ?? []), String(entry.Number)]);
	}
	return { numbers: byRoute, complete: numbers.length >= (total ?? 0) };
}

/** For example `Main SMS Webhook · +15005550100 and 2 more · used by "Auto-reply"`. */
function labelOf(
	route: IDataObject,
	numbers: string[],
	usage: Usage | undefined,
	accountSecret: string,
): string {
	const parts = [
		route.RouteName,
		usage ? numbersLabel(numbers, usage.complete) : route.MessageUrl,
		usersLabel(route, accountSecret),
	];
	return parts.filter(Boolean).join(' · ');
}

function numbersLabel([first, ...more]: string[], complete: boolean): string | undefined {
	if (first === undefined) return complete ? 'no numbers' : undefined;
	if (!complete) return `${first} and more`;
	return more.length > 0 ? `${first} and ${more.length} more` : first;
}

function usersLabel(route: IDataObject, accountSecret: string): string | undefined {
	const users = ROUTE_ADDRESSES.flatMap((address) => {
		const username = route[addressField(address, 'username')];
		const url = (route[addressField(address, 'url')] ?? null) as string | null;
		const note = parseOwnerNote(typeof username === 'string' ? username : null, url, accountSecret);
		if (!note || note.stale) return [];
		const { name } = note.backup ?? {};
		return [name ? `"${name}"` : `workflow ${note.workflow}`];
	});
	return users.length > 0 ? `used by ${[...new Set(users)].join(' and ')}` : undefined;
}
