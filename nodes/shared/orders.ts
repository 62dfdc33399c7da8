import type { IDataObject } from 'n8n-workflow';

/* The status of number orders and port-ins, as several operations spell it. */

/** The vendor's documentation has Complete and Completed. */
export const DONE = /^complete/i;
export const FAILED = /^(error|reject|cancel|fail|denied|declin)/i;

/** A port-in that needs a correction stays open until it is corrected: do not wait for it. */
export const STUCK = /^resolution/i;

/** Whether an order with this status can't change any more. */
export const isFinalStatus = (status: string) => DONE.test(status) || FAILED.test(status);

export const statusOf = ({ OrderStatus, Status, UpdateOrderStatus }: IDataObject) =>
	String(OrderStatus ?? UpdateOrderStatus ?? Status ?? '').trim();

/** Whether waiting can change an order with this status. One without a status is not waited for. */
export const isWorthWaiting = (status: string) =>
	status !== '' && !isFinalStatus(status) && !STUCK.test(status);

/** The order with this ID in a response, which is documented as a list although one order is requested. */
export function orderIn(response: unknown, id: unknown): IDataObject | undefined {
	const orders = ([response].flat() as IDataObject[]).filter(Boolean);
	const own = orders.find(({ OrderId }) => OrderId === id);
	return own ?? (orders.length === 1 ? orders[0] : undefined);
}
