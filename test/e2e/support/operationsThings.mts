import axios from 'axios';
import type { Sandbox } from '../../../sandbox/api/server.mts';
import type { Json } from '../../../scripts/lib/contract.mts';
import { TOKENS } from './world.mts';

/** Calls the sandbox's own API, outside n8n. */
export type Make = (route: string, request: Json) => Promise<Json>;

/** What an operation works on, made when it is asked for: for one item, nobody else's. */
export interface Things {
	/** Makes what must be there although the request does not name it. */
	before(): Promise<void>;
	/** What stands for the value of a field of the sample; undefined where the sample's own value does. */
	valueOf(field: string, given: unknown, index: number): Promise<unknown>;
	/** What stood for any. */
	used(): string[];
}

export function maker({ accountKey, accountSecret, url }: Sandbox): Make {
	const http = axios.create({ baseURL: url, proxy: false });
	const tokens = new Map<string, string>();
	const tokenOf = async (path: string) => {
		const known = tokens.get(path);
		if (known) return known;
		const keys = { AccountKey: accountKey, AccountSecret: accountSecret, ApiEndpoint: url + path };
		const { data } = await http.post<{ token: string }>(TOKENS, keys);
		tokens.set(path, data.token);
		return data.token;
	};
	return async (route, request) => {
		const [method, path] = route.split(' ');
		const headers = { Authorization: `Bearer ${await tokenOf(path)}` };
		const sent = method === 'GET' ? { params: request } : { data: request };
		return (await http.request<Json>({ method, url: path, headers, ...sent })).data;
	};
}

const seeded = (prefix: string, count: number) =>
	`${prefix}5a4d0000-0000-4000-8000-${String(count).padStart(12, '0')}`;

const RECIPIENT = '+12025550142';
const LISTED = ['+12025550160', '+12025550161'];
const KEYWORDS = ['{"CustomKeywords":["first"]}', '{"CustomKeywords":["second"]}'];

/** Numbers of others, which have not come in yet. */
let strangers = 0;
const stranger = () => `+1303555${String(1000 + strangers++)}`;

/** Fields that hold the same kind of id. */
const SAME: Record<string, string> = {
	FromAccountId: 'AccountId',
	ParentSubscriberId: 'SubscriberId',
	AssignedSubscriberId: 'SubscriberId',
	MessageRouteID: 'MessageRouteId',
	CallRouteID: 'CallRouteId',
	VoiceRouteId: 'CallRouteId',
	ReferenceWorkgroupId: 'WorkgroupId',
	Number: 'PhoneNumber',
	phoneNumber: 'PhoneNumber',
	Phone: 'PhoneNumber',
	From: 'PhoneNumber',
	Owner: 'PhoneNumber',
	MSISDN: 'PhoneNumber',
	PortOutNumber: 'PhoneNumber',
	Iccid: 'ICCID',
};

export function thingsFor(make: Make, key: string, item: number): Things {
	const made = new Map<string, Promise<string>>();
	const used = new Set<string>();
	/** Entries of a list have a thing each: `PhoneNumber`, `PhoneNumber 1`, … */
	const get = (field: string, index = 0): Promise<string> => {
		const at = index === 0 ? field : `${field} ${index}`;
		const known = made.get(at) ?? HOW[field]({ make, key, item, get: (name) => get(name, index) });
		made.set(at, known);
		return known;
	};
	return {
		before: async () => {
			for (const [pattern, todo] of BEFORE) if (pattern.test(key)) await todo({ make, key, item, get });
		},
		valueOf: async (field, given, index) => {
			if (field === 'To') return given;
			if (field === 'Numbers' || field === 'Contacts') return /remove$/.test(key) ? LISTED : given;
			// Free text in the contract, but only a status that there is finds anything.
			if (field === 'Filter') return given && 'Active';
			if (field === 'KeywordFilter') return KEYWORDS[item];
			const name = SAME[field] ?? field;
			if (typeof given !== 'string' || given === '' || !(name in HOW)) return undefined;
			const value = await get(name, index);
			used.add(value);
			return value;
		},
		used: () => [...used],
	};
}

interface Making {
	make: Make;
	key: string;
	item: number;
	get(field: string): Promise<string>;
}

const idOf = async (answer: Promise<Json>, field: string) => String((await answer)[field]);

