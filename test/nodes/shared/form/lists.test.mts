import type { IDataObject, ILoadOptionsFunctions, INodeParameters } from 'n8n-workflow';
import { listSearch } from '../../../../nodes/shared/form/listSearch.ts';
import { hostFor } from '../../../support/loadOptions.mts';
import { useSandbox } from '../../../support/sandbox.mts';

const sandbox = useSandbox();

type List = keyof typeof listSearch;

const search = async (name: List, filter?: string, token?: string, parameters: INodeParameters = {}) =>
	await listSearch[name].call(
		hostFor(sandbox.credential, parameters) as ILoadOptionsFunctions,
		filter,
		token,
	);
const respond = (path: string, body: unknown, count = 1) =>
	sandbox.control.addFault({ path, count, status: 200, body: body as never });
const pagesAsked = (path: string) => sandbox.calls(path).map(({ query }) => query.PageNumber);

const PACKAGE = { packageId: { __rl: true, mode: 'id', value: 'PKID-1' } };

/** Each list: the response with one record, and the name and ID that the record is shown with. */
const CASES: Array<[name: List, path: string, body: unknown, shown: string, value: string]> = [
	[
		'searchAccounts',
		'/v1.0/distributor/accounts',
		{ Results: [{ AccountId: 'ACID-1', AccountName: 'Acme' }] },
		'Acme',
		'ACID-1',
	],
	[
		'searchCallFilters',
		'/v1.0/subscribers/call-filter',
		[{ FilterId: 'CF-1', FilterMode: 'Block', Phone: '+18015550001' }],
		'+18015550001 · Block',
		'CF-1',
	],
	[
		'searchMessageFilters',
		'/v1.0/subscribers/message-filter',
		[{ FilterId: 'MF-1', FilterMode: 'Allow', Phone: '+18015550001' }],
		'+18015550001 · Allow',
		'MF-1',
	],
	[
		'searchNumberIds',
		'/v1.0/numbers/inventory',
		{ PhoneNumbers: [{ Number: '+18015550001', Cnam: 'ACME', Tnid: 'TNID-1' }] },
		'+18015550001 · ACME',
		'TNID-1',
	],
	[
		'searchNumbers',
		'/v1.0/numbers/inventory',
		{
			PhoneNumbers: [{ Number: '+18015550001', Cnam: 'ACME', Classification: 'Mobile', Status: 'Suspended' }],
		},
		'+18015550001 · ACME · Mobile · Suspended',
		'+18015550001',
	],
	[
		'searchPackageItems',
		'/v1.0/packages/items',
		[{ PackageItemId: 'PI-1', Price: 5, ProductId: 'PR-1', Type: 'Data' }],
		'Data · 5 · PR-1',
		'PI-1',
	],
	[
		'searchPackages',
		'/v1.0/account/packages',
		{ Results: [{ PackageId: 'PKID-1', PackageName: 'Basic', Type: 'Mobile', Active: false }] },
		'Basic · Mobile · Inactive',
		'PKID-1',
	],
	[
		'searchProducts',
		'/v1.0/account/products',
		{ Results: [{ ProductId: 'PR-1', SKU: 'SKU1', Description: 'Voice', Active: true }] },
		'SKU1 · Voice',
		'PR-1',
	],
	[
		'searchSchedules',
		'/v1.0/account/schedules',
		{ Results: [{ ScheduleId: 'SC-1', Name: 'Office hours' }] },
		'Office hours',
		'SC-1',
	],
	[
		'searchSenders',
		'/v1.0/numbers/inventory',
		{ PhoneNumbers: [{ Number: '+18015550001', Status: 'Active' }] },
		'+18015550001',
		'+18015550001',
	],
	[
		'searchServices',
		'/v1.0/account/services',
		{ Results: [{ ServiceId: 'SV-1', ServiceName: 'Support', Active: false }] },
		'Support · Inactive',
		'SV-1',
	],
	[
		'searchSims',
		'/v1.0/numbers/inventory',
		{ PhoneNumbers: [{ Number: '+18015550001', Iccid: '8901', Status: 'Active' }] },
		'8901 · +18015550001 · Active',
		'8901',
	],
	[
		'searchSubscribers',
		'/v1.0/distributor/subscribers',
		{ Subscribers: [{ SubscriberId: 'SUB-1', Name: 'Ana', Email: 'ana@example.com' }] },
		'Ana · ana@example.com',
		'SUB-1',
	],
	[
		'searchSubscriptions',
		'/v1.0/account/subscriptions',
		{ Results: [{ SubscriptionId: 'SN-1', Type: 'Mobile', ICCID: '8901', Active: false }] },
		'Mobile · 8901 · Inactive · SN-1',
		'SN-1',
	],
	[
		'searchVoiceRoutes',
		'/v1.0/account/voice/routes',
		{ Results: [{ CallRouteId: 'CR-1', RouteName: 'Front desk', RouteType: 'Sip' }] },
		'Front desk · Sip',
		'CR-1',
	],
	[
		'searchWebhooks',
		'/v1.0/account/webhooks',
		[{ WebhookId: 'WH-1', WebhookUrl: 'https://crm.example/', SubscribedEvents: 'New_Sms' }],
		'https://crm.example/ · New_Sms',
		'WH-1',
	],
	[
		'searchWorkgroups',
		'/v1.0/account/workgroups',
		{ Workgroups: [{ WorkgroupId: 'WG-1', Name: 'Sales', Type: 'Hunt' }] },
		'Sales · Hunt',
		'WG-1',
	],
];

