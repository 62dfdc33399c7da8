import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { accountFields, accountFilter, limit, returnAll, subscriber } from '../../shared/form/fields';

const parentSubscriberId: INodeProperties = {
	...subscriber,
	displayName: 'Guardian',
	name: 'parentSubscriberId',
	description: 'The subscriber who watches over the other',
};

const childSubscriberId: INodeProperties = {
	...subscriber,
	displayName: 'Child',
	name: 'childSubscriberId',
	description: 'The subscriber who is watched over',
};

export const guardian: Resource = {
	value: 'guardian',
	name: 'Guardian',
	description: 'Have Telegent’s AI Guardian watch calls and messages, and say who watches over whom',
	operations: [
		{
			value: 'createRelation',
			name: 'Create Relation',
			action: 'Create a guardian relation',
			description:
				'Let one subscriber watch over another. AI Guardian must be on for both: see Update Features.',
			route: 'POST /v1.0/subscribers/guardians/relation',
			safety: 'once',
			fields: [
				parentSubscriberId,
				childSubscriberId,
				{
					displayName: 'Relation',
					name: 'relation',
					type: 'string',
					required: true,
					default: 'Guardian',
					placeholder: 'e.g. Parent',
					description: 'What the guardian is to the child, in your own words',
				},
			],
		},
		{
			value: 'deleteRelation',
			name: 'Delete Relation',
			action: 'Delete a guardian relation',
			description:
				'End the relation of two subscribers. Their filters stay; the relation can be created again.',
			route: 'POST /v1.0/subscribers/guardians/relation/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [parentSubscriberId, childSubscriberId],
			deletes: true,
		},
		{
			value: 'getFeatures',
			name: 'Get Features',
			action: 'Get guardian features of a subscriber',
			description: 'Retrieve whether AI Guardian watches a subscriber’s calls and messages',
			route: 'GET /v1.0/subscribers/guardian-features',
			safety: 'read',
			fields: [subscriber, accountFields],
		},
		{
			value: 'getChildren',
			name: 'Get Many Children',
			action: 'Get many children of a guardian',
			description: 'Retrieve the subscribers that a subscriber watches over',
			route: 'GET /v1.0/subscribers/guardians/relation/parent',
			safety: 'read',
			fields: [parentSubscriberId, returnAll, limit, accountFilter],
			list: 'Children',
		},
		{
			value: 'getGuardians',
			name: 'Get Many Guardians',
			action: 'Get many guardians of a child',
			description: 'Retrieve the subscribers who watch over a subscriber',
			route: 'GET /v1.0/subscribers/guardians/relation/child',
			safety: 'read',
			fields: [childSubscriberId, returnAll, limit, accountFilter],
			list: 'Guardians',
		},
		{
			value: 'updateFeatures',
			name: 'Update Features',
			action: 'Update guardian features of a subscriber',
			description:
				'Switch AI Guardian on or off for a subscriber. Filters and relations work only while it is on.',
			route: 'POST /v1.0/subscribers/guardian-features',
			safety: 'idempotent',
			fields: [
				subscriber,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: [
						{
							displayName: 'Watch Calls',
							name: 'enableIntelligentGuardianCalls',
							type: 'boolean',
							default: true,
							description: 'Whether AI Guardian watches and filters calls',
						},
						{
							displayName: 'Watch Messages',
							name: 'enableIntelligentGuardianMessages',
							type: 'boolean',
							default: true,
							description: 'Whether AI Guardian watches and filters messages',
						},
					],
				},
			],
		},
	],
};
