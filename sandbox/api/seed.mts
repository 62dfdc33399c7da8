import { ACCOUNT_KEY, ACCOUNT_SECRET, AGGREGATOR_ID, MAIN_LINE, seedId } from './ids.mts';
import { newNumber } from './numberPlan.mts';
import { CONTACTS, history } from './seedHistory.mts';
import { exampleLines } from './seedLines.mts';
import type { Account, MessageRoute, PhoneNumber, Row, State, Subscriber } from './state.mts';
import type { World } from './world.mts';

const DAY = 86_400_000;

const NO_ADDRESS = { Street1: null, Street2: null, City: null, State: null, Zip: null, Country: null };
const HQ = {
	Street1: '100 Main Street',
	Street2: null,
	City: 'Lehi',
	State: 'Utah',
	Zip: '84043',
	Country: 'USA',
};

const mapOf = <T,>(records: T[], id: keyof T): Map<string, T> =>
	new Map(records.map((record) => [record[id] as string, record]));

function accounts(): Account[] {
	return ['Sandbox Account', 'Second Account'].map((AccountName, index) => ({
		AccountId: seedId('AID-', index + 1),
		AccountName,
		AccountAdmin: `admin${index + 1}@example.com`,
		BillingAddress: index ? { ...NO_ADDRESS } : HQ,
		MailingAddress: { ...NO_ADDRESS },
	}));
}

function subscribers(): Subscriber[] {
	const people = [
		['Robin Hart', 'robin@example.com', MAIN_LINE, 'Account Admin'],
		['Sasha Berg', 'sasha@example.com', '+15005550101', 'Manager'],
		['Toni Berg', 'toni@example.com', '+15005550102', 'Subscriber'],
	] as const;
	return people.map(([Name, Email, phone, Role], index) => ({
		SubscriberId: seedId('TSUID-', index + 1),
		Name,
		Email,
		PhoneNumbers: [phone],
		Role,
		AccountId: seedId('AID-', 1),
		EnableIntelligentGuardianCalls: index > 0,
		EnableIntelligentGuardianMessages: index > 0,
	}));
}

function route(count: number, values: Partial<MessageRoute>): MessageRoute {
	return {
		MessageRouteId: seedId('MRID-', count),
		AccountId: seedId('AID-', 1),
		RouteName: '',
		MessageUrl: '',
		MessageUrlMethod: 'POST',
		MessageRouteEnabled: true,
		MessageAuthenticationType: 'None',
		MessageUsername: null,
		MessagePasswordToken: null,
		CallbackMessageUrl: null,
		CallbackMessageUrlMethod: null,
		CallbackMessageAuthenticationType: null,
		CallbackMessageUsername: null,
		CallbackMessagePasswordToken: null,
		InboundBypass: false,
		OutboundBypass: false,
		IntelligentRouteEnabled: false,
		...values,
	};
}

const messageRoutes = (more: Partial<MessageRoute>[]): MessageRoute[] => [
	route(1, { RouteName: 'Main SMS Webhook', MessageUrl: 'http://127.0.0.1:5678/webhook/telegent' }),
	route(2, {
		RouteName: 'Notifications',
		MessageUrl: 'http://127.0.0.1:5678/webhook/telegent-notifications',
		MessageUrlMethod: 'GET',
		MessageAuthenticationType: 'Basic',
		MessageUsername: 'telegent',
		MessagePasswordToken: 'seeded-password',
	}),
	...more.map((values, index) => route(3 + index, values)),
];

const voiceRoutes = (): Row[] => [
	{
		CallRouteId: seedId('CRID-', 1),
		AccountId: seedId('AID-', 1),
		RouteName: 'Main SIP Trunk',
		RouteType: 'Trunk',
		TrunkIp1: '192.0.2.10',
		TrunkPort1: '5061',
		TrunkTransport1: 'TLS',
		TrunkEnabled1: true,
		Trunk1Priortiy: 10,
		Trunk1Weight: 10,
		IpWhitelist: [{ IpAddress: '192.0.2.10' }],
		RouteEnabled: true,
		IntelligentRouteEnabled: false,
	},
];

