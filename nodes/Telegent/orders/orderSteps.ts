import { NodeOperationError, type IDataObject, type INodeProperties } from 'n8n-workflow';
import { optionsCollection } from '../../shared/form/fields';
import type { Item, OperationHooks } from '../engine/operation';
import { readSwitch, withFieldLabel } from '../engine/parameters';
import { FAILED, isWorthWaiting, orderIn, statusOf, STUCK } from '../../shared/orders';
import { amountOf } from '../../shared/values';

/** The options of operations that place an order. */
export const orderOptions: INodeProperties = {
	...optionsCollection,
	options: [
		{
			displayName: 'Wait for Outcome',
			name: 'waitForOutcome',
			type: 'boolean',
			default: true,
			description: 'Whether to wait until the order is completed, and return the completed order',
		},
		{
			displayName: 'Wait Up To (Minutes)',
			name: 'waitMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			displayOptions: { hide: { waitForOutcome: [false] } },
			description:
				"How long to wait. An order that is still pending after this time is returned with its current status. The wait ends if n8n restarts. To wait for days, use Number → Get Order with 'Separate Pending Orders'.",
		},
	],
};

const FIRST_POLL_PAUSE_MS = 2_000;
const MAX_POLL_PAUSE_MS = 60_000;

/** What carriers mean by their codes, by what the code begins with or contains. */
const CARRIER_WORDS: Array<[test: RegExp, meaning: string]> = [
	[
		/^8A|ACCOUNT_NUM/i,
		'The account number at the current carrier is missing or wrong. Ask the current carrier for it, then correct it with Number Porting → Update.',
	],
	[
		/NUMBER LOCK|^6P/i,
		'The number is locked by the current carrier. Ask them to remove the lock, then submit the port-in again.',
	],
	[
		/PIN|PASSWORD|PASSCODE/i,
		'The PIN or password at the current carrier is missing or wrong. Correct it with Number Porting → Update.',
	],
	[
		/ZIP|ADDRESS/i,
		"The billing address doesn't match the one at the current carrier. Correct it with Number Porting → Update.",
	],
	[
		/NAME/i,
		"The name doesn't match the one at the current carrier. Correct it with Number Porting → Update.",
	],
	[
		/INACTIVE|NOT ACTIVE/i,
		"The number isn't active at the current carrier, so it can't be ported. Ask the current carrier to activate it, then submit the port-in again.",
	],
];

/** What a carrier's refusal means, in plain words; empty where the code is not known. */
export function carrierHint(message: string): string {
	return CARRIER_WORDS.find(([test]) => test.test(message))?.[1] ?? '';
}

/**
 * For operations that place an order: with the option "Wait for Outcome", the output is the finished order.
 * Looks at it with growing pauses, up to Wait Up To (Minutes); an order that is still open then is
 * returned as it is. A refused order is an error with the carrier's reason, waited for or not.
 */
export function orderHooks(): OperationHooks {
	return {
		// Before the order: what does not fit must not be found out after it.
		beforeQueue(item) {
			minutesToWait(item);
			return undefined;
		},
		accept(item, order) {
			if (FAILED.test(statusOf(order))) throw refusal(item, order);
		},
		async afterResponse(item, response) {
			const minutes = minutesToWait(item);
			if (minutes === undefined || !response.OrderId) return response;
			return { ...response, ...(await outcome(item, response, minutes)) };
		},
	};
}

/** Minutes to wait for the outcome; undefined without Wait for Outcome. @throws ParameterError */
function minutesToWait({ options: { waitForOutcome, waitMinutes = 10 } }: Item): number | undefined {
	if (!readSwitch('Wait for Outcome', waitForOutcome)) return undefined;
	return withFieldLabel('Wait Up To (Minutes)', () => amountOf(waitMinutes, 'minutes'));
}

async function outcome(item: Item, placed: IDataObject, minutes: number): Promise<IDataObject> {
	const until = Date.now() + minutes * 60_000;
	let order = placed;
	let pause = FIRST_POLL_PAUSE_MS;
	assertNotRejected(item, order);
	while (isWorthWaiting(statusOf(order))) {
		const left = until - Date.now();
		if (left <= 0) break;
		await item.telegent.wait(Math.min(pause, left));
		order = await lookUp(item, placed);
		assertNotRejected(item, order);
		pause = Math.min(pause * 2, MAX_POLL_PAUSE_MS);
	}
	return order;
}

async function lookUp({ index, telegent }: Item, placed: IDataObject): Promise<IDataObject> {
	const query = { OrderId: placed.OrderId };
	const response = await telegent.call({ route: 'GET /v1.0/numbers/order', query, safety: 'read' }, index);
	// Another order must not end the wait for this one.
	return orderIn(response, placed.OrderId) ?? placed;
}

/** @throws NodeOperationError where the carrier refused the order, or it needs a correction */
function assertNotRejected(item: Item, order: IDataObject): void {
	const status = statusOf(order);
	if (FAILED.test(status) || STUCK.test(status)) throw refusal(item, order);
}

function reasonOf({ ErrorMessage, Message, OrderStatusMessage, StatusMessage }: IDataObject): string {
	const said = [OrderStatusMessage, StatusMessage, ErrorMessage, Message].find(Boolean);
	return typeof said === 'string' ? said : 'Telegent gave no reason';
}

/**
 * For changes whose response is HTTP 200 with a `Status` for the whole or for each number: a failed status is an error
 * with Telegent's reason. Numbers that did not fail are named, because for them the change was made.
 */
export function statusSteps(): OperationHooks {
	return {
		accept({ context, index: itemIndex }, response) {
			const each = (Array.isArray(response.PhoneNumbers) ? response.PhoneNumbers : []) as IDataObject[];
			const failed = each.filter((one) => FAILED.test(statusOf(one ?? {})));
			const whole = FAILED.test(statusOf(response));
			if (!whole && failed.length === 0) return;
			const reasons = failed.map((one) => `${String(one.Number)}: ${reasonOf(one)}`);
			const message = `The change didn't go through: ${reasons.join('; ') || reasonOf(response)}`;
			const others = each.filter((one) => !failed.includes(one)).map((one) => String(one?.Number));
			const partly = !whole && others.length > 0;
			const description = partly
				? `The change was made for ${others.join(', ')}. Run it again only for the other numbers.`
				: 'Nothing was changed. Fix the cause, then run the workflow again.';
			const error = new NodeOperationError(context.getNode(), message, { itemIndex, description });
			error.context.outcome = partly ? 'done' : 'notDone';
			throw error;
		},
	};
}

/** The order was placed, so the outcome is `done`: placing it again could cost twice. */
function refusal({ context, index: itemIndex }: Item, order: IDataObject): NodeOperationError {
	const reason = reasonOf(order);
	const message = `Order ${String(order.OrderId ?? '')} didn't go through: ${reason}`.replace('  ', ' ');
	const later = order.OrderId ? ' To check it again, use Number → Get Order.' : '';
	const description = `${carrierHint(reason)} The order's status is ${statusOf(order)}.${later}`.trim();
	const error = new NodeOperationError(context.getNode(), message, { itemIndex, description });
	error.context.outcome = 'done';
	return error;
}
