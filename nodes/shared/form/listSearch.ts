import {
	isResourceLocatorValue,
	NodeError,
	NodeOperationError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';
import type { ApiResponse, Route, TelegentClient } from '../../../transport/client';
import { hasDigits } from '../phone/compare';
import { digestOf, isLastPage, listIn, totalOf } from '../pages';
import { NUMBER_INVENTORY } from '../routes/numbers';
import { searchMessageRoutes } from './messageRouteList';

interface List {
	route: Route;
	/** Key of the list in the response; a response without it is one entry or the list itself. */
	list?: string;
	/** Query parameters for a page and its size; the number of entries is in `total`. */
	paging?: { page: string; size: string; total: string };
	/** Parameters of the node that narrow the list where they are given, and the query parameters they become. */
	within?: Record<string, string>;
	/** What must be chosen first, if the list cannot be fetched without it. */
	needs?: string;
	/** Which records can be chosen; all by default. */
	only?: (record: IDataObject) => boolean;
	/** Label and ID of a record. Records without an ID are skipped. */
	entry: (record: IDataObject) => { name: string; value: unknown };
}

const ENTRIES_PER_PAGE = 100;
/** Maximum pages that one search reads before it shows its matches. */
const PAGES_PER_SEARCH = 10;
/** Maximum pages for scrolling, in case Telegent never reports the last page. */
const MAX_LIST_PAGES = 1_000;

const ENTER_IT = 'Enter the value instead of selecting it from the list, or contact Telegent support.';

const joinParts = (...parts: unknown[]) => parts.filter(Boolean).join(' · ');

function numberEntry({ Classification, Cnam, Number: number, Status }: IDataObject) {
	return { name: joinParts(number, Cnam, Classification, Status !== 'Active' && Status), value: number };
}

/** Telegent also returns switches as text. A number without these fields may be able to send. */
function canSend({ MessageEnabled, ProductType, Status }: IDataObject): boolean {
	const off = /^(false|no|0)$/i.test(String(MessageEnabled ?? ''));
	const dataOnly = /^data-only$/i.test(String(ProductType ?? ''));
	return !off && !dataOnly && !/^cancel/i.test(String(Status ?? ''));
}

const FILTER_OF = { subscriberId: 'SubscriberId' };

const lists = {
	searchAccounts: {
		route: 'GET /v1.0/distributor/accounts',
		list: 'Results',
		entry: ({ AccountId, AccountName }) => ({ name: joinParts(AccountName), value: AccountId }),
	},
	searchCallFilters: {
		route: 'GET /v1.0/subscribers/call-filter',
		within: FILTER_OF,
		entry: ({ FilterId, FilterMode, Phone }) => ({ name: joinParts(Phone, FilterMode), value: FilterId }),
	},
	searchMessageFilters: {
		route: 'GET /v1.0/subscribers/message-filter',
		within: FILTER_OF,
		entry: ({ FilterId, FilterMode, Phone }) => ({ name: joinParts(Phone, FilterMode), value: FilterId }),
	},
	/** Numbers by the ID that subscriptions know them by. */
	searchNumberIds: {
		...NUMBER_INVENTORY,
		entry: ({ Cnam, Number: number, Tnid }) => ({ name: joinParts(number, Cnam), value: Tnid }),
	},
	searchNumbers: {
		...NUMBER_INVENTORY,
		entry: numberEntry,
	},
	searchPackageItems: {
		route: 'GET /v1.0/packages/items',
		within: { packageId: 'PackageId' },
		needs: 'package',
		entry: ({ PackageItemId, Price, ProductId, Type }) => ({
			name: joinParts(Type, Price, ProductId),
			value: PackageItemId,
		}),
	},
	searchPackages: {
		route: 'GET /v1.0/account/packages',
		list: 'Results',
		entry: ({ Active, PackageId, PackageName, Type }) => ({
			name: joinParts(PackageName, Type, Active === false && 'Inactive'),
			value: PackageId,
		}),
	},
	searchProducts: {
		route: 'GET /v1.0/account/products',
		list: 'Results',
		entry: ({ Active, Description, ProductId, SKU }) => ({
			name: joinParts(SKU, Description, Active === false && 'Inactive'),
			value: ProductId,
		}),
	},
	searchSchedules: {
		route: 'GET /v1.0/account/schedules',
		list: 'Results',
		entry: ({ Name, ScheduleId }) => ({ name: joinParts(Name), value: ScheduleId }),
	},
	/** Numbers that messages can come from. */
	searchSenders: { ...NUMBER_INVENTORY, only: canSend, entry: numberEntry },
	searchServices: {
		route: 'GET /v1.0/account/services',
		list: 'Results',
		entry: ({ Active, ServiceId, ServiceName }) => ({
			name: joinParts(ServiceName, Active === false && 'Inactive'),
			value: ServiceId,
		}),
	},
	searchSims: {
		...NUMBER_INVENTORY,
		entry: ({ Iccid, Number: number, Status }) => ({ name: joinParts(Iccid, number, Status), value: Iccid }),
	},
	searchSubscribers: {
		route: 'GET /v1.0/distributor/subscribers',
		list: 'Subscribers',
		paging: { page: 'PageNumber', size: 'TotalPerPage', total: 'TotalSubscribers' },
		entry: ({ Email, Name, SubscriberId }) => ({ name: joinParts(Name, Email), value: SubscriberId }),
	},
	searchSubscriptions: {
		route: 'GET /v1.0/account/subscriptions',
		list: 'Results',
		entry: ({ Active, ICCID, SubscriptionId, Type }) => ({
			name: joinParts(Type, ICCID, Active === false && 'Inactive', SubscriptionId),
			value: SubscriptionId,
		}),
	},
	searchVoiceRoutes: {
		route: 'GET /v1.0/account/voice/routes',
		list: 'Results',
		entry: ({ CallRouteId, RouteName, RouteType }) => ({
			name: joinParts(RouteName, RouteType),
			value: CallRouteId,
		}),
	},
	searchWebhooks: {
		route: 'GET /v1.0/account/webhooks',
		within: { 'additionalFields.accountId': 'AccountId' },
		entry: ({ SubscribedEvents, WebhookId, WebhookUrl }) => ({
			name: joinParts(WebhookUrl, SubscribedEvents),
			value: WebhookId,
		}),
	},
	searchWorkgroups: {
		route: 'GET /v1.0/account/workgroups',
		list: 'Workgroups',
		entry: ({ Name, Type, WorkgroupId }) => ({ name: joinParts(Name, Type), value: WorkgroupId }),
	},
} satisfies Record<string, List>;

/** What fills the "From List" of each resource locator: `methods.listSearch` of both nodes. */
export const listSearch = {
	...(Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, searcher(list)])) as Record<
		keyof typeof lists,
		ReturnType<typeof searcher>
	>),
	searchMessageRoutes,
	searchTimeZones,
};

