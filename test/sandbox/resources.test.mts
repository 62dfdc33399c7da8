import { id, MAIN, NOTIFICATIONS, SPARE, useSandbox, type Row } from './support.mts';

const client = useSandbox();

const post = (path: string, body: Row) => client.ok(`POST ${path}`, { body });
const get = (path: string, query: Row = {}) => client.ok(`GET ${path}`, { query });
const refused = async (route: string, request: Row): Promise<[number, string]> => {
	const { status, data } = await client.call(route, request);
	return [status, data.Message];
};

/** Resources that are created, listed, changed in part and deleted, all in the same way. */
const CRUD: Record<string, Row> = {
	'message route': {
		id: 'MessageRouteId',
		create: [
			'/v1.0/message/routes',
			{ RouteName: 'A', MessageUrl: 'http://localhost/a', MessageUrlMethod: 'POST' },
		],
		get: ['/v1.0/message/routes', 'MessageRouteId'],
		list: async () => (await get('/v1.0/account/message/routes')).Results,
		update: ['/v1.0/message/routes/update', { RouteName: 'B' }, { MessageUrl: 'http://localhost/a' }],
		delete: ['/v1.0/message/routes/delete', { MessageRouteStatus: 'Deleted' }],
	},
	'voice route': {
		id: 'CallRouteId',
		create: ['/v1.0/voice/routes', { RouteName: 'A', RouteType: 'Forward', Trunk1Priortiy: 5 }],
		get: ['/v1.0/voice/routes', 'CallRouteID'],
		list: async () => (await get('/v1.0/account/voice/routes')).Results,
		update: ['/v1.0/voice/routes/update', { RouteName: 'B' }, { Trunk1Priortiy: 5 }],
		delete: ['/v1.0/voice/routes/delete', { CallRouteStatus: 'Deleted' }],
	},
	product: {
		id: 'ProductId',
		create: [
			'/v1.0/products',
			{ SKU: 'A', Description: 'D', Type: 'esim', Cost: 1.5, BillingFrequency: 'MRC' },
		],
		get: ['/v1.0/products', 'ProductId'],
		list: async () => (await get('/v1.0/account/products', { Filter: 'Active' })).Results,
		update: ['/v1.0/products/update', { SKU: 'B' }, { Cost: 1.5 }],
		delete: ['/v1.0/products/delete', { ProductStatus: 'Deleted' }],
	},
	package: {
		id: 'PackageId',
		create: ['/v1.0/packages', { PackageName: 'A', Type: 'sip', Price: 300, Monthly: true }],
		get: ['/v1.0/packages', 'PackageId'],
		list: async () => (await get('/v1.0/distributor/packages', { Filter: 'All' })).Results,
		update: ['/v1.0/packages/update', { PackageName: 'B' }, { Price: 300 }],
		delete: ['/v1.0/packages/delete', { PackageStatus: 'Deleted' }],
	},
	service: {
		id: 'ServiceId',
		create: ['/v1.0/services', { ServiceName: 'A', Cost: 2 }],
		get: ['/v1.0/services', 'ServiceId'],
		list: async () => (await get('/v1.0/account/services')).Results,
		update: ['/v1.0/services/update', { ServiceName: 'B' }, { Cost: 2 }],
		delete: ['/v1.0/services/delete'],
	},
	subscription: {
		id: 'SubscriptionId',
		create: [
			'/v1.0/subscriptions',
			{ SubscriberId: id('TSUID-', 2), PackageId: id('PID-', 2), Type: 'mvno' },
		],
		get: ['/v1.0/subscriptions', 'SubscriptionId'],
		list: async () => (await get('/v1.0/account/subscriptions')).Results,
		update: ['/v1.0/subscriptions/update', { Type: 'iot' }, { PackageId: id('PID-', 2) }],
		delete: ['/v1.0/subscriptions/delete', { SubscriptionStatus: 'Deleted' }],
	},
	workgroup: {
		id: 'WorkgroupId',
		create: ['/v1.0/workgroups', { Name: 'A', Type: 'IVR' }],
		get: ['/v1.0/workgroups', 'WorkgroupId'],
		list: async () => (await get('/v1.0/account/workgroups')).Workgroups,
		update: ['/v1.0/workgroups/update', { Name: 'B' }, { Type: 'IVR' }],
		deleteByQuery: ['/v1.0/workgroups/delete', { Successful: true }],
	},
	webhook: {
		id: 'WebhookId',
		create: ['/v1.0/webhook/create', { WebhookUrl: 'http://localhost/a', SubscribedEvents: 'New_Sms' }],
		get: ['/v1.0/webhook', 'WebhookId'],
		list: () => get('/v1.0/account/webhooks'),
		update: ['/v1.0/webhook/update', { WebhookUrl: 'http://localhost/b' }, { SubscribedEvents: 'New_Sms' }],
		delete: ['/v1.0/webhook/delete', { WebhookStatus: 'Deleted' }],
	},
	'message filter': {
		id: 'FilterId',
		create: [
			'/v1.0/subscribers/message-filter',
			{ SubscriberId: id('TSUID-'), Phone: MAIN, FilterMode: 'ACTIVE' },
		],
		list: () => get('/v1.0/subscribers/message-filter', { SubscriberId: id('TSUID-') }),
		update: ['/v1.0/subscribers/message-filter/update', { FilterMode: 'INACTIVE' }, { Phone: MAIN }],
		delete: ['/v1.0/subscribers/message-filter/delete', { Status: 'Deleted' }, 'MessageFilterId'],
	},
	'call filter': {
		id: 'FilterId',
		create: [
			'/v1.0/subscribers/call-filter',
			{ SubscriberId: id('TSUID-'), Phone: MAIN, FilterMode: 'CHILD' },
		],
		list: () => get('/v1.0/subscribers/call-filter', { Phone: MAIN }),
		update: ['/v1.0/subscribers/call-filter/update', { FilterMode: 'BLACKLIST' }, { Phone: MAIN }],
		delete: ['/v1.0/subscribers/call-filter/delete', { Status: 'Deleted' }, 'CallFilterId'],
	},
};

