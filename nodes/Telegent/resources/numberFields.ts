import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { messageRoute, number, optional, subscriber, voiceRoute } from '../../shared/form/fields';
import { told } from '../../shared/values';

/* Fields of number.ts. */

/** Not required: a number can also be found by its SIM. */
export const numberOrNone: INodeProperties = optional(
	number,
	'The number to look up. Leave empty to look it up by SIM number instead.',
);

export const messageType: INodeProperties = {
	displayName: 'Message Type',
	name: 'messageType',
	type: 'options',
	options: [
		{ name: 'Application to Person (A2P)', value: 'a2p', description: 'A business texts its customers' },
		{ name: 'Person to Person (P2P)', value: 'p2p', description: 'People text each other' },
	],
	default: 'p2p',
	description: 'The type of messaging the number is used for',
};

export const messageEnabled: INodeProperties = {
	displayName: 'Messaging Enabled',
	name: 'messageEnabled',
	type: 'boolean',
	default: true,
	description: 'Whether the number can send and receive SMS and MMS',
};

export const voiceEnabled: INodeProperties = {
	displayName: 'Voice Enabled',
	name: 'voiceEnabled',
	type: 'boolean',
	default: false,
	description: 'Whether the number can make and receive calls',
};

export const productType: INodeProperties = {
	displayName: 'Product Type',
	name: 'productType',
	type: 'options',
	options: [
		{ name: 'Data Only', value: 'Data-Only' },
		{ name: 'SMS and Data', value: 'Sms+Data' },
		{ name: 'SMS Only', value: 'Sms-Only' },
		{ name: 'SMS, Data and Voice', value: 'Sms+Data+Voice' },
	],
	default: 'Sms-Only',
	description: 'The services the number can use',
};

export const areaCode: INodeProperties = {
	displayName: 'Area Code',
	name: 'areaCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 201',
	description: 'The preferred 3-digit area code, searched before the ZIP code',
};

export const zipCode: INodeProperties = {
	displayName: 'ZIP Code',
	name: 'zipCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 84043',
	description: 'The 5-digit ZIP code to search if the area code has no numbers',
};

export const iccid: INodeProperties = {
	displayName: 'SIM Number (ICCID)',
	name: 'iccid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8901240397190195850',
	description: 'The number printed on the SIM card. Required for a physical SIM, but not for an eSIM.',
};

export const messageRouteId = optional(messageRoute, "The message route for the number's inbound messages");

export const voiceRouteId = {
	...optional(
		voiceRoute,
		"The voice route for the number's inbound calls. Only needed for numbers with voice.",
	),
	name: 'voiceRouteId',
};

export const assignedSubscriberId = {
	...optional(subscriber, 'The subscriber who uses the number'),
	displayName: 'Assigned Subscriber',
	name: 'assignedSubscriberId',
};

/** Seed 003 (quick start) names it for both; the OpenAPI document 1.0.8 does not. */
const VOIP = "Voice over IP. Telegent's quick start lists it, but its newer API reference doesn't.";

export const availableType: INodeProperties = {
	displayName: 'Number Type',
	name: 'numberType',
	type: 'options',
	required: true,
	options: [
		{ name: 'Mobile', value: 'mobile', description: 'Numbers that can be ordered as MVNO or IoT' },
		{ name: 'VoIP', value: 'voip', description: VOIP },
	],
	default: 'mobile',
	description: 'The type of number to search for',
};

export const orderedType: INodeProperties = {
	displayName: 'Number Type',
	name: 'numberType',
	type: 'options',
	required: true,
	options: [
		{ name: 'IoT', value: 'iot', description: 'For devices, with person-to-person (P2P) messaging only' },
		{ name: 'MVNO', value: 'mvno', description: 'Full mobile service' },
		{ name: 'VoIP', value: 'voip', description: VOIP },
	],
	default: 'mvno',
	description: 'The type of number to order',
};

export const classification: INodeProperties = {
	displayName: 'Classification',
	name: 'classification',
	type: 'options',
	options: [
		{ name: 'IoT', value: 'IoT' },
		{ name: 'MVNO', value: 'MVNO' },
	],
	default: 'MVNO',
	description: 'The classification of the number',
};