function numbers(world: World, more: Partial<PhoneNumber>[]): PhoneNumber[] {
	const [route1, route2] = [seedId('MRID-', 1), seedId('MRID-', 2)];
	const lines: Partial<PhoneNumber>[] = [
		{
			CnamFirstName: 'Main line',
			MessageRouteId: route1,
			VoiceEnabled: true,
			VoiceRouteId: seedId('CRID-', 1),
			DataEnabled: true,
			ProductType: 'Sms+Data+Voice',
			PortOutPin: '1234',
		},
		{ CnamFirstName: 'Notifications', MessageType: 'a2p', MessageRouteId: route2 },
		{
			CnamFirstName: 'Tracker',
			Classification: 'IoT',
			MessageEnabled: false,
			MessageRouteId: route1,
			DataEnabled: true,
			ProductType: 'Data-Only',
			UsedMegabytes: world.exampleLines ? 19 : 0,
		},
		{ CnamFirstName: 'Spare', DataEnabled: true, ProductType: 'Sms+Data' },
		...more,
	];
	return lines.map((line, index) =>
		newNumber(world, {
			Number: `+1500555010${index}`,
			...line,
			NumberId: seedId('NID-', index + 1),
			OrderId: seedId('JNUOID-', index + 1),
			AccountId: seedId('AID-', 1),
			AssignedSubscriberId: index < 3 ? seedId('TSUID-', index + 1) : null,
			Iccid: `8901240397190000${1000 + index}`,
			Purchased: world.clock.now() - 90 * DAY,
		}),
	);
}

const DISTRIBUTOR = { DistributorId: ACCOUNT_KEY, AggregatorId: AGGREGATOR_ID };

function products(): Row[] {
	const rows = [
		['ESIM', 'Telegent eSIM', 'esim', 'esim', 12.34, 'MRC', true],
		['VAS035', 'Fraud Detection + Blocking', 'VAS', 'AI Operator', 1, 'MRC', true],
		['OLD-SIM', 'Plastic SIM', 'sim', null, 3.5, 'NRC', false],
	] as const;
	return rows.map(([SKU, Description, Type, SubType, Cost, BillingFrequency, Active], index) => ({
		ProductId: seedId('PRID-', index + 1),
		SKU,
		Description,
		AggregatorId: AGGREGATOR_ID,
		DistributorId: null,
		Type,
		SubType,
		Cost,
		BillingFrequency,
		Active,
	}));
}

function packages(): Row[] {
	const rows = [
		['eSIM Basic', 'esim', 9.99, true, true],
		['eSIM Plus', 'esim', 19.99, true, true],
		['Retired plan', 'sip', 49, false, false],
	] as const;
	return rows.map(([PackageName, Type, Price, Monthly, Active], index) => ({
		PackageId: seedId('PID-', index + 1),
		PackageName,
		Description: null,
		...DISTRIBUTOR,
		SubscriberId: seedId('TSUID-', 1),
		Type,
		Price,
		Monthly,
		Active,
	}));
}

const packageItem = (count: number, packageCount: number, productCount: number): Row => ({
	PackageItemId: seedId('PIID-', count),
	PackageId: seedId('PID-', packageCount),
	ProductId: seedId('PRID-', productCount),
	...DISTRIBUTOR,
	Type: 'mvno',
	Price: 1.12,
	Monthly: true,
	Active: true,
});

function schedule(): Row {
	const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
	const times = days.flatMap((day, index) => [
		[`${day}StartTime`, index < 5 ? '8:00 AM' : ''],
		[`${day}EndTime`, index < 5 ? '5:00 PM' : ''],
	]);
	return {
		ScheduleId: seedId('SCH-', 1),
		Name: 'Business Hours',
		AccountId: seedId('AID-', 1),
		...Object.fromEntries(times),
	};
}

const workgroup = (): Row => ({
	WorkgroupId: seedId('WID-', 1),
	Name: 'Support Team',
	Type: 'simultaneous',
	AccountId: seedId('AID-', 1),
	Active: true,
	ScheduleId: seedId('SCH-', 1),
});