describe.each(Object.entries(CRUD))('a %s', (_name, resource) => {
	const ids = async () => (await resource.list()).map((row: Row) => row[resource.id]);

	test('appears in lists, changes in part, and goes', async () => {
		const [createPath, body] = resource.create;
		const created = await post(createPath, body);
		const key = created[resource.id];
		expect(await ids()).toContain(key);

		const [updatePath, change, kept] = resource.update;
		await post(updatePath, { [resource.id]: key, ...change });
		const read = resource.get
			? await get(resource.get[0], { [resource.get[1]]: key })
			: (await resource.list()).find((row: Row) => row[resource.id] === key);
		expect(read).toMatchObject({ ...change, ...kept });

		const [deletePath, answer, deleteField] = resource.delete ?? resource.deleteByQuery;
		const named = { [deleteField ?? resource.id]: key };
		const request = resource.deleteByQuery ? { query: named } : { body: named };
		const deleted = await client.ok(`POST ${deletePath}`, request);
		expect(deleted).toEqual(answer ? expect.objectContaining(answer) : '');
		expect(await ids()).not.toContain(key);
		expect((await client.call(`POST ${deletePath}`, request)).status).toBe(404);
	});
});

describe('routes', () => {
	test('are deleted under the name MRID, and their numbers lose them', async () => {
		const answer = await post('/v1.0/message/routes/delete', { MessageRouteId: id('MRID-') });
		expect(answer).toEqual({ MessageRouteStatus: 'Deleted', MRID: id('MRID-') });
		expect((await get('/v1.0/numbers', { Number: MAIN })).MessageRouteId).toBeNull();
	});

	test('forget with null, and keep what they cannot be without', async () => {
		const change = { MessageUsername: null, MessageUrl: null };
		const route = await post('/v1.0/message/routes/update', { MessageRouteId: id('MRID-', 2), ...change });
		expect(route).toMatchObject({ MessageUsername: null, MessageUrl: expect.stringContaining('http') });
	});

	test('store the bypasses without showing them', async () => {
		const { MessageRouteId } = await post('/v1.0/message/routes/update', {
			MessageRouteId: id('MRID-'),
			InboundBypass: true,
		});
		const route = await get('/v1.0/message/routes', { MessageRouteID: MessageRouteId });
		expect(route).not.toHaveProperty('InboundBypass');
		const state = client.sandbox.control.state() as { messageRoutes: Row[] };
		expect(state.messageRoutes[0]).toMatchObject({ InboundBypass: true });
	});

	test('spell the list of addresses differently in request and answer', async () => {
		const IpWhitelist = [{ IpAddress: '192.0.2.1' }];
		const route = await post('/v1.0/voice/routes', { RouteName: 'V', RouteType: 'Trunk', IpWhitelist });
		expect(route.IpWhiteList).toEqual(IpWhitelist);
		const listed = (await get('/v1.0/account/voice/routes')).Results.at(-1);
		expect(listed).toMatchObject({ IpWhitelist, CallRouteStatus: 'Active', AccountID: id('AID-') });
	});

	test('belong to the account they were made for', async () => {
		const body = {
			RouteName: 'A',
			MessageUrl: 'http://localhost/a',
			MessageUrlMethod: 'POST',
			AccountId: id('AID-', 2),
		};
		await post('/v1.0/message/routes', body);
		expect((await get('/v1.0/account/message/routes', { AccountId: id('AID-', 2) })).TotalRoutes).toBe(1);
		expect((await get('/v1.0/account/message/routes')).TotalRoutes).toBe(2);
	});
});

