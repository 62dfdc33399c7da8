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
	description: 'The ID that submitting the port-in returned',
};

const carrierName: INodeProperties = {
	displayName: 'Current Carrier Name',
	name: 'currentCarrierName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Company LLC',
	description: 'The carrier that has the number now',
};

const carrierAccountNumber: INodeProperties = {
	displayName: 'Account Number at Current Carrier',
	name: 'currentAccountNumber',
	type: 'string',
	default: '',
	placeholder: 'e.g. 4651234567',
	description: 'The customer’s account number there',
};

const carrierAccountPassword: INodeProperties = {
	displayName: 'Account PIN at Current Carrier',
	name: 'currentAccountPassword',
	type: 'string',
	typeOptions: { password: true },
	default: '',
	description: 'The PIN or password for a port-out there',
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
	description: 'The number printed on the SIM card. A physical SIM needs it; an eSIM does not.',
};

const classification: INodeProperties = {
	displayName: 'Target Classification',
	name: 'targetPortinClassification',
	type: 'string',
	default: '',
	placeholder: 'e.g. Mobile',
	description: 'What the number becomes, for example Mobile or Landline',
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
		`the billing address at the current carrier is not complete. Fill in ${missing.map(([name]) => name).join(', ')}`,
	);
}

export const numberPorting: Resource = {
	value: 'numberPorting',
	name: 'Number Porting',
	description: 'Bring numbers from another carrier, or let them go to one',
	operations: [
		{
			value: 'cancel',
			name: 'Cancel',
			action: 'Cancel a port in',
			description: 'Stop a port-in that is not complete yet',
			route: 'POST /v1.0/numbers/portin/cancel',
			safety: 'idempotent',
			stakes: 'final',
			fields: [
				{
					displayName: 'Cancelling is final: the number has to be submitted anew.',
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
			action: 'Check the eligibility of a number for porting',
			description: 'Find out whether a number can be brought to Telegent, and which carrier has it',
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
					description: 'The number at the other carrier',
				},
				{ ...classification, name: 'targetClassification', required: true, default: 'Mobile' },
			],
			send: { phoneNumber: phone },
		},
		{
			value: 'setPortOutPin',
			name: 'Set Port-Out PIN',
			action: 'Set the port out PIN of a number',
			description: 'Set the PIN that another carrier must give to take a number over',
			route: 'POST /v1.0/numbers/portout',
			safety: 'once',
			stakes: 'final',
			fields: [
				{
					displayName: 'Whoever knows this PIN can move the number to another carrier.',
					name: 'portOutNotice',
					type: 'notice',
					default: '',
				},
				{ ...number, name: 'portOutNumber', description: 'The number that may leave' },
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
			action: 'Submit a port in',
			description:
				'Ask the current carrier to hand a number over. It takes one to five business days; follow it with Number → Get Order.',
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
					description: 'The number to bring to Telegent',
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
							description: 'What kind of number it becomes',
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
			action: 'Update a port in',
			description:
				'Correct a port-in before it is complete, for example after the carrier refused the account number',
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
							description: 'The day on which the number should move',
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
