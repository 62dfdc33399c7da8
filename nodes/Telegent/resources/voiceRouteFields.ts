import type { INodeProperties } from 'n8n-workflow';
import { account, optional } from '../../shared/form/fields';
import { objects, type Send } from '../../shared/values';

/* Fields of voiceRoute.ts. */

export const BASIC = { name: 'Basic', value: 'Basic', description: 'Username and password' };
export const BEARER = { name: 'Bearer', value: 'Bearer', description: 'A secret token' };
const NONE = { name: 'None', value: 'None', description: 'Anyone can send requests to the URL' };

const METHODS = [
	{ name: 'GET', value: 'GET' },
	{ name: 'POST', value: 'POST' },
];

const TRANSPORTS = [
	{ name: 'TCP', value: 'TCP' },
	{ name: 'TLS', value: 'TLS' },
	{ name: 'UDP', value: 'UDP' },
];

export const routeName: INodeProperties = {
	displayName: 'Route Name',
	name: 'routeName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Main SIP Trunk',
	description: 'A friendly name for the route',
};

export const routeType: INodeProperties = {
	displayName: 'Route Type',
	name: 'routeType',
	type: 'options',
	options: [
		{ name: 'Forward', value: 'Forward', description: 'Calls are forwarded' },
		{ name: 'Trunk', value: 'Trunk', description: 'Calls go to your own phone system over SIP' },
		{ name: 'URL', value: 'URL', description: "Telegent calls the 'Voice URL'" },
	],
	default: 'Trunk',
	description: 'How inbound calls are handled',
};

export const voiceAuthenticationType: INodeProperties = {
	displayName: 'Voice Authentication',
	name: 'voiceAuthenticationType',
	type: 'options',
	options: [BASIC, BEARER, NONE],
	default: 'Bearer',
	description: "The authentication Telegent uses to call the 'Voice URL'",
};