describe('subscribers', () => {
	const NEW = {
		Name: 'Ada',
		Email: 'ada@example.com',
		PhoneNumbers: ['+12025550111'],
		Role: 'Subscriber',
		Password: 'secret',
		AccountId: id('AID-'),
	};

	test('are created, changed in part, transferred and listed in pages', async () => {
		const { SubscriberId, ...rest } = await post('/v1.0/subscribers/create', NEW);
		expect(rest).toMatchObject({ Account: { AccountId: id('AID-'), CompanyName: 'Sandbox Account' } });
		expect(rest).not.toHaveProperty('Password');
		await post('/v1.0/subscribers/update', { SubscriberId, Name: 'Ada L.' });
		const transfer = { SubscriberId, FromAccountId: id('AID-'), ToAccountId: id('AID-', 2) };
		await post('/v1.0/subscribers/transfer', transfer);
		expect(await get('/v1.0/subscribers/get', { SubscriberId })).toMatchObject({
			Name: 'Ada L.',
			Email: NEW.Email,
			Account: { AccountId: id('AID-', 2), CompanyName: 'Second Account' },
		});
		const page = await get('/v1.0/distributor/subscribers', { PageNumber: 2, TotalPerPage: 3 });
		expect(page).toMatchObject({ PageNumber: 2, TotalSubscribers: 4, Subscribers: [{ SubscriberId }] });
		expect(await refused('POST /v1.0/subscribers/transfer', { body: transfer })).toEqual([
			400,
			expect.stringContaining('does not belong to FromAccountId'),
		]);
	});

	test('are found by the prefix SID- too', async () => {
		const SubscriberId = id('SID-');
		expect((await get('/v1.0/subscribers/get', { SubscriberId })).SubscriberId).toBe(id('TSUID-'));
	});

	test.each([409, 400] as const)('have their own e-mail address, or get %i', async (duplicateEmailStatus) => {
		client.sandbox.control.changeSettings({ duplicateEmailStatus });
		const body = { ...NEW, Email: 'ROBIN@example.com' };
		expect(await refused('POST /v1.0/subscribers/create', { body })).toEqual([
			duplicateEmailStatus,
			'Email already exists',
		]);
	});

	test.each([
		[{ AccountId: 'AID-nothing' }, 'Invalid AccountId'],
		[{ Role: 'King' }, 'Role field must be one of'],
		[{ Email: 'nobody' }, 'Email field is not a valid e-mail address'],
	])('are refused with %p', async (change, message) => {
		expect(await refused('POST /v1.0/subscribers/create', { body: { ...NEW, ...change } })).toEqual([
			400,
			expect.stringContaining(message),
		]);
	});
});

