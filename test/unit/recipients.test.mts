import { without, type LeftOut } from '../../nodes/Telegent/send/recipients.ts';

test('those who are left out are not in it, in the same order', () => {
	const leftOut = [{ number: '+2', reason: 'so' }];
	expect(without(['+1', '+2', '+3'], leftOut)).toEqual(['+1', '+3']);
	expect(without(['+1'], [])).toEqual(['+1']);
});

test('each recipient and each one left out is looked at a few times, however many there are', () => {
	let looks = 0;
	const counted = (number: string): LeftOut => ({
		get number() {
			looks++;
			return number;
		},
		reason: 'so',
	});
	const to = Array.from({ length: 5_000 }, (_, i) => `+${i}`);
	expect(without(to, to.slice(1).map(counted))).toEqual(['+0']);
	expect(looks).toBeLessThanOrEqual(3 * to.length);
});
