import {
	deliveryIn,
	failedRecipients,
	withoutWaiting,
} from '../../../../nodes/Telegent/send/deliveryStatus.ts';
import type { LoggedMessage } from '../../../../nodes/shared/messageLog.ts';

const [ANNA, BEN] = ['+12025550142', '+12025550143'];
const entry = (to: string[], status: string, record = {}): LoggedMessage => ({
	...{ at: 0, body: '', from: '+15005550100', id: 'TMID-1', outbound: true },
	...{ record, status, to },
});

test.each([
	[{ ErrorCode: '30003', ErrorMessage: 'Unreachable handset' }, 'Unreachable handset (30003)'],
	[{ ErrorMessage: 'Unreachable handset' }, 'Unreachable handset'],
	[{ ErrorCode: 30003 }, '30003'],
	[{ ErrorCode: null, ErrorMessage: ' ' }, null],
])('%j is the reason %j', (record, reason) => {
	expect(deliveryIn([entry([ANNA], 'Undelivered', record)], [ANNA])).toEqual({ delivery: 'failed', reason });
});

describe('Several recipients', () => {
	test('all with an entry of their own that was delivered', () => {
		const status = deliveryIn([entry([ANNA], 'Delivered'), entry([BEN], 'delivered')], [ANNA, BEN]);
		expect(status).toMatchObject({ delivery: 'delivered', reason: null });
		expect(failedRecipients(status, [ANNA, BEN])).toEqual([]);
	});

	test('one without an entry is unknown, and stays so while the other failed', () => {
		const status = deliveryIn([entry([ANNA], 'Failed')], [ANNA, BEN]);
		expect(status).toMatchObject({
			delivery: 'unknown',
			byRecipient: [
				{ number: ANNA, delivery: 'failed' },
				{
					number: BEN,
					delivery: 'unknown',
					reason: "Telegent's message list doesn't show this message",
				},
			],
		});
		expect(failedRecipients(status, [ANNA, BEN])).toEqual([ANNA]);
		expect(withoutWaiting(status)).toMatchObject({ delivery: 'failed', byRecipient: status.byRecipient });
	});

	test('one entry for all does not tell who failed', () => {
		const status = deliveryIn([entry([ANNA, BEN], 'Failed')], [ANNA, BEN]);
		expect(status).toEqual({ delivery: 'failed', reason: null });
		expect(failedRecipients(status, [ANNA, BEN])).toEqual([]);
	});
});
