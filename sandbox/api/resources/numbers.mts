import { badField } from '../errors.mts';
import { isoLocal, isoOffset, usDate } from '../format.mts';
import { areasFor } from '../numberPlan.mts';
import { orderAnswer } from '../orders.mts';
import type { PhoneNumber, Row } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { accountId, change, checkReference, named, page, subscriber, text } from './helpers.mts';

const QR_LINK = 'https://api.telegent.com/qr-activation-link';
const INVENTORY_PAGE = 100;
const YEAR = 365 * 86_400_000;

const cnam = ({ CnamFirstName, CnamLastName }: PhoneNumber): string | null =>
	[CnamFirstName, CnamLastName].filter(Boolean).join(' ') || null;

/** Number Details write NumberType and MessageType in other letters than the rest, and TNID (its notes). */
const details = (number: PhoneNumber): Row => ({
	Number: number.Number,
	TNID: number.NumberId,
	OrderId: number.OrderId,
	NumberType: 'Mobile',
	MessageEnabled: number.MessageEnabled,
	MessageRouteId: number.MessageRouteId,
	VoiceEnabled: number.VoiceEnabled,
	Classification: number.Classification,
	MessageType: number.MessageType.toUpperCase(),
	VoiceRouteId: number.VoiceRouteId,
	Status: number.Status,
	OriginalDatePurchased: usDate(number.Purchased),
	AssignedSubscriberId: number.AssignedSubscriberId,
	Iccid: number.Iccid,
	Cnam: cnam(number),
	QrActivationLink: QR_LINK,
	SwapsRemaining: number.SwapsRemaining,
	NextSwapResetDate: isoLocal(number.Purchased + YEAR),
});

const listed = (number: PhoneNumber): Row => {
	const { TNID, ...rest } = details(number);
	return {
		...rest,
		Tnid: TNID,
		NumberType: 'mobile',
		MessageType: number.MessageType,
		ProductType: number.ProductType,
		PortOutPin: number.PortOutPin,
	};
};

const UPDATABLE = [
	'MessageEnabled',
	'MessageType',
	'Classification',
	'VoiceEnabled',
	'MessageRouteId',
	'VoiceRouteId',
	'AssignedSubscriberId',
	'Iccid',
	'CnamFirstName',
	'CnamLastName',
	'ProductType',
];
const NEEDED = ['MessageEnabled', 'MessageType', 'Classification', 'VoiceEnabled', 'ProductType'];

function checkUpdate({ state }: World, number: PhoneNumber, body: Row): void {
	checkReference(state.messageRoutes, 'MessageRouteId', body.MessageRouteId);
	checkReference(state.voiceRoutes, 'VoiceRouteId', body.VoiceRouteId);
	if (text(body.AssignedSubscriberId)) subscriber(state, body.AssignedSubscriberId, 'AssignedSubscriberId');
	const isIot = (body.Classification ?? number.Classification) === 'IoT';
	if (isIot && (body.MessageType ?? number.MessageType) === 'a2p')
		throw badField('MessageType', 'MessageType a2p is not available for Classification IoT: use p2p');
}

function findNumber({ state }: World, query: Row): PhoneNumber {
	const iccid = text(query.ICCID);
	const byIccid = [...state.numbers.values()].find(({ Iccid }) => iccid && Iccid === iccid);
	return (
		byIccid ?? named(state.numbers, iccid ? 'ICCID' : 'Number', query.Number ?? query.PhoneNumber ?? iccid)
	);
}

export const numberHandlers: Handlers = {
	'GET /v1.0/numbers': ({ query, world }) => details(findNumber(world, query)),

	/** Despite its description's single-number body, changes are applied at once and reported as an order. */
	'POST /v1.0/numbers/update': ({ body, world }) => {
		const number = named(world.state.numbers, 'Number', body.Number);
		checkUpdate(world, number, body);
		change(number as unknown as Row, body, UPDATABLE, NEEDED);
		const order = world.orders.place({
			type: 'update',
			prefix: 'JNUOID-',
			numbers: [number.Number],
			accountId: number.AccountId,
			outcome: { status: 'Complete', delaySeconds: 0, message: '' },
		});
		return {
			Number: number.Number,
			Tnid: number.NumberId,
			UpdateOrderId: order.OrderId,
			UpdateOrderDate: isoOffset(order.OrderDate),
			UpdateOrderStatus: order.OrderStatus,
			MessageType: number.MessageType,
			MessageEnabled: number.MessageEnabled,
			Classification: number.Classification,
			VoiceEnabled: number.VoiceEnabled,
			MessageRouteId: number.MessageRouteId,
			VoiceRouteId: number.VoiceRouteId,
			Iccid: number.Iccid,
			CnamFirstName: number.CnamFirstName,
			CnamLastName: number.CnamLastName,
			ProductType: number.ProductType,
		};
	},

	'GET /v1.0/numbers/inventory': ({ query, world }) => {
		const filter = text(query.Filter) ?? 'All';
		const found = [...world.state.numbers.values()].filter(
			({ Status }) => filter.toLowerCase() === 'all' || Status.toLowerCase() === filter.toLowerCase(),
		);
		return {
			AccountId: accountId(world, undefined),
			TotalResults: found.length,
			PageNumber: Number(query.PageNumber ?? 1),
			Filter: filter,
			PhoneNumbers: page(found, query.PageNumber, query.TotalNumbersRequested, INVENTORY_PAGE).map(listed),
		};
	},

	/** Areas with numbers, not the numbers; AreaCode is a text above and a number in the list (its notes). */
	'POST /v1.0/numbers/availability': ({ body, world }) => {
		const areas = areasFor(text(body.AreaCode), text(body.ZipCode));
		const size = world.settings.availabilityPageSize;
		return {
			RequestId: `T-${world.random.digits(5)}`,
			RequestDate: `${new Date(world.clock.now()).toISOString().slice(0, -1)}0000Z`,
			NumberType: body.NumberType,
			VoiceEnabled: body.VoiceEnabled,
			MessageEnabled: body.MessageEnabled,
			AreaCode: body.AreaCode ?? '',
			ZipCode: body.ZipCode ?? '',
			PageNumber: body.PageNumber ?? 1,
			ResultsTotal: areas.reduce((total, { available }) => total + available, 0),
			AvailableNumberAreas: page(areas, body.PageNumber, size, size).map(({ ngp, areaCode, zip }) => ({
				NGP: ngp,
				AreaCode: Number(areaCode),
				Zipcode: zip,
			})),
		};
	},

	'GET /v1.0/numbers/order': ({ query, world }) =>
		orderAnswer(named(world.state.orders, 'OrderId', query.OrderId)),
};
