import { isoLocal } from './format.mts';
import { notifyWebhooks } from './messaging.mts';
import type { OrderOutcome } from './settings.mts';
import type { Order, Row } from './state.mts';
import type { World } from './world.mts';

interface NewOrder {
	type: string;
	prefix: 'JNUOID-' | 'JNOID-';
	numbers: string[];
	accountId: string;
	request?: Row;
	/** replaces the outcome of the settings; an announced outcome still wins */
	outcome?: OrderOutcome;
	/** called when the order is complete */
	fulfil?: (order: Order) => void;
	/** called when the carrier refuses it */
	refuse?: () => void;
}

const OPEN = new Set(['Pending', 'InProgress', 'ResolutionRequired']);
const DONE = new Set(['Complete', 'Completed']);

export const isOpen = (order: Order): boolean => OPEN.has(order.OrderStatus);
export const isDone = (order: Order): boolean => DONE.has(order.OrderStatus);

/** As GET /v1.0/numbers/order shows it. */
export const orderAnswer = (order: Order): Row => ({
	OrderDate: isoLocal(order.OrderDate),
	OrderId: order.OrderId,
	OrderStatus: order.OrderStatus,
	OrderStatusMessage: order.OrderStatusMessage,
	OrderType: order.OrderType,
	PhoneNumbersOrdered: order.Numbers.map((number) => ({ Number: number })),
});

/** Number orders: placed, perhaps pending for a while, then complete or refused by the carrier. */
export class Orders {
	#announced: OrderOutcome[] = [];
	#plans = new Map<string, NewOrder>();

	constructor(private readonly world: World) {}

	/** The outcome of the next order. */
	announce(outcome: Partial<OrderOutcome>, count = 1): void {
		const whole = { ...this.world.settings.orderOutcome, message: '', ...outcome };
		this.#announced.push(...Array.from({ length: count }, () => whole));
	}

	place(plan: NewOrder): Order {
		const { state, random, clock, settings } = this.world;
		const outcome = this.#announced.shift() ?? plan.outcome ?? settings.orderOutcome;
		const order: Order = {
			OrderId: random.id(plan.prefix),
			OrderDate: clock.now(),
			OrderStatus: 'Pending',
			OrderStatusMessage: '',
			OrderType: plan.type,
			AccountId: plan.accountId,
			Numbers: plan.numbers,
			Request: plan.request ?? null,
		};
		state.orders.set(order.OrderId, order);
		this.#plans.set(order.OrderId, plan);
		const finish = () => isOpen(order) && this.finish(order, outcome.status, outcome.message);
		if (outcome.delaySeconds > 0) clock.after(outcome.delaySeconds * 1000, finish);
		else finish();
		return order;
	}

	/** Moves an order to another status, with the carrier's words, and does what follows from it. */
	finish(order: Order, status: string, message = ''): void {
		order.OrderStatus = status;
		order.OrderStatusMessage = message;
		const plan = this.#plans.get(order.OrderId);
		if (isDone(order)) plan?.fulfil?.(order);
		else if (!isOpen(order)) plan?.refuse?.();
		if (!isOpen(order)) this.#plans.delete(order.OrderId);
		this.world.events.emit('account');
		void notifyWebhooks(this.world, order.AccountId, 'Order_Update', orderAnswer(order));
	}

	reset(): void {
		this.#announced = [];
		this.#plans.clear();
	}
}
