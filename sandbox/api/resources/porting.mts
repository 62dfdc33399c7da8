import { badField } from '../errors.mts';
import { isE164, isoOffset } from '../format.mts';
import { newNumber } from '../numberPlan.mts';
import { isOpen } from '../orders.mts';
import { ownAccountId, type Order } from '../state.mts';
import type { Handlers, World } from '../world.mts';
import { change, named, number, refuse, text } from './helpers.mts';

const DAY_SECONDS = 86_400;
/** "Typically 1-5 business days" (notes of POST /v1.0/numbers/portin). */
const PORT_IN = { status: 'Complete', delaySeconds: 2 * DAY_SECONDS, message: '' };
const PORT_OUT = { status: 'Complete', delaySeconds: 60, message: '' };

const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;

const UPDATABLE = [
	'CurrentCarrierName',
	'CurrentAccountNumber',
	'CurrentAccountPassword',
	'CurrentBillingAddress',
	'PortInDate',
	'TargetPortinClassification',
	'SubscriberName',
	'ICCID',
];

/** Why a number cannot come in; undefined when it can. */
function obstacle({ state }: World, phone: string): string | undefined {
	if (state.numbers.has(phone)) return 'Phone number already in use';
	if (TOLL_FREE.test(phone)) return 'Toll-free numbers cannot be ported in';
	return /^\+1\d{10}$/.test(phone) ? undefined : 'Only US numbers can be ported in';
}

function portIn({ state }: World, value: unknown): Order {
	const order = named(state.orders, 'OrderId', value);
	if (order.OrderType !== 'portin')
		throw badField('OrderId', `OrderId ${order.OrderId} is not a port-in order`);
	return order;
}

function phoneIn(field: string, value: unknown): string {
	if (!isE164(value)) throw badField(field, `${field} is not an E.164 phone number: ${String(value)}`);
	return value;
}

export const portingHandlers: Handlers = {
	'POST /v1.0/numbers/portin/eligibility': ({ body, world }) => {
		const phone = phoneIn('PhoneNumber', body.PhoneNumber);
		const why = obstacle(world, phone);
		return {
			PhoneNumber: phone,
			Eligible: !why,
			CurrentCarrier: why ? null : 'Example Carrier',
			NumberType: 'mobile',
			Message: why ?? 'Number is eligible for port-in',
		};
	},

	/** The number joins the inventory when the order completes: after two virtual days, or as the control API says. */
	'POST /v1.0/numbers/portin': ({ body, world }) => {
		const phone = phoneIn('PortInNumber', body.PortInNumber);
		const why = obstacle(world, phone);
		if (why) throw badField('PortInNumber', why);
		const order = world.orders.place({
			type: 'portin',
			prefix: 'JNUOID-',
			numbers: [phone],
			accountId: ownAccountId(world.state),
			request: { ...body },
			outcome: PORT_IN,
			fulfil: ({ Request, OrderId }) => {
				world.state.numbers.set(
					phone,
					newNumber(world, {
						Number: phone,
						OrderId,
						Classification: Request?.TargetPortinClassification === 'iot' ? 'IoT' : 'MVNO',
						...(text(Request?.ICCID) && { Iccid: Request?.ICCID as string }),
					}),
				);
			},
		});
		return {
			OrderId: order.OrderId,
			OrderDate: isoOffset(order.OrderDate),
			Status: order.OrderStatus,
			PhoneNumber: phone,
			ICCID: text(body.ICCID) ?? null,
		};
	},

	'POST /v1.0/numbers/portin/update': ({ body, world }) => {
		const order = portIn(world, body.OrderId);
		if (!isOpen(order)) throw refuse(`The port-in order cannot be updated: it is ${order.OrderStatus}`);
		const request = (order.Request ??= {});
		change(request, body, UPDATABLE);
		return { OrderId: order.OrderId, Status: 'Updated', Message: 'Port-in order updated successfully' };
	},

	'POST /v1.0/numbers/portin/cancel': ({ body, world }) => {
		const order = portIn(world, body.OrderId);
		if (!isOpen(order))
			throw refuse(`Only pending port-in orders can be cancelled: it is ${order.OrderStatus}`);
		world.orders.finish(order, 'Cancelled');
		return { OrderId: order.OrderId, Status: order.OrderStatus };
	},

	/** Despite its name it only sets the PIN that a later port-out needs (its notes). */
	'POST /v1.0/numbers/portout': ({ body, world }) => {
		const phone = number(world.state, body.PortOutNumber, 'PortOutNumber');
		phone.PortOutPin = body.PortOutPIN as string;
		const order = world.orders.place({
			type: 'portout',
			prefix: 'JNOID-',
			numbers: [phone.Number],
			accountId: phone.AccountId,
			outcome: PORT_OUT,
		});
		return {
			OrderId: order.OrderId,
			OrderDate: isoOffset(order.OrderDate),
			Status: order.OrderStatus,
			PhoneNumber: phone.Number,
		};
	},
};
