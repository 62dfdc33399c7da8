import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { account, accountFields, deleteNotice, optional, phoneNumber } from '../../shared/form/fields';
import { phone } from '../../shared/values';

const whose: INodeProperties = { ...phoneNumber, description: 'The number that the voicemail belongs to' };

/** For both Activate and Update. */
const settings: INodeProperties[] = [
	optional(account, 'The account that the number belongs to. Needed when your distributor has several.'),
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		default: '',
		placeholder: 'name@email.com',
		description: 'Who is told by e-mail about new voice messages',
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
		description: 'The PIN for listening to the messages. Without one nobody can.',
	},
];

export const voicemail: Resource = {
	value: 'voicemail',
	name: 'Voicemail',
	description: 'Let callers leave a message when nobody answers',
	operations: [
		{
			value: 'activate',
			name: 'Activate',
			action: 'Activate voicemail',
			description: 'Send unanswered calls of a number to voicemail',
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
			description: 'Remove voicemail from a number, together with its messages',
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
			description: 'Retrieve whether a number has voicemail, and who is told about messages',
			route: 'POST /v1.0/numbers/voicemail/info',
			safety: 'read',
			fields: [whose, accountFields],
			send: { phoneNumber: phone },
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update voicemail',
			description: 'Change settings of a voicemail. What you leave out stays as it is.',
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