async function searchTimeZones(this: ILoadOptionsFunctions, filter = ''): Promise<INodeListSearchResult> {
	const zones = Intl.supportedValuesOf('timeZone').map((value) => ({
		name: value.replace(/_/g, ' '),
		value,
	}));
	return { results: zones.flatMap((zone) => shown(zone, filter)) };
}

function searcher(list: List) {
	const { needs, within = {} } = list;
	return async function (
		this: ILoadOptionsFunctions,
		filter = '',
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const { connect } = await import('../../../transport/client');
		const telegent = await connect(this);
		const context = chosen(this, within);
		if (needs && Object.keys(context).length === 0) {
			throw new NodeOperationError(this.getNode(), `Select the ${needs} first`);
		}
		return await search(telegent, list, context, filter, parsePosition(paginationToken)).catch(
			(error: Error) => {
				if (error instanceof NodeError) throw error;
				throw new NodeOperationError(this.getNode(), error.message, { description: ENTER_IT });
			},
		);
	};
}

/** Where a list continues: the page, the number of entries before it, and the digest of the page before it. */
interface PagePosition {
	page: number;
	found: number;
	before: string;
}

function parsePosition(token = ''): PagePosition {
	const [page, found, before = ''] = token.split(' ');
	return { page: Number(page) || 1, found: Number(found) || 0, before };
}

/** Telegent has no search: pages are read until one has a match, so that the list does not look empty. */
async function search(
	telegent: TelegentClient,
	{ entry, list, only = () => true, paging, route }: List,
	context: IDataObject,
	filter: string,
	start: PagePosition,
): Promise<INodeListSearchResult> {
	for (let { before, found, page } = start; ; page++) {
		const query = { ...context, ...(paging && { [paging.page]: page, [paging.size]: ENTRIES_PER_PAGE }) };
		const response = await telegent.call({ route, query, safety: 'read' });
		const records = recordsIn(response, list);
		const digest = digestOf(records);
		const repeated = digest === before;
		found += records.length;
		const choices = repeated ? [] : records.filter(only);
		const results = choices.map(entry).flatMap((record) => shown(record, filter));
		const more = !repeated && page < MAX_LIST_PAGES && hasMore(response, paging, records.length, found);
		if (results.length > 0 || !more || page - start.page + 1 >= PAGES_PER_SEARCH) {
			return { results, paginationToken: more ? `${page + 1} ${found} ${digest}` : undefined };
		}
		before = digest;
	}
}

/**
 * Whether Telegent has entries after this page.
 * @param given the number of entries on this page
 * @param found the number of entries up to here
 */
function hasMore(response: ApiResponse, paging: List['paging'], given: number, found: number): boolean {
	if (!paging || given === 0) return false;
	return !isLastPage(totalOf(response, paging.total), { size: ENTRIES_PER_PAGE, given, found });
}

/** The records of a response; entries that are not objects are skipped. */
function recordsIn(response: ApiResponse, list: string | undefined): IDataObject[] {
	const all: unknown[] = list ? listIn(response, list) : [response].flat();
	return all.filter((one): one is IDataObject => typeof one === 'object' && one !== null);
}

/** Values of other parameters that filter the list. An expression has no value while the workflow is edited. */
function chosen(context: ILoadOptionsFunctions, within: Record<string, string>): IDataObject {
	const values = Object.entries(within).map(([parameter, name]) => {
		// Without n8n's extractValue, which throws where an operation does not have the parameter.
		const given = context.getCurrentNodeParameter(parameter);
		return [name, isResourceLocatorValue(given) ? given.value : given];
	});
	return Object.fromEntries(
		values.filter(([, value]) => typeof value === 'string' && value !== '' && !value.startsWith('=')),
	) as IDataObject;
}

function shown({ name, value }: { name: string; value: unknown }, filter: string): INodeListSearchItems[] {
	const id = String(value ?? '');
	const wanted = `${name} ${id}`.toLowerCase().includes(filter.trim().toLowerCase());
	const found = wanted || [id, ...name.split(' · ')].some((part) => hasDigits(part, filter));
	return id !== '' && found ? [{ name: name || id, value: id }] : [];
}