describe('accounts and distributors', () => {
	test('are created and changed in part', async () => {
		const account = await post('/v1.0/account/create', {
			AccountName: 'Third',
			BillingAddress: { City: 'Heber' },
		});
		expect(account.BillingAddress).toMatchObject({ City: 'Heber', Street1: null });
		expect((await get('/v1.0/distributor/accounts')).map((row: Row) => row.AccountName)).toContain('Third');
		const own = await post('/v1.0/account/update', { BillingAddress: { City: 'Provo' } });
		expect(own).toMatchObject({
			AccountName: 'Sandbox Account',
			BillingAddress: { City: 'Provo', State: 'Utah' },
		});
		const other = await post('/v1.0/distributor/create', { DistributorName: 'Other' });
		expect(other).toMatchObject({ AccountKey: other.DistributorId, TotalAccounts: 0 });
		const change = { DistributorId: other.DistributorId, DistributorName: 'Another' };
		await post('/v1.0/distributor/update', change);
		expect(await get('/v1.0/distributor', { DistributorId: other.DistributorId })).toMatchObject(change);
	});
});

describe('packages', () => {
	test('have items, whose price is a text in requests and a number in answers', async () => {
		const item = { ProductId: id('PRID-'), Price: '1.12', Type: 'Type 3' };
		const created = await post('/v1.0/packages', {
			PackageName: 'P',
			Type: 'sip',
			Price: 3,
			Monthly: true,
			PackageItems: [item],
		});
		const { PackageId } = created;
		const added = await post('/v1.0/packages/items/add', { PackageId, ...item, Price: '2.5' });
		expect(added).toMatchObject({ Price: 2.5, Active: true });
		const { PackageItemId } = added;
		await post('/v1.0/packages/items/update', { PackageId, PackageItemId, Price: '3.5' });
		const items = await get('/v1.0/packages/items', { PackageId });
		expect(items.map(({ Price, Type }: Row) => [Price, Type])).toEqual([
			[1.12, 'Type 3'],
			[3.5, 'Type 3'],
		]);
		await post('/v1.0/packages/items/delete', { PackageId, PackageItemId });
		expect(await get('/v1.0/packages/items', { PackageId })).toHaveLength(1);
	});

	test('stay while they have subscriptions, and products while packages have them', async () => {
		expect(await refused('POST /v1.0/packages/delete', { body: { PackageId: id('PID-') } })).toEqual([
			400,
			expect.stringContaining('active subscriptions'),
		]);
		expect(await refused('POST /v1.0/products/delete', { body: { ProductId: id('PRID-') } })).toEqual([
			400,
			expect.stringContaining('included in active packages'),
		]);
		await post('/v1.0/subscriptions/delete', { SubscriptionId: id('SUB-') });
		await post('/v1.0/packages/delete', { PackageId: id('PID-') });
	});

	test('are listed by activity', async () => {
		const names = async (Filter: string) =>
			(await get('/v1.0/account/packages', { Filter })).Results.map((row: Row) => row.PackageName);
		expect(await names('Active')).toEqual(['eSIM Basic', 'eSIM Plus']);
		expect(await names('Inactive')).toEqual(['Retired plan']);
		expect(await names('All')).toHaveLength(3);
	});

	test('show their subscriptions', async () => {
		const record = await get('/v1.0/packages/subscriptions', { PackageId: id('PID-') });
		expect(record).toMatchObject({
			PackageName: 'eSIM Basic',
			Subscriptions: [{ SubscriptionId: id('SUB-') }],
		});
	});
});

