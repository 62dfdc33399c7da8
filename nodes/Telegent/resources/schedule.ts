import type { Resource } from '../engine/operation';
import { limit, returnAll, simplify } from '../../shared/form/fields';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const HOURS = DAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`]);

export const schedule: Resource = {
	value: 'schedule',
	name: 'Schedule',
	description: 'Look up the business hours that workgroups use',
	operations: [
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many schedules',
			description:
				'Retrieve a list of the schedules in your account, with their hours for each day of the week',
			route: 'GET /v1.0/account/schedules',
			safety: 'read',
			fields: [returnAll, limit, simplify],
			list: 'Results',
			simple: ['ScheduleId', 'Name', 'AccountId', ...HOURS],
		},
	],
};