describe.each(CASES)('%s', (name, path, body, shown, value) => {
	test('shows each record by its name and passes its ID on', async () => {
		respond(path, body);
		expect(await search(name, undefined, undefined, PACKAGE)).toEqual({
			results: [{ name: shown, value }],
			paginationToken: undefined,
		});
	});

	test('finds a record by its ID in any case, and leaves others out', async () => {
		respond(path, body, 2);
		const found = await search(name, ` ${value.toLowerCase()} `, undefined, PACKAGE);
		expect(found.results).toHaveLength(1);
		expect((await search(name, 'no such record', undefined, PACKAGE)).results).toEqual([]);
	});

	test('leaves a record without an ID out', async () => {
		const withoutId = JSON.parse(JSON.stringify(body), (key, held: unknown) =>
			/Id$|^Tnid$|^Iccid$|^Number$/.test(key) ? undefined : held,
		) as IDataObject;
		respond(path, withoutId);
		expect((await search(name, '', undefined, PACKAGE)).results).toEqual([]);
	});

	test('reports a refusal by Telegent with its HTTP status', async () => {
		sandbox.control.addFault({
			path,
			count: 9,
			status: 403,
			body: { StatusCode: 403, Message: 'No access' },
		});
		await expect(search(name, '', undefined, PACKAGE)).rejects.toMatchObject({ httpCode: '403' });
	});
});

test('a record without a name is shown by its ID', async () => {
	respond('/v1.0/account/schedules', { Results: [{ ScheduleId: 'SC-1' }] });
	expect((await search('searchSchedules')).results).toEqual([{ name: 'SC-1', value: 'SC-1' }]);
});

describe('a list that depends on another parameter', () => {
	const ITEMS = '/v1.0/packages/items';

	test.each<[string, INodeParameters]>([
		['nothing is chosen', {}],
		['the choice is empty', { packageId: { __rl: true, mode: 'list', value: '' } }],
		['the choice is an expression', { packageId: { __rl: true, mode: 'id', value: '={{ $json.id }}' } }],
	])('asks for the package first when %s', async (_case, parameters) => {
		await expect(search('searchPackageItems', '', undefined, parameters)).rejects.toThrow(
			'Select the package first',
		);
		expect(sandbox.calls(ITEMS)).toEqual([]);
	});

	test.each<[string, INodeParameters]>([
		['a resource locator', PACKAGE],
		['plain text', { packageId: 'PKID-1' }],
	])('is narrowed by %s', async (_case, parameters) => {
		respond(ITEMS, []);
		await search('searchPackageItems', '', undefined, parameters);
		expect(sandbox.calls(ITEMS).map(({ query }) => query)).toEqual([{ PackageId: 'PKID-1' }]);
	});

	test('is narrowed only when the parameter is set', async () => {
		respond('/v1.0/account/webhooks', [], 2);
		await search('searchWebhooks');
		await search('searchWebhooks', '', undefined, { additionalFields: { accountId: 'ACID-1' } });
		expect(sandbox.calls('/v1.0/account/webhooks').map(({ query }) => query)).toEqual([
			{},
			{ AccountId: 'ACID-1' },
		]);
	});
});