describe('AI Guardian', () => {
	const SubscriberId = id('TSUID-');

	test('is switched on by part', async () => {
		await post('/v1.0/subscribers/guardian-features', { SubscriberId, EnableIntelligentGuardianCalls: true });
		expect(await get('/v1.0/subscribers/guardian-features', { SubscriberId })).toEqual({
			SubscriberId,
			EnableIntelligentGuardianCalls: true,
			EnableIntelligentGuardianMessages: false,
		});
	});

	test('knows relations from both sides', async () => {
		const pair = { ParentSubscriberId: SubscriberId, ChildSubscriberId: id('TSUID-', 2) };
		await post('/v1.0/subscribers/guardians/relation', { ...pair, Relation: 'Guardian' });
		const relation = { ...pair, Relation: 'Guardian' };
		const asChild = { ChildSubscriberId: pair.ChildSubscriberId };
		const asParent = { ParentSubscriberId: pair.ParentSubscriberId };
		expect((await get('/v1.0/subscribers/guardians/relation/child', asChild)).Guardians).toEqual([relation]);
		expect((await get('/v1.0/subscribers/guardians/relation/parent', asParent)).Children).toEqual([relation]);
		await post('/v1.0/subscribers/guardians/relation/delete', pair);
		expect((await get('/v1.0/subscribers/guardians/relation/child', asChild)).Guardians).toEqual([]);
		const [status] = await refused('POST /v1.0/subscribers/guardians/relation/delete', { body: pair });
		expect(status).toBe(404);
	});

	test.each([
		['message-filter', 'MessageFilterId', 'contacts', 'Contacts', 'ACTIVE'],
		['call-filter', 'CallFilterId', 'numbers', 'Numbers', 'WHITELIST'],
	])('%s: lists are added to and removed from', async (name, idField, list, entries, FilterMode) => {
		const path = `/v1.0/subscribers/${name}`;
		const rules = { CustomKeywords: ['bad'], SystemKeywords: {}, SeverityMap: { bad: 'HIGH' } };
		const { FilterId } = await post(path, {
			SubscriberId,
			Phone: MAIN,
			FilterMode,
			KeywordFilter: JSON.stringify(rules),
		});
		const named = { SubscriberId, [idField]: FilterId };
		for (const kind of ['allowed', 'blocked']) {
			const answer = await post(`${path}/${kind}-${list}/add`, {
				...named,
				[entries]: ['+15555555555', '+15555555556'],
			});
			expect(Object.values(answer).at(-1)).toEqual(['+15555555555', '+15555555556']);
			await post(`${path}/${kind}-${list}/remove`, { ...named, [entries]: ['+15555555555'] });
			expect(await get(`${path}/${kind}-${list}`, named)).toEqual(['+15555555556']);
			const again = { body: { ...named, [entries]: ['+15555555555'] } };
			expect((await refused(`POST ${path}/${kind}-${list}/remove`, again))[0]).toBe(400);
		}
		expect(await get(`${path}/keywords`, named)).toEqual(rules);
	});

	test('replaces a filter on update, and reads keywords without their braces', async () => {
		const path = '/v1.0/subscribers/message-filter';
		const body = {
			SubscriberId,
			Phone: MAIN,
			FilterMode: 'ACTIVE',
			AllowedContacts: ['+15555555555'],
			BlockLinks: true,
		};
		const { FilterId } = await post(path, body);
		const updated = await post(`${path}/update`, { FilterId, KeywordFilter: '"CustomKeywords":["x"]' });
		expect(updated).toMatchObject({ FilterMode: 'ACTIVE', AllowedContacts: [], BlockLinks: false });
		const named = { SubscriberId, MessageFilterId: FilterId };
		expect((await get(`${path}/keywords`, named)).CustomKeywords).toEqual(['x']);
		const broken = { body: { FilterId, KeywordFilter: 'x: y' } };
		expect(await refused(`POST ${path}/update`, broken)).toEqual([
			400,
			expect.stringContaining('KeywordFilter'),
		]);
	});
});

