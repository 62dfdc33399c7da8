import { zonesOf } from '../../../../nodes/Telegent/send/timeZones.ts';

const zone = (areaCode: string) => zonesOf(`+1${areaCode}5550100`).join(' ');

describe('the time zone of a number', () => {
	test.each([
		// One area code of each state and territory at least.
		[
			'205 251 256 334 501 479 870 504 225 318 601 662 612 651 218 314 816 312 773 217 608 414 515 319 402 405 918 316 913 214 713 512 615 901',
			'America/Chicago',
		],
		[
			'203 302 202 404 912 502 859 317 260 617 410 207 313 616 919 704 603 201 212 716 614 216 215 412 401 803 843 865 804 703 802 304 305 407 904',
			'America/New_York',
		],
		['303 719 406 505 801 435 307 915', 'America/Denver'],
		['480 520 602 623', 'America/Phoenix'],
		['213 415 916 702 503 206 509', 'America/Los_Angeles'],
		['808', 'Pacific/Honolulu'],
		['907', 'America/Anchorage America/Adak'],
		['787', 'America/Puerto_Rico'],
		['340', 'America/St_Thomas'],
		['671', 'Pacific/Guam'],
		['670', 'Pacific/Saipan'],
		['684', 'Pacific/Pago_Pago'],
		// States in two zones.
		['850 270 812 219 906 423', 'America/New_York America/Chicago'],
		['701 605 308 620 785', 'America/Chicago America/Denver'],
		['208 541 775', 'America/Los_Angeles America/Denver'],
		['928', 'America/Phoenix America/Denver'],
		// Canada, one of each province and territory.
		['403', 'America/Edmonton'],
		['604', 'America/Vancouver'],
		['250', 'America/Vancouver America/Edmonton'],
		['306', 'America/Regina America/Edmonton'],
		['204', 'America/Winnipeg'],
		['416 613 514', 'America/Toronto'],
		['807', 'America/Toronto America/Winnipeg'],
		['418', 'America/Toronto America/Halifax'],
		['506 902', 'America/Halifax'],
		['709', 'America/St_Johns America/Halifax'],
		['867', 'America/Whitehorse America/Iqaluit'],
		// Caribbean.
		['242', 'America/Nassau'],
		['809', 'America/Santo_Domingo'],
		['876', 'America/Jamaica'],
		['441', 'Atlantic/Bermuda'],
		// No place.
		['800 833 888 900 500 700 600', ''],
	])('area codes %s: %s', (areaCodes, expected) => {
		for (const areaCode of areaCodes.split(' '))
			expect(`${areaCode} ${zone(areaCode)}`).toBe(`${areaCode} ${expected}`);
	});

	test.each([
		['+442079460958', 'Europe/London'],
		['+353861234567', 'Europe/Dublin'],
		['+4930123456', 'Europe/Berlin'],
		['+8613912345678', 'Asia/Shanghai'],
		['+50688887777', 'America/Costa_Rica'],
		// Several zones in one country.
		['+61491570006', ''],
		['+525512345678', ''],
		['+34612345678', ''],
		['+79161234567', ''],
	])('%s: %s', (number, expected) => {
		expect(zonesOf(number).join(' ')).toBe(expected);
	});

	test('this n8n’s clock knows every zone of the table, and no area code stands in two rows', () => {
		const all = Array.from({ length: 800 }, (_, i) => zonesOf(`+1${i + 200}5550100`));
		expect(all.filter((zones) => zones.length > 0).length).toBeGreaterThan(420);
		const countries = Array.from({ length: 980 }, (_, i) => zonesOf(`+${i + 20}12345678`));
		for (const name of new Set([...all, ...countries].flat())) {
			expect(() => new Intl.DateTimeFormat('en', { timeZone: name })).not.toThrow();
		}
	});
});
