import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { runNode } from '../../../support/n8n.mts';
import { OWN_NUMBER, useSandbox } from '../../../support/sandbox.mts';

/* What the descriptions of operations promise, and what other operations need, is kept by Simplify. */

const sandbox = useSandbox();
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const WEEK = Object.fromEntries(
	DAYS.flatMap((day) => [`${day}StartTime`, `${day}EndTime`].map((key) => [key, '8'])),
);
const number = { __rl: true, mode: 'number', value: OWN_NUMBER };

test.each<[string, IDataObject, string, IDataObject]>([
	['schedule.getAll', {}, '/v1.0/account/schedules', { ScheduleId: 'SCH-1', ...WEEK }],
	['number.get', { number }, '/v1.0/numbers', { Number: OWN_NUMBER, TNID: 'TNID-1', Iccid: '8901' }],
	['number.getAll', {}, '/v1.0/numbers/inventory', { Number: OWN_NUMBER, Tnid: 'TNID-1', Iccid: '8901' }],
	[
		'message.search',
		{ phoneNumber: number },
		'/v1.0/message/search',
		{ MessageID: 'TMID-1', CampaignID: 'TCID-1' },
	],
])('%s', async (name, given, path, kept) => {
	const [resource, operation] = name.split('.');
	const record = { ...kept, Other: 'left out' };
	const list = { Results: [record], PhoneNumbers: [record], ResultsTotalRecords: 1 };
	sandbox.control.addFault({ path, count: 1, status: 200, body: operation === 'get' ? record : list });
	const parameters = { resource, operation, simplify: true, limit: 1, ...given } as INodeParameters;
	const { error, json } = await runNode({ credential: sandbox.credential, parameters });
	expect(error).toBeUndefined();
	expect(json).toEqual([kept]);
});
