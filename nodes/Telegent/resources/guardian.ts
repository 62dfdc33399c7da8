import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { accountFields, accountFilter, limit, returnAll, subscriber } from '../../shared/form/fields';

const parentSubscriberId: INodeProperties = {
	...subscriber,
	displayName: 'Guardian',
	name: 'parentSubscriberId',
	description: 'The guardian (parent) subscriber',
};

const childSubscriberId: INodeProperties = {
	...subscriber,
	displayName: 'Child',
	name: 'childSubscriberId',
	description: 'The child (supervised) subscriber',
};

export const guardian: Resource = {
	value: 'guardian',
	name: 'Guardian',
	description:
		'Turn AI Guardian on or off for subscribers, and link guardians to the children they supervise',
	operations: [
		{
			value: 'createRelation',
			name: 'Create Relation',
			action: 'Create guardian relation',
			description:
				'Create a new relation between a guardian and a child. AI Guardian must be on for both (see Guardian → Update Features).',
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
					description: "The guardian's relationship to the child, in your own words",
				},
			],
		},
		{
			value: 'deleteRelation',
			name: 'Delete Relation',
			action: 'Delete guardian relation',
			description:
				'Delete the relation between a guardian and a child. Their filters are kept, and you can create the relation again.',
			route: 'POST /v1.0/subscribers/guardians/relation/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [parentSubscriberId, childSubscriberId],
			deletes: true,
		},
		{
			value: 'getFeatures',
			name: 'Get Features',
			action: 'Get guardian features of subscriber',
			description: "Retrieve whether AI Guardian monitors a subscriber's calls and messages",
			route: 'GET /v1.0/subscribers/guardian-features',
			safety: 'read',
			fields: [subscriber, accountFields],
		},
		{
			value: 'getChildren',
			name: 'Get Many Children',
			action: 'Get many children of guardian',
			description: 'Retrieve a list of the children a guardian supervises',
			route: 'GET /v1.0/subscribers/guardians/relation/parent',
			safety: 'read',
			fields: [parentSubscriberId, returnAll, limit, accountFilter],
			list: 'Children',
		},
		{
			value: 'getGuardians',
			name: 'Get Many Guardians',
			action: 'Get many guardians of child',
			description: 'Retrieve a list of the guardians who supervise a child',
			route: 'GET /v1.0/subscribers/guardians/relation/child',
			safety: 'read',
			fields: [childSubscriberId, returnAll, limit, accountFilter],
			list: 'Guardians',
		},
		{
			value: 'updateFeatures',
			name: 'Update Features',
			action: 'Update guardian features of subscriber',
			description:
				"Turn AI Guardian on or off for a subscriber. Filters and relations only work while it's on.",
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
							displayName: 'Monitor Calls',
							name: 'enableIntelligentGuardianCalls',
							type: 'boolean',
							default: true,
							description: 'Whether AI Guardian monitors and filters calls',
						},
						{
							displayName: 'Monitor Messages',
							name: 'enableIntelligentGuardianMessages',
							type: 'boolean',
							default: true,
							description: 'Whether AI Guardian monitors and filters messages',
						},
					],
				},
			],
		},
	],
};
