import type { INodeProperties } from 'n8n-workflow';

/* Fields that several operations share. Fields of one operation are next to it in resources/. */

export const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

export const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The collection that holds the options of an operation, without the options themselves. */
export const optionsCollection = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
} satisfies INodeProperties;

/** Telegent's responses contain passwords and tokens in plain text; they are masked unless this is on. */
export const secretOptions: INodeProperties = {
	...optionsCollection,
	options: [
		{
			displayName: 'Show Secrets',
			name: 'showSecrets',
			type: 'boolean',
			default: true,
			description: 'Whether to return passwords and tokens as plain text instead of masking them',
		},
	],
};

/* Notices shown before an operation runs. */

export const deleteNotice: INodeProperties = {
	displayName: "Deleting can't be undone",
	name: 'deleteNotice',
	type: 'notice',
	default: '',
};

export const chargeNotice: INodeProperties = {
	displayName: 'Runs once per input item. Telegent may charge your account each time.',
	name: 'chargeNotice',
	type: 'notice',
	default: '',
};

/* Resource locators. */

export const messageRoute: INodeProperties = {
	displayName: 'Message Route',
	name: 'messageRouteId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The message route to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a message route…',
			typeOptions: { searchListMethod: 'searchMessageRoutes', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. MRID-01711e7e-c158-4de7-831f-673ab9fdaaa9',
		},
	],
};

export const voiceRoute: INodeProperties = {
	displayName: 'Voice Route',
	name: 'callRouteId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The voice route to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a voice route…',
			typeOptions: { searchListMethod: 'searchVoiceRoutes', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. CRID-509de94f-79cc-429b-a317-2102654dabbb',
		},
	],
};

export const number: INodeProperties = {
	displayName: 'Number',
	name: 'number',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'A phone number in your account',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a number…',
			typeOptions: { searchListMethod: 'searchNumbers', searchable: true },
		},
		{ displayName: 'By Number', name: 'number', type: 'string', placeholder: 'e.g. +18015550100' },
	],
};

export const subscriber: INodeProperties = {
	displayName: 'Subscriber',
	name: 'subscriberId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The subscriber (the person who uses a number)',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a subscriber…',
			typeOptions: { searchListMethod: 'searchSubscribers', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. TSUID-03F91441-B652-4EBE-B310-24652F872584',
		},
	],
};

export const account: INodeProperties = {
	displayName: 'Account',
	name: 'accountId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The account under your distributor',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select an account…',
			typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. AID-eab92510-1040-45a5-bb9c-0bad9272f89d',
		},
	],
};

export const packageLocator: INodeProperties = {
	displayName: 'Package',
	name: 'packageId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The package to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a package…',
			typeOptions: { searchListMethod: 'searchPackages', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. PID-9a8435dc-ca6e-4a98-b761-5e6dc04447db',
		},
	],
};

export const productLocator: INodeProperties = {
	displayName: 'Product',
	name: 'productId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The product to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a product…',
			typeOptions: { searchListMethod: 'searchProducts', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. PRID-d9e74d70-3ca8-40f3-a415-e1194b0f8936',
		},
	],
};

/* Parameters that several resources share. */

export const phoneNumber: INodeProperties = {
	...number,
	displayName: 'Phone Number',
	name: 'phoneNumber',
};

export const phoneNumbers: INodeProperties = {
	displayName: 'Phone Numbers',
	name: 'phoneNumbers',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. +18015550100, +18015550101',
	description: 'One or more numbers in your account, separated by commas',
};

/** The only thing to add where a distributor may have to say which of its accounts is meant. */
export const accountFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		optional(account, 'The account it belongs to. Required if your distributor has more than one account.'),
	],
};

export const accountFilter: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		optional(account, 'The account to look in. Required if your distributor has more than one account.'),
	],
};

export const statusFilter: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Status',
			name: 'filter',
			type: 'options',
			options: [
				{ name: 'Active', value: 'Active' },
				{ name: 'All', value: 'All' },
				{ name: 'Inactive', value: 'Inactive' },
			],
			default: 'Active',
			description: 'Return only entries with this status',
		},
	],
};

/** A shared field as an optional one, for use inside a collection. */
export function optional(field: INodeProperties, description?: string): INodeProperties {
	return { ...field, required: false, ...(description && { description }) };
}

/** Fields of a collection in the order of their labels, as n8n shows them, wherever they come from. */
export function sorted(fields: INodeProperties[]): INodeProperties[] {
	// Not localeCompare: its first use costs n8n's start more than all the rest of this package.
	const order = ({ displayName }: INodeProperties) => displayName.toLowerCase();
	return [...fields].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
