import type { IDataObject } from 'n8n-workflow';
import { resources } from '../../../../nodes/Telegent/resources/index.ts';

/* Fields that depend on each other: the last look at a request before it leaves, `finish` of an operation. */

function lookAt(resource: string, operation: string, request: IDataObject): IDataObject {
	const { operations } = resources.find(({ value }) => value === resource)!;
	return operations.find(({ value }) => value === operation)!.finalizeRequest!(request);
}

const address = { Street1: '1 Main St', City: 'Provo', State: 'UT', Zip: '84601' };
const thresholds = { NotifyValue: 80, ThrottleValue: 90, LimitValue: 100 };

test.each<[what: string, resource: string, operation: string, request: IDataObject]>([
	['rising thresholds', 'dataUsage', 'updateLimits', thresholds],
	['one threshold of three', 'dataUsage', 'updateLimits', { LimitValue: 100 }],
	['the last day of a week', 'dataUsage', 'updateRenewal', { PeriodType: 'W', RenewalDay: 7 }],
	['the last day of a month', 'dataUsage', 'updateRenewal', { PeriodType: 'M', RenewalDay: 31 }],
	['a whole address', 'numberPorting', 'submit', { CurrentBillingAddress: address }],
	['a number alone', 'number', 'get', { Number: '+15005550100' }],
	['a SIM alone', 'number', 'get', { ICCID: '8901' }],
	['IoT for persons', 'number', 'provision', { NumberType: 'iot', MessageType: 'p2p' }],
	['MVNO for applications', 'number', 'provision', { NumberType: 'mvno', MessageType: 'a2p' }],
	['a new classification', 'number', 'update', { Classification: 'iot', MessageType: 'p2p' }],
])('%s fit together and are sent as they are', (_, resource, operation, request) => {
	expect(lookAt(resource, operation, request)).toEqual(request);
});

test.each<[resource: string, operation: string, request: IDataObject, reason: RegExp]>([
	[
		'dataUsage',
		'updateLimits',
		{ ...thresholds, NotifyValue: 90 },
		/^'Notify At \(MB\)' \(90\) must be lower than 'Throttle At \(MB\)' \(90\)$/,
	],
	[
		'dataUsage',
		'updateLimits',
		{ NotifyValue: 101, LimitValue: 100 },
		/'Notify At \(MB\)' \(101\).*'Limit \(MB\)' \(100\)/,
	],
	['dataUsage', 'updateRenewal', { PeriodType: 'W', RenewalDay: 8 }, /from 1 to 7 for a week/],
	['dataUsage', 'updateRenewal', { PeriodType: 'M', RenewalDay: 0 }, /from 1 to 31 for a month/],
	[
		'numberPorting',
		'submit',
		{ CurrentBillingAddress: { ...address, City: '', Zip: undefined } },
		/Enter 'City', 'ZIP Code'$/,
	],
	['number', 'get', {}, /no number is selected/],
	[
		'number',
		'provision',
		{ NumberType: 'IoT', MessageType: 'a2p' },
		/Set 'Message Type' to Person to Person \(P2P\)/,
	],
	[
		'number',
		'update',
		{ Classification: 'iot', MessageType: 'a2p' },
		/Set 'Message Type' to Person to Person \(P2P\)/,
	],
	[
		'number',
		'changeStatus',
		{ PhoneNumbers: [{ Number: '+1' }, { Number: '+2' }], ICCID: ['8901'] },
		/2 phone numbers but 1 SIM numbers/,
	],
])('%s %s of %j is refused', (resource, operation, request, reason) => {
	expect(() => lookAt(resource, operation, request)).toThrow(reason);
});

test('each number takes the SIM in the same place along', () => {
	const request = { PhoneNumbers: [{ Number: '+1' }, { Number: '+2' }], ICCID: ['8901', '8902'] };
	expect(lookAt('number', 'changeStatus', request)).toEqual({
		PhoneNumbers: [
			{ Number: '+1', ICCID: '8901' },
			{ Number: '+2', ICCID: '8902' },
		],
	});
});
