import { MAIN_LINE, MAIN_ROUTE } from './world.mts';

/* Forms as a person may have filled them, for pictures and to see that n8n finds nothing wrong with them. */

/** Chosen from the list, as the editor stores it. */
const chosen = (value: string, name: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: name,
});

const seeded = (prefix: string) => `${prefix}5a4d0000-0000-4000-8000-000000000001`;
const mainLine = chosen(MAIN_LINE, `${MAIN_LINE} · Main line · MVNO`);
const mainRoute = chosen(MAIN_ROUTE, 'Main SMS Webhook · +15005550100');
const robin = chosen(seeded('TSUID-'), 'Robin Hart · robin@example.com');

export const FORMS: Record<string, Record<string, unknown>> = {
	'Message Send': {
		resource: 'message',
		operation: 'send',
		from: mainLine,
		to: '={{ $json.phone }}',
		body: '=Example Shop: Hello {{ $json.name }}, your order is on its way. Reply STOP to opt out.',
		additionalFields: {},
		safeguards: {
			frequencyCap: { cap: { most: 4, hours: 168 } },
			mustContain: 'Reply STOP',
			suppressionList: '+14155550117, +12125550163',
		},
		options: {
			maxSegments: 3,
			replaceSpecialCharacters: true,
			sendOnce: 'recipientAndText',
			sendOncePeriod: 'month',
			skipDuplicates: true,
		},
	},
	'Number Provision': {
		resource: 'number',
		operation: 'provision',
		numberType: 'mvno',
		messageType: 'a2p',
		messageEnabled: true,
		voiceEnabled: true,
		productType: 'Sms+Data+Voice',
		messageRouteId: mainRoute,
		additionalFields: { areaCode: '801', assignedSubscriberId: robin },
		options: { waitForOutcome: true, waitMinutes: 10 },
	},
	'Voice Route Create': {
		resource: 'voiceRoute',
		operation: 'create',
		routeName: 'Main SIP Trunk',
		routeType: 'Trunk',
		additionalFields: {
			ipWhitelist: '192.0.2.10, 192.0.2.11',
			enableTrpSecureTrunk: true,
			trunkEnabled1: true,
			trunkIp1: '192.0.2.10',
			trunkPort1: '5061',
			trunkTransport1: 'TLS',
			trunk1Priority: 10,
		},
		options: {},
	},
	'Data Usage Update Limits': {
		resource: 'dataUsage',
		operation: 'updateLimits',
		phoneNumbers: '+15005550100, +15005550102',
		valueUnit: 'MB',
		limitValue: 2000,
		updateFields: { notifyValue: 1500, throttleValue: 1800, throttleSpeed: '1-mbps' },
	},
	'Message Filter Create': {
		resource: 'messageFilter',
		operation: 'create',
		subscriberId: robin,
		phone: mainLine,
		filterMode: 'MONITOR_ONLY',
		additionalFields: {
			allowedContacts: '+12025550142, +14155550117',
			blockLinks: true,
			keywordFilter: '{\n  "CustomKeywords": ["bet", "loan"],\n  "SeverityMap": { "loan": "HIGH" }\n}',
			notificationPhones: '+12025550142',
		},
	},
	'Package Create': {
		resource: 'package',
		operation: 'create',
		packageName: 'Family eSIM',
		type: 'esim',
		price: 19.99,
		monthly: true,
		additionalFields: {
			description: 'Four lines with data, and a filter for the children',
			packageItems: {
				item: [
					{
						productId: chosen(seeded('PRID-'), 'ESIM · Telegent eSIM'),
						price: '4.99',
						monthly: true,
						type: 'mvno',
					},
				],
			},
		},
	},
};

interface List {
	/** The parameter that the list belongs to. */
	field: string;
	parameters: Record<string, unknown>;
	/** An entry that the sandbox always has. */
	first: string;
}

export const LISTS: Record<string, List> = {
	'Message routes': {
		field: 'messageRouteId',
		parameters: { resource: 'messageRoute', operation: 'get' },
		first: 'Main SMS Webhook',
	},
	Numbers: { field: 'from', parameters: { resource: 'message', operation: 'send' }, first: MAIN_LINE },
	Subscribers: {
		field: 'subscriberId',
		parameters: { resource: 'subscriber', operation: 'get' },
		first: 'Robin Hart',
	},
};
