import type { IDataObject } from 'n8n-workflow';
import { eventOf } from '../../shared/inbound/events';
import { isFinalStatus, orderIn, statusOf } from '../../shared/orders';
import { readInventory } from '../../shared/routes/numbers';
import { list } from '../../shared/values';
import type { Check } from './check';

interface OrderState {
	/** The last status of each order; empty for one that a number had before. */
	orders?: Record<string, string>;
	/** Whether they are the orders of the account's numbers, and not those in 'Order IDs'. */
	ofNumbers?: boolean;
}

/**
 * Orders whose status is another than before. Telegent has no list of orders: they are those in 'Order IDs', or the
 * ones of the account's numbers, where a completed order appears with its number. An order that has ended is not
 * asked for again.
 */
export async function checkOrders(check: Check): Promise<IDataObject[]> {
	const state: OrderState = check.state;
	const entered = enteredOrders(check);
	const ofNumbers = entered.length === 0;
	const current = ofNumbers ? await ordersOfNumbers(check) : entered;
	const known = (state.orders ??= {});
	for (const gone of Object.keys(known)) if (!current.includes(gone)) delete known[gone];
	if (ofNumbers && !state.ofNumbers) for (const id of current) known[id] ??= '';
	state.ofNumbers = ofNumbers;
	const open = current.filter((id) => known[id] === undefined || isOpen(known[id]));
	const items: IDataObject[] = [];
	await check.inTurn(open, async (id) => {
		const order = await orderAt(check, id);
		const status = statusOf(order);
		// An order that was entered begins with the status it has; one of a number is new.
		if (id in known ? known[id] !== status : ofNumbers) items.push(toOrderItem(order));
		known[id] = status;
	});
	return items;
}

const isOpen = (status: string) => status !== '' && !isFinalStatus(status);

export async function sampleOrder(check: Check): Promise<IDataObject> {
	const [id] = [...enteredOrders(check), ...(await ordersOfNumbers(check))];
	if (id) return toOrderItem(await orderAt(check, id));
	throw check.checkError(
		'No order to test with yet',
		"None of your numbers has an order. Enter the ID of an order in 'Order IDs'.",
	);
}

const enteredOrders = ({ context }: Check) => list(context.getNodeParameter('orderIds', '')).map(String);

async function ordersOfNumbers({ telegent }: Check): Promise<string[]> {
	const ids = (await readInventory(telegent)).map(({ OrderId }) => String(OrderId ?? ''));
	return [...new Set(ids)].filter(Boolean);
}

async function orderAt(check: Check, id: string): Promise<IDataObject> {
	const query = { OrderId: id };
	const response = await check.call({ route: 'GET /v1.0/numbers/order', query, safety: 'read' });
	const order = orderIn(response, id);
	if (order) return order;
	throw check.checkError(
		`Telegent's response doesn't contain order ${id}`,
		'The next check asks for it again. Check the ID with Number → Get Order.',
	);
}

/** As the Telegent Trigger outputs it, so that one can take the place of the other. */
function toOrderItem(order: IDataObject): IDataObject {
	return eventOf('orderUpdate').read(order, new Date()) ?? {};
}
