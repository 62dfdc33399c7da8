import { isBetween, samePhone } from '../../../../nodes/shared/phone/compare.ts';

describe('comparison of phone numbers', () => {
	test.each([
		['+12025550142', '+12025550142'],
		['+12025550142', '12025550142'],
		['+12025550142', '(202) 555-0142'],
		['+12025550142', '0012025550142'],
		['+442079460958', '+44 20 7946 0958'],
		['+442079460958', '+44 (0)20 7946 0958'],
		['+442079460958', '+44 020 7946 0958'],
		['+442079460958', '011 44 20 7946 0958'],
		['+442079460958', '442079460958'],
		['+12025550142', 'tel:+1-202-555-0142'],
		['+12025550142', '1.202.555.0142'],
		['+12485550142', '2485550142'],
		['72345', ' 72345 '],
		['+72345', '72345'],
		['+1234567890', '1234567890'],
		['Telegent', 'TELEGENT'],
	])('%s is %s', (a, b) => expect([samePhone(a, b), samePhone(b, a)]).toEqual([true, true]));
	test.each([
		['+12025550142', '+12025550143'],
		['+12025550142', '2025550'],
		['', ''],
		['+442025550142', '2025550142'],
		['+12079460958', '020 7946 0958'],
		['+2485550142', '(248) 555-0142'],
		['+491511234567', '1511234567'],
		['+44207946095859', '020 7946 0958/59'],
		['+12025550142', '+1 202 555 014²'],
		['72345', 'AB72345'],
		['+12025550142', '2025550142 x5'],
		['ext. 5', '5'],
		['-', '-'],
		[undefined, '+12025550142'],
	])('%s is not %s', (a, b) => expect([samePhone(a, b), samePhone(b, a)]).toEqual([false, false]));

	test('isBetween matches messages from the person to the own number only, group messages included', () => {
		const [own, other] = ['+15005550100', '+12025550142'];
		expect(isBetween({ from: other, to: own }, own, other)).toBe(true);
		expect(isBetween({ from: other, to: '+12025550199, (500) 555-0100' }, own, other)).toBe(true);
		expect(isBetween({ from: other, owner: own, to: '' }, own, other)).toBe(true);
		expect(isBetween({ from: own, to: other, owner: own }, own, other)).toBe(false);
		expect(isBetween({ from: other, to: '+15005550101' }, own, other)).toBe(false);
	});
});
