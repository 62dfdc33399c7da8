import { toE164 } from '../../nodes/Telegent/phone.ts';

test.each([
	['+18015550100', '1', '+18015550100'],
	['+1 (801) 555-0100', '', '+18015550100'],
	['(801) 555-0100', '1', '+18015550100'],
	['801.555.0100', '1', '+18015550100'],
	['1-801-555-0100', '1', '+18015550100'],
	['001 801 555 0100', '1', '+18015550100'],
	['011 44 20 7946 0958', '1', '+442079460958'],
	['+44 (0) 20 7946 0958'.replace('(0) ', ''), '1', '+442079460958'],
	['020 7946 0958', '44', '+442079460958'],
	['0171 234567', '49', '+49171234567'],
	['06 12 34 56 78', '33', '+33612345678'],
	['8 912 345 67 89', '7', '+79123456789'],
	['06 20 123 4567', '36', '+36201234567'],
	['06 1234 5678', '39', '+390612345678'],
	['600 123 456', '34', '+34600123456'],
	['tel:+1-801-555-0100', '1', '+18015550100'],
	['\u202a+1\u00a0801\u2011555\u20110100\u202c', '1', '+18015550100'],
	['+1234567890', '1', '+1234567890'],
	['8015550100', '+1', '+18015550100'],
])('%s (country %s) is %s', (given, country, expected) => {
	expect(toE164(given, country)).toBe(expected);
});

test.each([
	['', '1', /it is empty/],
	['   ', '1', /it is empty/],
	['call me', '1', /"call me" is not a phone number/],
	['1-800-FLOWERS', '1', /is not a phone number/],
	['555-0100', '1', /not a complete number of the United States or Canada/],
	['801555010', '1', /not a complete number/],
	['8015550100', '', /has no country code.*Default Country Code/],
	['+123456', '1', /too few or too many digits/],
	['+1234567890123456', '1', /too few or too many digits/],
	['+0123456789', '1', /too few or too many digits/],
	['+1801555\n0100; DROP', '1', /is not a phone number/],
	['++18015550100', '1', /is not a phone number/],
])('%j (country %j) is refused', (given, country, message) => {
	expect(() => toE164(given, country)).toThrow(message);
});
