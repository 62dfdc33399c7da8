import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { phoneNumbers } from '../fields';
import { statusSteps } from '../orders';
import { numberObjects } from '../values';

const notifyValue: INodeProperties = {
	displayName: 'Notify At (MB)',
	name: 'notifyValue',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 10,
	description: 'The amount of data at which Telegent notifies; less than Throttle At and Limit',
};

const throttleValue: INodeProperties = {
	displayName: 'Throttle At (MB)',
	name: 'throttleValue',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 15,
	description: 'The amount of data after which the connection becomes slow; less than Limit',
};

const throttleSpeed: INodeProperties = {
	displayName: 'Throttle Speed',
	name: 'throttleSpeed',
	type: 'options',
	options: [
		{ name: '1 Mbps', value: '1-mbps' },
		{ name: '100 Mbps', value: '100-mbps' },
		{ name: '20 Mbps', value: '20-mbps' },
		{ name: '5 Mbps', value: '5-mbps' },
		{ name: '50 Mbps', value: '50-mbps' },
	],
	default: '1-mbps',
	description: 'How fast the slow connection is',
};

const periodType: INodeProperties = {
	displayName: 'Period',
	name: 'periodType',
	type: 'options',
	required: true,
	options: [
		{ name: 'Month', value: 'M' },
		{ name: 'Week', value: 'W' },
	],
	default: 'M',
	description: 'How often usage is set to zero',
};

const renewalDay: INodeProperties = {
	displayName: 'Renewal Day',
	name: 'renewalDay',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 31, numberPrecision: 0 },
	required: true,
	default: 1,
	description: 'The day on which usage is set to zero: 1 to 31 of a month, 1 to 7 of a week',
};

const periodValue: INodeProperties = {
	displayName: 'Every (Periods)',
	name: 'periodValue',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 1,
	description: 'How many months or weeks lie between two renewals; usually 1',
};

const resetUsage: INodeProperties = {
	displayName: 'Reset Usage Now',
	name: 'resetUsage',
	type: 'boolean',
	default: true,
	description: 'Whether to set usage to zero at once, without waiting for the renewal day',
};

/** The vendor's data usage page: notify, throttle and limit must rise, and never be equal. */
function risingThresholds(request: IDataObject): IDataObject {
	const thresholds = [
		['Notify At (MB)', request.NotifyValue],
		['Throttle At (MB)', request.ThrottleValue],
		['Limit (MB)', request.LimitValue],
	].filter((threshold): threshold is [string, number] => typeof threshold[1] === 'number');
	for (const [index, [name, value]] of thresholds.entries()) {
		const [next, nextValue] = thresholds[index + 1] ?? ['', Infinity];
		if (value >= nextValue) {
			throw new Error(`${name} is ${value}, but must be smaller than ${next}, which is ${nextValue}`);
		}
	}
	return request;
}

/** Weeks have days 1 to 7, months 1 to 31. */
function dayOfPeriod(request: IDataObject): IDataObject {
	const [period, last] = request.PeriodType === 'W' ? ['week', 7] : ['month', 31];
	const day = Number(request.RenewalDay);
	if (day >= 1 && day <= last) return request;
	throw new Error(`Renewal Day is ${day}, but a ${period} has the days 1 to ${last}`);
}

export const dataUsage: Resource = {
	value: 'dataUsage',
	name: 'Data Usage',
	description: 'See and limit the mobile data that numbers use',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get data usage',
			description: 'Retrieve how much data numbers have used and have left right now',
			route: 'POST /v1.0/numbers/data-usage/info',
			safety: 'read',
			fields: [phoneNumbers],
			send: { phoneNumbers: numberObjects },
			list: 'PhoneNumbers',
		},
		{
			value: 'getSettings',
			name: 'Get Settings',
			action: 'Get data usage settings',
			description: 'Retrieve the data limits that numbers have',
			route: 'POST /v1.0/numbers/data-usage/settings',
			safety: 'read',
			fields: [phoneNumbers],
			send: { phoneNumbers: numberObjects },
			list: 'PhoneNumbers',
		},
		{
			value: 'updateLimits',
			name: 'Update Limits',
			action: 'Update data usage limits',
			description: 'Set how much data numbers may use, and when they are warned or slowed down',
			route: 'POST /v1.0/numbers/data-usage',
			safety: 'idempotent',
			stakes: 'money',
			fields: [
				phoneNumbers,
				{
					displayName: 'Unit',
					name: 'valueUnit',
					type: 'options',
					required: true,
					options: [{ name: 'Megabytes (MB)', value: 'MB' }],
					default: 'MB',
					description: 'What the amounts are counted in',
				},
				{
					displayName: 'Limit (MB)',
					name: 'limitValue',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					required: true,
					default: 20,
					description: 'The amount of data after which there is no more',
				},
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [notifyValue, throttleValue, throttleSpeed],
				},
			],
			send: { phoneNumbers: numberObjects },
			finish: risingThresholds,
			steps: statusSteps,
		},
		{
			value: 'updateRenewal',
			name: 'Update Renewal',
			action: 'Update data usage renewal',
			description: 'Set when the data that numbers have used is counted from zero again',
			route: 'POST /v1.0/numbers/data-usage/update-renewal-info',
			safety: 'idempotent',
			stakes: 'money',
			fields: [
				phoneNumbers,
				{
					displayName: 'Auto Renew',
					name: 'autoRenew',
					type: 'boolean',
					required: true,
					default: true,
					description: 'Whether usage is set to zero by itself on the renewal day of each period',
				},
				periodType,
				renewalDay,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [periodValue, resetUsage],
				},
			],
			send: { phoneNumbers: numberObjects },
			finish: dayOfPeriod,
			steps: statusSteps,
		},
	],
};
