import type { INodeProperties } from 'n8n-workflow';
import { account, optional } from '../../shared/form/fields';
import { objects, type Send } from '../../shared/values';

/* Fields of voiceRoute.ts. */

export const BASIC = { name: 'Basic', value: 'Basic', description: 'User name and password' };
export const BEARER = { name: 'Bearer', value: 'Bearer', description: 'A secret token' };
const NONE = { name: 'None', value: 'None', description: 'Anyone can call the address' };

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
	description: 'A name that you recognise the route by',
};

export const routeType: INodeProperties = {
	displayName: 'Route Type',
	name: 'routeType',
	type: 'options',
	options: [
		{ name: 'Forward', value: 'Forward', description: 'Calls are forwarded' },
		{ name: 'Trunk', value: 'Trunk', description: 'Calls go to your own telephone system over SIP' },
		{ name: 'URL', value: 'URL', description: 'Telegent calls the Voice URL' },
	],
	default: 'Trunk',
	description: 'What happens to inbound calls',
};

export const voiceAuthenticationType: INodeProperties = {
	displayName: 'Voice Authentication',
	name: 'voiceAuthenticationType',
	type: 'options',
	options: [BASIC, BEARER, NONE],
	default: 'Bearer',
	description: 'How Telegent proves who it is when it calls the Voice URL',
};

export const settings: INodeProperties[] = [
	{
		displayName: 'Call Streaming',
		name: 'enableCallStreaming',
		type: 'boolean',
		default: true,
		description: 'Whether the sound of calls is streamed to the WebSocket address',
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
		description: 'How Telegent calls the Callback URL',
	},
	{
		displayName: 'Caller Name Lookup',
		name: 'cnamLookup',
		type: 'boolean',
		default: true,
		description: 'Whether to look up the name of callers (CNAM)',
	},
	{
		displayName: 'Enabled',
		name: 'routeEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether the route is in use',
	},
	{
		displayName: 'Header Manipulation ID',
		name: 'headerManipulation',
		type: 'string',
		default: '',
		placeholder: 'e.g. HMI8802029',
		description: 'The rule that changes SIP headers',
	},
	{
		displayName: 'Intelligent Routing',
		name: 'intelligentRouteEnabled',
		type: 'boolean',
		default: true,
		description: 'Whether Telegent’s AI helps to route calls',
	},
	{
		displayName: 'IP Allowlist',
		name: 'ipWhitelist',
		type: 'string',
		default: '',
		placeholder: 'e.g. 20.20.10.10, 20.20.10.20',
		description: 'IP addresses that calls may come from. Separate several with commas.',
	},
	{
		displayName: 'PSTN Transfer',
		name: 'enablePstnTransfer',
		type: 'boolean',
		default: true,
		description: 'Whether calls can be transferred to ordinary phone numbers',
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
		description: 'Whether sound finds its way back through network address translation',
	},
	{
		displayName: 'Termination URI Subdomain',
		name: 'terminationUriSubdomain',
		type: 'string',
		default: '',
		placeholder: 'e.g. client',
		description: 'The subdomain that your telephone system calls out through',
	},
	{
		displayName: 'Transfer Caller ID',
		name: 'transferCallerId',
		type: 'options',
		options: [
			{ name: 'Transferee', value: 'Transferee', description: 'The number of the person who is transferred' },
			{ name: 'Transferee and Transferor', value: 'Transferee/Transferor', description: 'Both numbers' },
			{ name: 'Transferor', value: 'Transferor', description: 'The number of the person who transfers' },
		],
		default: 'Transferee',
		description: 'Whose number a transferred call shows',
	},
	...[1, 2].flatMap((trunk): INodeProperties[] => [
		{
			displayName: `Trunk ${trunk} Enabled`,
			name: `trunkEnabled${trunk}`,
			type: 'boolean',
			default: true,
			description: 'Whether this trunk is in use',
		},
		{
			displayName: `Trunk ${trunk} IP Address`,
			name: `trunkIp${trunk}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. 20.87.87.87',
			description: 'The IP address of your telephone system',
		},
		{
			displayName: `Trunk ${trunk} Port`,
			name: `trunkPort${trunk}`,
			type: 'string',
			default: '',
			placeholder: 'e.g. 5061',
			description: 'The port of your telephone system',
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
			description: 'The protocol that carries the signalling',
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
			description: 'How many calls it takes, compared with the other trunk of the same priority',
		},
	]),
	{
		displayName: 'Voice Password or Token',
		name: 'voicePasswordToken',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		displayOptions: { hide: { voiceAuthenticationType: ['None'] } },
		description: 'The password for Basic, or the token for Bearer',
	},
	{
		displayName: 'Voice URL',
		name: 'voiceUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/call',
		description: 'The URL that Telegent calls for voice events',
	},
	{
		displayName: 'Voice URL Method',
		name: 'voiceUrlMethod',
		type: 'options',
		options: METHODS,
		default: 'POST',
		description: 'How Telegent calls the Voice URL',
	},
	{
		displayName: 'Voice User Name',
		name: 'voiceUsername',
		type: 'string',
		default: '',
		placeholder: 'e.g. admin',
		displayOptions: { hide: { voiceAuthenticationType: ['Bearer', 'None'] } },
		description: 'The user name for Basic',
	},
	{
		displayName: 'WebSocket URI',
		name: 'wssUri',
		type: 'string',
		default: '',
		placeholder: 'e.g. wss://example.com/audio',
		description: 'Where the sound of calls is streamed to',
	},
	optional(account, 'The account that the route belongs to'),
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