describe('the rest', () => {
	test('service items have no id and belong to a scope', async () => {
		const ServiceId = id('SID-');
		await post('/v1.0/services/items/add', { ServiceId, AggregatorId: 'AGG-1', Price: 5, Monthly: false });
		expect(await post('/v1.0/services/items/update', { ServiceId, AggregatorId: 'AGG-1', Price: 6 })).toEqual(
			{
				Price: 6,
				Monthly: false,
				Successful: true,
			},
		);
		const { Items } = await get('/v1.0/services/items', { ServiceId });
		expect(Items.map(({ Price }: Row) => Price)).toEqual([9.99, 6]);
		await post('/v1.0/services/items/delete', { ServiceId });
		expect((await get('/v1.0/services/items', { ServiceId })).Items).toEqual([]);
	});

	test('workgroup members come and go', async () => {
		const member = { WorkgroupId: id('WID-'), Type: 'User', ReferenceUserId: 'USER-1' };
		const { WorkgroupActivityId } = await post('/v1.0/workgroups/activity', member);
		expect(await post('/v1.0/workgroups/activity/update', { WorkgroupActivityId, DigitOrder: 2 })).toEqual({
			WorkgroupActivityStatus: 'Updated',
			WorkgroupActivityId,
		});
		await post('/v1.0/workgroups/activity/delete', { WorkgroupActivityId });
		const nobody = { body: { ...member, ReferenceUserId: '' } };
		expect(await refused('POST /v1.0/workgroups/activity', nobody)).toEqual([
			400,
			'ReferenceUserId is required',
		]);
	});

	test('voicemail is activated, changed, shown and removed', async () => {
		const PhoneNumber = SPARE;
		await post('/v1.0/numbers/voicemail/activate', {
			PhoneNumber,
			Email: 'a@example.com',
			FirstName: 'Jo',
			PIN: '1',
		});
		await post('/v1.0/numbers/voicemail/update', { PhoneNumber, FirstName: 'Joe' });
		expect(await post('/v1.0/numbers/voicemail/info', { PhoneNumber })).toEqual({
			PhoneNumber,
			VoicemailEnabled: true,
			Email: 'a@example.com',
			FirstName: 'Joe',
			LastName: null,
		});
		await post('/v1.0/numbers/voicemail/delete', { PhoneNumber });
		expect((await post('/v1.0/numbers/voicemail/info', { PhoneNumber })).VoicemailEnabled).toBe(false);
	});

	test('SIMs move between numbers', async () => {
		const ICCID = '89012403971900001000';
		const iccidOf = async (Number: string) => (await get('/v1.0/numbers', { Number })).Iccid;
		await post('/v1.0/sims/clear-status', { ICCID });
		expect(await iccidOf(MAIN)).toBeNull();
		await post('/v1.0/sims/update-status', { ICCID, MSISDN: NOTIFICATIONS, SimStatus: 'Active' });
		expect(await iccidOf(NOTIFICATIONS)).toBe(ICCID);
		const suspended = await post('/v1.0/sims/update-status', { ICCID, SimStatus: 'Suspended' });
		expect(suspended).toEqual({ ICCID, SimStatus: 'Suspended', Successful: true });
		expect((await get('/v1.0/numbers', { ICCID })).Number).toBe(NOTIFICATIONS);
	});

	test('webhooks need a known event, and are found only in their account', async () => {
		const body = { WebhookUrl: 'http://localhost/a', SubscribedEvents: 'New_Sms, Nothing' };
		expect(await refused('POST /v1.0/webhook/create', { body })).toEqual([
			400,
			expect.stringContaining('unknown event: Nothing'),
		]);
		const { WebhookId } = await post('/v1.0/webhook/create', { ...body, SubscribedEvents: 'New_Sms' });
		const elsewhere = { query: { WebhookId, AccountId: id('AID-', 2) } };
		expect((await refused('GET /v1.0/webhook', elsewhere))[0]).toBe(404);
	});
});
