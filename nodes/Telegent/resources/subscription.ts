import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import {
	chargeNotice,
	deleteNotice,
	limit,
	optional,
	packageLocator,
	returnAll,
	sorted,
	statusFilter,
	subscriber,
} from '../../shared/form/fields';

const subscriptionId: INodeProperties = {
	displayName: 'Subscription',
	name: 'subscriptionId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The subscription to use',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a subscription…',
			typeOptions: { searchListMethod: 'searchSubscriptions', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. SUB-ef84c0b5-d750-4a5a-99b1-4705089cd20c',
		},
	],
};

const type: INodeProperties = {
	displayName: 'Type',
	name: 'type',
	type: 'string',
	default: '',
	placeholder: 'e.g. mvno',
	description: 'The type of subscription',
};

const tnid: INodeProperties = {
	displayName: 'Number',
	name: 'tnid',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description: 'The phone number of the subscription, identified by its number ID (TNID)',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a number…',
			typeOptions: { searchListMethod: 'searchNumberIds', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. NID-B5B67F02-708A-1851-20DF-61FC1919C4F6',
		},
	],
};

const iccid: INodeProperties = {
	displayName: 'SIM Number (ICCID)',
	name: 'iccid',
	type: 'string',
	default: '',
	placeholder: 'e.g. 8901240397190002080',
	description: 'The SIM number of the subscription',
};

const SEND = { iccid: 'ICCID', tnid: 'TNID' };

export const subscription: Resource = {
	value: 'subscription',
	name: 'Subscription',
	description: 'Manage the subscriptions that give subscribers a package',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create subscription',
			description: 'Create a new subscription to a package, optionally with a number and a SIM',
			// The contract also lists a query parameter SubscriptionId here: a slip, since Telegent gives the ID itself.
			route: 'POST /v1.0/subscriptions',
			safety: 'once',
			stakes: 'money',
			fields: [
				chargeNotice,
				subscriber,
				packageLocator,
				{ ...type, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [tnid, iccid],
				},
			],
			send: SEND,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete subscription',
			description: 'Delete a subscription permanently. The subscriber and number are kept.',
			route: 'POST /v1.0/subscriptions/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, subscriptionId],
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get subscription',
			description: 'Retrieve a subscription',
			route: 'GET /v1.0/subscriptions',
			safety: 'read',
			fields: [subscriptionId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many subscriptions',
			description: 'Retrieve a list of the subscriptions in your account',
			route: 'GET /v1.0/account/subscriptions',
			safety: 'read',
			fields: [returnAll, limit, statusFilter],
			list: 'Results',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update subscription',
			description:
				"Update the package, number, SIM or subscriber of a subscription. Fields you don't add keep their current values.",
			route: 'POST /v1.0/subscriptions/update',
			safety: 'idempotent',
			stakes: 'money',
			fields: [
				subscriptionId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([
						iccid,
						optional(packageLocator, 'The new package'),
						optional(subscriber, 'The new subscriber'),
						tnid,
						type,
					]),
				},
			],
			send: SEND,
		},
	],
};
