import { badField } from '../errors.mts';
import type { PhoneNumber, Row } from '../state.mts';
import type { Handlers } from '../world.mts';
import { accountId, batch, number, pick, text } from './helpers.mts';

const DEFAULT_LIMIT = 20;
const POLICY = ['ValueUnit', 'NotifyValue', 'ThrottleValue', 'ThrottleSpeed', 'LimitValue'];

/** Strictly NotifyValue < ThrottleValue < LimitValue (FACTS.md, "Numbers"). */
function checkOrder(body: Row): void {
	const steps = ['NotifyValue', 'ThrottleValue', 'LimitValue'].filter(
		(field) => typeof body[field] === 'number',
	);
	steps.slice(1).forEach((field, index) => {
		const lower = steps[index];
		if ((body[lower] as number) >= (body[field] as number))
			throw badField(lower, `${lower} must be lower than ${field}`);
	});
}

function checkData(phones: PhoneNumber[]): void {
	const without = phones.find(({ DataEnabled }) => !DataEnabled);
	if (without) throw badField('PhoneNumbers', `${without.Number} has no data: DataEnabled is false`);
}

const limitOf = ({ DataPolicy }: PhoneNumber): number => Number(DataPolicy.LimitValue ?? DEFAULT_LIMIT);

function behavior(phone: PhoneNumber): string {
	if (phone.UsedMegabytes >= limitOf(phone)) return 'Blocked';
	const throttle = phone.DataPolicy.ThrottleValue;
	return typeof throttle === 'number' && phone.UsedMegabytes >= throttle ? 'Throttled' : 'Active';
}

/** 1-mbps is read back as thr1024kbps (notes of data-usage/settings). */
const carrierSpeed = (speed: unknown): string | null =>
	text(speed) ? `thr${Number.parseInt(speed as string, 10) * 1024}kbps` : null;

/** 1-31 monthly, 1-7 weekly. */
function checkRenewal(body: Row): void {
	const last = body.PeriodType === 'W' ? 7 : 31;
	const day = body.RenewalDay as number;
	if (day < 1 || day > last) throw badField('RenewalDay', `RenewalDay must be from 1 to ${last}`);
}

export const dataUsageHandlers: Handlers = {
	'POST /v1.0/numbers/data-usage': ({ body, world }) => {
		checkOrder(body);
		const phones = batch(world.state, body.PhoneNumbers);
		checkData(phones);
		for (const phone of phones) phone.DataPolicy = pick(body, POLICY);
		return {
			Status: 'Complete',
			StatusMessage: '',
			...pick(body, POLICY),
			PhoneNumbers: phones.map(({ Number }) => ({ Number })),
		};
	},

	/** Reads, although it is a POST. */
	'POST /v1.0/numbers/data-usage/info': ({ body, world }) => ({
		PhoneNumbers: batch(world.state, body.PhoneNumbers).map((phone) => ({
			Number: phone.Number,
			Status: phone.Status.toUpperCase(),
			StatusMessage: '',
			Used: phone.UsedMegabytes ? `${phone.UsedMegabytes} MB` : '0 B',
			Remaining: `${Math.max(0, limitOf(phone) - phone.UsedMegabytes)} MB`,
			CurrentBehavior: behavior(phone),
		})),
		Status: 'Complete',
	}),

	/** Reads, although it is a POST. */
	'POST /v1.0/numbers/data-usage/settings': ({ body, world }) => ({
		PhoneNumbers: batch(world.state, body.PhoneNumbers).map((phone) => ({
			Number: phone.Number,
			Status: 'Success',
			StatusMessage: '',
			NotifyValue: phone.DataPolicy.NotifyValue ?? null,
			LimitValue: limitOf(phone),
			ThrottleValue: phone.DataPolicy.ThrottleValue ?? null,
			ThrottleSpeed: carrierSpeed(phone.DataPolicy.ThrottleSpeed),
			ValueUnit: 'MB',
		})),
		Status: 'Complete',
	}),

	'POST /v1.0/numbers/data-usage/update-renewal-info': ({ body, world }) => {
		checkRenewal(body);
		const phones = batch(world.state, body.PhoneNumbers);
		for (const phone of phones) {
			phone.Renewal = pick(body, ['AutoRenew', 'PeriodType', 'PeriodValue', 'RenewalDay']);
			if (body.ResetUsage) phone.UsedMegabytes = 0;
		}
		return {
			Status: 'Complete',
			StatusMessage: '',
			PhoneNumbers: phones.map(({ Number }) => ({ Number, Status: 'Success', StatusMessage: '' })),
		};
	},

	/** Reads, although it is a POST. The device is made up from the SIM, always the same for a SIM. */
	'POST /v1.0/numbers/device-details': ({ body, world }) => {
		const phone = number(world.state, body.PhoneNumber);
		const serial = (phone.Iccid ?? phone.Number).replace(/\D/g, '').slice(-6).padStart(6, '0');
		return {
			AccountId: accountId(world, body.AccountId),
			PhoneNumber: phone.Number,
			NumberType: phone.Classification,
			IMEI: `35693803${serial}0`,
			DeviceModel: phone.Classification === 'IoT' ? 'BG95' : 'Pixel',
			DeviceName: phone.Classification === 'IoT' ? 'Quectel BG95-M3' : 'Google Pixel 9',
			TAC: '35693803',
			Status: 'Success',
			StatusMessage: '',
		};
	},

	'POST /v1.0/numbers/refresh-nnid': ({ body, world }) => {
		const phone = number(world.state, body.PhoneNumber);
		phone.Nnid = world.random.digits(10);
		return { PhoneNumber: phone.Number, NNID: phone.Nnid, Successful: true };
	},
};