const subscription = (): Row => ({
	SubscriptionId: seedId('SUB-', 1),
	SubscriberId: seedId('TSUID-', 1),
	TNID: seedId('NID-', 1),
	ICCID: '89012403971900001000',
	PackageId: seedId('PID-', 1),
	Type: 'mvno',
	Active: true,
});

const sims = (phones: PhoneNumber[]): Row[] => [
	...phones.map(({ Iccid, Number }) => ({ ICCID: Iccid, SimStatus: 'Active', MSISDN: Number })),
	...['89012403971900009001', '89012403971900009002'].map((ICCID) => ({
		ICCID,
		SimStatus: 'Empty',
		MSISDN: null,
	})),
];

function seededOrders(phones: PhoneNumber[]): State['orders'] {
	const orders = phones.map(({ Number, OrderId, AccountId, Purchased }) => ({
		OrderId,
		OrderDate: Purchased,
		OrderStatus: 'Complete',
		OrderStatusMessage: '',
		OrderType: 'provision',
		AccountId,
		Numbers: [Number],
		Request: null,
	}));
	return mapOf(orders, 'OrderId');
}

/** An account with nothing in it yet: what `seededState` fills, and what `newNumber` needs to know. */
function emptyState(): State {
	return {
		seededAt: 0,
		distributors: new Map(),
		accounts: mapOf(accounts(), 'AccountId'),
		subscribers: new Map(),
		messageRoutes: new Map(),
		voiceRoutes: new Map(),
		numbers: new Map(),
		orders: new Map(),
		messages: new Map(),
		calls: new Map(),
		sims: new Map(),
		products: new Map(),
		packages: new Map(),
		packageItems: new Map(),
		services: new Map(),
		serviceItems: [],
		subscriptions: new Map(),
		schedules: new Map(),
		workgroups: new Map(),
		workgroupActivities: new Map(),
		webhooks: new Map(),
		messageFilters: new Map(),
		callFilters: new Map(),
		guardianRelations: [],
		failingRecipients: new Map(),
		contacts: CONTACTS,
	};
}

const distributor = (): Row => ({
	DistributorId: ACCOUNT_KEY,
	DistributorName: 'Sandbox Distributor',
	AccountKey: ACCOUNT_KEY,
	Secret: ACCOUNT_SECRET,
	BillingAddress: HQ,
	MailingAddress: { ...NO_ADDRESS },
});

/** The small account that every sandbox starts with. */
export function seededState(world: World): State {
	const more = world.exampleLines ? exampleLines() : { routes: [], numbers: [] };
	const phones = numbers(world, more.numbers);
	return {
		...emptyState(),
		seededAt: world.clock.now(),
		distributors: mapOf([distributor()], 'DistributorId'),
		subscribers: mapOf(subscribers(), 'SubscriberId'),
		messageRoutes: mapOf(messageRoutes(more.routes), 'MessageRouteId'),
		voiceRoutes: mapOf(voiceRoutes(), 'CallRouteId'),
		numbers: mapOf(phones, 'Number'),
		orders: seededOrders(phones),
		messages: mapOf(history(world.clock.now()), 'id'),
		sims: mapOf(sims(phones), 'ICCID'),
		products: mapOf(products(), 'ProductId'),
		packages: mapOf(packages(), 'PackageId'),
		packageItems: mapOf([packageItem(1, 1, 1), packageItem(2, 2, 1), packageItem(3, 2, 2)], 'PackageItemId'),
		services: mapOf(
			[
				{
					ServiceId: seedId('SID-', 1),
					ServiceName: 'Caller Id',
					Cost: 2.34,
					Monthly: true,
					Active: true,
				},
			],
			'ServiceId',
		),
		serviceItems: [{ ServiceId: seedId('SID-', 1), Price: 9.99, Monthly: true, Active: true }],
		subscriptions: mapOf([subscription()], 'SubscriptionId'),
		schedules: mapOf([schedule()], 'ScheduleId'),
		workgroups: mapOf([workgroup()], 'WorkgroupId'),
	};
}
