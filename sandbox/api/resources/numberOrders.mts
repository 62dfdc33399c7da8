import { badField, required } from '../errors.mts';
import { isoLocal, isoOffset, isoTime, parseUsDate } from '../format.mts';
import { freeNumber, newNumber } from '../numberPlan.mts';
import type { Order, PhoneNumber, Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { accountId, batch, checkReference, number, subscriber, text } from './helpers.mts';

const DAY = 86_400_000;
const REACTIVATION_DAYS = 30;

const qrCode = (iccid: string): string =>
	`https://quickchart.io/qr?text=${encodeURIComponent(`LPA:1$SANDBOX.TELEGENT.INVALID$${iccid}`)}`;

function checkProvision(world: World, body: Row): void {
	const { state } = world;
	if (body.NumberType === 'iot' && body.MessageType === 'a2p')
		throw badField(
			'MessageType',
			'NumberType iot cannot be provisioned with MessageType a2p: use p2p, or NumberType mvno',
		);
	/** Not in the schema's required list, yet "required for ALL subscribers" (quick start, step 2). */
	if (!text(body.MessageRouteId)) throw required('MessageRouteId');
	checkReference(state.messageRoutes, 'MessageRouteId', body.MessageRouteId);
	checkReference(state.voiceRoutes, 'VoiceRouteId', body.VoiceRouteId);
	if (text(body.AreaCode) && !/^\d{3}$/.test(body.AreaCode as string))
		throw badField('AreaCode', 'AreaCode must have 3 digits');
	if (text(body.ZipCode) && !/^\d{5}$/.test(body.ZipCode as string))
		throw badField('ZipCode', 'ZipCode must have 5 digits');
}

const CLASSIFICATIONS: Record<string, PhoneNumber['Classification']> = { iot: 'IoT', voip: 'VoIP' };

function provisioned(world: World, body: Row, phone: string): PhoneNumber {
	const assigned = text(body.AssignedSubscriberId);
	return newNumber(world, {
		Number: phone,
		AccountId: accountId(world, body.AccountId),
		Classification: CLASSIFICATIONS[String(body.NumberType)] ?? 'MVNO',
		MessageType: body.MessageType as PhoneNumber['MessageType'],
		MessageEnabled: body.MessageEnabled as boolean,
		VoiceEnabled: body.VoiceEnabled as boolean,
		DataEnabled: (body.DataEnabled as boolean | null) ?? /Data/.test(body.ProductType as string),
		MessageRouteId: body.MessageRouteId as string,
		VoiceRouteId: text(body.VoiceRouteId) ?? null,
		AssignedSubscriberId: assigned
			? subscriber(world.state, assigned, 'AssignedSubscriberId').SubscriberId
			: null,
		ProductType: body.ProductType as string,
		Status: 'Pending',
		...(text(body.ICCID) && { Iccid: body.ICCID as string }),
	});
}

/** Brings a number into the inventory with an order; a refused order takes it out again. */
export function orderNumber(world: World, bought: PhoneNumber, type: string, request?: Row): Order {
	const { numbers } = world.state;
	numbers.set(bought.Number, bought);
	const order = world.orders.place({
		type,
		prefix: 'JNUOID-',
		numbers: [bought.Number],
		accountId: bought.AccountId,
		request,
		fulfil: () => (bought.Status = 'Active'),
		refuse: () => numbers.delete(bought.Number),
	});
	bought.OrderId = order.OrderId;
	return order;
}

type StatusChange = (world: World, phone: PhoneNumber, body: Row, iccid: string | undefined) => void;

function renumber(world: World, phone: PhoneNumber, body: Row): void {
	const { numbers } = world.state;
	const fresh = freeNumber(numbers, world.random, text(body.AreaCode), text(body.ZipCode)).number;
	numbers.delete(phone.Number);
	phone.Number = fresh;
	numbers.set(fresh, phone);
}

const STATUS_CHANGES: Record<string, StatusChange> = {
	activate: (_world, phone) => (phone.Status = 'Active'),
	park: (_world, phone) => (phone.Status = 'Parked'),
	cancel: ({ clock }, phone) => {
		phone.Status = 'Cancelled';
		phone.CancelledAt = clock.now();
	},
	swap: (world, phone, body) => {
		renumber(world, phone, body);
		phone.SwapsRemaining--;
	},
	replace: renumber,
	'swap-sim': (world, phone, _body, iccid) => {
		phone.Iccid = iccid ?? `89012403971${world.random.digits(8)}`;
	},
};

function checkStatusChange(phones: PhoneNumber[], kind: string): void {
	for (const phone of phones) {
		if (phone.Status === 'Cancelled')
			throw badField(
				'PhoneNumbers',
				`${phone.Number} is cancelled: restore it with POST /v1.0/numbers/reactivate`,
			);
		if (kind === 'swap' && phone.SwapsRemaining < 1)
			throw badField('PhoneNumbers', `${phone.Number} has no swaps remaining`);
	}
}

/** A change for a coming day waits as a pending order. */
function secondsUntil(world: World, effective: number): number {
	return Math.max(0, Math.ceil((effective - world.clock.now()) / 1000));
}

export const numberOrderHandlers: Handlers = {
	'POST /v1.0/numbers/provision': ({ body, world }) => {
		checkProvision(world, body);
		const { state, random } = world;
		const { number: phone, area } = freeNumber(
			state.numbers,
			random,
			text(body.AreaCode),
			text(body.ZipCode),
		);
		const bought = provisioned(world, body, phone);
		const order = orderNumber(world, bought, 'provision');
		return {
			OrderDate: isoOffset(order.OrderDate),
			OrderId: order.OrderId,
			OrderStatus: order.OrderStatus,
			PhoneNumberAssigned: state.numbers.has(bought.Number) ? bought.Number : null,
			PhoneNumberId: bought.NumberId,
			QRCode: qrCode(bought.Iccid ?? ''),
			ZipCode: text(body.ZipCode) ?? area.zip,
			ICCID: bought.Iccid,
			ErrorMessage: order.OrderStatusMessage || null,
			SubscriberId: bought.AssignedSubscriberId,
		};
	},

	/** Despite its summary this CHANGES the state of numbers (its notes). */
	'POST /v1.0/numbers/status': ({ body, world }) => {
		const effective = parseUsDate(body.EffectiveDate as string);
		if (effective === undefined)
			throw badField('EffectiveDate', 'EffectiveDate must be a date as MM/DD/YYYY');
		const kind = body.StatusChange as string;
		const phones = batch(world.state, body.PhoneNumbers);
		checkStatusChange(phones, kind);
		const iccids = (body.PhoneNumbers as Row[]).map(({ ICCID }) => text(ICCID));
		const order = world.orders.place({
			type: kind,
			prefix: 'JNUOID-',
			numbers: phones.map(({ Number }) => Number),
			accountId: phones[0]?.AccountId,
			outcome: {
				...world.settings.orderOutcome,
				delaySeconds: secondsUntil(world, effective) || world.settings.orderOutcome.delaySeconds,
			},
			fulfil: () =>
				phones.forEach((phone, index) => STATUS_CHANGES[kind]?.(world, phone, body, iccids[index])),
		});
		return {
			OrderId: order.OrderId,
			OrderDate: isoTime(order.OrderDate),
			OrderStatus: order.OrderStatus,
			ChangeType: kind,
			EffectiveDate: isoLocal(effective).slice(0, 19),
			Numbers: phones.map((phone) => ({ Number: phone.Number, QrCode: qrCode(phone.Iccid ?? '') })),
		};
	},

	/** A cancellation can be taken back for 30 days (FACTS.md, "Numbers"). */
	'POST /v1.0/numbers/reactivate': ({ body, world }) => {
		const phone = number(world.state, body.PhoneNumber);
		if (text(body.AccountId)) accountId(world, body.AccountId);
		if (phone.Status !== 'Cancelled')
			throw badField('PhoneNumber', `${phone.Number} is not cancelled: its status is ${phone.Status}`);
		if (world.clock.now() - (phone.CancelledAt ?? 0) > REACTIVATION_DAYS * DAY)
			throw badField('PhoneNumber', `${phone.Number} was cancelled more than 30 days ago`);
		phone.Status = 'Active';
		phone.CancelledAt = null;
		return {
			PhoneNumber: phone.Number,
			AccountId: phone.AccountId,
			Status: phone.Status,
			StatusMessage: 'Number reactivated',
		};
	},
};
