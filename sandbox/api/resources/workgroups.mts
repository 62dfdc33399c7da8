import { required } from '../errors.mts';
import type { Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { accountId, checkReference, crud, pick, text } from './helpers.mts';

const FIELDS = [
	'Name',
	'TelegentPhone',
	'Type',
	'CallOrder',
	'AnnouncementText',
	'AnnouncementUrl',
	'InternalExtension',
	'CallerIdType',
	'CallerIdName',
	'RecordCalls',
	'TranscribeRecordings',
	'ScheduleId',
	'TimeZone',
	'HoldMusicId',
	'AiRecording',
	'OffHoursType',
	'OffHoursId',
	'OnHoursType',
	'OnHoursId',
	'WaitBetween',
	'TollFreeNumber',
	'AccountId',
];

const workgroups = crud({
	collection: 'workgroups',
	id: 'WorkgroupId',
	prefix: 'WID-',
	fields: FIELDS,
	needed: ['Name', 'Type', 'AccountId'],
	check: (world, body) => {
		accountId(world, body.AccountId);
		checkReference(world.state.schedules, 'ScheduleId', body.ScheduleId);
	},
	defaults: (world, body) => ({ AccountId: accountId(world, body.AccountId), Active: true }),
});

function checkMember({ state }: World, body: Row): void {
	checkReference(state.workgroups, 'WorkgroupId', body.WorkgroupId);
	checkReference(state.workgroups, 'ReferenceWorkgroupId', body.ReferenceWorkgroupId);
}

const activities = crud({
	collection: 'workgroupActivities',
	id: 'WorkgroupActivityId',
	prefix: 'WAID-',
	fields: [
		'DigitOrder',
		'PhoneNumber',
		'WorkgroupId',
		'Type',
		'ReferenceWorkgroupId',
		'ReferenceUserId',
		'SmsNotification',
		'EmailNotification',
	],
	needed: ['WorkgroupId', 'Type'],
	check: checkMember,
});

/** The other reference may be sent empty (the operation's sample). */
function checkNewMember(body: Row): void {
	const field = body.Type === 'User' ? 'ReferenceUserId' : 'ReferenceWorkgroupId';
	if (!text(body[field])) throw required(field);
}

const activityStatus = (status: string, id: unknown): Row => ({
	WorkgroupActivityStatus: status,
	WorkgroupActivityId: id,
});

export const workgroupHandlers: Handlers = {
	'GET /v1.0/workgroups': workgroups.get([
		'WorkgroupId',
		'Name',
		'Type',
		'AccountId',
		'Active',
		'ScheduleId',
	]),
	'POST /v1.0/workgroups': workgroups.create([
		'WorkgroupId',
		'Name',
		'TelegentPhone',
		'Type',
		'CallOrder',
		'AnnouncementText',
		'ScheduleId',
		'AccountId',
	]),
	'POST /v1.0/workgroups/update': workgroups.update((record) =>
		pick(record, ['WorkgroupId', 'Name', 'Type']),
	),
	/** No body: the id is in the query string (its notes). */
	'POST /v1.0/workgroups/delete': workgroups.remove(
		(id) => ({ WorkgroupId: id, Successful: true }),
		({ state }, id) => {
			for (const [key, { WorkgroupId }] of state.workgroupActivities)
				if (WorkgroupId === id) state.workgroupActivities.delete(key);
		},
	),
	'GET /v1.0/account/workgroups': ({ world }) => ({
		Workgroups: [...world.state.workgroups.values()].map((record) =>
			pick(record, ['WorkgroupId', 'Name', 'Type', 'Active']),
		),
	}),

	'POST /v1.0/workgroups/activity': (call) => {
		checkNewMember(call.body);
		const { WorkgroupActivityId } = activities.create(['WorkgroupActivityId'])(call) as Row;
		return activityStatus('Created', WorkgroupActivityId);
	},
	'POST /v1.0/workgroups/activity/update': activities.update((record) =>
		activityStatus('Updated', record.WorkgroupActivityId),
	),
	'POST /v1.0/workgroups/activity/delete': activities.remove((id) => activityStatus('Deleted', id)),
};