export const cnamFirstName: INodeProperties = {
	displayName: 'Caller ID First Name',
	name: 'cnamFirstName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan',
	description: 'The first name shown to the people you call (CNAM)',
};

export const cnamLastName: INodeProperties = {
	displayName: 'Caller ID Last Name',
	name: 'cnamLastName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Hill',
	description: 'The last name shown to the people you call (CNAM)',
};

export const dataEnabled: INodeProperties = {
	displayName: 'Data Enabled',
	name: 'dataEnabled',
	type: 'boolean',
	default: true,
	description: 'Whether the number can use mobile data',
};

export const statusChange: INodeProperties = {
	displayName: 'Status Change',
	name: 'statusChange',
	type: 'options',
	required: true,
	options: [
		{ name: 'Activate', value: 'activate', description: 'Put the number into service' },
		{
			name: 'Cancel',
			value: 'cancel',
			description: 'Give up the number. You can reactivate it for 30 days.',
		},
		{ name: 'Park', value: 'park', description: 'Take the number out of service, but keep it' },
		{ name: 'Replace', value: 'replace', description: 'Replace the number with another one' },
		{ name: 'Swap', value: 'swap', description: 'Swap the number for another one' },
		{ name: 'Swap SIM', value: 'swap-sim', description: 'Move the number to another SIM' },
	],
	default: 'activate',
	description: 'The status change to make',
};

export const statusNotice: INodeProperties = {
	displayName:
		'Canceling or replacing a number takes it out of service. Replacing or swapping a number may incur charges.',
	name: 'statusNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { statusChange: ['cancel', 'replace', 'swap'] } },
};

/** Only a swap or a replacement assigns a new number. */
export const NEW_NUMBER_ONLY = { show: { '/statusChange': ['replace', 'swap'] } };

export const SIMPLE = [
	'Number',
	'Status',
	'Classification',
	'MessageType',
	'MessageEnabled',
	'MessageRouteId',
	'VoiceEnabled',
	'AssignedSubscriberId',
	// Two spellings of the same field: Get returns the first, Get Many the second.
	'TNID',
	'Tnid',
	'Iccid',
];

/** The vendor's provisioning page: IoT numbers are for person-to-person messages only. */
export function iotIsPersonToPerson(request: IDataObject): IDataObject {
	const iot = [request.NumberType, request.Classification].some(
		(kind) => String(kind).toLowerCase() === 'iot',
	);
	if (iot && request.MessageType === 'a2p') {
		throw new Error(
			"an IoT number can't send application-to-person (A2P) messages. Set 'Message Type' to Person to Person (P2P), or choose an MVNO number",
		);
	}
	return request;
}

/** Adds each SIM to its number: the vendor's sample has `ICCID` inside `PhoneNumbers`, its schema does not. */
export function withSims({ ICCID, ...request }: IDataObject): IDataObject {
	if (ICCID === undefined || ICCID === null) return request;
	const numbers = request.PhoneNumbers as IDataObject[];
	const sims = (ICCID as unknown[]).map(told);
	if (sims.length !== numbers.length) {
		throw new Error(
			`there are ${numbers.length} phone numbers but ${sims.length} SIM numbers. Enter one SIM number per phone number`,
		);
	}
	return { ...request, PhoneNumbers: numbers.map((number, index) => ({ ...number, ICCID: sims[index] })) };
}

/** The API requires the number or its SIM. */
export function numberOrSim(request: IDataObject): IDataObject {
	if (request.Number || request.ICCID) return request;
	throw new Error("no number is selected. Select a number, or add 'SIM Number (ICCID)'");
}

/** Further conditions of Search Available. */
export const availabilityFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		areaCode,
		messageType,
		{
			displayName: 'Page Number',
			name: 'pageNumber',
			type: 'number',
			typeOptions: { minValue: 1, numberPrecision: 0 },
			default: 1,
			description: 'The page of areas to return. A page contains up to 10,000 areas.',
		},
		zipCode,
	],
};