const filterOf = (kind: 'call' | 'message') => async (making: Making) => {
	const [allowed, blocked] =
		kind === 'call' ? ['AllowedNumbers', 'BlockedNumbers'] : ['AllowedContacts', 'BlockedContacts'];
	const body = {
		SubscriberId: await making.get('SubscriberId'),
		Phone: await making.get('PhoneNumber'),
		FilterMode: kind === 'call' ? 'WHITELIST' : 'ACTIVE',
		KeywordFilter: KEYWORDS[making.item],
		[allowed]: LISTED,
		[blocked]: LISTED,
	};
	return await idOf(making.make(`POST /v1.0/subscribers/${kind}-filter`, body), 'FilterId');
};

const newSubscriber = async ({ get, make }: Making) => {
	const phone = stranger();
	const body = {
		Name: `Subscriber ${phone}`,
		Email: `${phone.slice(1)}@example.com`,
		PhoneNumbers: [phone],
		Role: 'Subscriber',
		Password: 'Sandbox-2026',
		AccountId: await get('AccountId'),
	};
	return await idOf(make('POST /v1.0/subscribers/create', body), 'SubscriberId');
};

/** How each kind of thing is made, by the field that names it. */
const HOW: Record<string, (making: Making) => Promise<string>> = {
	AccountId: async ({ item }) => seeded('AID-', 1 + item),
	ToAccountId: async ({ item }) => seeded('AID-', 2 - item),
	AggregatorId: async ({ item }) => `AGG-${item}`,
	DistributorId: ({ item, make }) =>
		idOf(make('POST /v1.0/distributor/create', { DistributorName: `Distributor ${item}` }), 'DistributorId'),
	SubscriberId: newSubscriber,
	ChildSubscriberId: newSubscriber,
	ScheduleId: async () => seeded('SCH-', 1),
	PhoneNumber: async ({ item, key, make }) => {
		if (/portin\/eligibility$/.test(key)) return stranger();
		const body = {
			NumberType: 'mvno',
			MessageType: 'p2p',
			MessageEnabled: true,
			VoiceEnabled: true,
			DataEnabled: true,
			ProductType: 'Sms+Data+Voice',
			MessageRouteId: seeded('MRID-', 1),
			AccountId: seeded('AID-', 1 + item),
			AreaCode: '801',
		};
		return await idOf(make('POST /v1.0/numbers/provision', body), 'PhoneNumberAssigned');
	},
	TNID: async ({ get, make }) =>
		await idOf(make('GET /v1.0/numbers', { Number: await get('PhoneNumber') }), 'TNID'),
	ICCID: async ({ get, make }) =>
		await idOf(make('GET /v1.0/numbers', { Number: await get('PhoneNumber') }), 'Iccid'),
	PortInNumber: async () => stranger(),
	OrderId: async ({ get, key, make }) => {
		if (!/portin/.test(key))
			return await idOf(make('GET /v1.0/numbers', { Number: await get('PhoneNumber') }), 'OrderId');
		const body = {
			PortInNumber: stranger(),
			CurrentCarrierName: 'Other',
			CurrentAccountNumber: '1',
			CurrentAccountPassword: '2',
			CurrentBillingAddress: { Street1: '1 Way', City: 'Lehi', State: 'UT', Zip: '84043' },
		};
		return await idOf(make('POST /v1.0/numbers/portin', body), 'OrderId');
	},
	MessageId: async ({ get, make }) => {
		const body = { To: [{ Number: RECIPIENT }], From: await get('PhoneNumber'), Body: 'Hello' };
		return await idOf(make('POST /v1.0/message/outbound', body), 'MessageId');
	},
	MessageRouteId: async ({ get, make }) => {
		const body = {
			RouteName: 'Made for one',
			MessageUrl: 'http://127.0.0.1:9/hook',
			MessageUrlMethod: 'POST',
			MessageRouteEnabled: true,
			AccountId: await get('AccountId'),
		};
		return await idOf(make('POST /v1.0/message/routes', body), 'MessageRouteId');
	},
	CallRouteId: async ({ get, make }) => {
		const body = {
			RouteName: 'Made for one',
			RouteType: 'URL',
			VoiceUrl: 'http://127.0.0.1:9/hook',
			VoiceUrlMethod: 'POST',
			AccountId: await get('AccountId'),
		};
		return await idOf(make('POST /v1.0/voice/routes', body), 'CallRouteId');
	},
	ProductId: ({ item, make }) => {
		const body = { SKU: `P${item}`, Description: 'Made for one', Type: 'esim', SubType: 'esim', Cost: 1 };
		return idOf(make('POST /v1.0/products', { ...body, BillingFrequency: 'MRC' }), 'ProductId');
	},
	PackageId: async ({ make }) => {
		const item = { ProductId: seeded('PRID-', 1), Price: '1.12', Monthly: false, Type: 'mvno' };
		const body = { PackageName: 'Made for one', Type: 'sip', Price: 3, Monthly: true, PackageItems: [item] };
		return await idOf(make('POST /v1.0/packages', body), 'PackageId');
	},
	PackageItemId: async ({ get, make }) => {
		const items = await make('GET /v1.0/packages/items', { PackageId: await get('PackageId') });
		return String((items as unknown as Json[])[0].PackageItemId);
	},
	ServiceId: async ({ get, make }) => {
		const service = { ServiceName: 'Made for one', Cost: 1, Monthly: true };
		const ServiceId = await idOf(make('POST /v1.0/services', service), 'ServiceId');
		const scope = { AggregatorId: await get('AggregatorId'), DistributorId: await get('DistributorId') };
		await make('POST /v1.0/services/items/add', { ServiceId, ...scope, Price: 1, Monthly: true });
		return ServiceId;
	},
	SubscriptionId: async ({ get, make }) => {
		const body = {
			SubscriberId: await get('SubscriberId'),
			PackageId: await get('PackageId'),
			TNID: await get('TNID'),
			ICCID: await get('ICCID'),
			Type: 'mvno',
		};
		return await idOf(make('POST /v1.0/subscriptions', body), 'SubscriptionId');
	},
	WorkgroupId: ({ item, make }) =>
		idOf(make('POST /v1.0/workgroups', { Name: `Workgroup ${item}`, Type: 'IVR' }), 'WorkgroupId'),
	WorkgroupActivityId: async ({ get, make }) => {
		const body = { WorkgroupId: await get('WorkgroupId'), Type: 'User', ReferenceUserId: 'USER-1' };
		return await idOf(make('POST /v1.0/workgroups/activity', body), 'WorkgroupActivityId');
	},
	WebhookId: async ({ get, make }) => {
		const body = {
			AccountId: await get('AccountId'),
			WebhookUrl: 'http://127.0.0.1:9/hook',
			SubscribedEvents: 'Call_Ringing',
		};
		return await idOf(make('POST /v1.0/webhook/create', body), 'WebhookId');
	},
	FilterId: (making) => filterOf(making.key.includes('call-filter') ? 'call' : 'message')(making),
	CallFilterId: filterOf('call'),
	MessageFilterId: filterOf('message'),
};

