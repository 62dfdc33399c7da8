import { NodeOperationError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import type { Item, Steps } from './engine/operation';
import { isOn, labelled } from './parameters';
import { amountOf } from './values';

/** The options of operations that place an order. */
export const waitOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Wait for Outcome',
			name: 'waitForOutcome',
			type: 'boolean',
			default: true,
			description: 'Whether to wait until the order is finished, and return it finished',
		},
		{
			displayName: 'Wait Up To (Minutes)',
			name: 'waitMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			displayOptions: { hide: { waitForOutcome: [false] } },
			description: 'An order that is still open after this time is returned as it is',
		},
	],
};

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** The vendor's pages say Complete and Completed; an answer without a status has nothing to wait for. */
const DONE = /^complete/i;
const FAILED = /^(error|reject|cancel|fail|denied|declin)/i;
/** A port-in that needs a correction does not go on by itself, although its order is open. */
const STUCK = /^resolution/i;

/** What carriers mean by their codes, by what the code begins with or contains. */
const CARRIER_WORDS: Array<[test: RegExp, meaning: string]> = [
	[
		/^8A|ACCOUNT_NUM/i,
		'The account number at the old carrier is missing or wrong. Ask the old carrier for it, then use Number Porting → Update.',
	],
	[
		/NUMBER LOCK|^6P/i,
		'The number is locked at the old carrier. Have the lock removed there, then submit again.',
	],
	[
		/PIN|PASSWORD|PASSCODE/i,
		'The PIN or password at the old carrier is missing or wrong. Correct it with Number Porting → Update.',
	],
	[
		/ZIP|ADDRESS/i,
		'The billing address does not match the one at the old carrier. Correct it with Number Porting → Update.',
	],
	[/NAME/i, 'The name does not match the one at the old carrier. Correct it with Number Porting → Update.'],
	[/INACTIVE|NOT ACTIVE/i, 'The number is not active at the old carrier, so it cannot be moved.'],
];

/** What a carrier's refusal means, in plain words; empty where the code is not known. */
export function carrierHint(message: string): string {
	return CARRIER_WORDS.find(([test]) => test.test(message))?.[1] ?? '';
}

/**
 * For operations that place an order: with the option "Wait for Outcome", the answer is the finished order.
 * Looks at it with growing pauses, up to the minutes that the person set; an order that is still open then is
 * returned as it is. A refused order is an error with the carrier's reason, waited for or not.
 */
export function orderSteps(): Steps {
	return {
		// Before the order: what does not fit must not be found out after it.
		prepare(item) {
			minutesToWait(item);
			return undefined;
		},
		accept(item, order) {
			if (FAILED.test(statusOf(order))) throw refusal(item, order);
		},
		async finish(item, answer) {
			const minutes = minutesToWait(item);
			if (minutes === undefined || !answer.OrderId) return answer;
			return { ...answer, ...(await outcome(item, answer, minutes)) };
		},
	};
}

/** How long to wait for the outcome; undefined where nobody wants to. @throws ParameterError */
function minutesToWait({ options: { waitForOutcome, waitMinutes = 10 } }: Item): number | undefined {
	if (!isOn('Wait for Outcome', waitForOutcome)) return undefined;
	return labelled('Wait Up To (Minutes)', () => amountOf(waitMinutes, 'minutes'));
}

async function outcome(item: Item, placed: IDataObject, minutes: number): Promise<IDataObject> {
	const until = Date.now() + minutes * 60_000;
	let order = placed;
	for (let pause = FIRST_PAUSE_MS; isOpen(item, order); pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
		const left = until - Date.now();
		if (left <= 0) break;
		await item.telegent.wait(Math.min(pause, left));
		order = await lookUp(item, placed);
	}
	return order;
}

/** The documented answer is a list, although one order is asked for. */
async function lookUp({ index, telegent }: Item, placed: IDataObject): Promise<IDataObject> {
	const query = { OrderId: placed.OrderId };
	const answer = await telegent.call({ route: 'GET /v1.0/numbers/order', query, safety: 'read' }, index);
	const orders = ([answer].flat() as IDataObject[]).filter(Boolean);
	const own = orders.find(({ OrderId }) => OrderId === placed.OrderId);
	// Another order must not end the wait for this one.
	return own ?? (orders.length === 1 ? orders[0] : placed);
}

function isOpen(item: Item, order: IDataObject): boolean {
	const status = statusOf(order);
	if (FAILED.test(status) || STUCK.test(status)) throw refusal(item, order);
	return status !== '' && !DONE.test(status);
}

const statusOf = ({ OrderStatus, Status, UpdateOrderStatus }: IDataObject) =>
	String(OrderStatus ?? UpdateOrderStatus ?? Status ?? '').trim();

function reasonOf({ ErrorMessage, Message, OrderStatusMessage, StatusMessage }: IDataObject): string {
	const said = [OrderStatusMessage, StatusMessage, ErrorMessage, Message].find(Boolean);
	return typeof said === 'string' ? said : 'Telegent gave no reason';
}

/**
 * For changes that answer HTTP 200 with a `Status` of their own, as a whole or for each number: what failed is an error
 * with Telegent's reason. Numbers that did not fail are named, because for them the change was made.
 */
export function statusSteps(): Steps {
	return {
		accept({ context, index: itemIndex }, answer) {
			const each = (Array.isArray(answer.PhoneNumbers) ? answer.PhoneNumbers : []) as IDataObject[];
			const failed = each.filter((one) => FAILED.test(statusOf(one ?? {})));
			const whole = FAILED.test(statusOf(answer));
			if (!whole && failed.length === 0) return;
			const reasons = failed.map((one) => `${String(one.Number)}: ${reasonOf(one)}`);
			const message = `The change did not go through: ${reasons.join('; ') || reasonOf(answer)}`;
			const others = each.filter((one) => !failed.includes(one)).map((one) => String(one?.Number));
			const partly = !whole && others.length > 0;
			const description = partly
				? `It was made for ${others.join(', ')}. Run it again for the other numbers only.`
				: 'Nothing was changed. Correct the cause, then run it again.';
			const error = new NodeOperationError(context.getNode(), message, { itemIndex, description });
			error.context.outcome = partly ? 'done' : 'notDone';
			throw error;
		},
	};
}

/** The order was placed, so the outcome is `done`: placing it again could cost twice. */
function refusal({ context, index: itemIndex }: Item, order: IDataObject): NodeOperationError {
	const reason = reasonOf(order);
	const message = `Order ${String(order.OrderId ?? '')} did not go through: ${reason}`.replace('  ', ' ');
	const description = `${carrierHint(reason)} The order’s status is ${statusOf(order)}.`.trim();
	const error = new NodeOperationError(context.getNode(), message, { itemIndex, description });
	error.context.outcome = 'done';
	return error;
}
