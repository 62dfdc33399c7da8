import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { number, optional } from '../../shared/form/fields';
import { phone } from '../../shared/values';

const iccid: INodeProperties = {
	displayName: 'SIM Number (ICCID)',
	name: 'iccid',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The SIM card or eSIM. The list shows those that a number uses.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Choose a SIM…',
			typeOptions: { searchListMethod: 'searchSims', searchable: true },
		},
		{
			displayName: 'By ICCID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 8901240397190195850',
		},
	],
};

export const sim: Resource = {
	value: 'sim',
	name: 'SIM',
	description: 'Enable, suspend and clear SIM cards and eSIMs',
	operations: [
		{
			value: 'clearStatus',
			name: 'Clear Status',
			action: 'Clear the status of a SIM',
			description: 'Empty a SIM before it is used again',
			route: 'POST /v1.0/sims/clear-status',
			safety: 'idempotent',
			stakes: 'final',
			fields: [
				{
					displayName: 'Clearing takes the SIM away from its number and subscriber.',
					name: 'clearNotice',
					type: 'notice',
					default: '',
				},
				iccid,
			],
			send: { iccid: 'ICCID' },
		},
		{
			value: 'updateStatus',
			name: 'Update Status',
			action: 'Update the status of a SIM',
			description: 'Enable a SIM, suspend it for a while, or empty it',
			route: 'POST /v1.0/sims/update-status',
			safety: 'idempotent',
			stakes: 'final',
			fields: [
				iccid,
				{
					displayName: 'Status',
					name: 'simStatus',
					type: 'options',
					options: [
						{ name: 'Active', value: 'Active', description: 'The SIM can be used' },
						{ name: 'Empty', value: 'Empty', description: 'The SIM loses its number and subscriber' },
						{ name: 'Suspended', value: 'Suspended', description: 'The SIM rests, but keeps its number' },
					],
					default: 'Active',
					description: 'What the SIM is set to',
				},
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [
						{
							...optional(number, 'The number that uses the SIM (MSISDN)'),
							displayName: 'Phone Number',
							name: 'msisdn',
						},
					],
				},
			],
			send: { iccid: 'ICCID', msisdn: ['MSISDN', phone] },
		},
	],
};
