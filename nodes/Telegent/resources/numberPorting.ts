import type { IDataObject, INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { chargeNotice, number, sorted } from '../../shared/form/fields';
import { orderHooks, statusSteps, orderOptions } from '../orders/orderSteps';
import { isoDate, phone } from '../../shared/values';
import { carrierAddress, completeCarrierAddress } from './addressFields';

const orderId: INodeProperties = {
	displayName: 'Order ID',
	name: 'orderId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. JNUOID-6e3eb213-baf1-47bb-9db0-5d7d09d4b7b4',
	description: 'The order ID returned when the port-in was submitted',
};

const carrierName: INodeProperties = {
	displayName: 'Current Carrier Name',
	name: 'currentCarrierName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Company LLC',
	description: 'The name of the carrier the number is currently with',
};

const carrierAccountNumber: INodeProperties = {
	displayName: 'Account Number at Current Carrier',
	name: 'currentAccountNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 4651234567',
	description: 'The account number with the current carrier',
};

const carrierAccountPassword: INodeProperties = {
	displayName: 'Account PIN at Current Carrier',
	name: 'currentAccountPassword',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The account PIN or password with the current carrier',
};

const subscriberName: INodeProperties = {
	displayName: 'Subscriber Name',
	name: 'subscriberName',
	type: 'string',
	default: '',
	placeholder: 'e.g. John Doe',
	description: 'The person who uses the number',
};

const iccid: INodeProperties = {
	displayName: 'SIM Number (ICCID)',
	name: 'iccid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8901240397190557414F',
	description: 'The number printed on the SIM card. Required for a physical SIM, but not for an eSIM.',
};

const classification: INodeProperties = {
	displayName: 'Target Classification',
	name: 'targetPortinClassification',
	type: 'string',
	default: '',
	placeholder: 'e.g. Mobile',
	description: 'The classification of the number after porting, for example Mobile or Landline',
};

/** The other carrier rejects an incomplete address, days later. */
function completeAddress(request: IDataObject): IDataObject {
	const address = request.CurrentBillingAddress as IDataObject;
	const missing = [
		['Street', address.Street1],
		['City', address.City],
		['State', address.State],
		['ZIP Code', address.Zip],
	].filter(([, line]) => !line);
	if (missing.length === 0) return request;
	throw new Error(
		`the billing address at the current carrier isn't complete. Enter ${missing.map(([name]) => `'${name}'`).join(', ')}`,
	);
}

export const numberPorting: Resource = {
	value: 'numberPorting',
	name: 'Number Porting',
	description: 'Port numbers in from another carrier, or allow them to port out',
	operations: [
		{
			value: 'cancel',
			name: 'Cancel',
			action: 'Cancel port-in',
			description: "Cancel a port-in that isn't complete yet",
			route: 'POST /v1.0/numbers/portin/cancel',
			safety: 'idempotent',
			stakes: 'final',
			fields: [
				{
					displayName: "Canceling can't be undone. To port the number later, submit a new port-in.",
					name: 'cancelNotice',
					type: 'notice',
					default: '',
				},
				orderId,
			],
		},
		{
			value: 'checkEligibility',
			name: 'Check Eligibility',
			action: 'Check porting eligibility of number',
			description: "Check whether a number can be ported to Telegent, and which carrier it's with",
			route: 'POST /v1.0/numbers/portin/eligibility',
			safety: 'read',
			fields: [
				{
					displayName: 'Phone Number',
					name: 'phoneNumber',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. +18015550123',
					description: 'The number to check',
				},
				{ ...classification, name: 'targetClassification', required: true, default: 'Mobile' },
			],
			send: { phoneNumber: phone },
		},
		{
			value: 'setPortOutPin',
			name: 'Set Port-Out PIN',
			action: 'Set port-out PIN of number',
			description: 'Set the PIN another carrier must provide to port a number out',
			route: 'POST /v1.0/numbers/portout',
			safety: 'once',
			stakes: 'final',
			fields: [
				{
					displayName: 'Anyone with this PIN can move the number to another carrier',
					name: 'portOutNotice',
					type: 'notice',
					default: '',
				},
				{ ...number, name: 'portOutNumber', description: 'The number to allow to port out' },
				{
					displayName: 'PIN',
					name: 'portOutPin',
					type: 'string',
					typeOptions: { password: true },
					required: true,
					default: '',
					placeholder: 'e.g. 1234',
					description: 'The PIN that authorizes the port-out',
				},
			],
			send: { portOutNumber: phone, portOutPin: 'PortOutPIN' },
			hooks: statusSteps,
		},
		{
			value: 'submit',
			name: 'Submit',
			action: 'Submit port-in',
			description:
				'Submit a port-in order to move a number to Telegent. Porting takes 1 to 5 business days. Track it with Number → Get Order.',
			route: 'POST /v1.0/numbers/portin',
			safety: 'once',
			stakes: 'money',
			fields: [
				chargeNotice,
				{
					displayName: 'Phone Number',
					name: 'portInNumber',
					type: 'string',
					required: true,
					default: '',
					placeholder: 'e.g. +18015550123',
					description: 'The number to port to Telegent',
				},
				{ ...carrierName, required: true },
				{ ...carrierAccountNumber, required: true },
				{ ...carrierAccountPassword, required: true },
				completeCarrierAddress,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [
						iccid,
						subscriberName,
						{
							displayName: 'Target Classification',
							name: 'targetPortinClassification',
							type: 'options',
							options: [
								{ name: 'IoT', value: 'iot' },
								{ name: 'MVNO', value: 'mvno' },
							],
							default: 'mvno',
							description: 'The classification of the number after porting',
						},
					],
				},
				orderOptions,
			],
			send: { portInNumber: phone, iccid: 'ICCID' },
			finalizeRequest: completeAddress,
			hooks: orderHooks,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update port-in',
			description:
				"Update a port-in before it's complete, for example if the carrier rejected the account number",
			route: 'POST /v1.0/numbers/portin/update',
			safety: 'idempotent',
			stakes: 'final',
			fields: [
				orderId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([
						carrierAccountNumber,
						carrierAccountPassword,
						carrierAddress,
						carrierName,
						classification,
						iccid,
						{
							displayName: 'Port-In Date',
							name: 'portInDate',
							type: 'dateTime',
							default: '',
							description: 'The requested date for the port-in to complete',
						},
						subscriberName,
					]),
				},
			],
			send: { iccid: 'ICCID', portInDate: isoDate },
			hooks: statusSteps,
		},
	],
};
