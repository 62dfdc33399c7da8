import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { deleteNotice, limit, optional, returnAll, sorted } from '../fields';
import { existingPhone, phone } from '../values';
import {
	creating,
	memberSettings,
	memberType,
	name,
	referenceUserId,
	referenceWorkgroupId,
	type,
	updating,
	workgroupActivityId,
	workgroupId,
} from './workgroupFields';

/** The vendor's page: a member refers to a user or to another workgroup. */
function namesMember(request: IDataObject): IDataObject {
	if (request.ReferenceUserId || request.ReferenceWorkgroupId) return request;
	throw new Error(
		request.Type === 'User'
			? 'the member is missing. Fill in User ID'
			: 'the member is missing. Choose a Member Workgroup',
	);
}

export const workgroup: Resource = {
	value: 'workgroup',
	name: 'Workgroup',
	description: 'Pass calls to a team: by a menu, in turns or to all at once',
	operations: [
		{
			value: 'addMember',
			name: 'Add Member',
			action: 'Add a member to a workgroup',
			description: 'Add a user or another workgroup to a workgroup',
			route: 'POST /v1.0/workgroups/activity',
			safety: 'once',
			fields: [
				workgroupId,
				{ ...memberType, required: true },
				{ ...referenceUserId, displayOptions: { show: { type: ['User'] } } },
				{ ...referenceWorkgroupId, displayOptions: { show: { type: ['Workgroup'] } } },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: memberSettings,
				},
			],
			send: { phoneNumber: phone },
			finish: namesMember,
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create a workgroup',
			description: 'Create a workgroup; then add its members',
			route: 'POST /v1.0/workgroups',
			safety: 'once',
			fields: [
				{ ...name, required: true },
				{ ...type, required: true },
				{
					displayName: 'Additional Fields',
					name: 'additionalFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: creating,
				},
			],
			send: { telegentPhone: phone, tollFreeNumber: phone },
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a workgroup',
			description: 'Delete a workgroup for good. Make sure that no voice route or number leads to it.',
			route: 'POST /v1.0/workgroups/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [deleteNotice, workgroupId],
			inQuery: true,
			deletes: true,
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a workgroup',
			description: 'Retrieve one workgroup',
			route: 'GET /v1.0/workgroups',
			safety: 'read',
			fields: [workgroupId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many workgroups',
			description: 'Retrieve the workgroups of your account',
			route: 'GET /v1.0/account/workgroups',
			safety: 'read',
			fields: [returnAll, limit],
			list: 'Workgroups',
		},
		{
			value: 'removeMember',
			name: 'Remove Member',
			action: 'Remove a member from a workgroup',
			description: 'Remove a member from a workgroup; the workgroup itself stays',
			route: 'POST /v1.0/workgroups/activity/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [workgroupActivityId],
			deletes: true,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a workgroup',
			description: 'Change settings of a workgroup. What you leave out stays as it is.',
			route: 'POST /v1.0/workgroups/update',
			safety: 'idempotent',
			fields: [
				workgroupId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: updating,
				},
			],
			send: { telegentPhone: existingPhone },
		},
		{
			value: 'updateMember',
			name: 'Update Member',
			action: 'Update a member of a workgroup',
			description: 'Change order, number or notifications of a member',
			route: 'POST /v1.0/workgroups/activity/update',
			safety: 'idempotent',
			fields: [
				workgroupActivityId,
				{
					displayName: 'Update Fields',
					name: 'updateFields',
					type: 'collection',
					placeholder: 'Add Field',
					default: {},
					options: sorted([
						...memberSettings,
						memberType,
						{ ...referenceUserId, displayOptions: { hide: { type: ['Workgroup'] } } },
						{ ...referenceWorkgroupId, displayOptions: { hide: { type: ['User'] } } },
						optional(workgroupId, 'The workgroup that the member belongs to'),
					]),
				},
			],
			send: { phoneNumber: existingPhone },
		},
	],
};
