import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { messageRoute, number, optional, subscriber, voiceRoute } from '../../shared/form/fields';
import { told } from '../../shared/values';

/* Fields of number.ts. */

/** Not required: a number can also be found by its SIM. */
export const numberOrNone: INodeProperties = optional(
	number,
	'The number to look up. Leave it empty to look it up by its SIM.',
);

export const messageType: INodeProperties = {
	displayName: 'Message Type',
	name: 'messageType',
	type: 'options',
	options: [
		{ name: 'Application to Person (A2P)', value: 'a2p', description: 'A business writes to its customers' },
		{ name: 'Person to Person (P2P)', value: 'p2p', description: 'People write to each other' },
	],
	default: 'p2p',
	description: 'What the number’s messages are for',
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
	description: 'Whether the number can make and take calls',
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
	description: 'What the number can be used for',
};

export const areaCode: INodeProperties = {
	displayName: 'Area Code',
	name: 'areaCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 201',
	description: 'Three-digit area code to look in first',
};

export const zipCode: INodeProperties = {
	displayName: 'ZIP Code',
	name: 'zipCode',
	type: 'string',
	default: '',
	placeholder: 'e.g. 84043',
	description: 'Five-digit ZIP code to look in if the area code has nothing',
};

export const iccid: INodeProperties = {
	displayName: 'SIM Number (ICCID)',
	name: 'iccid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8901240397190195850',
	description: 'The number printed on the SIM card. A physical SIM needs it; an eSIM does not.',
};

export const messageRouteId = optional(messageRoute, 'Where the number’s inbound messages go');

export const voiceRouteId = {
	...optional(voiceRoute, 'Where the number’s inbound calls go. Needed only for numbers with voice.'),
	name: 'voiceRouteId',
};

export const assignedSubscriberId = {
	...optional(subscriber, 'The subscriber who uses the number'),
	displayName: 'Assigned Subscriber',
	name: 'assignedSubscriberId',
};

/** Seed 003 (quick start) names it for both; the OpenAPI document 1.0.8 does not. */
const VOIP = 'Voice over IP. Telegent’s quick start names it, its newer API reference doesn’t list it.';

export const availableType: INodeProperties = {
	displayName: 'Number Type',
	name: 'numberType',
	type: 'options',
	required: true,
	options: [
		{ name: 'Mobile', value: 'mobile', description: 'Numbers to order as MVNO or IoT' },
		{ name: 'VoIP', value: 'voip', description: VOIP },
	],
	default: 'mobile',
	description: 'What kind of number to look for',
};

export const orderedType: INodeProperties = {
	displayName: 'Number Type',
	name: 'numberType',
	type: 'options',
	required: true,
	options: [
		{ name: 'IoT', value: 'iot', description: 'For devices; person-to-person messages only' },
		{ name: 'MVNO', value: 'mvno', description: 'Full mobile service' },
		{ name: 'VoIP', value: 'voip', description: VOIP },
	],
	default: 'mvno',
	description: 'What kind of number to order',
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
	description: 'What kind of number it is',
};

export const cnamFirstName: INodeProperties = {
	displayName: 'Caller ID First Name',
	name: 'cnamFirstName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan',
	description: 'The first name that the people you call see (CNAM)',
};

export const cnamLastName: INodeProperties = {
	displayName: 'Caller ID Last Name',
	name: 'cnamLastName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Hill',
	description: 'The last name that the people you call see (CNAM)',
};

export const dataEnabled: INodeProperties = {
	displayName: 'Data',
	name: 'dataEnabled',
	type: 'boolean',
	default: true,
	description: 'Whether the number can use mobile data',
};

export const statusChange: INodeProperties = {
	displayName: 'New Status',
	name: 'statusChange',
	type: 'options',
	required: true,
	options: [
		{ name: 'Activate', value: 'activate', description: 'Put into use' },
		{ name: 'Cancel', value: 'cancel', description: 'Give up; can be reactivated for 30 days' },
		{ name: 'Park', value: 'park', description: 'Take out of use, but keep the number' },
		{ name: 'Replace', value: 'replace', description: 'Replace by another number' },
		{ name: 'Swap', value: 'swap', description: 'Swap for another number' },
		{ name: 'Swap SIM', value: 'swap-sim', description: 'Move the number to another SIM' },
	],
	default: 'activate',
	description: 'What to do with the numbers',
};

export const statusNotice: INodeProperties = {
	displayName:
		'Cancelling and replacing take the number out of use. Replaced and swapped numbers can cost money.',
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
			'an IoT number cannot send application-to-person messages. Choose Message Type P2P, or an MVNO number',
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
			`there are ${numbers.length} phone numbers but ${sims.length} SIM numbers. Give one for each`,
		);
	}
	return { ...request, PhoneNumbers: numbers.map((number, index) => ({ ...number, ICCID: sims[index] })) };
}

/** The API requires the number or its SIM. */
export function numberOrSim(request: IDataObject): IDataObject {
	if (request.Number || request.ICCID) return request;
	throw new Error('there is no number to look up. Choose one, or add its SIM Number (ICCID)');
}