describe('paging', () => {
	const PATH = '/v1.0/distributor/subscribers';
	/** Full pages of subscribers out of a list of 5,000. */
	const fullPages = (count: number) => {
		for (let page = 0; page < count; page++) {
			const Subscribers = Array.from({ length: 100 }, (_, index) => ({
				SubscriberId: `SUB-${page * 100 + index}`,
				Name: `Subscriber ${page * 100 + index}`,
			}));
			respond(PATH, { Subscribers, TotalSubscribers: 5_000 });
		}
	};

	test('a search without a match stops after ten pages and continues from there', async () => {
		fullPages(11);
		const { paginationToken, results } = await search('searchSubscribers', 'Subscriber 1050');
		expect(results).toEqual([]);
		expect(pagesAsked(PATH)).toHaveLength(10);
		const next = await search('searchSubscribers', 'Subscriber 1050', paginationToken as string);
		expect(next.results).toEqual([{ name: 'Subscriber 1050', value: 'SUB-1050' }]);
		expect(pagesAsked(PATH).at(-1)).toBe('11');
	});

	test('ends at page 1,000 whatever the total says', async () => {
		fullPages(1);
		const { paginationToken, results } = await search('searchSubscribers', '', '1000 99900 other');
		expect(results).toHaveLength(100);
		expect(paginationToken).toBeUndefined();
	});

	test('begins at the first page when the token cannot be read', async () => {
		fullPages(1);
		await search('searchSubscribers', '', 'not a token');
		expect(pagesAsked(PATH)).toEqual(['1']);
	});

	test('ends at an empty page although the total is higher', async () => {
		respond(PATH, { Subscribers: [], TotalSubscribers: 5_000 });
		expect(await search('searchSubscribers', '', '3 200 other')).toEqual({
			results: [],
			paginationToken: undefined,
		});
	});

	test('without a total, ends at a page that is not full', async () => {
		respond(PATH, { Subscribers: [{ SubscriberId: 'SUB-1' }] });
		expect((await search('searchSubscribers')).paginationToken).toBeUndefined();
	});
});

describe('response shapes', () => {
	const PATH = '/v1.0/account/schedules';

	test.each<[string, unknown, string[]]>([
		['a bare list', [{ ScheduleId: 'SC-1' }, { ScheduleId: 'SC-2' }], ['SC-1', 'SC-2']],
		['one record without a list', { ScheduleId: 'SC-1' }, ['SC-1']],
		['one record in place of the list', { Results: { ScheduleId: 'SC-1' } }, ['SC-1']],
		['the list key in another case', { results: [{ ScheduleId: 'SC-1' }] }, ['SC-1']],
		['an empty list', { Results: null, TotalResults: 0 }, []],
		['only a total of zero', { TotalResults: 0 }, []],
	])('%s', async (_case, body, values) => {
		respond(PATH, body);
		expect((await search('searchSchedules')).results.map(({ value }) => value)).toEqual(values);
	});

	test('a total without the list is reported', async () => {
		respond(PATH, { TotalResults: 5 }, 9);
		await expect(search('searchSchedules')).rejects.toThrow(/counts 5 entries, but has no list "Results"/);
	});

	test('a number that cannot send is not offered, whichever way Telegent writes the switch', async () => {
		const PhoneNumbers = ['no', '0', 'No', 'yes', '1'].map((MessageEnabled, index) => ({
			Number: `+1801555000${index}`,
			MessageEnabled,
		}));
		respond('/v1.0/numbers/inventory', { PhoneNumbers });
		expect((await search('searchSenders')).results.map(({ value }) => value)).toEqual([
			'+18015550003',
			'+18015550004',
		]);
	});
});

describe('time zones', () => {
	test('all of them are offered without a filter', async () => {
		const { results } = await search('searchTimeZones');
		expect(results).toHaveLength(Intl.supportedValuesOf('timeZone').length);
	});

	test.each(['new york', 'New_York', 'AMERICA/NEW'])('%s finds America/New_York', async (filter) => {
		expect((await search('searchTimeZones', filter)).results).toEqual([
			{ name: 'America/New York', value: 'America/New_York' },
		]);
	});
});