export const settings: INodeProperties[] = [
	{
		displayName: 'Call Streaming',
		name: 'enableCallStreaming',
		type: 'boolean',
		default: true,
		description: "Whether to stream call audio to the 'WebSocket URI' in real time",
	},
	{
		displayName: 'Callback URL',
		name: 'callbackVoiceUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/call-status',
		description: 'The callback URL for voice events',
	},
	{
		displayName: 'Callback URL Method',
		name: 'callbackVoiceUrlMethod',
		type: 'options',
		options: METHODS,
		default: 'POST',
		description: "The HTTP method Telegent uses to call the 'Callback URL'",
	},
	{
		displayName: 'Caller Name Lookup',
		name: 'cnamLookup',
		type: 'boolean',
		default: true,
		description: "Whether to look up the caller's name (CNAM)",
	},
	{
		displayName: 'Enabled',
		name: 'routeEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether the route is enabled',
	},
	{
		displayName: 'Header Manipulation ID',
		name: 'headerManipulation',
		type: 'string',
		default: '',
		placeholder: 'e.g. HMI8802029',
		description: 'The ID of the rule that changes SIP headers',
	},
	{
		displayName: 'Intelligent Routing',
		name: 'intelligentRouteEnabled',
		type: 'boolean',
		default: true,
		description: "Whether to use Telegent's AI-assisted call routing",
	},
	{
		displayName: 'IP Allowlist',
		name: 'ipWhitelist',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20.20.10.10, 20.20.10.20',
		description: 'IP addresses that calls can come from, separated by commas',
	},
	{
		displayName: 'PSTN Transfer',
		name: 'enablePstnTransfer',
		type: 'boolean',
		default: true,
		description: 'Whether calls can be transferred to regular phone numbers',
	},
	{
		displayName: 'Secure Trunk',
		name: 'enableTrpSecureTrunk',
		type: 'boolean',
		default: true,
		description: 'Whether trunk calls are encrypted (TLS and SRTP)',
	},
	{
		displayName: 'SIP Refer',
		name: 'enableSipRefer',
		type: 'boolean',
		default: true,
		description: 'Whether calls can be transferred with SIP REFER',
	},
	{
		displayName: 'Symmetric RTP',
		name: 'symmetricRtp',
		type: 'boolean',
		default: true,
		description: 'Whether to use symmetric RTP, for phone systems behind NAT',
	},
	{
		displayName: 'Termination URI Subdomain',
		name: 'terminationUriSubdomain',
		type: 'string',
		default: '',
		placeholder: 'e.g. client',
		description: 'The subdomain of the SIP termination URI, for calls from your phone system',
	},
	{
		displayName: 'Transfer Caller ID',
		name: 'transferCallerId',
		type: 'options',
		options: [
			{ name: 'Transferee', value: 'Transferee', description: 'The number of the person being transferred' },
			{ name: 'Transferee and Transferor', value: 'Transferee/Transferor', description: 'Both numbers' },
			{
				name: 'Transferor',
				value: 'Transferor',
				description: 'The number of the person transferring the call',
			},
		],
		default: 'Transferee',
		description: 'The caller ID to show on transferred calls',
	},
	...[1, 2].flatMap((trunk): INodeProperties[] => [
		{
			displayName: `Trunk ${trunk} Enabled`,
			name: `trunkEnabled${trunk}`,
			type: 'boolean',
			default: true,
			description: 'Whether this trunk is enabled',
		},
		{
			displayName: `Trunk ${trunk} IP Address`,
			name: `trunkIp${trunk}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. 20.87.87.87',
			description: 'The IP address of your phone system',
		},
		{
			displayName: `Trunk ${trunk} Port`,
			name: `trunkPort${trunk}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. 5061',
			description: 'The port of your phone system',
		},
		{
			displayName: `Trunk ${trunk} Priority`,
			name: `trunk${trunk}Priority`,
			type: 'number',
			typeOptions: { numberPrecision: 0 },
			default: 10,
			description: 'The trunk with the lower number is tried first',
		},
		{
			displayName: `Trunk ${trunk} Transport`,
			name: `trunkTransport${trunk}`,
			type: 'options',
			options: TRANSPORTS,
			default: 'UDP',
			description: 'The transport protocol for SIP signaling',
		},
		{
			displayName: `Trunk ${trunk} URI`,
			name: `trunkUri${trunk}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. https://pstn.example.com',
			description: 'The URI of this trunk',
		},
		{
			displayName: `Trunk ${trunk} Weight`,
			name: `trunk${trunk}Weight`,
			type: 'number',
			typeOptions: { numberPrecision: 0 },
			default: 10,
			description: 'The share of calls for this trunk, relative to a trunk with the same priority',
		},
	]),
	{
		displayName: 'Voice Password or Token',
		name: 'voicePasswordToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { voiceAuthenticationType: ['None'] } },
		description: 'The password for Basic authentication, or the token for Bearer authentication',
	},
	{
		displayName: 'Voice URL',
		name: 'voiceUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/call',
		description: 'The webhook URL for voice events',
	},
	{
		displayName: 'Voice URL Method',
		name: 'voiceUrlMethod',
		type: 'options',
		options: METHODS,
		default: 'POST',
		description: "The HTTP method Telegent uses to call the 'Voice URL'",
	},
	{
		displayName: 'Voice Username',
		name: 'voiceUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { voiceAuthenticationType: ['Bearer', 'None'] } },
		description: 'The username for Basic authentication',
	},
	{
		displayName: 'WebSocket URI',
		name: 'wssUri',
		type: 'string',
		default: '',
		placeholder: 'e.g. wss://example.com/audio',
		description: 'The secure WebSocket URI to stream call audio to',
	},
	optional(account, 'The account the route belongs to'),
];

/** The API spells the priorities `Trunk1Priortiy` and `Trunk2Priortiy`. */
export const SEND: Record<string, Send> = {
	ipWhitelist: objects('IpAddress'),
	trunk1Priority: 'Trunk1Priortiy',
	trunk2Priority: 'Trunk2Priortiy',
};

export const SECRETS = ['VoicePasswordToken'];

export const SIMPLE = [
	'CallRouteId',
	'RouteName',
	'RouteType',
	'VoiceUrl',
	'VoiceUrlMethod',
	'TrunkIp1',
	'TrunkPort1',
	'RouteEnabled',
	'AccountId',
	'AccountID',
];
