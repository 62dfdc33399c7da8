import { badField } from './errors.mts';
import type { Random } from './random.mts';
import { ownAccountId, type PhoneNumber } from './state.mts';
import type { World } from './world.mts';

export interface Area {
	areaCode: string;
	zip: string;
	ngp: string;
	available: number;
}

/** Where numbers can be had. */
const AREAS: Area[] = [
	{ areaCode: '201', zip: '07302', ngp: 'SAG', available: 640 },
	{ areaCode: '212', zip: '10001', ngp: 'AGP', available: 35 },
	{ areaCode: '305', zip: '33101', ngp: 'SAG', available: 410 },
	{ areaCode: '312', zip: '60601', ngp: 'AGP', available: 288 },
	{ areaCode: '385', zip: '84043', ngp: 'SAG', available: 905 },
	{ areaCode: '415', zip: '94103', ngp: 'AGP', available: 52 },
	{ areaCode: '512', zip: '73301', ngp: 'SAG', available: 731 },
	{ areaCode: '602', zip: '85001', ngp: 'SAG', available: 1204 },
	{ areaCode: '702', zip: '89101', ngp: 'AGP', available: 876 },
	{ areaCode: '787', zip: '00601', ngp: 'AGP', available: 1118 },
	{ areaCode: '801', zip: '84603', ngp: 'SAG', available: 1441 },
];

/** The area code is searched first, then the zip code (its first three digits are a region); neither gives all. */
export function areasFor(areaCode: string | undefined, zip: string | undefined): Area[] {
	if (!areaCode && !zip) return AREAS;
	const byCode = AREAS.filter((area) => area.areaCode === areaCode);
	if (byCode.length || !zip) return byCode;
	return AREAS.filter((area) => area.zip.slice(0, 3) === zip.slice(0, 3));
}

/** A number that is free: fictional, with the exchange 555. */
export function freeNumber(
	taken: Map<string, PhoneNumber>,
	random: Random,
	areaCode: string | undefined,
	zip: string | undefined,
): { number: string; area: Area } {
	const areas = areasFor(areaCode, zip);
	if (!areas.length)
		throw badField(
			'AreaCode',
			`No numbers are available for AreaCode ${areaCode ?? ''} and ZipCode ${zip ?? ''}`,
		);
	const area = random.pick(areas);
	let number: string;
	do number = `+1${area.areaCode}555${random.digits(4)}`;
	while (taken.has(number));
	return { number, area };
}

/** A number as a purchase without wishes gives it. */
export function newNumber(
	world: World,
	values: Partial<PhoneNumber> & Pick<PhoneNumber, 'Number'>,
): PhoneNumber {
	return {
		NumberId: world.random.id('NID-'),
		OrderId: '',
		AccountId: ownAccountId(world.state),
		Classification: 'MVNO',
		MessageType: 'p2p',
		MessageEnabled: true,
		VoiceEnabled: false,
		DataEnabled: false,
		MessageRouteId: null,
		VoiceRouteId: null,
		AssignedSubscriberId: null,
		Iccid: `89012403971${world.random.digits(8)}`,
		CnamFirstName: null,
		CnamLastName: null,
		ProductType: 'Sms-Only',
		Status: 'Active',
		Purchased: world.clock.now(),
		CancelledAt: null,
		SwapsRemaining: 2,
		PortOutPin: null,
		Nnid: world.random.digits(10),
		Voicemail: null,
		DataPolicy: {},
		Renewal: null,
		UsedMegabytes: 0,
		...values,
	};
}