/** What must be there although the request does not name it, by operation. */
const BEFORE: Array<[RegExp, (making: Making) => Promise<unknown>]> = [
	[/ .*message-filter$/, ({ get }) => get('MessageFilterId')],
	[/ .*call-filter$/, ({ get }) => get('CallFilterId')],
	[/account\/webhooks$/, ({ get }) => get('WebhookId')],
	[/account\/message\/routes$/, ({ get }) => get('MessageRouteId')],
	[/account\/voice\/routes$/, ({ get }) => get('CallRouteId')],
	[/account\/workgroups$/, ({ get }) => get('WorkgroupId')],
	[/packages\/subscriptions$/, ({ get }) => get('SubscriptionId')],
	[/message\/(filter|search)$/, ({ get }) => get('MessageId')],
	[
		/guardians\/relation\//,
		async ({ get, make }) => {
			const [ParentSubscriberId, ChildSubscriberId] = [
				await get('SubscriberId'),
				await get('ChildSubscriberId'),
			];
			const body = { ParentSubscriberId, ChildSubscriberId, Relation: 'Parent' };
			await make('POST /v1.0/subscribers/guardians/relation', body);
		},
	],
	[
		/voicemail\/(update|delete|info)$/,
		async ({ get, make }) =>
			await make('POST /v1.0/numbers/voicemail/activate', { PhoneNumber: await get('PhoneNumber') }),
	],
	[
		/reactivate$/,
		async ({ get, make }) => {
			const PhoneNumbers = [{ Number: await get('PhoneNumber') }];
			const body = { StatusChange: 'cancel', EffectiveDate: '12/31/2023', PhoneNumbers };
			await make('POST /v1.0/numbers/status', body);
		},
	],
];
