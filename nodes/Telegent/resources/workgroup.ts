import type { IDataObject } from 'n8n-workflow';
import type { Resource } from '../engine/operation';
import { deleteNotice, limit, optional, returnAll, sorted } from '../../shared/form/fields';
import { existingPhone, phone } from '../../shared/values';
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
			? "the member is missing. Enter 'User ID'"
			: "the member is missing. Select a 'Member Workgroup'",
	);
}

export const workgroup: Resource = {
	value: 'workgroup',
	name: 'Workgroup',
	description: 'Route calls to a team: with a menu (IVR), in rotation, or to everyone at once',
	operations: [
		{
			value: 'addMember',
			name: 'Add Member',
			action: 'Add member to workgroup',
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
			finalizeRequest: namesMember,
		},
		{
			value: 'create',
			name: 'Create',
			action: 'Create workgroup',
			description: "Create a new workgroup. To add its members, use 'Add Member'.",
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
			action: 'Delete workgroup',
			description: 'Delete a workgroup permanently. Make sure that no voice route or number uses it.',
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
			action: 'Get workgroup',
			description: 'Retrieve a workgroup',
			route: 'GET /v1.0/workgroups',
			safety: 'read',
			fields: [workgroupId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many workgroups',
			description: 'Retrieve a list of the workgroups in your account',
			route: 'GET /v1.0/account/workgroups',
			safety: 'read',
			fields: [returnAll, limit],
			list: 'Workgroups',
		},
		{
			value: 'removeMember',
			name: 'Remove Member',
			action: 'Remove member from workgroup',
			description: 'Remove a member from a workgroup. The workgroup itself is kept.',
			route: 'POST /v1.0/workgroups/activity/delete',
			safety: 'idempotent',
			stakes: 'final',
			fields: [workgroupActivityId],
			deletes: true,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update workgroup',
			description: "Update a workgroup. Fields you don't add keep their current values.",
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
			action: 'Update workgroup member',
			description: 'Update the order, number or notifications of a workgroup member',
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
						optional(workgroupId, 'The workgroup the member belongs to'),
					]),
				},
			],
			send: { phoneNumber: existingPhone },
		},
	],
};
