import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { phoneNumbers } from '../../shared/form/fields';
import { statusSteps } from '../orders/orderSteps';
import { numberObjects } from '../../shared/values';

const notifyValue: INodeProperties = {
	displayName: 'Notify At (MB)',
	name: 'notifyValue',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 10,
	description:
		"Data usage at which Telegent notifies the subscriber. Must be lower than 'Throttle At (MB)' and 'Limit (MB)'.",
};

const throttleValue: INodeProperties = {
	displayName: 'Throttle At (MB)',
	name: 'throttleValue',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 15,
	description: "Data usage at which the connection slows down. Must be lower than 'Limit (MB)'.",
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
	description: 'The speed of the connection after it slows down',
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
	description: 'How often usage resets',
};

const renewalDay: INodeProperties = {
	displayName: 'Renewal Day',
	name: 'renewalDay',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 31, numberPrecision: 0 },
	required: true,
	default: 1,
	description: 'The day usage resets: 1 to 31 for a month, 1 to 7 for a week',
};

const periodValue: INodeProperties = {
	displayName: 'Renew Every (Periods)',
	name: 'periodValue',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 1,
	description: 'The number of months or weeks between resets, usually 1',
};

const resetUsage: INodeProperties = {
	displayName: 'Reset Usage Now',
	name: 'resetUsage',
	type: 'boolean',
	default: true,
	description: 'Whether to reset usage immediately, without waiting for the renewal day',
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
			throw new Error(`'${name}' (${value}) must be lower than '${next}' (${nextValue})`);
		}
	}
	return request;
}

/** Weeks have days 1 to 7, months 1 to 31. */
function dayOfPeriod(request: IDataObject): IDataObject {
	const [period, last] = request.PeriodType === 'W' ? ['week', 7] : ['month', 31];
	const day = Number(request.RenewalDay);
	if (day >= 1 && day <= last) return request;
	throw new Error(`'Renewal Day' is ${day}, but it must be from 1 to ${last} for a ${period}`);
}

export const dataUsage: Resource = {
	value: 'dataUsage',
	name: 'Data Usage',
	description: 'Monitor and limit mobile data usage',
	operations: [
		{
			value: 'get',
			name: 'Get',
			action: 'Get data usage',
			description: 'Retrieve the current data usage and remaining data of numbers',
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
			description: 'Retrieve the data usage limits that are set for numbers',
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
			description: 'Update the data usage limits of numbers, and when to notify or throttle',
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
					description: 'The unit of the amounts',
				},
				{
					displayName: 'Limit (MB)',
					name: 'limitValue',
					type: 'number',
					typeOptions: { minValue: 1, numberPrecision: 0 },
					required: true,
					default: 20,
					description: 'Data usage at which the connection is cut off',
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
			finalizeRequest: risingThresholds,
			hooks: statusSteps,
		},
		{
			value: 'updateRenewal',
			name: 'Update Renewal',
			action: 'Update data usage renewal',
			description: 'Update when the data usage of numbers resets',
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
					description: 'Whether usage resets automatically on the renewal day of each period',
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
			finalizeRequest: dayOfPeriod,
			hooks: statusSteps,
		},
	],
};
