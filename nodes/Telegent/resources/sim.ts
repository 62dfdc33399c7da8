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
	description: 'The SIM card or eSIM. The list shows the SIMs that your numbers use.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a SIM…',
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
			action: 'Clear SIM status',
			description: 'Clear a SIM so that it can be reused',
			route: 'POST /v1.0/sims/clear-status',
			safety: 'idempotent',
			stakes: 'final',
			fields: [
				{
					displayName: 'Clearing a SIM removes it from its number and subscriber',
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
			action: 'Update SIM status',
			description: 'Update the status of a SIM: enable it, suspend it temporarily or clear it',
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
						{
							name: 'Empty',
							value: 'Empty',
							description: 'The SIM is removed from its number and subscriber',
						},
						{
							name: 'Suspended',
							value: 'Suspended',
							description: 'The SIM is suspended but keeps its number',
						},
					],
					default: 'Active',
					description: 'The new status of the SIM',
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
