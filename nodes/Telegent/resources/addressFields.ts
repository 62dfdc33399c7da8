import type { INodeProperties } from 'n8n-workflow';

/* Postal addresses. Only lines that are filled in are sent; an expression that gives null clears one. */

const street1: INodeProperties = {
	displayName: 'Street',
	name: 'street1',
	type: 'string',
	default: '',
	placeholder: 'e.g. 123 Main Street',
	description: 'Street and house number',
};

const street2: INodeProperties = {
	displayName: 'Street Line 2',
	name: 'street2',
	type: 'string',
	default: '',
	placeholder: 'e.g. Suite 10',
	description: 'Suite, floor or building',
};

const city: INodeProperties = {
	displayName: 'City',
	name: 'city',
	type: 'string',
	default: '',
	placeholder: 'e.g. Heber',
	description: 'City or town',
};

const state: INodeProperties = {
	displayName: 'State',
	name: 'state',
	type: 'string',
	default: '',
	placeholder: 'e.g. UT',
	description: 'State or province',
};

const zip: INodeProperties = {
	displayName: 'ZIP Code',
	name: 'zip',
	type: 'string',
	default: '',
	placeholder: 'e.g. 84032',
	description: 'ZIP or postal code',
};

const country: INodeProperties = {
	displayName: 'Country',
	name: 'country',
	type: 'string',
	default: '',
	placeholder: 'e.g. USA',
	description: 'The country of the address',
};

export const billingAddress: INodeProperties = {
	displayName: 'Billing Address',
	name: 'billingAddress',
	type: 'fixedCollection',
	placeholder: 'Add Address',
	default: {},
	options: [
		{ displayName: 'Address', name: 'address', values: [street1, street2, city, state, zip, country] },
	],
	description: "The address for invoices. Lines you leave empty aren't sent.",
};

export const mailingAddress: INodeProperties = {
	...billingAddress,
	displayName: 'Mailing Address',
	name: 'mailingAddress',
	description: "The address for mail and packages. Lines you leave empty aren't sent.",
};

const CARRIER_ADDRESS: INodeProperties = {
	...billingAddress,
	displayName: 'Billing Address at Current Carrier',
	name: 'currentBillingAddress',
	description: 'The billing address, exactly as the current carrier has it on file',
};

/** The address that the losing carrier has on file. It has no country. */
export const carrierAddress: INodeProperties = {
	...CARRIER_ADDRESS,
	options: [{ displayName: 'Address', name: 'address', values: [street1, street2, city, state, zip] }],
};

/** A new port-in requires all lines but the second. */
export const completeCarrierAddress: INodeProperties = {
	...CARRIER_ADDRESS,
	required: true,
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				{ ...street1, required: true },
				street2,
				{ ...city, required: true },
				{ ...state, required: true },
				{ ...zip, required: true },
			],
		},
	],
};
