import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { account, accountFields, deleteNotice, optional, phoneNumber } from '../../shared/form/fields';
import { phone } from '../../shared/values';

const whose: INodeProperties = { ...phoneNumber, description: 'The number the voicemail belongs to' };

/** For both Activate and Update. */
const settings: INodeProperties[] = [
	optional(
		account,
		'The account the number belongs to. Required if your distributor has more than one account.',
	),
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		description: 'The email address for voicemail notifications',
	},
	{
		displayName: 'First Name',
		name: 'firstName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Nathan',
		description: 'The first name of the person who uses the number',
	},
	{
		displayName: 'Last Name',
		name: 'lastName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Hill',
		description: 'The last name of the person who uses the number',
	},
	{
		displayName: 'PIN',
		name: 'pin',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		placeholder: 'e.g. 1234',
		description: 'The PIN for listening to voicemail. Required to access messages.',
	},
];

export const voicemail: Resource = {
	value: 'voicemail',
	name: 'Voicemail',
	description: 'Let callers leave a message when no one answers',
	operations: [
		{
			value: 'activate',
			name: 'Activate',
			action: 'Activate voicemail',
			description: 'Activate voicemail for the unanswered calls of a number',
			route: 'POST /v1.0/numbers/voicemail/activate',
			safety: 'idempotent',
			fields: [
				whose,
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: settings,
				},
			],
			send: { phoneNumber: phone, pin: 'PIN' },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete voicemail',
			description: 'Delete the voicemail of a number permanently, including its messages',
			route: 'POST /v1.0/numbers/voicemail/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, whose, accountFields],
			send: { phoneNumber: phone },
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get voicemail',
			description: 'Retrieve the voicemail settings and notification email of a number',
			route: 'POST /v1.0/numbers/voicemail/info',
			safety: 'read',
			fields: [whose, accountFields],
			send: { phoneNumber: phone },
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update voicemail',
			description:
				"Update the voicemail settings of a number. Fields you don't add keep their current values.",
			route: 'POST /v1.0/numbers/voicemail/update',
			safety: 'idempotent',
			fields: [
				whose,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: settings,
				},
			],
			send: { phoneNumber: phone, pin: 'PIN' },
		},
	],
};
